"""What an archive says about itself: when, by which version, and for every table how many rows with which checksum."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, text

from domain.errors import InputError

FORMAT: Final = 2
"""The newest; the first one held no recordings."""
SCHEMA: Final = "public"
ROWS: Final = (
    "SELECT count(*)::text || ':' || coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0)::text FROM {schema}.{table} AS t"
)
"""Rows and a sum over a digest of each, which does not depend on their order; the same words prove a restored table equal."""

SPELLING: Final = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO, MDY'",
    "SET LOCAL intervalstyle = 'postgres'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)
"""How values are written, whatever the server prefers: a digest is one of spellings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The facts an archive is checked against."""

    format: int
    made_at: str
    """An ISO moment in UTC."""
    product: str
    revision: str
    """The schema's revision; a restore migrates up from it."""
    server: str
    tool: int
    """The major version of pg_dump; pg_restore must be as new."""
    tables: Mapping[str, str]
    """`rows:checksum` by table."""
    dump_sha256: str
    recordings: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each sound in the archive, by its key in the store."""

    @property
    def rows(self) -> int:
        """All rows together."""
        return sum(int(fact.split(":")[0]) for fact in self.tables.values())

    @property
    def moment(self) -> datetime:
        """When it was made."""
        return datetime.fromisoformat(self.made_at)

    def as_json(self) -> str:
        """For the archive."""
        return json.dumps(asdict(self), indent=2, sort_keys=True)


def from_json(written: bytes) -> Manifest:
    """Read it back; InputError when it is not one of ours or of a format we do not know."""
    try:
        fields = json.loads(written)
        manifest = Manifest(**fields)
    except (ValueError, TypeError) as error:
        raise InputError("The archive's manifest cannot be read: it is damaged, or not a backup of Pacesetter.") from error
    if manifest.format > FORMAT:
        raise InputError("The archive was made by a newer version of Pacesetter. Restore it with that version.")
    return manifest


def table_names(connection: Connection) -> list[str]:
    """Our tables, by name."""
    query = text("SELECT tablename FROM pg_tables WHERE schemaname = :schema ORDER BY tablename")
    return list(connection.scalars(query, {"schema": SCHEMA}))


def table_facts(connection: Connection) -> dict[str, str]:
    """`rows:checksum` of every table, as the connection's transaction sees them."""
    for setting in SPELLING:
        connection.execute(text(setting))
    return {table: str(connection.scalar(text(fact_query(table)))) for table in table_names(connection)}


def fact_query(table: str) -> str:
    """The query for one table's fact."""
    return ROWS.format(schema=_quoted(SCHEMA), table=_quoted(table))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
