"""The playful side of an agent's day: points, level of play and streak, as far as the viewer may know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries import points as point_queries
from data.queries.own_achievements import defined
from data.queries.streaks import Settings
from domain.access import Selection
from domain.coaching.points import PlayLevel, points_due, values_on
from domain.coaching.streaks import Streak
from domain.counters import Counters
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.periods import Period
from services import energy, points, streaks
from services.access import Viewer
from services.agents import agent_seen
from services.energy import Energy


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """What one kind of work brought today."""

    name: str
    count: int
    points: int
    is_full: bool
    """Whether the day's most of it is reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """What only the agent themselves sees."""

    level: PlayLevel
    settings: Settings
    energy: Energy


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayDay:
    """An agent's day in the game."""

    lines: Sequence[PointLine]
    streak: Streak | None
    """None for others, unless the agent shares it."""
    own: OwnDay | None

    @property
    def points(self) -> int:
        """Today's so far."""
        return sum(line.points for line in self.lines)


def play_day(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> PlayDay:
    """The agent's today; raises NotFoundError for an agent the viewer may not see today."""
    agent = agent_seen(session, viewer, agent_id, local_time(now, viewer.time_zone).on)
    today = local_time(now, agent.time_zone).on
    known = streaks.known_of(session, agent, Period(today - streaks.FURTHEST, today + timedelta(days=1)))
    lines = [*_lines(session, today, known.by_day.get(today, Counters())), *_earned(session, viewer, agent_id, today)]
    is_own = viewer.person_id == agent_id and not viewer.is_program
    return PlayDay(
        lines=lines,
        streak=streaks.streak_of(session, agent, today, known) if is_own or known.settings.is_shared else None,
        own=_own(session, viewer, lines, known.settings, today, now) if is_own else None,
    )


def points_in(session: Session, viewer: Viewer, agent_id: int, days: Period) -> int:
    """The points of these days by the facts the viewer may see."""
    found: Mapping[date, Counters] = daily.totals_by_day(session, viewer.scope, Selection(period=days, agent_ids=frozenset({agent_id})))
    return sum(points.points_by_day(session, viewer.scope, agent_id, days, found).values())


def level_of(session: Session, viewer: Viewer, agent: AgentChoice, now: datetime) -> PlayLevel | None:
    """The viewer's own level of play; None for anybody else's, whose earlier days may not be theirs to see."""
    if viewer.person_id != agent.agent_id or viewer.is_program:
        return None
    today = local_time(now, agent.time_zone).on
    made = points_in(session, viewer, agent.agent_id, Period(today, today + timedelta(days=1)))
    return PlayLevel(total=points.total_before(session, agent.agent_id, today) + made)


def _own(session: Session, viewer: Viewer, lines: Sequence[PointLine], settings: Settings, today: date, now: datetime) -> OwnDay:
    made = sum(line.points for line in lines)
    return OwnDay(
        level=PlayLevel(total=points.total_before(session, viewer.person_id, today) + made),
        settings=settings,
        energy=energy.energy_of(session, viewer, now),
    )


def _earned(session: Session, viewer: Viewer, agent_id: int, today: date) -> list[PointLine]:
    """What achievements of the company's own brought today."""
    brought = points.earned_points(session, viewer.scope, agent_id, Period(today, today + timedelta(days=1))).get(today, {})
    names = {each.key: each.name for each in defined(session)} if brought else {}
    return [PointLine(name=names[key], count=1, points=made, is_full=False) for key, made in brought.items()]


def _lines(session: Session, today: date, sums: Counters) -> list[PointLine]:
    worth = values_on(today, point_queries.value_changes(session))
    return [
        PointLine(name=worth[key].name, count=getattr(sums, key), points=made, is_full=made == worth[key].most)
        for key, made in points_due(sums, worth).items()
    ]
