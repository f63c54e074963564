"""A ZIP file that leaves while it is made: neither it nor any file in it is ever whole in memory."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Member: TypeAlias = tuple[str, Iterable[bytes]]
"""A file's name and its pieces."""


class _Outlet:
    """What a ZIP is written to and taken away from; it cannot be wound back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._parts.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here but what `taken` takes."""

    def taken(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts.clear()
        return whole


def zip_chunks(members: Iterable[Member], at: datetime) -> Iterator[bytes]:
    """The ZIP in pieces, its files dated `at`."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, pieces in members:
            info = ZipInfo(name, date_time=(at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
                    if ready := outlet.taken():
                        yield ready
    yield outlet.taken()
