"""The port is asked before anything starts; the secret is kept where only its owner reads it."""

import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from pydantic import SecretStr

from domain.errors import SetupError
from launcher import ports
from secret_key import secret_of
from settings import Settings
from tests.platform.conftest import free_port


def test_a_free_port_passes() -> None:
    ports.require_free("127.0.0.1", free_port())


def test_a_taken_port_is_named_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "PATIENCE_SECONDS", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SetupError, match=f"Port {port} is taken by another program.* PORT={port + 1} make run"):
            ports.require_free("127.0.0.1", port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(SetupError, match=f"PORT={port} is not a port"):
        ports.require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(SetupError, match=r"no address 203\.0\.113\.7"):
        ports.require_free("203.0.113.7", free_port())


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    chosen = Settings(home=tmp_path / "home")

    first = secret_of(chosen)

    assert len(first) == 64
    assert secret_of(chosen) == first
    assert (tmp_path / "home" / "secret").stat().st_mode & 0o777 == 0o600


def test_processes_that_make_the_secret_at_once_have_the_same(tmp_path: Path) -> None:
    """Web and jobs started by hand beside each other: with two secrets one could not open what the other sealed."""
    begin = Barrier(8)

    def make(home: Path) -> str:
        begin.wait(10)
        return secret_of(Settings(home=home))

    with ThreadPoolExecutor(8) as pool:
        for number in range(20):
            assert len(set(pool.map(make, [tmp_path / str(number)] * 8))) == 1
    assert [path.name for path in (tmp_path / "0").iterdir()] == ["secret"]


def test_a_secret_file_left_empty_by_a_crash_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")

    assert len(secret_of(Settings(home=tmp_path))) == 64


def test_the_administrators_secret_wins(tmp_path: Path) -> None:
    assert secret_of(Settings(home=tmp_path, secret=SecretStr("theirs"))) == "theirs"
    assert list(tmp_path.iterdir()) == []
