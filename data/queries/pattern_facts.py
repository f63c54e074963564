"""The facts patterns are looked for in, one team at a time, so that a night never holds more than one team's."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Lead, Team
from data.queries.activities import within
from data.queries.insights import ever_on
from data.queries.scope import on_team
from domain.activity_analytics.practice import NEXT_STEP
from domain.coaching.patterns.segments import SPOKEN, WRITTEN, channel_sequence, daypart, meeting_length, response_band
from domain.contact import HELD
from domain.periods import Period
from domain.records import NOT_HELD, REACHED, ActivityType, Direction

Row: TypeAlias = tuple[int, int, int, float]
"""Agent, day (ordinal), place of the segment, and what it came to."""
IN_TIME: Final = timedelta(days=30)
"""A lead counts as converted when it was within so many days; younger ones are left out, so that all had equal time."""
AT_ONCE: Final = 5_000
"""Rows fetched at a time."""
_VIDEO, _CONTENT, _NO_POST = range(3)
_OUTBOUND: Final = or_(col(Activity.direction).is_(None), col(Activity.direction) != Direction.INBOUND)
"""Unless it is known to have come from the customer."""


def team_ids(session: Session) -> list[int]:
    """All teams."""
    return list(session.scalars(select(col(Team.id)).order_by(col(Team.id))))


def calls(session: Session, team_id: int, period: Period) -> tuple[list[Row], list[Row]]:
    """Calls the team made, by weekday and by time of day, and whether they reached somebody."""
    columns = (col(Activity.agent_id), col(Activity.local_on), col(Activity.local_hour), col(Activity.outcome))
    query = select(*columns).where(_by(team_id, period), col(Activity.type) == ActivityType.CALL, _OUTBOUND)
    by_weekday, by_hour = list[Row](), list[Row]()
    for agent, on, hour, outcome in _rows(session, query):
        reached = float(outcome in REACHED)
        by_weekday.append((agent, on.toordinal(), on.weekday(), reached))
        by_hour.append((agent, on.toordinal(), daypart(hour), reached))
    return by_weekday, by_hour


def leads(session: Session, team_id: int, period: Period) -> tuple[list[Row], list[Row]]:
    """Leads assigned in the period and contacted, by how long they waited: whether they converted in time, and what they were rated."""
    columns = (col(Lead.agent_id), col(Lead.assigned_on), col(Lead.response_seconds), col(Lead.converted_on), col(Lead.satisfaction))
    query = select(*columns).where(_assigned(team_id, period), col(Lead.response_seconds).is_not(None))
    converted, rated = list[Row](), list[Row]()
    for agent, on, seconds, became, stars in _rows(session, query):
        known = agent, on.toordinal(), response_band(seconds)
        converted.append((*known, _in_time(on, became)))
        if stars is not None:
            rated.append((*known, float(stars)))
    return converted, rated


def sequences(session: Session, team_id: int, period: Period) -> list[Row]:
    """Leads assigned in the period by the channels of their first two contacts, made before converting, and whether they did in time."""
    place = func.row_number().over(partition_by=col(Activity.lead_id), order_by=(col(Activity.occurred_at), col(Activity.id)))
    contacts = (
        select(col(Activity.lead_id), col(Activity.type), col(Activity.local_on), place.label("place"))
        .join(Lead, col(Lead.id) == col(Activity.lead_id))
        .where(_assigned(team_id, period), col(Activity.type).in_(sorted(SPOKEN | WRITTEN)), _OUTBOUND)
        .subquery()
    )
    first, second = (select(contacts).where(contacts.c.place == place).subquery() for place in (1, 2))
    query = (
        select(col(Lead.agent_id), col(Lead.assigned_on), col(Lead.converted_on), first.c.type, second.c.type, second.c.local_on)
        .join(first, first.c.lead_id == col(Lead.id))
        .join(second, second.c.lead_id == col(Lead.id))
    )
    found = list[Row]()
    for agent, on, became, one, other, contacted in _rows(session, query):
        sequence = channel_sequence(one, other)
        if sequence is not None and (became is None or contacted <= became):
            found.append((agent, on.toordinal(), sequence, _in_time(on, became)))
    return found


def after_posts(session: Session, team_id: int, period: Period) -> list[Row]:
    """Conversations by whether their agent posted something, or a video, that day or the day before, and whether they led on."""
    posts = _posts(session, team_id, period)
    spoken = and_(col(Activity.type).in_(sorted(SPOKEN)), col(Activity.outcome).in_(sorted(REACHED)))
    query = select(col(Activity.agent_id), col(Activity.local_on), col(Activity.outcome)).where(_by(team_id, period), spoken)
    found = list[Row]()
    for agent, on, outcome in _rows(session, query):
        day = on.toordinal()
        place = min(posts.get((agent, day), _NO_POST), posts.get((agent, day - 1), _NO_POST))
        found.append((agent, day, place, float(outcome in NEXT_STEP)))
    return found


def meetings(session: Session, team_id: int, period: Period) -> list[Row]:
    """Meetings that took place, by their length, and whether they led to a next step."""
    held = and_(col(Activity.type).in_(sorted(HELD)), col(Activity.outcome).not_in(sorted(NOT_HELD)), col(Activity.duration_seconds) > 0)
    columns = (col(Activity.agent_id), col(Activity.local_on), col(Activity.duration_seconds), col(Activity.outcome))
    return [
        (agent, on.toordinal(), meeting_length(seconds), float(outcome in NEXT_STEP))
        for agent, on, seconds, outcome in _rows(session, select(*columns).where(_by(team_id, period), held))
    ]


def _posts(session: Session, team_id: int, period: Period) -> dict[tuple[int, int], int]:
    """By agent and day whether a video was among what was posted."""
    video = or_(*(column.ilike("%video%") for column in (col(Activity.subject), col(Activity.category))))
    columns = (col(Activity.agent_id), col(Activity.local_on), func.bool_or(video))
    query = select(*columns).where(_by(team_id, period), col(Activity.type) == ActivityType.POST)
    grouped = query.group_by(col(Activity.agent_id), col(Activity.local_on))
    return {(agent, on.toordinal()): _VIDEO if is_video else _CONTENT for agent, on, is_video in _rows(session, grouped)}


def _by(team_id: int, period: Period) -> ColumnElement[bool]:
    """What somebody did in the period while on the team."""
    agent, day = col(Activity.agent_id), col(Activity.local_on)
    return and_(agent.in_(ever_on(team_id)), within(period), on_team(agent, day, {team_id}))


def _assigned(team_id: int, period: Period) -> ColumnElement[bool]:
    agent, day = col(Lead.agent_id), col(Lead.assigned_on)
    return and_(agent.in_(ever_on(team_id)), day >= period.start, day < period.end, on_team(agent, day, {team_id}))


def _in_time(assigned_on: date, converted_on: date | None) -> float:
    return float(converted_on is not None and converted_on <= assigned_on + IN_TIME)


def _rows(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    with session.execute(query.execution_options(yield_per=AT_ONCE)) as found:
        yield from found
