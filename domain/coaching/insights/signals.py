"""What the rules look at: one agent's facts, and of the team only what names and measures nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.coaching.insights.insight import insight_id
from domain.counters import Counters, total
from domain.metrics.measures import Median, Ratio, Weighted
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Period
from domain.working_days import WorkDays

IN_TIME_DAYS: Final = 30
"""A lead counts as converted here if it did so within a month of its assignment: a cohort with more time would look better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A lead, a deal or a calendar entry somebody may have lost sight of."""

    name: str
    since: datetime
    """When it was last touched, agreed or planned."""
    lead_id: int | None = None
    amount_minor: int | None = None
    """What a deal is worth, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """Records of one kind that wait for something."""

    count: int = 0
    first: tuple[Record, ...] = ()
    """A few of them, the most pressing first; empty only when there are none."""
    amount_minor: int = 0
    """What those of them are worth whose amount is known; for deals."""
    among: int = 0
    """How many records of the kind there are in all, waiting or not."""
    first_on: date | None = None
    """The first day under which the kind's list has them; None where it is not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseEnds:
    """What waits for the agent; what each is, and how long is too long, stands with its rule."""

    waiting_leads: Pile = Pile()
    call_backs: Pile = Pile()
    open_entries: Pile = Pile()
    stale_deals: Pile = Pile()
    forgotten_deals: Pile = Pile()
    unrated: Pile = Pile()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Leads of one source assigned in one of two spans, and how many of them converted in time."""

    source: str
    """Empty where it is not known."""
    is_recent: bool
    """Whether they were assigned in the later half of the days looked at."""
    conversion: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWait:
    """How long the other agents' new leads usually waited, all of them together. Made only where enough agents stand behind it."""

    seconds: float
    """The median of all their single waits."""
    waits: int
    agents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """One agent as the viewer may see them."""

    agent_id: int
    today: date
    """The day it is where the agent is."""
    now: datetime
    currency: str
    sales_since: date | None
    """The first day from which on all of the agent's closed deals are known to the viewer; None when there are none. A sum needs it:
    a quarter that is only half known looks like a bad one. Rates and medians of what is known do not."""
    work_days: WorkDays
    """The planned working days of the last weeks."""
    by_day: Mapping[date, Counters]
    waits: tuple[tuple[date, int], ...] = ()
    """Day of first contact and seconds waited, lead by lead."""
    team_wait: TeamWait | None = None
    """In the last closed weeks; None where it would say something about single colleagues."""
    cohorts: tuple[Cohort, ...] = ()
    sales: tuple[tuple[date, int], ...] = ()
    """Closing day and amount of the deals won, those with a known amount."""
    loose: LooseEnds = LooseEnds()

    def id_of(self, rule: str, about: str = "") -> str:
        """The id of the rule's insight about the agent this week."""
        return insight_id(rule, self.agent_id, self.today, about)

    def sums(self, period: Period) -> Counters:
        """The agent's sums of the period."""
        return total(counters for day, counters in self.by_day.items() if day in period)

    def wait(self, period: Period) -> Median:
        """How long leads first contacted in the period had waited."""
        return Median(tuple(seconds for day, seconds in self.waits if day in period), SECONDS_PER_HOUR)

    def revenue(self, period: Period) -> Weighted:
        """What the deals won in the period brought: every sale an event as heavy as its amount, so that its luck is known."""
        return Weighted(tuple((float(amount), 1) for day, amount in self.sales if day in period))

    def knows_sales_from(self, day: date) -> bool:
        """Whether no sale on or after the day can be missing."""
        return self.sales_since is not None and self.sales_since <= day


def together(cohorts: Iterable[Cohort]) -> Ratio:
    """The conversion of all of them."""
    return sum((each.conversion for each in cohorts), Ratio(0, 0))
