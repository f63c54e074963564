"""One made-up deal, how a sales manager would rank it, what a review of it must mention, and what is wrong with one that was made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from domain.deals.facts import DealFacts, Note, Sides, StageMove, Talk, Task, UsualStay
from domain.deals.priority import DealPriority, Sizes, priority
from domain.deals.review import DealReview, Urgency
from domain.deals.review_values import ReviewBasis
from domain.deals.thresholds import DealThresholds
from domain.deals.warnings import Looked, warnings
from domain.records import DealStatus, EventKind, EventStatus
from domain.working_days import WorkDays

VERSION: Final = "1"
"""Of all cases; another one, and a model is tried anew."""
AT: Final = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY: Final = date(2026, 3, 10)
SIZES: Final = Sizes(median=500_000, large=2_000_000, count=40)
"""Half of the made-up company's open deals are worth up to 5,000, three of four up to 20,000."""
DAY: Final = timedelta(days=1)
_WEEKEND: Final = 6
_WEEKDAYS: Final = WorkDays(tuple(day for ago in range(120, -2, -1) if (day := TODAY - ago * DAY).isoweekday() < _WEEKEND))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewCase:
    """A deal in days before now, with what is expected of its review."""

    name: str
    priority: DealPriority
    must_mention: tuple[str, ...]
    """Figures and words without which the review would miss the point."""
    is_urgent: bool | None = None
    """Whether something must be done today; None where both is right."""
    stage: str = "Offer"
    amount: int | None = 3_000
    """In whole dollars."""
    age: int | None = 30
    in_stage: int | None = 5
    closes_in: int | None = 60
    """Days until it is expected to close; negative once that is past."""
    quiet: int | None = 1
    """Days since anything was done; None where nothing ever was."""
    answered: int | None = 1
    unanswered: tuple[int, ...] = ()
    calls: tuple[int, int] = (2, 1)
    """Out, in."""
    messages: tuple[int, int] = (2, 1)
    minutes: int | None = 20
    meetings: int = 1
    planned: tuple[int, ...] = (2,)
    """Days ahead; negative ones are past their time and still open."""
    done: int = 0
    pushes: int | None = 0
    contacts: int | None = 2
    notes: tuple[tuple[int, str], ...] = ()
    usual: tuple[float, float] | None = (8, 20)
    stages: int = 2

    @property
    def facts(self) -> DealFacts:
        """The deal as the product knows one."""
        return DealFacts(
            deal_id=1,
            name=self.name,
            company="",
            lead_id=None,
            agent_id=1,
            agent_name="Nora",
            time_zone="UTC",
            pipeline="",
            stage=self.stage,
            status=DealStatus.OPEN,
            amount_minor=None if self.amount is None else self.amount * 100,
            at=AT,
            today=TODAY,
            created_on=None if self.age is None else TODAY - self.age * DAY,
            stage_entered_at=None if self.in_stage is None else AT - self.in_stage * DAY,
            expected_close_on=None if self.closes_in is None else TODAY + self.closes_in * DAY,
            moves=tuple(StageMove(stage="Talk", at=AT - (self.age or 0) * DAY) for _ in range(self.stages)),
            usual_stay=None if self.usual is None else UsualStay(median_days=self.usual[0], late_days=self.usual[1], count=40),
            talk=self._talk,
            tasks=self._tasks,
            pushes=self.pushes,
            contacts=self.contacts,
            notes=tuple(Note(at=AT - ago * DAY, text=text) for ago, text in self.notes),
        )

    @property
    def basis(self) -> ReviewBasis:
        """The facts with what the rules find, as a review gets them."""
        facts = self.facts
        is_large = SIZES.is_large(facts.amount_minor)
        found = warnings(Looked(facts=facts, thresholds=DealThresholds(), work_days=_WEEKDAYS, is_large=is_large))
        return ReviewBasis(facts=facts, warnings=found, priority=priority(facts, [each.rule for each in found], SIZES), currency="USD")

    def faults(self, review: DealReview, *, figures_only: bool = False) -> tuple[str, ...]:
        """What is wrong with a review of it, in words; empty where it may be shown. Case of letters plays no part.

        Where only figures count, another writer than the rules may choose the words.
        """
        said = " ".join(sentences(review)).casefold()
        asked = [each for each in self.must_mention if not figures_only or any(map(str.isdigit, each))]
        return (
            *(f"does not mention {each}" for each in asked if each.casefold() not in said),
            *([f"is {review.priority}, not {self.priority}"] if review.priority is not self.priority else []),
            *self._misjudged(review),
        )

    def _misjudged(self, review: DealReview) -> Sequence[str]:
        is_urgent = any(each.urgency is Urgency.URGENT for each in review.actions)
        if self.is_urgent is None or is_urgent is self.is_urgent:
            return ()
        return ("asks for nothing today",) if self.is_urgent else ("asks for something today",)

    @property
    def _talk(self) -> Talk:
        has_begun = self.quiet is not None
        return Talk(
            calls=Sides(out=self.calls[0], incoming=self.calls[1]) if has_begun else Sides(),
            call_seconds=self.minutes * 60 if has_begun and self.minutes is not None else None,
            calls_timed=sum(self.calls) if has_begun and self.minutes is not None else 0,
            messages=Sides(out=self.messages[0], incoming=self.messages[1]) if has_begun else Sides(),
            meetings=self.meetings if has_begun else 0,
            touches=sum(self.calls) + sum(self.messages) + self.meetings if has_begun else 0,
            last_at=AT - self.quiet * DAY if self.quiet is not None else None,
            answered_at=AT - self.answered * DAY if has_begun and self.answered is not None else None,
            unanswered=tuple(AT - ago * DAY for ago in self.unanswered),
        )

    @property
    def _tasks(self) -> tuple[Task, ...]:
        kept = [_task(-number - 1, EventStatus.COMPLETED) for number in range(self.done)]
        return tuple(sorted((*kept, *(_task(days, EventStatus.PLANNED) for days in self.planned)), key=lambda each: each.starts_at))


def sentences(review: DealReview) -> Iterator[str]:
    """Everything a review says."""
    yield from (review.situation, *review.strengths, *review.concerns, *review.red_flags)
    for action in review.actions:
        yield from (action.what, action.why, action.how)
    yield from (*review.phrases, *review.plan)


def _task(days: int, status: EventStatus) -> Task:
    at = AT + days * DAY
    return Task(event_id=1, kind=EventKind.CALL, title="", starts_at=at, ends_at=at, status=status, version=1)
