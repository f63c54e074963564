"""Makes .venv and installs a requirements file into it, once per content; the only file that runs before anything is installed.

Run by whatever `python3` there is: nothing but the standard library, and no syntax that an old Python cannot read.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)
ASK_VERSION = "import pip, sys; print('.'.join(map(str, sys.version_info[:2])))"


class EnvironmentProblem(Exception):  # noqa: N818 - shown as a sentence, not raised across modules
    """The message says what to do."""


def main(requirements: str) -> None:
    """Bring .venv to what the requirements file describes; nothing to do costs a few hundredths of a second."""
    with _alone():
        if _stamp(requirements).exists() and _stamp(requirements).read_text() == _digest(requirements):
            return
        if not _venv_version():
            _make_venv()
        _install(requirements)
        for name in _with_included(requirements):
            _stamp(name).write_text(_digest(name))


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once install one after the other."""
    try:
        lock = (PROJECT / ".venv.lock").open("a")
    except OSError as error:
        raise EnvironmentProblem(f"{PROJECT} is not writable ({error.strerror}). Run as the user who owns the folder.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _stamp(requirements: str) -> Path:
    return VENV / f".installed-{requirements}"


def _digest(requirements: str) -> str:
    """Changes with the requirements and with the Python they are installed for."""
    texts = [(PROJECT / name).read_bytes() for name in _with_included(requirements)]
    return hashlib.sha256(b"\0".join([_venv_version().encode(), *texts])).hexdigest()


def _with_included(requirements: str) -> list[str]:
    """The file, and the files it takes in with -r."""
    lines = (PROJECT / requirements).read_text(encoding="utf-8").splitlines()
    included = [line[3:].strip() for line in lines if line.startswith("-r ")]
    return [requirements, *(name for inner in included for name in _with_included(inner))]


def _venv_version() -> str:
    """The Python version of .venv, empty when there is no working one."""
    if not VENV_PYTHON.exists():
        return ""
    answer = subprocess.run([str(VENV_PYTHON), "-c", ASK_VERSION], check=False, capture_output=True, text=True)  # noqa: S603
    return answer.stdout.strip()


def _make_venv() -> None:
    if sys.version_info < OLDEST:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise EnvironmentProblem(
            f"Pacesetter needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is {found}. "
            "Install a newer one and name it: make run PYTHON=python3.12"
        )
    _say("Making .venv …")
    if _try_venv() or (_install_venv_module() and _try_venv()):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    raise EnvironmentProblem(f"Python's venv module is not complete here. Install it and try again: sudo apt-get install {package}")


def _try_venv() -> bool:
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False, capture_output=True)  # noqa: S603
    return made.returncode == 0 and bool(_venv_version())


def _install_venv_module() -> bool:
    """Debian keeps venv in a package of its own; root can have it, everybody else is told its name."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    _say("Installing python3-venv …")
    subprocess.run(["apt-get", "update", "-qq"], check=False, capture_output=True)  # noqa: S607 - the system's own
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    return any(
        subprocess.run(["apt-get", "install", "-y", "-qq", name], check=False, capture_output=True).returncode == 0  # noqa: S603, S607
        for name in (version, "python3-venv")
    )


def _install(requirements: str) -> None:
    _say(f"Installing {requirements} (the first time takes a minute or two) …")
    command = [str(VENV_PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "-r", requirements]
    if subprocess.run(command, check=False, cwd=str(PROJECT)).returncode:  # noqa: S603
        raise EnvironmentProblem(f"Installing {requirements} failed; pip's reason is above. Nothing was started.")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except EnvironmentProblem as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
