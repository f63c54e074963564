"""The 90-day cycle in plain words."""

from typing import Final

from domain.coaching.comparison import Compared, is_per_day
from domain.coaching.cycles import PHASE_DAYS, Cycle, Phase, Review, Windows
from domain.coaching.movement_words import SURE, figure_name
from domain.coaching.patterns.pattern import Tier
from domain.formatting import NOTHING, number_text, span_text, value_text
from domain.metrics.catalog import metric
from domain.periods import Period

NAMES: Final = {Phase.FOUNDATION: "Foundation", Phase.BUILD: "Build", Phase.CONSOLIDATE: "Consolidate"}


def days_text(days: Period) -> str:
    """From its first to its last day."""
    return span_text(days.start, days.last_day)


def figure_text(found: Compared, value: float | None, currency: str) -> str:
    """A figure of a comparison; a count a day with one decimal."""
    if value is None:
        return NOTHING
    return number_text(value) if is_per_day(found.metric) else value_text(found.metric, value, currency)


def standing_sentence(found: Compared, currency: str) -> str:
    """Start against now in one sentence, with what it rests on and how sure it is."""
    then, late = (figure_text(found, each.value, currency) for each in (found.before, found.now))
    facts = f"n = {found.facts[0]:,} and {found.facts[1]:,}"
    return f"{figure_name(found.metric)}: {then} before, {late} now ({facts}; {SURE[found.tier]})"


def comparison_note(span: Windows) -> str:
    """Which days are compared, and whether that is enough yet."""
    if not span.is_early:
        return f"The last {PHASE_DAYS} days of the cycle against the {PHASE_DAYS} before it began. Counts are per planned working day."
    left = PHASE_DAYS - span.now.days
    so_far = "One day" if span.now.days == 1 else f"{span.now.days} days"
    return f"{so_far} so far, against as many before it began. How sure a movement is will be told in {left} days."


def review_lines(found: Review, currency: str) -> list[str]:
    """What moved and what did not, good news first; a line for each kind there is."""
    kinds = (
        ("Better", [standing_sentence(each, currency) for each in found.better]),
        ("Worth a talk", [standing_sentence(each, currency) for each in found.worse]),
        ("No movement beyond luck", [figure_name(each.metric) for each in found.same]),
        ("Too few facts to tell", [figure_name(each.metric) for each in found.too_early if each.tier is Tier.TOO_EARLY]),
    )
    return [f"{name}: {'; '.join(lines)}." for name, lines in kinds if lines]


def history_line(cycle: Cycle) -> str:
    """When a cycle was, and what its phases were about."""
    focuses = ((NAMES[phase], cycle.focus(phase)) for phase in Phase)
    about = [f"{name} {metric(focus.metric_key).name.lower()}" for name, focus in focuses if focus]
    return f"{days_text(cycle.days)}: {', '.join(about)}"
