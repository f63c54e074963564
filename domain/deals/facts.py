"""Everything that is known of a deal at a moment: how old, how far, how quiet, what was said, and what is planned.

Unknown is None, never zero. What was done for a deal counts whoever did it; what is planned counts from its own agent's calendar.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.metrics.measures import Ratio
from domain.records import DealStatus, EventKind, EventStatus

DAY: Final = timedelta(days=1)
LEAST_USUAL: Final = 10
"""Won deals that went through a stage before its length is called usual: below that one slow customer moves the figure by days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Calls or messages by who began."""

    out: int = 0
    incoming: int = 0
    unsaid: int = 0
    """Nobody noted who began."""

    @property
    def count(self) -> int:
        """All of them."""
        return self.out + self.incoming + self.unsaid


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMove:
    """The deal entered a stage."""

    stage: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualStay:
    """How long deals of the pipeline that were won in the last two years stayed in a stage; of deals that came back to it each stay."""

    median_days: float
    late_days: float
    """Four of five stayed no longer."""
    count: int
    """Stays looked at."""

    @property
    def is_known(self) -> bool:
        """Whether there were enough to call it usual."""
        return self.count >= LEAST_USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A calendar entry about the deal in its agent's calendar; called off ones and training are none."""

    event_id: int
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    status: EventStatus
    version: int

    def is_overdue(self, at: datetime) -> bool:
        """Whether its time is over and nobody said what came of it."""
        return self.status is EventStatus.PLANNED and self.ends_at <= at


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody noted about the deal."""

    at: datetime
    text: str
    is_ours: bool = False
    """The text of an e-mail or message that went out: the company's own words, not the client's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What was said and written so far, by everybody who worked on the deal."""

    calls: Sides = Sides()
    call_seconds: int | None = None
    """Of the calls whose length is known; None where none is."""
    calls_timed: int = 0
    """Calls whose length is known."""
    messages: Sides = Sides()
    """E-mails and messages."""
    meetings: int = 0
    """Meetings, appointments and showings, without those that did not take place."""
    touches: int = 0
    """Calls, follow-ups, messages and meetings together, without meetings that did not take place."""
    last_at: datetime | None = None
    """The last work of any kind; notes and moves are none. None where nothing was ever done."""
    answered_at: datetime | None = None
    """The last time somebody on the other side took part: a conversation, something that came in, or a meeting held."""
    unanswered: tuple[datetime, ...] = ()
    """Calls and messages that went out since then, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealFacts:
    """One deal as of a moment."""

    deal_id: int
    name: str
    company: str
    lead_id: int | None
    agent_id: int | None
    agent_name: str | None
    """None for a deal of nobody."""
    time_zone: str
    """Its agent's, by which its days are counted."""
    pipeline: str
    stage: str
    status: DealStatus
    amount_minor: int | None
    at: datetime
    """The moment everything is as of."""
    today: date
    """The day it is then where the agent is."""
    created_on: date | None
    stage_entered_at: datetime | None
    expected_close_on: date | None
    closed_on: date | None = None
    """None while it is open."""
    moves: tuple[StageMove, ...] = ()
    """The stages it entered, the first one first."""
    usual_stay: UsualStay | None = None
    """Of its stage; None where no won deal went through it."""
    talk: Talk = Talk()
    tasks: tuple[Task, ...] = ()
    """In the order they start."""
    pushes: int | None = None
    """How often the day it was expected to close was put off; None where no such day was ever kept."""
    pushed_on: date | None = None
    """The last time it was."""
    contacts: int | None = None
    """Different people on the other side the records name; None where they name none."""
    notes: tuple[Note, ...] = ()
    """Of the last thirty days, the newest first, as far as the viewer may read them."""

    @property
    def age_days(self) -> int | None:
        """Days in the pipeline: since it was created, until it closed or the moment."""
        if self.created_on is None:
            return None
        return (min(self.closed_on or self.today, self.today) - self.created_on).days

    @property
    def days_in_stage(self) -> int | None:
        """Full days since it entered its stage."""
        return None if self.stage_entered_at is None else (self.at - self.stage_entered_at) // DAY

    @property
    def quiet_days(self) -> int | None:
        """Full days since the last activity; where there was none, days since the deal was created."""
        return self.age_days if self.talk.last_at is None else (self.at - self.talk.last_at) // DAY

    @property
    def days_since_answer(self) -> int | None:
        """Full days since the other side last took part; None where it never did."""
        return None if self.talk.answered_at is None else (self.at - self.talk.answered_at) // DAY

    @property
    def days_to_close(self) -> int | None:
        """Until the day it is expected to close; negative once that is past."""
        return None if self.expected_close_on is None else (self.expected_close_on - self.today).days

    @property
    def tasks_done(self) -> Ratio:
        """Of the tasks whose time is over, how many were done: held or ticked off. What is still to come does not count yet."""
        over = [task for task in self.tasks if task.status is not EventStatus.PLANNED or task.is_overdue(self.at)]
        return Ratio(sum(task.status is EventStatus.COMPLETED for task in over), len(over))

    @property
    def overdue(self) -> tuple[Task, ...]:
        """Tasks whose time is over and of which nobody said what came, the oldest first."""
        return tuple(task for task in self.tasks if task.is_overdue(self.at))

    @property
    def next_step(self) -> Task | None:
        """What is planned next."""
        return next((task for task in self.tasks if task.status is EventStatus.PLANNED and task.ends_at > self.at), None)
