"""From parsed rows to stored records, in the caller's transaction; one import at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from data.imports import aftermath, change_log
from data.imports.authority import Authority, authority
from data.imports.building import Record, RefusedError, Surroundings
from data.imports.directory import directory
from data.imports.forgotten import Memory, client_traits
from data.imports.kinds import FieldType, Kind
from data.imports.newcomers import Newcomers
from data.imports.parsing import ParsedColumns
from data.imports.people_rows import PeopleWriter
from data.imports.records import BUILDERS
from data.imports.references import Reference, references
from data.imports.row_errors import RowError
from data.imports.storing import Stored, store
from data.imports.values.dates import in_utc
from data.models import Organisation
from data.queries.forgotten import forgotten
from data.queries.pipeline_stages import pipelines
from domain.access import Scope
from domain.forgotten import client_refusal
from domain.local_time import local_time

IMPORT_LOCK: Final = 727_002
"""Advisory lock: two imports run one after the other, whoever starts them."""
_BUILDING: Final = 0.5
"""Share of the writing that goes into building records; the rest is the database's."""
_REPORT_EVERY: Final = 5_000
Advanced = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of the rows; `errors` are in the file's order."""

    inserted: int
    updated: int
    unchanged: int
    people: int
    teams: int
    errors: tuple[RowError, ...]


@dataclass(slots=True, kw_only=True)
class _Accepted:
    """The records to store, each with the stored record it updates, if any."""

    records: list[Record] = field(default_factory=list)
    targets: list[int | None] = field(default_factory=list)


def lock(session: Session) -> None:
    """Wait until no other import runs, and keep others waiting until the transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": IMPORT_LOCK})


def write(
    session: Session, scope: Scope | None, parsed: ParsedColumns, batch_id: int, now: datetime, advanced: Advanced, *, secret: str
) -> Written:
    """Store what can be stored, refuse the rest row by row; the batch's change log is complete afterwards.

    With the installation's `secret` rows about those who asked to be forgotten are known.
    """
    organisation = session.get_one(Organisation, 1)
    rights = authority(session, scope)
    memory = Memory(secret=secret, days=forgotten(session))
    around = _surroundings(session, parsed, organisation, rights, batch_id, now, memory)
    if parsed.mapping.kind is Kind.PEOPLE:
        stored, people, teams = _write_people(session, parsed, around, organisation, batch_id)
    else:
        stored = _write_facts(session, parsed, around, batch_id, advanced)
        people, teams = (around.newcomers.people, around.newcomers.teams) if around.newcomers else (0, 0)
    change_log.seal(session, batch_id)
    accepted = len(parsed.lines) - len(parsed.errors)
    return Written(
        inserted=stored.inserted,
        updated=stored.updated,
        unchanged=accepted - stored.inserted - stored.updated,
        people=people,
        teams=teams,
        errors=tuple(parsed.errors[row] for row in sorted(parsed.errors)),
    )


def _surroundings(
    session: Session,
    parsed: ParsedColumns,
    organisation: Organisation,
    rights: Authority,
    batch_id: int,
    now: datetime,
    memory: Memory,
) -> Surroundings:
    mapping = parsed.mapping
    book = directory(session)
    zone = mapping.time_zone or organisation.time_zone
    newcomers = Newcomers(
        session=session,
        organisation=organisation,
        book=book,
        authority=rights,
        memory=memory,
        time_zone=zone,
        touched=lambda table, record_id, before: change_log.remember(session, batch_id, table, record_id, before),
    )
    return Surroundings(
        spec=mapping.spec,
        currency=organisation.currency,
        time_zone=zone,
        now=now,
        book=book,
        authority=rights,
        memory=memory,
        newcomers=newcomers if mapping.create_people or mapping.kind is Kind.PEOPLE else None,
        default_team=mapping.team,
        pipelines=pipelines(session),
        deals=_referred(session, parsed, FieldType.DEAL, "deal"),
        leads=_referred(session, parsed, FieldType.LEAD, "lead"),
    )


def _referred(session: Session, parsed: ParsedColumns, kind: FieldType, table: str) -> dict[str, Reference]:
    names = [spec.key for spec in parsed.mapping.spec.fields if spec.type is kind and spec.key in parsed.values]
    wanted = {value for name in names for value in parsed.values[name] if value}
    return references(session, table, parsed.mapping.origin, wanted) if wanted else {}


def _rows(parsed: ParsedColumns, zone: str) -> Iterator[tuple[int, Record]]:
    """The rows without an error so far, moments in UTC."""
    timed = {spec.key for spec in parsed.mapping.spec.fields if spec.type in {FieldType.MOMENT, FieldType.DAY}} & parsed.values.keys()
    for row in range(len(parsed.lines)):
        if row in parsed.errors:
            continue
        cells = {name: values[row] for name, values in parsed.values.items()}
        for name in timed:
            cells[name] = in_utc(cells[name], zone) if cells[name] is not None else None
        yield row, cells


def _write_facts(session: Session, parsed: ParsedColumns, around: Surroundings, batch_id: int, advanced: Advanced) -> Stored:
    table = parsed.mapping.spec.table
    known = references(session, table, parsed.mapping.origin, parsed.external_ids, lock=True)
    built = _built(parsed, around, known, advanced)
    last = _last_of_each(parsed, built)
    accepted = _Accepted()
    for row in last:
        target = known.get(parsed.external_ids[row])
        accepted.records.append(built[row] | {"origin": parsed.mapping.origin, "external_id": parsed.external_ids[row]})
        accepted.targets.append(target.id if target else None)
    advanced(_BUILDING)
    only_new = frozenset({"origin", "external_id"} | ({"name"} if "name" not in parsed.values else set()))
    stored = store(session, batch_id, table, accepted.records, targets=accepted.targets, only_new=only_new)
    aftermath.settle(session, batch_id, table)
    advanced(1.0)
    return stored


def _built(parsed: ParsedColumns, around: Surroundings, known: dict[str, Reference], advanced: Advanced) -> dict[int, Record]:
    """The records by row; rows that cannot become one are refused."""
    build = BUILDERS[parsed.mapping.kind]
    built: dict[int, Record] = {}
    for row, cells in _rows(parsed, around.time_zone):
        if row % _REPORT_EVERY == 0:
            advanced(_BUILDING * row / len(parsed.lines))
        try:
            _refuse_forgotten(parsed, row, cells, around)
            _refuse_foreign(known.get(parsed.external_ids[row]), around)
            built[row] = build(cells, around)
        except RefusedError as refused:
            parsed.refuse(row, refused.field_key, refused.reason, refused.value)
    return built


def _refuse_forgotten(parsed: ParsedColumns, row: int, cells: Record, around: Surroundings) -> None:
    """What a client who asked to be forgotten is called is not listed with the reason."""
    on = around.memory.since(client_traits(around.spec, parsed.mapping.origin, parsed.external_ids[row], cells))
    if on is not None:
        raise RefusedError("external_id", client_refusal(on))


def _refuse_foreign(target: Reference | None, around: Surroundings) -> None:
    """A stored record of somebody else's agent is not changed, whatever the row says."""
    if target is not None and around.spec.kind is not Kind.STAGE_CHANGES and not around.authority.over_agent(target.agent_id):
        raise RefusedError("agent" if "agent" in around.spec.keys else "", "This record belongs to an agent outside your teams.")


def _last_of_each(parsed: ParsedColumns, built: dict[int, Record]) -> Sequence[int]:
    """The rows to store: of several with one id the last; the earlier ones are listed as refused, so that none vanishes."""
    last: dict[str, int] = {}
    for row in built:
        earlier = last.pop(parsed.external_ids[row], None)
        if earlier is not None:
            reason = f"The same id comes again on line {parsed.lines[row]}; that later row was taken."
            parsed.refuse(earlier, "external_id", reason, parsed.external_ids[row])
        last[parsed.external_ids[row]] = row
    return list(last.values())


def _write_people(
    session: Session, parsed: ParsedColumns, around: Surroundings, organisation: Organisation, batch_id: int
) -> tuple[Stored, int, int]:
    newcomers = around.newcomers
    assert newcomers is not None  # noqa: S101 - always there for this kind
    del batch_id
    writer = PeopleWriter(session=session, around=around, newcomers=newcomers, today=local_time(around.now, organisation.time_zone).on)
    for row, cells in _rows(parsed, around.time_zone):
        try:
            writer.write(cells)
        except RefusedError as refused:
            parsed.refuse(row, refused.field_key, refused.reason, refused.value)
    return Stored(inserted=writer.inserted, updated=writer.updated), newcomers.people, newcomers.teams
