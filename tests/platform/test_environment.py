"""The set-up that `make` does first: .venv with what the requirements say, once."""

from pathlib import Path

import pytest

from launcher import environment
from launcher.environment import EnvironmentProblem


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that requires nothing yet, with a .venv that claims to work."""
    monkeypatch.setattr(environment, "PROJECT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "VENV_PYTHON", tmp_path / ".venv" / "bin" / "python")
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    (tmp_path / "requirements-dev.txt").write_text("-r requirements.txt\n")
    return tmp_path


@pytest.fixture
def installed(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requirements files that were installed, in order; nothing is really made."""
    asked: list[str] = []
    (project / ".venv").mkdir()
    monkeypatch.setattr(environment, "_venv_version", lambda: "3.11")
    monkeypatch.setattr(environment, "_install", asked.append)
    return asked


def test_what_is_installed_is_not_installed_again(installed: list[str]) -> None:
    environment.main("requirements.txt")
    environment.main("requirements.txt")

    assert installed == ["requirements.txt"]


def test_a_changed_file_is_installed_again_and_by_what_includes_it(installed: list[str], project: Path) -> None:
    environment.main("requirements-dev.txt")
    (project / "requirements.txt").write_text("# something else\n")

    environment.main("requirements-dev.txt")

    assert installed == ["requirements-dev.txt", "requirements-dev.txt"]


def test_the_larger_set_covers_the_smaller(installed: list[str]) -> None:
    environment.main("requirements-dev.txt")
    environment.main("requirements.txt")

    assert installed == ["requirements-dev.txt"]


def test_another_python_means_installing_again(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    environment.main("requirements.txt")
    monkeypatch.setattr(environment, "_venv_version", lambda: "3.12")

    environment.main("requirements.txt")

    assert len(installed) == 2


def test_an_interrupted_installation_is_done_again(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_requirements: str) -> None:
        raise EnvironmentProblem("pip failed")

    with monkeypatch.context() as broken:
        broken.setattr(environment, "_install", fail)
        with pytest.raises(EnvironmentProblem):
            environment.main("requirements.txt")

    environment.main("requirements.txt")

    assert installed == ["requirements.txt"]


def test_too_old_a_python_is_named_with_a_way_out(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "OLDEST", (9, 1))

    with pytest.raises(EnvironmentProblem, match=r"needs Python 9\.1 or newer.*make run PYTHON="):
        environment.main("requirements.txt")
    assert not (project / ".venv").exists()


def test_without_the_venv_module_its_package_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_try_venv", lambda: False)
    monkeypatch.setattr(environment, "_install_venv_module", lambda: False)

    with pytest.raises(EnvironmentProblem, match=r"sudo apt-get install python3\.\d+-venv"):
        environment.main("requirements.txt")
    assert project.exists()


def test_a_broken_venv_is_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")
    made: list[bool] = []
    monkeypatch.setattr(environment, "_make_venv", lambda: made.append(True))
    monkeypatch.setattr(environment, "_install", lambda _requirements: None)

    environment.main("requirements.txt")

    assert made == [True]
