"""The figures a review of a deal may say, as its language writes them; what is not known has no entry, so that no sentence can say it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from domain.conversations.said import objections
from domain.conversations.words import Objection
from domain.deals.facts import DAY, DealFacts
from domain.deals.priority import DealPriority
from domain.deals.review_words.words import ReviewWords
from domain.deals.warnings import DealWarning, WarningRule
from domain.formatting import chance_text
from domain.local_time import local_time
from domain.pipeline.steps import words as stage_words

SECONDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBasis:
    """What a review rests on; the same basis makes the same review."""

    facts: DealFacts
    warnings: tuple[DealWarning, ...]
    priority: DealPriority
    currency: str
    chance: float | None = None
    """Of a sale within `chance_days`, where that is known."""
    chance_days: int | None = None

    def warns(self, rule: WarningRule) -> bool:
        """Whether the rule holds."""
        return any(each.rule is rule for each in self.warnings)

    def since(self, rule: WarningRule) -> datetime | None:
        """When what the rule warns of began."""
        return next((each.since for each in self.warnings if each.rule is rule), None)


def values(basis: ReviewBasis, words: ReviewWords) -> dict[str, str]:
    """Every figure that is known, by the name sentences call it."""
    facts = basis.facts
    return dict([*_time(facts, words), *_close(facts, words), *_talk(facts, words), *_plan(facts, words), *_said(basis, words)])


def _time(facts: DealFacts, words: ReviewWords) -> Iterator[tuple[str, str]]:
    if facts.stage:
        yield "stage", stage_words(facts.stage)
    if facts.days_in_stage is not None:
        yield "stage_span", words.span(facts.days_in_stage)
    if facts.age_days is not None:
        yield "created_ago", words.ago(facts.age_days)
    if facts.quiet_days is not None:
        yield "quiet_days", words.days(facts.quiet_days)
    if facts.days_since_answer is not None:
        yield "answered_ago", words.ago(facts.days_since_answer)
    if facts.usual_stay is not None and facts.usual_stay.is_known:
        yield "usual_late", words.days(round(facts.usual_stay.late_days, 1))
        yield "usual_median", words.days(round(facts.usual_stay.median_days, 1))


def _close(facts: DealFacts, words: ReviewWords) -> Iterator[tuple[str, str]]:
    if facts.expected_close_on is None or facts.days_to_close is None:
        return
    yield "close_day", words.day(facts.expected_close_on)
    if facts.days_to_close >= 0:
        yield "close_in", words.ahead(facts.days_to_close)
    else:
        yield "close_ago", words.ago(-facts.days_to_close)


def _talk(facts: DealFacts, words: ReviewWords) -> Iterator[tuple[str, str]]:
    talk = facts.talk
    counts = {
        "calls": talk.calls.count,
        "incoming": incoming(facts),
        "outgoing": outgoing(facts),
        "meetings": talk.meetings,
        "touches": talk.touches,
        "stages": len(facts.moves),
        "contacts": facts.contacts,
        "pushes": facts.pushes,
    }
    yield from ((name, words.number(count)) for name, count in counts.items() if count is not None)
    if talk.call_seconds is not None:
        yield "call_minutes", words.number(round(talk.call_seconds / SECONDS))
    if talk.unanswered:
        first = talk.unanswered[0]
        yield "unanswered", words.number(len(talk.unanswered))
        yield "unanswered_day", words.day(_on(facts, first))
        yield "unanswered_ago", words.ago((facts.at - first) // DAY)


def _plan(facts: DealFacts, words: ReviewWords) -> Iterator[tuple[str, str]]:
    done = facts.tasks_done
    yield "tasks_done", words.number(done.part)
    yield "tasks_due", words.number(done.whole)
    if facts.overdue:
        yield "overdue", words.number(len(facts.overdue))
        yield "overdue_day", words.day(_on(facts, facts.overdue[0].starts_at))
    if facts.next_step is not None:
        yield "next_kind", words.kinds[facts.next_step.kind]
        yield "next_day", words.day(_on(facts, facts.next_step.starts_at))


def _said(basis: ReviewBasis, words: ReviewWords) -> Iterator[tuple[str, str]]:
    if basis.facts.amount_minor is not None:
        yield "amount", words.money(basis.facts.amount_minor, basis.currency)
    noted = basis.since(WarningRule.RED_FLAG)
    if noted is not None:
        yield "note_day", words.day(_on(basis.facts, noted))
    if raised := open_objections(basis.facts):
        yield "objections", ", ".join(f"{words.objections[kind]} ({words.number(count)})" for kind, count in raised.items())
    if basis.chance is not None and basis.chance_days is not None:
        yield "chance", chance_text(basis.chance)
        yield "chance_within", words.days(basis.chance_days)


def open_objections(facts: DealFacts) -> dict[Objection, int]:
    """In how many of the last thirty days' notes each kind of objection came up, the most frequent first; none once a step is planned.

    What we wrote ourselves does not count, and neither do transcripts: a review is read by more people than may hear a recording.
    """
    if facts.next_step is not None:
        return {}
    noted = ({each.kind for each in objections(note.text)} for note in facts.notes if not note.is_ours)
    times = Counter(kind for kinds in noted for kind in sorted(kinds))
    return dict(sorted(times.items(), key=lambda each: (-each[1], each[0])))


def incoming(facts: DealFacts) -> int:
    """Calls and messages that came in."""
    return facts.talk.calls.incoming + facts.talk.messages.incoming


def outgoing(facts: DealFacts) -> int:
    """Calls and messages that went out."""
    return facts.talk.calls.out + facts.talk.messages.out


def _on(facts: DealFacts, at: datetime) -> date:
    return local_time(at, facts.time_zone).on
