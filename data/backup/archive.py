"""The file of a backup: a zip with the manifest, PostgreSQL's dump and the recordings, private and written whole or not at all."""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from data.backup.manifest import Manifest, from_json
from data.durable import sync_folder
from data.sound_store import SoundStore
from domain.errors import ConflictError, InputError

MANIFEST: Final = "manifest.json"
DUMP: Final = "database.dump"
RECORDINGS: Final = "recordings/"
ANOTHER: Final = "Use another backup; nothing was changed."
CHUNK: Final = 1 << 20
PRIVATE_MODE: Final = 0o600


@contextmanager
def new_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """An archive being written beside its place, moved there once it is complete and on disk; ConflictError when the place is taken."""
    if path.exists():
        raise ConflictError(f"{path} exists already. Choose another name: backups are never overwritten.")
    draft = path.with_name(f".{path.name}.{os.getpid()}.partial")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as output:
            with zipfile.ZipFile(output, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                yield archive
            output.flush()
            os.fsync(output.fileno())
        os.link(draft, path)
    except FileExistsError as error:
        raise ConflictError(f"{path} was made by somebody else meanwhile. Choose another name.") from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()
    sync_folder(path.parent)


def add_dump(archive: zipfile.ZipFile, dump: IO[bytes]) -> str:
    """Copy a dump in as it comes and return its SHA-256."""
    digest = hashlib.sha256()
    with archive.open(DUMP, "w", force_zip64=True) as member:
        while chunk := dump.read(CHUNK):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


def add_recording(archive: zipfile.ZipFile, key: str, path: Path) -> str | None:
    """Copy a sound in and return its SHA-256; None for one that was deleted meanwhile."""
    try:
        sound = path.open("rb")
    except FileNotFoundError:
        return None
    digest = hashlib.sha256()
    with sound, archive.open(f"{RECORDINGS}{key}", "w", force_zip64=True) as member:
        while chunk := sound.read(CHUNK):
            digest.update(chunk)
            member.write(chunk)
    return digest.hexdigest()


def check_recordings(path: Path, manifest: Manifest) -> None:
    """InputError unless every sound is, byte for byte, what was put in."""
    with _opened(path) as archive:
        for key, expected in manifest.recordings.items():
            digest = hashlib.sha256()
            for chunk in _chunks(archive, key):
                digest.update(chunk)
            if digest.hexdigest() != expected:
                raise InputError(f"{path} is damaged: the sound of a recording is not the one that was put in. {ANOTHER}")


def unpack_recordings(path: Path, into: SoundStore, manifest: Manifest) -> None:
    """Put every sound in its place in the store."""
    with _opened(path) as archive:
        for key in manifest.recordings:
            into.put(key, _chunks(archive, key))


def _chunks(archive: zipfile.ZipFile, key: str) -> Iterator[bytes]:
    with archive.open(f"{RECORDINGS}{key}") as member:
        while chunk := member.read(CHUNK):
            yield chunk


def read_manifest(path: Path) -> Manifest:
    """What an archive says about itself; InputError for anything that is not a whole archive."""
    with _opened(path) as archive:
        return from_json(archive.read(MANIFEST))


def unpack_dump(path: Path, into: Path, manifest: Manifest) -> None:
    """Write the dump to a private file; InputError when it is not, byte for byte, what was put in."""
    digest = hashlib.sha256()
    descriptor = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_MODE)
    with os.fdopen(descriptor, "wb") as output, _opened(path) as archive, archive.open(DUMP) as member:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
            output.write(chunk)
    if digest.hexdigest() != manifest.dump_sha256:
        raise InputError(f"{path} is damaged: its dump is not the one that was written. {ANOTHER}")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise InputError(f"{path} is damaged, or not a backup of Pacesetter. {ANOTHER}") from error
