"""Sound as it comes in: which kind it is by its first bytes, whatever it is called, and how long it lasts where that stands in the file."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

HEAD_BYTES: Final = 4096
"""How much of a file is looked at; a tag of an MP3 may be longer, and is told by its name."""
_MP4_BRANDS: Final = frozenset({b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash"})
_EBML: Final = b"\x1a\x45\xdf\xa3"
_DOC_TYPE: Final = b"\x42\x82"
_RIFF_HEAD: Final = 12
_CHUNK_HEAD: Final = 8


class MediaType(StrEnum):
    """What a recording may be: what browsers and dialers make, and every browser plays."""

    WAV = "audio/wav"
    WEBM = "audio/webm"
    OGG = "audio/ogg"
    MP3 = "audio/mpeg"
    M4A = "audio/mp4"


SUFFIXES: Final = {MediaType.WAV: "wav", MediaType.WEBM: "webm", MediaType.OGG: "ogg", MediaType.MP3: "mp3", MediaType.M4A: "m4a"}
"""What a file of the kind is called."""


def media_type(head: bytes) -> MediaType | None:
    """The kind of sound that begins like this; None for anything else, also where its name or its sender says otherwise."""
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return MediaType.WAV
    if head[:4] == _EBML and _is_webm(head):
        return MediaType.WEBM
    if head[:4] == b"OggS" and head[4:5] == b"\x00":
        return MediaType.OGG
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return MediaType.M4A
    return MediaType.MP3 if head[:3] == b"ID3" or _is_mp3_frame(head) else None


def _is_webm(head: bytes) -> bool:
    """Whether the EBML header names the document type `webm`; Matroska in general may hold anything."""
    place = head.find(_DOC_TYPE, 4, 64)
    return place >= 0 and head[place + 3 : place + 7] == b"webm"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the four bytes at the beginning of an MP3 frame say."""

    bit_rate: int
    sample_rate: int
    samples: int
    padding: int

    @property
    def length(self) -> int:
        """Bytes up to the next frame (ISO 11172-3, 2.4.3.1)."""
        return self.samples // 8 * self.bit_rate // self.sample_rate + self.padding


_KBITS: Final = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES: Final = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_LAYER_3: Final = 1


def _frame(data: bytes) -> _Frame | None:
    """The frame the bytes begin with; None where they begin with none of layer III."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - the sync word: eleven ones
        return None
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    rate, pitch = data[2] >> 4, data[2] >> 2 & 3
    kbits, rates = _KBITS[3 if version == 3 else 2], _RATES.get(version, ())  # noqa: PLR2004 - MPEG 1 is numbered 3
    if layer != _LAYER_3 or not 0 < rate < len(kbits) or pitch >= len(rates):
        return None
    samples = 1152 if version == 3 else 576  # noqa: PLR2004 - the same
    return _Frame(bit_rate=kbits[rate] * 1000, sample_rate=rates[pitch], samples=samples, padding=data[2] >> 1 & 1)


def _is_mp3_frame(head: bytes) -> bool:
    """Whether a frame begins here and another one where it ends: eleven ones alone are anything's beginning."""
    first = _frame(head)
    return first is not None and _frame(head[first.length : first.length + 4]) is not None


def wav_seconds(file: BinaryIO, size: int) -> int | None:
    """How long a WAV file of that many bytes lasts, rounded up to whole seconds; None where it does not say.

    A recorder that streams does not know the length when it writes the head: the sound then goes on to the end of the file.
    """
    per_second = 0
    for name, length, begins in _chunks(file, size):
        if name == b"fmt " and begins + 12 <= size:
            file.seek(begins + 8)
            (per_second,) = struct.unpack("<I", file.read(4))
        if name == b"data":
            return -(-min(length, size - begins) // per_second) if per_second else None
    return None


def _chunks(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, length and beginning of each chunk behind the head of a RIFF file; chunks begin at even places."""
    place = _RIFF_HEAD
    while place + _CHUNK_HEAD <= size:
        file.seek(place)
        name, length = struct.unpack("<4sI", file.read(_CHUNK_HEAD))
        place += _CHUNK_HEAD
        yield name, length, place
        place += length + length % 2
