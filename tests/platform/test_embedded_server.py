"""The embedded PostgreSQL starts whatever the last run left behind, belongs to one owner and harms nobody else."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from data.embedded import EmbeddedServer, running_url
from data.postgres import leftovers, sockets
from domain.errors import ConflictError, SetupError
from settings import PROJECT

NOBODYS_PID = 2**22 + 1
OWNER = """
import sys, time
from pathlib import Path
from data.embedded import EmbeddedServer
EmbeddedServer(Path(sys.argv[1])).start()
print(1, flush=True)
time.sleep(99)
"""


@pytest.fixture
def server(base: Path) -> Iterator[Callable[[], EmbeddedServer]]:
    """A function that makes servers on one folder; all are stopped at the end."""
    made: list[EmbeddedServer] = []

    def make(folder: Path | None = None) -> EmbeddedServer:
        made.append(EmbeddedServer(folder or base / "postgres", durable=False))
        return made[-1]

    yield make
    for each in made:
        each.stop()


def ask(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def master_of(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "postmaster.pid").read_text().splitlines()[0]))


def test_what_is_written_is_there_after_the_next_start(server: Callable[[], EmbeddedServer]) -> None:
    first = server()
    ask(first.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    first.stop()

    assert ask(server().start(), "SELECT number FROM kept") == [(7,)]


def test_it_stops_without_a_trace_of_processes_or_sockets(server: Callable[[], EmbeddedServer], base: Path) -> None:
    running = server()
    running.start()
    master = master_of(running.folder)

    running.stop()

    assert not master.is_running()
    assert not (running.folder / "postmaster.pid").exists()
    assert running_url(base / "postgres") is None


def test_only_the_owner_reaches_it(server: Callable[[], EmbeddedServer]) -> None:
    running = server()
    url = running.start()

    assert ask(url, "SHOW listen_addresses") == [("",)]
    assert running.folder.stat().st_mode & 0o077 == 0


def test_a_second_owner_is_refused_and_told_who_the_first_is(server: Callable[[], EmbeddedServer]) -> None:
    server().start()

    with pytest.raises(ConflictError, match=rf"\(process {os.getpid()}\)"):
        server().start()


def test_others_find_the_running_server_by_its_folder(server: Callable[[], EmbeddedServer]) -> None:
    running = server()

    url = running.start()

    assert running_url(running.folder) == url


def test_it_recovers_when_every_process_of_it_was_killed(server: Callable[[], EmbeddedServer]) -> None:
    first = server()
    ask(first.start(), "CREATE TABLE kept AS SELECT 7 AS number")
    ask(sockets.url(first.folder), "CHECKPOINT")
    master = master_of(first.folder)
    for process in (*master.children(), master):
        with suppress(psutil.NoSuchProcess):  # without its master a child ends by itself
            process.kill()
    assert first.has_ended or master.wait(10) is not None
    first.stop()

    assert ask(server().start(), "SELECT number FROM kept") == [(7,)]


def test_a_server_whose_owner_was_killed_is_taken_over(server: Callable[[], EmbeddedServer], base: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(base / "postgres")], cwd=PROJECT, stdout=subprocess.PIPE)  # noqa: S603
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"1\n"
    orphan = master_of(base / "postgres")

    owner.kill()
    owner.communicate()

    assert ask(server().start(), "SELECT 1") == [(1,)]
    assert not orphan.is_running()


@pytest.mark.parametrize("whose", ["a living process", "nobody"])
def test_a_stale_pid_file_is_dropped_and_the_process_it_names_is_left_alone(
    server: Callable[[], EmbeddedServer], base: Path, whose: str
) -> None:
    first = server()
    first.start()
    first.stop()
    innocent = subprocess.Popen(["sleep", "60"])  # noqa: S607
    pid = innocent.pid if whose == "a living process" else NOBODYS_PID
    (first.folder / "postmaster.pid").write_text(f"{pid}\n{first.folder}\n1700000000\n5432\n{base}\n\n1 2\nready\n")
    (first.folder / ".s.PGSQL.5432.lock").write_text(f"{pid}\n{first.folder}\n1700000000\n5432\n{base}\n")

    assert ask(server().start(), "SELECT 1") == [(1,)]

    assert innocent.poll() is None
    innocent.kill()
    innocent.wait()


@pytest.mark.parametrize("written", ["", "not a number\n", "12"])
def test_a_damaged_pid_file_means_nobody_runs(base: Path, written: str) -> None:
    (base / "postmaster.pid").write_text(written)

    assert leftovers.running_master(base) is None
    assert leftovers.socket_folder(base) is None


def test_a_folder_too_deep_for_a_socket_gets_a_short_one_that_goes_away(server: Callable[[Path], EmbeddedServer], base: Path) -> None:
    running = server(base / ("deep" * 30) / "postgres")

    url = running.start()
    elsewhere = leftovers.socket_folder(running.folder)

    assert ask(url, "SELECT 1") == [(1,)]
    assert elsewhere is not None
    assert elsewhere != running.folder
    running.stop()
    assert not elsewhere.exists()


def test_an_interrupted_first_start_does_not_matter(server: Callable[[], EmbeddedServer], base: Path) -> None:
    half_made = base / "postgres.new"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")

    assert ask(server().start(), "SELECT 1") == [(1,)]
    assert not half_made.exists()


def test_a_folder_of_another_version_is_left_alone(server: Callable[[], EmbeddedServer], base: Path) -> None:
    folder = base / "postgres"
    folder.mkdir()
    (folder / "PG_VERSION").write_text("16\n")

    with pytest.raises(SetupError, match="written by PostgreSQL 16, this copy brings 18"):
        server().start()


def test_a_damaged_folder_is_refused_with_the_servers_own_words(server: Callable[[], EmbeddedServer], base: Path) -> None:
    folder = base / "postgres"
    folder.mkdir(mode=0o700)
    (folder / "PG_VERSION").write_text("18\n")

    with pytest.raises(SetupError, match=r"did not start. Its last words:\n.*postgresql.conf"):
        server().start()


def test_a_place_where_nothing_can_be_written_is_named(server: Callable[[Path], EmbeddedServer], base: Path) -> None:
    (base / "file").write_text("")

    with pytest.raises(SetupError, match=r"not writable .*PACESETTER_HOME"):
        server(base / "file" / "postgres").start()


def test_a_server_that_ended_by_itself_is_noticed(server: Callable[[], EmbeddedServer]) -> None:
    running = server()
    running.start()
    assert not running.has_ended
    master = master_of(running.folder)

    master.send_signal(signal.SIGQUIT)
    psutil.wait_procs([master], timeout=10)

    assert running.has_ended
