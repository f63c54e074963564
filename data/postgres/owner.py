"""Who the embedded server runs as: PostgreSQL refuses root, so root lends it to a system user of its own."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.postgres import binaries

SYSTEM_USER: Final = "pacesetter"
FALLBACK_USER: Final = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The system user a folder and its server belong to."""

    uid: int
    gid: int


def owner_of(folder: Path) -> Owner | None:
    """Who must run the server when we are root: the owner of an existing folder, else our system user. None for an ordinary user."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        return Owner(uid=folder.stat().st_uid, gid=folder.stat().st_gid)
    entry = _system_user()
    return Owner(uid=entry.pw_uid, gid=entry.pw_gid)


def _system_user() -> pwd.struct_passwd:
    """Our system user, made when missing; `nobody` where users cannot be added."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _add_system_user()
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam(FALLBACK_USER)


def _add_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    command = [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - a fixed command


def give(folder: Path, owner: Owner) -> None:
    """Make the folder and what is in it the owner's."""
    os.chown(folder, owner.uid, owner.gid)
    for path in folder.rglob("*"):
        os.chown(path, owner.uid, owner.gid, follow_symlinks=False)


def open_the_way(folder: Path) -> None:
    """Let the system user pass to the folder and run the programs. Parents become passable, never listable, and only where they are not."""
    _make_passable(folder)
    install = binaries.install_folder()
    _make_passable(install)
    if not _is_readable_by_all(install / "bin" / "postgres"):
        _make_readable(install)


def _make_passable(path: Path) -> None:
    for parent in path.parents:
        _add_mode(parent, stat.S_IXOTH)


def _is_readable_by_all(path: Path) -> bool:
    wanted = stat.S_IROTH | stat.S_IXOTH
    return path.stat().st_mode & wanted == wanted


def _make_readable(folder: Path) -> None:
    """Readable by all; what its owner may run, all may run."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            runnable = path.stat().st_mode & stat.S_IXUSR
            _add_mode(path, stat.S_IROTH | (stat.S_IXOTH if runnable else 0))


def _add_mode(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits != bits:
        path.chmod(mode | bits)
