"""Everything the installation holds about the viewer, as one ZIP: a file a table, and a README that says what each is."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy.orm import Session

from data.personal.holdings import HOLDINGS, LEFT_OUT
from data.queries import own_data as queries
from domain.errors import AccessError
from domain.spreadsheet_text import marked
from services.access import Viewer
from services.zip_stream import Member, zip_chunks

ROWS_AT_ONCE: Final = 200
README: Final = """What Pacesetter holds about {name}, made on {on} (UTC).

One file a table: .json is complete, .csv says the same for spreadsheets. Moments are in UTC, money in hundredths (…_minor).
An empty list means that there is nothing. Other people appear as numbers only, except the clients of your own records.
Not in it: your password and other proofs of who you are (kept as hashes), the address of your channels (sealed), and the
sound of recordings, which you hear on Records.

Files
{files}

Left out, because it is about nobody or about others
{left_out}
"""


def chunks(session: Session, viewer: Viewer, now: datetime) -> Iterator[bytes]:
    """The ZIP in pieces, read while it leaves. Raises AccessError for a program's token: it is nobody."""
    if viewer.is_program:
        raise AccessError("Programs hold no data of their own. Sign in as the person.")
    return zip_chunks(_members(session, viewer, now), now)


def file_name(now: datetime) -> str:
    """Of the download; without the person's name, because it may lie in a shared folder."""
    return f"pacesetter-my-data-{now.date()}.zip"


def _members(session: Session, viewer: Viewer, now: datetime) -> Iterator[Member]:
    yield "README.txt", (_readme(viewer, now).encode(),)
    for holding in HOLDINGS:
        yield f"{holding.table}.json", _json(queries.rows(session, holding, viewer.person_id))
        if holding.is_long:
            yield f"{holding.table}.csv", _csv(queries.columns(holding), queries.rows(session, holding, viewer.person_id))


def _readme(viewer: Viewer, now: datetime) -> str:
    files = "\n".join(f"  {each.table}{'.json, .csv' if each.is_long else '.json'}: {each.about}" for each in HOLDINGS)
    left_out = "\n".join(f"  {table}: {why}" for table, why in LEFT_OUT.items())
    return README.format(name=viewer.name, on=f"{now:%Y-%m-%d %H:%M}", files=files, left_out=left_out)


def _json(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b"["
    for number, row in enumerate(rows):
        before = ",\n" if number else "\n"
        yield (before + json.dumps(row, default=str, ensure_ascii=False)).encode()
    yield b"\n]\n"


def _csv(columns: list[str], rows: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield "\ufeff".encode() + _lines([columns])
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield _lines([[_cell(value) for value in row.values()] for row in some])


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return marked(value)
        case dict() | list():
            return json.dumps(value, default=str, ensure_ascii=False)
        case _:
            return str(value)
