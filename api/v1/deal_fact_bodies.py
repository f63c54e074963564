"""How the facts of a deal are shown."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from api.v1.fields import Shown
from domain.deals.deal_chance import DealChance, Likelihood, NoChance
from domain.deals.facts import DealFacts, Sides, Task, UsualStay
from domain.deals.stage_rates import Tally
from domain.deals.win_model import Reason
from domain.deals.win_words import reason_words
from domain.records import DealStatus, EventKind


class SidesOut(Shown):
    """Calls or messages by who began; `unsaid` where nobody noted it."""

    count: int
    out: int
    incoming: int
    unsaid: int

    @classmethod
    def of(cls, sides: Sides) -> Self:
        """The same for other programs."""
        return cls(count=sides.count, out=sides.out, incoming=sides.incoming, unsaid=sides.unsaid)


class StayOut(Shown):
    """How long won deals of the last two years stayed in the stage; `is_known` from ten stays on."""

    median_days: float
    late_days: float
    """Four of five stayed no longer."""
    count: int
    is_known: bool

    @classmethod
    def of(cls, stay: UsualStay) -> Self:
        """The same for other programs."""
        return cls.model_validate({name: getattr(stay, name) for name in cls.model_fields})


class TaskOut(Shown):
    """A calendar entry about the deal in its agent's calendar."""

    event_id: int
    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime

    @classmethod
    def of(cls, task: Task) -> Self:
        """The same for other programs."""
        return cls.model_validate({name: getattr(task, name) for name in cls.model_fields})


class TasksOut(Shown):
    """Tasks whose time is over: how many there were, were done, are open; and what is planned next."""

    due: int
    done: int
    done_share: float | None
    """None where none was due."""
    overdue: list[TaskOut]
    next_step: TaskOut | None


class StageOut(Shown):
    """The deal entered a stage."""

    stage: str
    at: datetime


class ReasonOut(Shown):
    """What one fact of the deal adds to its log-odds of being won, or takes from them, held against the average deal."""

    fact: str
    words: str
    log_odds: float


class StageRateOut(Shown):
    """Of the deals seen in the stage, each once, how many were won within the horizon; where the share behind the luck lies."""

    won: int
    count: int
    low_share: float
    high_share: float

    @classmethod
    def of(cls, rate: Tally) -> Self:
        """The same for other programs."""
        low, high = rate.interval
        return cls(won=rate.won, count=rate.count, low_share=low, high_share=high)


class ChanceOut(Shown):
    """How likely an open deal is to be won within `horizon_days`, or in `lack` why that is not told."""

    chance: float | None
    """From 0.01 to 0.99: nothing that is still to come is certain."""
    likelihood: Likelihood | None
    """Against the usual odds: half of them or less are low, twice them or more are high."""
    horizon_days: int | None
    usual_share: float | None
    """How many of the pipeline's deals open on a day were won within the horizon."""
    speaks_for: list[ReasonOut]
    speaks_against: list[ReasonOut]
    lack: NoChance | None
    stage_rate: StageRateOut | None

    @classmethod
    def of(cls, chance: DealChance) -> Self:
        """The same for other programs."""
        return cls(
            chance=chance.told,
            likelihood=chance.likelihood,
            horizon_days=chance.horizon_days,
            usual_share=chance.usual,
            speaks_for=_reasons(chance, chance.speaks_for),
            speaks_against=_reasons(chance, chance.speaks_against),
            lack=chance.lack,
            stage_rate=StageRateOut.of(chance.stage_rate) if chance.stage_rate else None,
        )


class DealFactsOut(Shown):
    """Everything known of a deal as of `at`; null is unknown, never zero. Money is in minor units of `currency`."""

    deal_id: int
    name: str
    company: str
    agent_id: int | None
    agent: str | None
    pipeline: str
    stage: str
    status: DealStatus
    amount_minor: int | None
    currency: str
    at: datetime
    age_days: int | None
    days_in_stage: int | None
    usual_stay: StayOut | None
    quiet_days: int | None
    """Full days since the last activity; where there was none, since the deal was created."""
    days_since_answer: int | None
    """Since the other side last took part: a conversation, something that came in, a meeting held."""
    expected_close_on: date | None
    days_to_close: int | None
    close_date_pushes: int | None
    calls: SidesOut
    call_seconds: int | None
    calls_timed: int
    """Calls whose length is known."""
    messages: SidesOut
    meetings: int
    touches: int
    unanswered: int
    """Calls and messages that went out since the last answer."""
    contacts: int | None
    stages: list[StageOut]
    tasks: TasksOut
    chance: ChanceOut | None
    """None for a closed deal."""

    @classmethod
    def of(cls, facts: DealFacts, currency: str, chance: DealChance | None) -> Self:
        """The same for other programs."""
        talk, stay = facts.talk, facts.usual_stay
        same = {"deal_id", "name", "company", "agent_id", "pipeline", "stage", "status", "amount_minor", "at", "age_days", "days_in_stage",
                "quiet_days", "days_since_answer", "expected_close_on", "days_to_close", "contacts"}  # fmt: skip
        return cls(
            **{name: getattr(facts, name) for name in same},
            agent=facts.agent_name,
            currency=currency,
            usual_stay=StayOut.of(stay) if stay else None,
            close_date_pushes=facts.pushes,
            calls=SidesOut.of(talk.calls),
            call_seconds=talk.call_seconds,
            calls_timed=talk.calls_timed,
            messages=SidesOut.of(talk.messages),
            meetings=talk.meetings,
            touches=talk.touches,
            unanswered=len(talk.unanswered),
            stages=[StageOut(stage=move.stage, at=move.at) for move in facts.moves],
            tasks=_tasks(facts),
            chance=ChanceOut.of(chance) if chance else None,
        )


def _reasons(chance: DealChance, reasons: Iterable[Reason]) -> list[ReasonOut]:
    if chance.seen is None:
        return []
    return [ReasonOut(fact=each.fact, words=reason_words(each.fact, chance.seen), log_odds=round(each.log_odds, 3)) for each in reasons]


def _tasks(facts: DealFacts) -> TasksOut:
    done, coming = facts.tasks_done, facts.next_step
    return TasksOut(
        due=done.whole,
        done=done.part,
        done_share=done.value,
        overdue=[TaskOut.of(task) for task in facts.overdue],
        next_step=TaskOut.of(coming) if coming else None,
    )
