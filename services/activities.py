"""Logging what was done: record, change and take back activities, for oneself or for an agent one looks after."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, Protocol

from sqlalchemy.orm import Session

from data.models import Activity, Deal, Lead, Person
from data.queries import activities as found
from data.queries import agents, links
from data.writes import activities as writes
from domain.contact import CORRECTION_TIME, FUTURE_LEEWAY, LOGGABLE, TOWARDS_PEOPLE
from domain.errors import AccessError, InputError, NotFoundError
from domain.facts import ActivityEntry, AgentChoice
from domain.local_time import LocalTime, local_time
from domain.records import Direction
from services import lead_history
from services.access import Viewer
from services.activity_input import ActivityDetails, ChangedActivity, NewActivity, changed_activity

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""An earlier time is a slip of the keyboard."""
OURS: Final = frozenset({"app", "demo"})
"""Origins whose entries are changed here; an imported one is changed where it came from, or the next import would undo it."""
IMPORTED: Final = "This entry was imported. Change it where it came from, then import again."


class HasCategory(Protocol):
    """A lead or a deal, or as much of it as is needed here."""

    category: str


def record_activity(session: Session, viewer: Viewer, new: NewActivity, now: datetime) -> ActivityEntry:
    """Log an activity of an agent in the viewer's scope and return it.

    The agent's day moves in the same transaction. A linked deal knows its last activity, and a new lead's first outbound
    contact starts its story. Raises NotFoundError for a foreign agent, lead or deal, InputError for an impossible time.
    """
    occurred_at = new.occurred_at or now
    check_time(occurred_at, now)
    agent, shown = _agent_at(session, viewer, new.agent_id, occurred_at)
    lead = _linked_lead(session, viewer, agent, new.lead_id, shown.on)
    deal = _linked_deal(session, viewer, agent, new.deal_id, shown.on)
    activity = Activity(agent_id=agent.agent_id, created_at=now, **stored(new, lead, deal), **dated(occurred_at, shown))
    activity_id = writes.insert_activity(session, activity)
    settle(session, viewer, {new.lead_id}, {new.deal_id}, now)
    return _visible(session, viewer, activity_id)


def change_activity(session: Session, viewer: Viewer, activity_id: int, change: ChangedActivity, now: datetime) -> ActivityEntry:
    """Replace what a recent entry says, moving it to another day where its time says so, and return it.

    Raises NotFoundError for an entry, lead or deal outside the viewer's scope, AccessError for one that is not corrected here.
    """
    activity = _correctable(session, viewer, activity_id, now)
    check_time(change.occurred_at, now)
    agent, shown = _agent_at(session, viewer, activity.agent_id, change.occurred_at)
    gone, old_lead, old_deal = activity.occurred_at, activity.lead_id, activity.deal_id
    lead = _linked_lead(session, viewer, agent, change.lead_id, shown.on) if change.lead_id != old_lead else None
    deal = _linked_deal(session, viewer, agent, change.deal_id, shown.on) if change.deal_id != old_deal else None
    kept = LocalTime(on=activity.local_on, hour=activity.local_hour)
    when = dated(change.occurred_at, kept if change.occurred_at == gone else shown)
    writes.change_activity(session, activity, stored(change, lead, deal, kept=activity.category) | when)
    settle(session, viewer, {old_lead, change.lead_id}, {old_deal, change.deal_id}, now, gone=gone)
    return _visible(session, viewer, activity_id)


def correct_activity(session: Session, viewer: Viewer, activity_id: int, said: Mapping[str, object], now: datetime) -> ActivityEntry:
    """Change only what is said about a recent entry; the rest stays as it is once the entry is locked. Raises as `change_activity`."""
    known = _correctable(session, viewer, activity_id, now)
    fields = {name: getattr(known, name) for name in ChangedActivity.model_fields} | dict(said)
    return change_activity(session, viewer, activity_id, changed_activity(**fields), now)


def delete_activity(session: Session, viewer: Viewer, activity_id: int, now: datetime) -> None:
    """Take back a recent entry; what it did to its lead and deal is taken back too. Raises as `change_activity`."""
    activity = _correctable(session, viewer, activity_id, now)
    gone, lead_id, deal_id = activity.occurred_at, activity.lead_id, activity.deal_id
    writes.delete_activity(session, activity)
    settle(session, viewer, {lead_id}, {deal_id}, now, gone=gone)


def is_correctable(entry: ActivityEntry, now: datetime) -> bool:
    """Whether an entry the viewer sees can still be changed here."""
    return entry.origin in OURS and entry.type in LOGGABLE and _is_recent(entry.occurred_at, now)


def check_time(occurred_at: datetime, now: datetime) -> None:
    """Raise InputError for a time nobody can have worked at."""
    if occurred_at > now + FUTURE_LEEWAY:
        raise InputError("That is still to come. Log it when it is done, or book it in the calendar.", code="future_activity")
    if occurred_at < EARLIEST:
        raise InputError(f"The year {occurred_at.year} is too long ago. Check the date.", code="ancient_activity")


def _agent_at(session: Session, viewer: Viewer, agent_id: int, moment: datetime) -> tuple[AgentChoice, LocalTime]:
    """The agent and the local time of the moment, if the viewer may see that day of theirs."""
    person = session.get(Person, agent_id)
    shown = local_time(moment, person.time_zone) if person else None
    agent = agents.agent_on(session, viewer.scope, agent_id, shown.on) if shown else None
    if agent is None or shown is None:
        raise NotFoundError("There is no such agent among those you look after on that day.")
    return agent, shown


def _linked_lead(session: Session, viewer: Viewer, agent: AgentChoice, lead_id: int | None, on: date) -> Lead | None:
    if lead_id is None:
        return None
    lead = links.lead_of_agent(session, viewer.scope, agent.agent_id, lead_id, on)
    if lead is None:
        raise NotFoundError(f"There is no such lead among those of {agent.name}. Search for it by name.")
    return lead


def _linked_deal(session: Session, viewer: Viewer, agent: AgentChoice, deal_id: int | None, on: date) -> Deal | None:
    if deal_id is None:
        return None
    deal = links.deal_of_agent(session, viewer.scope, agent.agent_id, deal_id, on)
    if deal is None:
        raise NotFoundError(f"There is no such deal among those of {agent.name}. Search for it by name.")
    return deal


def _correctable(session: Session, viewer: Viewer, activity_id: int, now: datetime) -> Activity:
    entry = found.visible_entry(session, viewer.scope, activity_id)
    activity = writes.locked_activity(session, activity_id) if entry else None
    if entry is None or activity is None:
        raise NotFoundError("This entry is not there any more. Reload to see the day as it is now.")
    if entry.origin not in OURS and not viewer.is_program:
        raise AccessError(IMPORTED, code="imported_entry")
    if entry.type not in LOGGABLE:
        raise AccessError("This is history written by the product; it follows the lead or deal it tells about.", code="history_entry")
    if not _is_recent(entry.occurred_at, now) and not _is_recent(activity.created_at, now):
        raise AccessError(f"Entries older than {CORRECTION_TIME.days} days stay as they were reported.", code="old_entry")
    return activity


def _is_recent(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment >= now - CORRECTION_TIME


def stored(said: ActivityDetails, lead: HasCategory | None, deal: HasCategory | None, *, kept: str = "") -> dict[str, Any]:
    """The columns of what was said; an outbound type goes out, and a category nobody named comes from the deal, or else the lead."""
    inherited = (deal.category if deal else "") or (lead.category if lead else "") or kept
    towards = Direction.OUTBOUND if said.type in TOWARDS_PEOPLE else None
    fields = said.model_dump(include=set(ActivityDetails.model_fields))
    return fields | {"category": said.category or inherited, "direction": said.direction or towards}


def dated(moment: datetime, shown: LocalTime) -> dict[str, Any]:
    """The columns of when it happened."""
    return {"occurred_at": moment, "local_on": shown.on, "local_hour": shown.hour}


def settle(
    session: Session, viewer: Viewer, lead_ids: set[int | None], deal_ids: set[int | None], now: datetime, *, gone: datetime | None = None
) -> None:
    """Let leads and deals follow, each locked, in the order of their ids so that writers do not block each other crosswise."""
    for lead_id in sorted(number for number in lead_ids if number is not None):
        lead = writes.locked_lead(session, lead_id)
        before = lead_history.standing(lead)
        writes.settle_lead(session, lead, gone=gone)
        lead_history.follow_activity(session, viewer, lead, before, now)
    for deal_id in sorted(number for number in deal_ids if number is not None):
        writes.settle_deal(session, deal_id, gone=gone)


def _visible(session: Session, viewer: Viewer, activity_id: int) -> ActivityEntry:
    entry = found.visible_entry(session, viewer.scope, activity_id)
    if entry is None:
        raise NotFoundError("This entry moved to a day on which the agent was not on your team.")
    return entry
