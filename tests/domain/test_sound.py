"""A file is what its first bytes say, never what it is called."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.sound import SUFFIXES, MediaType, media_type, wav_seconds
from tests.fakes import sounds

ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\x00" * 10


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (sounds.wav(), MediaType.WAV),
        (sounds.mp3(), MediaType.MP3),
        (ID3, MediaType.MP3),
        (sounds.OGG, MediaType.OGG),
        (sounds.WEBM, MediaType.WEBM),
        (sounds.M4A, MediaType.M4A),
    ],
)
def test_sound_is_known_by_how_it_begins(content: bytes, kind: MediaType) -> None:
    assert media_type(content) is kind
    assert kind in SUFFIXES


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"\x89PNG\r\n\x1a\n",
        sounds.wav().replace(b"WAVE", b"AVI ", 1),
        sounds.WEBM.replace(b"webm", b"matr"),
        sounds.M4A.replace(b"ftypM4A ", b"ftypqt  "),
        b"\xff\xfb\x90\x00" + b"\x00" * 600,
        b"\xff\xf1\x50\x80" + b"\x00" * 600,
        b"\xff\xff\xff\xff" * 200,
    ],
    ids=["nothing", "half a head", "page", "pdf", "zip", "png", "video", "matroska", "quicktime", "one frame", "aac", "ones"],
)
def test_anything_else_is_no_sound(content: bytes) -> None:
    assert media_type(content) is None


@given(st.binary(max_size=600))
def test_looking_at_any_bytes_never_fails(content: bytes) -> None:
    found = media_type(content)
    assert found is None or found in SUFFIXES


@given(st.binary(max_size=300))
def test_the_length_of_any_damaged_file_is_a_number_or_unknown(tail: bytes) -> None:
    content = b"RIFF\x00\x00\x00\x00WAVE" + tail
    seconds = wav_seconds(io.BytesIO(content), len(content))
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(("seconds", "told"), [(1.0, 1), (0.25, 1), (2.01, 3)])
def test_a_wav_tells_its_length_rounded_up(seconds: float, told: int) -> None:
    content = sounds.wav(seconds)
    assert wav_seconds(io.BytesIO(content), len(content)) == told


def test_a_streamed_wav_goes_on_to_the_end_of_its_file() -> None:
    content = bytearray(sounds.wav(3))
    content[40:44] = struct.pack("<I", 0xFFFFFFFF)
    assert wav_seconds(io.BytesIO(bytes(content)), len(content)) == 3


def test_a_chunk_before_the_sound_is_passed_over() -> None:
    plain = sounds.wav(2)
    content = plain[:36] + b"LIST" + struct.pack("<I", 3) + b"abc\x00" + plain[36:]
    assert wav_seconds(io.BytesIO(content), len(content)) == 2


def test_a_wav_without_sound_has_no_length() -> None:
    assert wav_seconds(io.BytesIO(sounds.wav()[:36]), 36) is None
