"""Patterns and answers in plain words: seen together, never because."""

from typing import Final

from domain.coaching.patterns.pattern import Answer, Lack, Pattern, Side
from domain.formatting import share_text

ASSOCIATION: Final = (
    "Compared within each person and each stretch of time, all questions corrected together. "
    "What goes together need not be cause and effect."
)


def sentence(pattern: Pattern) -> str:
    """What was seen, with its counts."""
    facts, segment, asked = pattern.hypothesis.facts[1], pattern.segment, pattern.hypothesis
    one, other = _side(pattern, pattern.inside), _side(pattern, pattern.outside)
    if asked.outcome.is_share:
        how = "more often" if pattern.is_more else "less often"
        return f"{facts.capitalize()} {segment.words} {asked.happens} {how}: {one}, {segment.other} {other}."
    how = "higher" if pattern.is_more else "lower"
    return f"{facts.capitalize()} {segment.words} came with {how} ratings: {one} {asked.happens}, {segment.other} {other}."


def effect_text(pattern: Pattern) -> str:
    """How large the difference is, cautiously, and between what it probably lies."""
    if pattern.hypothesis.outcome.is_share:
        return f"odds {pattern.effect:.2f} times as high (90 % interval {pattern.low:.2f} to {pattern.high:.2f})"
    return f"{pattern.effect:+.2f} stars (90 % interval {pattern.low:+.2f} to {pattern.high:+.2f})"


def missing_text(answer: Answer) -> str:
    """How much is there of how much it takes."""
    of = f"{answer.has:,} of {answer.needs:,}"
    match answer.lack:
        case Lack.PEOPLE:
            return f"{answer.hypothesis.name}: {of} people needed, none with more than half of the records."
        case Lack.WEEKS:
            return f"{answer.hypothesis.name}: {of} weeks of records needed."
        case _:
            return f"{answer.hypothesis.name}: {of} {answer.hypothesis.facts[1]} needed in the part that has most."


def _side(pattern: Pattern, side: Side) -> str:
    if pattern.hypothesis.outcome.is_share:
        return f"{side.total:,.0f} of {side.count:,} ({share_text(side.mean)})"
    return f"{side.mean or 0:.1f} of {side.count:,}"
