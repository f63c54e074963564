"""Where recordings lie: one private file each, under a name nobody can guess, in a folder nothing is served from."""

import contextlib
import hashlib
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from data.durable import sync_folder
from domain.errors import InputError, SetupError, TooLargeError
from domain.sound import HEAD_BYTES, MediaType, media_type, wav_seconds

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700
DRAFT: Final = ".partial"
_KEY: Final = re.compile(r"[0-9a-f]{64}")
NO_ROOM: Final = "The recording could not be stored: the disk is full, or its folder cannot be written. Tell your administrator."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a file of sound says about itself."""

    media_type: MediaType
    seconds: int | None
    """How long it lasts, where the file says so."""
    size: int
    sha256: str


class Draft:
    """A recording while it comes in: beside its place, and gone when the block ends unless it was kept."""

    def __init__(self, path: Path, most: int) -> None:
        """`most` is how many bytes are taken."""
        self.path, self._most = path, most
        self.size, self._digest = 0, hashlib.sha256()
        self.key: str | None = None
        """Under which it was kept."""
        try:
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w+b")
        except OSError as error:
            raise SetupError(NO_ROOM) from error

    def write(self, chunk: bytes | memoryview) -> None:
        """Take some more; raises TooLargeError beyond the limit, SetupError when the disk does not take it."""
        self.size += len(chunk)
        if self.size > self._most:
            raise TooLargeError(f"A recording has at most {self._most // 1_000_000} MB. Send it in parts, or compressed.")
        self._digest.update(chunk)
        try:
            self._file.write(chunk)
        except OSError as error:
            raise SetupError(NO_ROOM) from error

    @property
    def sha256(self) -> str:
        """Of what came in so far."""
        return self._digest.hexdigest()

    def sound(self) -> "Sound":
        """What came in; raises InputError (`not_a_recording`) when it is none of the kinds of sound there are."""
        self._file.seek(0)
        kind = media_type(self._file.read(HEAD_BYTES))
        if kind is None:
            raise InputError("This is not a recording: send WAV, WebM, Ogg, MP3 or M4A.", code="not_a_recording")
        seconds = wav_seconds(self._file, self.size) if kind is MediaType.WAV else None
        return Sound(media_type=kind, seconds=seconds, size=self.size, sha256=self.sha256)

    def settle(self, place: Path) -> None:
        """Put it, whole and on disk, into its place."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            place.parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            self.path.rename(place)
            sync_folder(place.parent)
        except OSError as error:
            raise SetupError(NO_ROOM) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()


@dataclass(frozen=True, slots=True)
class SoundStore:
    """The folder of an installation's recordings."""

    folder: Path

    def draft(self, *, most: int) -> Draft:
        """A file to write to, for a `with` block."""
        return Draft(self.folder / f"{secrets.token_hex(32)}{DRAFT}", most)

    def keep(self, draft: Draft) -> str:
        """Give what came in its place; its new, random key. A transaction that is tried again finds it there."""
        if draft.key is None:
            key = secrets.token_hex(32)
            draft.settle(self._place(key))
            draft.key = key
        return draft.key

    def put(self, key: str, chunks: Iterable[bytes]) -> None:
        """Write a sound that has its key already, in the place of what is there; raises SetupError as `Draft.write`."""
        if not _KEY.fullmatch(key):
            raise InputError("This is not the key of a recording.")
        with self.draft(most=sys.maxsize) as draft:
            for chunk in chunks:
                draft.write(chunk)
            draft.settle(self._place(key))

    def path(self, key: str) -> Path | None:
        """The file of the key; None where there is none, or the key is not one of ours."""
        place = self._place(key) if _KEY.fullmatch(key) else None
        return place if place is not None and place.is_file() else None

    def remove(self, key: str) -> None:
        """Delete the file; harmless to repeat."""
        if _KEY.fullmatch(key):
            self._place(key).unlink(missing_ok=True)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """The keys of files written before then; a file that goes meanwhile is left out."""
        for path in self.folder.glob("??/*"):
            if _KEY.fullmatch(path.name) and _is_older(path, moment):
                yield path.name

    def drop_drafts(self, before: datetime) -> int:
        """Delete what a process that died was writing before then; how many there were."""
        left = [path for path in self.folder.glob(f"*{DRAFT}") if _is_older(path, before)]
        for path in left:
            path.unlink(missing_ok=True)
        return len(left)

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment
    except FileNotFoundError:
        return False
