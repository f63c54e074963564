"""The rules of each kind: what a deal, lead, activity or stage move is made of, beyond its mapped columns."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from data.imports.building import Record, RefusedError, Surroundings, base, is_future, local_day, person, require_authority
from data.imports.kinds import Kind
from data.imports.values.dates import When
from domain.local_time import local_time
from domain.records import DealStatus, LeadStatus

_STEPS: Final = (
    (LeadStatus.CONVERTED, "converted"),
    (LeadStatus.INTERESTED, "interested"),
    (LeadStatus.CONTACTED, "contacted"),
)


def deal(cells: Record, around: Surroundings) -> Record:
    """A deal; an open one's close date is what its system expects, a decided one needs it."""
    record, agent = base(cells, around)
    require_authority(record.get("agent_id"), around, what="This deal")
    del agent
    closed, status = record.get("closed_on"), record["status"]
    if status is DealStatus.OPEN:
        record["closed_on"] = None
        record["expected_close_on"] = record.get("expected_close_on") or closed
    else:
        _check_closed(closed, status, cells.get("closed_on"), around)
        record.setdefault("expected_close_on", None)
        record["closed_on"] = closed
    record["name"] = record.get("name") or _deal_name(record, cells)
    return record


def _check_closed(closed: date | None, status: DealStatus, given: When | None, around: Surroundings) -> None:
    if closed is None:
        raise RefusedError("closed_on", f"A {status} deal needs the day it was closed.")
    if given is not None and is_future(given, around):
        raise RefusedError("closed_on", f"The deal is {status}, but its close date lies in the future.", closed)


def _deal_name(record: Record, cells: Record) -> str:
    parts = [part for part in (record.get("company"), record.get("product")) if part]
    return " – ".join(parts)[:300] or f"Deal {cells.get('external_id') or ''}".strip()


def lead(cells: Record, around: Surroundings) -> Record:
    """A lead; each step has its local day, and its moment where the file gives a time."""
    record, agent = base(cells, around)
    require_authority(record.get("agent_id"), around, what="This lead")
    place = agent.time_zone if agent else around.time_zone
    given = dict(cells)
    given["assigned_at"] = cells.get("assigned_at") or cells.get("created_at")
    for step in ("assigned", "contacted", "interested", "converted"):
        when: When | None = given.get(f"{step}_at")
        record[f"{step}_at"] = when if isinstance(when, datetime) else None
        record[f"{step}_on"] = None if when is None else local_day(when, place)
        if when is not None and is_future(when, around):
            raise RefusedError(f"{step}_at", "This date lies in the future.", when)
    if agent is not None and record["assigned_on"] is None:
        raise RefusedError("assigned_at", "A lead with an agent needs the day it was assigned or created.")
    record["response_seconds"] = _response(record)
    record["status"] = _lead_status(record)
    _rate(record)
    return record


def _response(record: Record) -> int | None:
    assigned, contacted = record["assigned_at"], record["contacted_at"]
    if assigned is None or contacted is None or contacted < assigned:
        return None
    return int((contacted - assigned) / timedelta(seconds=1))


def _lead_status(record: Record) -> LeadStatus:
    status: LeadStatus | None = record.get("status")
    if status is LeadStatus.CONVERTED and record["converted_on"] is None:
        raise RefusedError("converted_at", "A converted lead needs the day of its conversion.")
    reached = next((step for step, name in _STEPS if record[f"{name}_on"] is not None), LeadStatus.NEW)
    return status or reached


def _rate(record: Record) -> None:
    """A rating without its own day counts on the lead's latest known day."""
    if "satisfaction" not in record:
        record.pop("rated_on", None)
        return
    days = [record.get("rated_on"), record["converted_on"], record["contacted_on"], record["assigned_on"]]
    rated_on = next((day for day in days if day is not None), None)
    if record["satisfaction"] is not None and rated_on is None:
        raise RefusedError("rated_on", "A rating needs the day it was given.")
    record["rated_on"] = rated_on if record["satisfaction"] is not None else None


def activity(cells: Record, around: Surroundings) -> Record:
    """An activity that took place, with the day and hour it had where its agent is."""
    if "done" in cells and not cells["done"]:
        raise RefusedError("done", "This is not done yet; only finished work is imported.", cells["done"])
    record, agent = base(cells, around)
    require_authority(record["agent_id"], around, what="This activity")
    record.pop("done", None)
    when: When = cells["occurred_at"]
    if is_future(when, around):
        raise RefusedError("occurred_at", "This lies in the future; plans belong in the calendar.", when)
    shown = local_time(record["occurred_at"], agent.time_zone if agent else around.time_zone)
    record["local_on"], record["local_hour"] = shown.on, shown.hour
    return record


def stage_change(cells: Record, around: Surroundings) -> Record:
    """A deal's move into a stage, dated in the organisation's zone."""
    record, _ = base(cells, around)
    require_authority(around.deals[cells["deal"]].agent_id, around, what="This deal")
    mover = person(cells, "changed_by", around)
    if "changed_by" in cells:
        record["changed_by"] = mover.id if mover else None
    if is_future(cells["changed_at"], around):
        raise RefusedError("changed_at", "This lies in the future.", cells["changed_at"])
    record["changed_on"] = local_day(cells["changed_at"], mover.time_zone if mover else around.time_zone)
    return record


BUILDERS: Final[dict[Kind, Any]] = {Kind.DEALS: deal, Kind.LEADS: lead, Kind.ACTIVITIES: activity, Kind.STAGE_CHANGES: stage_change}
