"""Small sounds of every kind a recording may be, made here: nobody's voice is in the repository."""

import io
import math
import struct
import wave


def wav(seconds: float = 1.0, *, rate: int = 8000) -> bytes:
    """A hum."""
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 9))) for n in range(int(seconds * rate))))
    return written.getvalue()


def mp3(frames: int = 4) -> bytes:
    """Silence of MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes a frame."""
    return (b"\xff\xfb\x90\x00" + b"\x00" * 413) * frames


OGG = b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead" + b"\x00" * 40
WEBM = (
    b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04" + b"\x00" * 40
)
M4A = b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00M4A mp42isom" + b"\x00" * 40
