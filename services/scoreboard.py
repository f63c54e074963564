"""An agent's day: what is done so far, by type, against what the day asks."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy.orm import Session

from domain.access import Selection
from domain.metrics.catalog import metric
from domain.metrics.reading import Reading
from domain.periods import Grain, containing
from domain.profiles import PROFILES
from domain.working_hours import DAY_ENDS, DAY_STARTS
from services.access import Viewer
from services.figures import Figures, figures


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """One metric of the day."""

    reading: Reading
    """Compared with the day before; its target is the day's part of the week's or month's."""
    due_by_now: float | None
    """The part of the day's target due at this hour; None without a target."""

    @property
    def left(self) -> float | None:
        """How much the target still asks today; None without a target."""
        return None if self.reading.target is None else max(0.0, self.reading.target - (self.reading.value or 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoreboard:
    """The day of one agent."""

    day: date
    lines: tuple[DayLine, ...]
    """The figures of the agent's kind of business first."""
    is_working_day: bool
    """Whether the day is planned: no weekend, public holiday or absence."""
    day_share: float
    """The part of the working hours that is gone."""
    has_data: bool
    """Whether anything is logged on the day."""


def scoreboard(session: Session, viewer: Viewer, agent_id: int, day: date, at: time) -> Scoreboard:
    """The agent's day, seen at a local time of it (`time.max` for a day that is over). Empty for an agent the viewer may not see."""
    selection = Selection(period=containing(day, Grain.DAY), agent_ids=frozenset({agent_id}))
    found = figures(session, viewer.scope, selection, day)
    agent = found.roster.agents.get(agent_id)
    readings = found.readings(metric(key) for key in _keys(found)) if agent else ()
    share = day_share(at)
    return Scoreboard(
        day=day,
        lines=tuple(_line(each, share) for each in readings),
        is_working_day=bool(agent and agent.holder.calendar.present.between(selection.period.start, selection.period.end)),
        day_share=share,
        has_data=bool(found.now),
    )


def _line(reading: Reading, share: float) -> DayLine:
    due = None if reading.target is None else reading.target * share
    return DayLine(
        reading=reading,
        due_by_now=due,
    )


def day_share(at: time) -> float:
    """The part of the working hours gone at this local time, from 0 to 1."""
    gone = _minutes(at) - _minutes(DAY_STARTS)
    return min(1.0, max(0.0, gone / (_minutes(DAY_ENDS) - _minutes(DAY_STARTS))))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _keys(found: Figures) -> dict[str, None]:
    """The scoreboard of the agent's business, then everything else done on the day, so that no activity stays unseen."""
    (profile,) = found.roster.profiles
    asked = PROFILES[profile].daily
    others = ("emails", "messages", "meetings", "appointments", "showings", "follow_ups", "tasks", "posts")
    done = [each.metric.key for each in found.readings(metric(key) for key in others) if each.value]
    return dict.fromkeys((*asked, *done))
