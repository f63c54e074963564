"""Patterns in sentences: what goes together in the work of a team or of one agent, and what to try; never why it does."""

from collections.abc import Sequence
from typing import Final

from domain.ai.facts import Fact, Facts
from domain.coaching.patterns.pattern import Pattern, Tier
from domain.coaching.patterns.words import sentence
from domain.coaching.texts.text import CoachKind, CoachText

MOST: Final = 3
"""What is tried at once; the rest stands on the screen."""
TRY: Final = "Plan by it for two weeks and look again: what goes together need not stay together."
_PLACES: Final = ("surest", "next", "last")
HOW_SURE: Final = {Tier.CLEAR: "clear", Tier.LIKELY: "likely"}


def patterns_text(told: Sequence[Pattern]) -> CoachText | None:
    """About the surest patterns; None where none is told."""
    surest = told[:MOST]
    if not surest:
        return None
    is_own = any(not each.whose.is_team for each in surest)
    return CoachText(
        kind=CoachKind.OWN_PATTERNS if is_own else CoachKind.PATTERNS,
        facts=Facts(
            facts=(*(_fact(place, each) for place, each in enumerate(surest, 1)), Fact(name="what to do", words=TRY)),
            must_say=(counts(surest[0]),),
            must_not_say=_opposite(surest),
        ),
        sentences=(*(f"{whose(each)}, {HOW_SURE[each.tier]}: {sentence(each)}" for each in surest), TRY),
        because_of=tuple(each.id for each in surest),
    )


def counts(pattern: Pattern) -> str:
    """Of how many in the segment how many, as the sentence writes it."""
    one = pattern.inside
    return f"{one.total:,.0f} of {one.count:,}" if pattern.hypothesis.outcome.is_share else f"{one.mean or 0:.1f} of {one.count:,}"


def whose(pattern: Pattern) -> str:
    """In whose work it was seen."""
    return "In the team's work" if pattern.whose.is_team else "In your own work"


def _fact(place: int, pattern: Pattern) -> Fact:
    return Fact(name=f"{HOW_SURE[pattern.tier]} pattern {whose(pattern).lower()}, the {_PLACES[place - 1]}", words=sentence(pattern))


def _opposite(surest: Sequence[Pattern]) -> tuple[str, ...]:
    """The direction no pattern has: an answer that says it has turned one around."""
    shares = {each.is_more for each in surest if each.hypothesis.outcome.is_share}
    means = {each.is_more for each in surest if not each.hypothesis.outcome.is_share}
    words = ("less often", "more often") if len(shares) == 1 else ()
    higher = ("lower", "higher") if len(means) == 1 else ()
    return (*(words[:1] if True in shares else words[1:]), *(higher[:1] if True in means else higher[1:]))
