"""Celebrating what was done: by the ladder, once for each event, and shown to the agent once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from data.queries import celebrations as queries
from data.queries.agents import agent_on
from data.queries.celebrations import ActivityEvent, DealEvent, Stored
from data.writes import celebrations as writes
from domain.access import Scope
from domain.coaching.celebration import QUIET, Celebrated, Done, Rung, celebrated
from domain.errors import NotFoundError
from domain.local_time import local_time
from domain.periods import Period
from domain.records import ActivityType, Role
from services import streaks
from services.access import Viewer

FRESH: Final = timedelta(minutes=10)
"""What happened longer ago is not celebrated on opening a screen any more: the moment is over."""
NEWS: Final = timedelta(days=7)
"""Nor is anything older celebrated on demand: an import of last year throws no confetti."""
AT_ONCE: Final = 6
"""Events looked at in one go: a batch is one piece of news."""
COUNTED_AS: Final = {
    ActivityType.CALL: ("calls", "calls"),
    ActivityType.EMAIL: ("emails", "e-mails"),
    ActivityType.MESSAGE: ("messages", "messages"),
    ActivityType.MEETING: ("meetings", "meetings"),
    ActivityType.APPOINTMENT: ("appointments", "appointments"),
    ActivityType.SHOWING: ("showings", "showings"),
    ActivityType.FOLLOW_UP: ("follow_ups", "follow-ups"),
    ActivityType.TASK: ("tasks", "tasks"),
    ActivityType.POST: ("posts", "posts"),
}
"""The counter of each kind of work, and what its plural is called."""


class EventKind(StrEnum):
    """What can be celebrated."""

    ACTIVITY = "activity"
    DEAL = "deal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of an event; without a rung there is nothing to celebrate."""

    event: str
    rung: Rung | None = None
    reason: str = ""
    is_new: bool = False

    @property
    def has_confetti(self) -> bool:
        """Whether it is more than a word."""
        return self.rung is not None and self.rung not in QUIET


def celebrate(session: Session, viewer: Viewer, kind: EventKind, record_id: int, now: datetime) -> Told:
    """Celebrate an event, once however often it is asked; NotFoundError for one that is not there or not the viewer's to see.

    Others than the agent do not learn of a milestone of a streak: it is private.
    """
    event = _event(session, viewer.scope, kind, record_id)
    if event is None:
        raise NotFoundError("There is no such activity or won deal among those you look after.")
    told = _celebrate(session, event, now)
    return told if told.rung is not Rung.STREAK_MILESTONE or viewer.person_id == event.agent_id else Told(event=told.event)


def news(session: Session, agent_id: int, zone: str, since: datetime, now: datetime) -> Told | None:
    """The agent's best news since the moment, taken so that no other screen shows it again; None without any."""
    today, fresh = local_time(now, zone).on, max(since, now - FRESH)
    own = Scope(viewer_id=agent_id, role=Role.AGENT)
    for event in _just_done(session, own, today, fresh):
        _celebrate(session, event, now)
    taken = writes.take_unseen(session, agent_id, now - FRESH, now)
    return _told(min(taken, key=lambda each: list(Rung).index(each.rung)), is_new=False) if taken else None


def celebrate_sales(session: Session, since: date, at: datetime) -> int:
    """Celebrate the sales from a day on as their agents' screens would have, at the moment; return how many are remembered.

    For a company that comes with its past: nobody was there to open a screen.
    """
    everybody = Scope(viewer_id=0, role=Role.ADMIN)
    sales = (queries.deal_event(session, everybody, deal_id) for deal_id in queries.won_since(session, since))
    return sum(_celebrate(session, sale, at).is_new for sale in sales if sale is not None)


def _just_done(session: Session, own: Scope, today: date, since: datetime) -> Iterator[ActivityEvent | DealEvent]:
    for deal_id in queries.just_won(session, own.viewer_id, today, since, AT_ONCE):
        if (won := queries.deal_event(session, own, deal_id)) is not None:
            yield won
    for activity_id in queries.just_done(session, own.viewer_id, today, since, AT_ONCE):
        if (done := queries.activity_event(session, own, activity_id)) is not None:
            yield done


def _event(session: Session, scope: Scope, kind: EventKind, record_id: int) -> ActivityEvent | DealEvent | None:
    if kind is EventKind.DEAL:
        return queries.deal_event(session, scope, record_id)
    return queries.activity_event(session, scope, record_id)


def _celebrate(session: Session, event: ActivityEvent | DealEvent, now: datetime) -> Told:
    name = f"{EventKind.DEAL if isinstance(event, DealEvent) else EventKind.ACTIVITY}:{event.id}"
    before = queries.stored(session, event.agent_id, name)
    if before is not None:
        return _told(before, is_new=False)
    found = _found(session, event, now)
    if found is None:
        return Told(event=name)
    is_new = writes.add(session, event.agent_id, name, found, now)
    return Told(event=name, rung=found.rung, reason=found.reason, is_new=is_new)


def _found(session: Session, event: ActivityEvent | DealEvent, now: datetime) -> Celebrated | None:
    if event.day <= now.date() - NEWS:
        return None
    return celebrated(_deal(session, event) if isinstance(event, DealEvent) else _activity(session, event))


def _activity(session: Session, event: ActivityEvent) -> Done:
    counter, name = COUNTED_AS[event.type]
    bests = queries.bests_of_days(session, event.agent_id, event.day, counter)
    return Done(
        kind=name,
        is_task=event.type is ActivityType.TASK,
        value=event.place_of_type,
        team_best=bests.team,
        own_best=bests.own,
        own_week_best=bests.own_week,
        streak=_streak_kept(session, event),
    )


def _deal(session: Session, event: DealEvent) -> Done:
    bests = queries.bests_of_deals(session, event)
    return Done(
        kind="sale",
        is_deal=True,
        value=event.amount_minor,
        deals_this_year=bests.deals_this_year,
        team_best=bests.team,
        own_best=bests.own,
        own_week_best=bests.own_week,
        close_days=event.close_days,
        fastest=bests.fastest,
    )


def _streak_kept(session: Session, event: ActivityEvent) -> int | None:
    """Days in a row, where it was this that made the day count."""
    agent = agent_on(session, Scope(viewer_id=event.agent_id, role=Role.AGENT), event.agent_id, event.day)
    if agent is None or event.place != streaks.settings_of(session, event.agent_id).minimum:
        return None
    known = streaks.known_of(session, agent, Period(event.day - streaks.FURTHEST, event.day + timedelta(days=1)))
    return streaks.streak_of(session, agent, event.day, known).length


def _told(kept: Stored, *, is_new: bool) -> Told:
    return Told(event=kept.event, rung=kept.rung, reason=kept.reason, is_new=is_new)
