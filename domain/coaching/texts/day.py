"""The coaching sentence of the day: what is open on the plan, in which order, and why; names and titles play no part in it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from domain.ai.facts import Fact, Facts
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.insights.words import counted
from domain.coaching.kept_plan import KeptMustDo
from domain.coaching.texts.text import CoachKind, CoachText
from domain.metrics.catalog import METRICS

WHAT: Final[Mapping[MustDoKind, str]] = MappingProxyType(
    {
        MustDoKind.NEW_LEAD: "contact a new lead",
        MustDoKind.CALL_BACK: "call somebody back as agreed",
        MustDoKind.FOLLOW_UP: "do what was planned",
        MustDoKind.APPOINTMENT: "prepare an appointment",
        MustDoKind.DEAL: "revive a quiet deal",
    }
)
WHY: Final[Mapping[MustDoKind, str]] = MappingProxyType(
    {
        MustDoKind.NEW_LEAD: "the longer new leads wait, the fewer answer",
        MustDoKind.CALL_BACK: "it was promised",
        MustDoKind.FOLLOW_UP: "it stands in the calendar",
        MustDoKind.APPOINTMENT: "it is today",
        MustDoKind.DEAL: "one call says whether it still lives",
        MustDoKind.PROSPECTING: "it is the day's part of a running goal",
    }
)
"""What speaks for it by its kind; the reason on the screen has the record's own numbers and names."""
PLACES: Final = ("first", "second", "third")


def day_text(must_dos: Iterable[KeptMustDo]) -> CoachText | None:
    """About what is neither done nor put off, in the plan's order; None where nothing is open."""
    still = [each for each in must_dos if not each.is_done and each.put_off_at is None][: len(PLACES)]
    if not still:
        return None
    minutes = sum(each.minutes for each in still)
    steps = [fact for place, each in zip(PLACES, still, strict=False) for fact in _step(place, each)]
    return CoachText(
        kind=CoachKind.DAY_PLAN,
        facts=Facts(
            facts=(
                Fact(name="still open on the plan", figure=str(len(still)), words=_plural(len(still), "must-do")),
                Fact(name="together they take about", figure=str(minutes), words=_plural(minutes, "minute")),
                *steps,
            ),
            must_say=(counted(minutes, "minute"), what(still[0])),
        ),
        sentences=(
            f"Still open today: {counted(len(still), 'must-do')}, together about {counted(minutes, 'minute')}.",
            *(_sentence(place, each) for place, each in zip(PLACES, still, strict=False)),
        ),
        because_of=tuple(f"{each.title}: {each.reason}" for each in still),
    )


def what(one: KeptMustDo) -> str:
    """What to do, without the name of anybody."""
    if one.kind is not MustDoKind.PROSPECTING:
        return WHAT[one.kind]
    left = max(1, one.asked - one.done_of_asked)
    metric = METRICS.get(str(one.evidence.get("metric") or ""))
    return f"do {metric.words.counted(left)}" if metric else f"do {left:,} for your goal"


def _step(place: str, one: KeptMustDo) -> tuple[Fact, Fact]:
    return (
        Fact(name=f"{place}, {one.minutes} {_plural(one.minutes, 'minute')}", words=what(one)),
        Fact(name=f"what speaks for the {place}", words=WHY[one.kind]),
    )


def _sentence(place: str, one: KeptMustDo) -> str:
    return f"{place.capitalize()}, {what(one)} ({counted(one.minutes, 'minute')}): {WHY[one.kind]}."


def _plural(number: int, one: str) -> str:
    return one if number == 1 else f"{one}s"
