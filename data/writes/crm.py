"""Records of the CRM stored under their ids there: new ones inserted, known ones changed where they differ, and what follows from them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import BigInteger, Select, Table, bindparam, delete, func, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from data.models import CalendarEvent, CrmCursor, CrmHint, CrmRefusal, CrmStage, CrmStream, CrmUserLink, Deal, Lead
from data.queries.activities import first_contacts
from data.queries.among import among
from data.writes.activities import follow_contact
from domain.records import WORK_TYPES

Row = Mapping[str, Any]
DATED: Final = frozenset({"deal", "lead"})
"""Tables that tell when a row last changed."""


def upsert(
    session: Session,
    model: type[SQLModel],
    rows: Sequence[Row],
    *,
    key: Sequence[str],
    only_new: Collection[str] = (),
    kept: Collection[str] = (),
) -> None:
    """Insert rows, or change those with the same key where they differ.

    `only_new` columns are never changed, `kept` ones only where the new value is known. No two rows may have one key.
    """
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    insert = pg_insert(table).from_select(list(rows[0]), _as_table(table, rows))
    said = [name for name in rows[0] if name not in {*key, *only_new}]
    told = {name: func.coalesce(insert.excluded[name], table.c[name]) if name in kept else insert.excluded[name] for name in said}
    differs = or_(*(table.c[name].is_distinct_from(value) for name, value in told.items()))
    dated = {"updated_at": func.now()} if table.name in DATED else {}
    session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=told | dated, where=differs))


def _as_table(table: Table, rows: Sequence[Row]) -> Select[Any]:
    """The rows as PostgreSQL's own, an array a column: a statement as short for a thousand rows as for one."""
    columns = [table.c[name] for name in rows[0]]
    arrays = [bindparam(None, [row[each.name] for row in rows], type_=ARRAY(each.type)) for each in columns]
    return select(func.unnest(*arrays).table_valued(*(each.name for each in columns)).render_derived())


def count_anew(session: Session, stream: CrmStream) -> None:
    """Let PostgreSQL see how large the tables have become that the stream fills: it plans a first reading as if they were still empty."""
    session.execute(text(f"ANALYZE {_FILLED[stream]}"))


def store_users(session: Session, rows: Sequence[Row]) -> None:
    """Users as the CRM tells them; who somebody chose for one by hand stays."""
    upsert(session, CrmUserLink, rows, key=("number",), only_new=("person_id",))


def link_users(session: Session, by_email: Mapping[str, int]) -> bool:
    """Let every user without a person of somebody's choice be whoever has their address; whether that changed anything."""
    changed = False
    for user in session.scalars(select(CrmUserLink).where(~col(CrmUserLink.by_hand))):
        found = by_email.get(user.email) if user.email else None
        changed, user.person_id = changed or user.person_id != found, found
    session.flush()
    return changed


def store_stages(session: Session, rows: Sequence[Row]) -> None:
    """Stages as the CRM tells them; what somebody decided about one stays."""
    upsert(session, CrmStage, rows, key=("pipeline_id", "status_id"), only_new=("stage", "means"))
    session.execute(text("UPDATE crm_stage SET stage = name WHERE NOT by_hand AND stage <> name"))


def store_events(session: Session, rows: Sequence[Row]) -> None:
    """Planned things under their ids there, whoever's calendar they were in before."""
    uids = [row["external_uid"] for row in rows]
    query = select(CalendarEvent).where(among(col(CalendarEvent.external_uid), uids)).order_by(col(CalendarEvent.id)).with_for_update()
    known = {each.external_uid: each for each in session.scalars(query)}
    new = [row for row in rows if row["external_uid"] not in known]
    if new:
        table: Table = CalendarEvent.__table__  # type: ignore[attr-defined]
        session.execute(pg_insert(table).from_select(list(new[0]), _as_table(table, new)))
    for row in rows:
        event = known.get(row["external_uid"])
        if event is None:
            continue
        changed = {name: value for name, value in row.items() if getattr(event, name) != value}
        for name, value in changed.items():
            setattr(event, name, value)
        event.version += bool(changed)
    session.flush()


def delete_deals(session: Session, origin: str, external_ids: Collection[str]) -> int:
    """Take deals away that are not there any more; how many were here."""
    gone = delete(Deal).where(col(Deal.origin) == origin, among(col(Deal.external_id), external_ids)).returning(col(Deal.id))
    return len(session.scalars(gone).all())


def delete_events(session: Session, uids: Collection[str]) -> None:
    """Take planned things away that are not there any more."""
    session.execute(delete(CalendarEvent).where(among(col(CalendarEvent.external_uid), uids)))


def refuse(session: Session, stream: CrmStream, reasons: Mapping[str, str], accepted: Collection[str], now: datetime) -> None:
    """List what was refused with its reason, and take off the list what is here now."""
    here = delete(CrmRefusal).where(col(CrmRefusal.stream) == stream, among(col(CrmRefusal.external_id), accepted))
    session.execute(here, execution_options={"synchronize_session": False})
    rows = [{"stream": stream, "external_id": key[:120], "reason": why[:200], "seen_at": now} for key, why in reasons.items()]
    upsert(session, CrmRefusal, rows, key=("stream", "external_id"), only_new=("seen_at",))


def put_hints(session: Session, hints: Collection[tuple[CrmStream, int]], now: datetime) -> None:
    """Remember what to look at; what is told again meanwhile is looked at once, after the last telling."""
    rows = [{"stream": stream, "number": number, "told_at": now} for stream, number in sorted(hints)]
    upsert(session, CrmHint, rows, key=("stream", "number"))


def drop_hints(session: Session, hints: Sequence[CrmHint]) -> None:
    """Forget hints that were followed, unless they were told again since."""
    for each in hints:
        mine = (col(CrmHint.stream) == each.stream) & (col(CrmHint.number) == each.number) & (col(CrmHint.told_at) == each.told_at)
        session.execute(delete(CrmHint).where(mine))


def read_again(session: Session) -> None:
    """Let the next reading begin at the very beginning."""
    session.execute(delete(CrmCursor))


def forget_account(session: Session) -> None:
    """Forget everything about the account but what was taken over from it."""
    for model in (CrmCursor, CrmHint, CrmRefusal, CrmStage, CrmUserLink):
        session.execute(delete(model))


def settle_leads(session: Session, lead_ids: Collection[int]) -> None:
    """Let leads follow what is known of them: their first contact by their activities, their sale by their deals."""
    if not lead_ids:
        return
    earliest = first_contacts(session, lead_ids)
    locked = select(Lead).where(among(col(Lead.id), lead_ids)).order_by(col(Lead.id)).with_for_update()
    found = session.scalars(locked.execution_options(populate_existing=True)).all()
    for lead in found:
        follow_contact(lead, earliest.get(lead.id or 0))
    changed = [lead.id for lead in found if session.is_modified(lead)]
    session.flush()
    if changed:
        session.execute(_of("UPDATE lead SET updated_at = now() WHERE id = ANY(:ids)"), {"ids": changed})
    session.execute(_of(_CONVERSION), {"ids": sorted(lead_ids)})
    session.expire_all()


def settle_deals(session: Session, deal_ids: Collection[int], origin: str) -> None:
    """Let deals follow what is known of them: their last activity, their first stage, and since when they are in the present one."""
    if not deal_ids:
        return
    asked = {"ids": sorted(deal_ids), "origin": origin}
    session.execute(_of(_LATEST), {"ids": asked["ids"]})
    session.execute(_of(_FIRST_STAGE), asked)
    session.execute(_of(_ENTERED), asked)
    session.expire_all()


_FILLED: Final[Mapping[CrmStream, str]] = MappingProxyType(
    {
        CrmStream.CONTACTS: "lead",
        CrmStream.DEALS: "deal, stage_change",
        CrmStream.DELETED_DEALS: "deal",
        CrmStream.DEAL_NOTES: "activity, daily_metrics",
        CrmStream.CONTACT_NOTES: "activity, daily_metrics",
        CrmStream.TASKS: "calendar_event",
        CrmStream.MOVES: "stage_change",
    }
)


def _of(statement: str) -> Any:  # noqa: ANN401 - a text with a typed parameter
    return text(statement).bindparams(bindparam("ids", type_=ARRAY(BigInteger)))


_WORK: Final = ", ".join(f"'{kind.value}'" for kind in sorted(WORK_TYPES))
_LATEST: Final = (
    "UPDATE deal d SET last_activity_at = latest.at, updated_at = now() FROM (SELECT a.deal_id, max(a.occurred_at) AS at FROM activity a "
    f"WHERE a.type IN ({_WORK}) AND a.deal_id = ANY(:ids) GROUP BY a.deal_id) latest "
    "WHERE d.id = latest.deal_id AND (d.last_activity_at IS NULL OR d.last_activity_at < latest.at)"
)
_FIRST_STAGE: Final = (
    "UPDATE stage_change b SET to_stage = began.stage FROM (SELECT d.id, coalesce((SELECT s.from_stage FROM stage_change s "
    "WHERE s.deal_id = d.id AND s.external_id NOT LIKE 'begin-%' ORDER BY s.changed_at, s.id LIMIT 1), d.stage) AS stage "
    "FROM deal d WHERE d.id = ANY(:ids) AND d.origin = :origin) began "
    "WHERE b.deal_id = began.id AND b.external_id LIKE 'begin-%' AND b.to_stage <> began.stage"
)
"""The CRM tells moves, and not where a deal began: that is where its first move came from."""
_ENTERED: Final = (
    "UPDATE deal d SET stage_entered_at = latest.at, updated_at = now() FROM ("
    "SELECT s.deal_id, max(s.changed_at) AS at FROM stage_change s WHERE s.deal_id = ANY(:ids) GROUP BY s.deal_id) latest "
    "WHERE d.id = latest.deal_id AND d.origin = :origin AND d.stage_entered_at IS DISTINCT FROM latest.at"
)
_CONVERSION: Final = (
    "UPDATE lead l SET converted_on = sold.first_on, updated_at = now(), status = CASE WHEN sold.first_on IS NOT NULL THEN 'converted' "
    "WHEN l.status <> 'converted' THEN l.status WHEN l.contacted_on IS NOT NULL THEN 'contacted' ELSE 'new' END "
    "FROM (SELECT d.lead_id, min(d.closed_on) FILTER (WHERE d.status = 'won') AS first_on FROM deal d "
    "WHERE d.lead_id = ANY(:ids) GROUP BY d.lead_id) sold "
    "WHERE l.id = sold.lead_id AND l.converted_at IS NULL AND l.converted_on IS DISTINCT FROM sold.first_on"
)
"""A sale somebody entered here has its moment, and is left alone."""
