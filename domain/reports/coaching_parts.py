"""What a month's report says to coach with: the month in short, good news, what is worth attention, what to do, what to talk about."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from domain.formatting import change_text, interval_text, share_text, value_text
from domain.metrics.change import ChangeKind
from domain.metrics.measures import Total, Weighted
from domain.metrics.reading import Reading
from domain.metrics.status import SHORT, Status
from domain.progression.assessment import LevelFound
from domain.progression.levels import STEPS
from domain.progression.plan import Horizon, PlanItem
from domain.progression.wording import requirement_name, requirement_value
from domain.reports.content import Section
from domain.reports.held_back import is_clear, step_words, weakest
from domain.reports.parts import words
from domain.reports.work_rhythm import Rhythm, days_words
from domain.success.conversion import Conversion

MOST_TOLD: Final = 4
"""Of each kind: a talk of half an hour has room for no more."""
MOST_STEPS: Final = 3
STEPS_FROM: Final = {Horizon.WEEK: "This week", Horizon.MONTH: "This month", Horizon.TRAINING: "To learn", Horizon.PRACTICE: "To practise"}
"""One step of each, so that they are not three times the same; with the words each begins with."""
RULES: Final = "Chosen by rules from the figures of this report; no language model has a part in it."


def good(readings: Iterable[Reading]) -> list[Reading]:
    """Figures that reached their target, or with enough behind them moved to the good by more than luck.

    One that reached it and fell is worth attention; under both headings it would be praised and questioned in the same words.
    """
    found = (each for each in readings if not _fell(each) and (each.status is Status.REACHED or (each.is_judged and each.change.is_good)))
    return list(islice(found, MOST_TOLD))


def open_ends(readings: Iterable[Reading]) -> list[Reading]:
    """Figures short of their target or of what was due of it, or with enough behind them moved to the bad by more than luck."""
    return list(islice((each for each in readings if each.status in SHORT or _fell(each)), MOST_TOLD))


def _fell(reading: Reading) -> bool:
    return reading.is_judged and reading.change.is_good is False


def in_short(readings: Sequence[Reading], steps: Sequence[Conversion], rhythm: Rhythm, currency: str) -> Section:
    """Three sentences of measured facts: the best of the month, what held it back, and the work behind it."""
    said = (_best(readings, currency), _holding(readings, steps, currency), days_words(rhythm) if rhythm.planned else "")
    lines = tuple(each for each in said if each) if said[0] else ()
    return Section(title="In short", note=RULES, lines=lines, empty="Nothing was measured in these days.")


def _best(readings: Sequence[Reading], currency: str) -> str:
    """The first good news; without any the first figure there is, without a verdict."""
    if best := good(readings):
        return f"Went well: {_told(best[0], currency)}"
    measured = next((each for each in readings if each.value is not None and each.now.sample), None)
    return _told(measured, currency) if measured else ""


def _holding(readings: Sequence[Reading], steps: Sequence[Conversion], currency: str) -> str:
    found, short = weakest(steps), open_ends(readings)
    if found is not None and is_clear(found):
        return f"Held back most: {step_words(found)}"
    return f"Worth attention: {_told(short[0], currency)}" if short else "Nothing is short of its target or fell by more than luck."


def went_well(readings: Iterable[Reading], currency: str) -> Section:
    """What to build on."""
    return Section(
        title="What went well",
        lines=tuple(_told(each, currency) for each in good(readings)),
        empty="Nothing stands out above luck and target in these days. That says little about the work: most months are like this.",
    )


def worth_attention(readings: Iterable[Reading], currency: str) -> Section:
    """What to look at together."""
    return Section(
        title="Worth attention",
        lines=tuple(_told(each, currency) for each in open_ends(readings)),
        empty="No figure is short of its target, and none went down by more than luck.",
    )


def _told(reading: Reading, currency: str) -> str:
    """The figure, its target and its movement; of a rate also where it likely lies and what it rests on. A count is its own n."""
    metric = reading.metric
    parts = [value_text(metric, reading.value, currency)]
    if reading.target is not None:
        due = reading.target if reading.expected is None else min(reading.expected, reading.target)
        asked = f"{value_text(metric, due, currency)} was asked{' by then' if metric.prorated else ''}"
        parts.append(f"{asked}, reached" if reading.status is Status.REACHED else asked)
    if moved := _moved(reading):
        parts.append(moved)
    if not isinstance(reading.now, Total | Weighted) and reading.value is not None:
        parts.append(_basis(reading, currency))
    return words(f"{metric.name}: {'; '.join(parts)}.")


def _basis(reading: Reading, currency: str) -> str:
    spread = interval_text(reading.metric, reading.now.interval(), currency)
    return f"likely {spread} (n = {reading.now.sample:,})" if spread else f"n = {reading.now.sample:,}"


def _moved(reading: Reading) -> str:
    """The movement where it has a verdict, or where nobody can give it one; empty where luck explains it."""
    words = f"{change_text(reading.metric, reading.change)} on the period before"
    if reading.change.is_good is not None:
        return f"{words}, more than luck"
    is_unsure = reading.change.kind in {ChangeKind.UP, ChangeKind.DOWN} and reading.value is not None and reading.now.interval() is None
    return f"{words}; whether that is luck cannot be told" if is_unsure else ""


def level(found: LevelFound | None) -> Section:
    """Where the agent is on the ladder, as of the day the report was made."""
    return Section(
        title="Level",
        note="As of the day this was made: four weeks of work, twelve months of sales.",
        lines=tuple(_level(found)) if found else (),
        empty="Too early to tell: nothing is known of the last twelve months.",
    )


def _level(found: LevelFound) -> Iterable[str]:
    own = STEPS[found.level]
    yield f"{own.name}: {own.about}." if found.following is None else f"{own.name}; next is {STEPS[found.following].name}."
    if found.is_at_risk:
        yield "The sales of twelve months are below the level now; it stays until two quarters are over."
    measured = [each for each in found.requirements if each.value is not None]
    if found.following is not None and measured:
        weakest = measured[0]
        share = f", {share_text(found.progress_share)} of the way" if found.progress_share is not None else ""
        asked = f"{requirement_value(weakest, weakest.value)} of {requirement_value(weakest, weakest.needed)}"
        yield f"Held there most by {requirement_name(weakest).lower()}: {asked}{share}."


def patterns(told: Sequence[str], note: str) -> Section:
    """What was found to go together in the team's work."""
    return Section(title="Patterns of the team", note=note, lines=tuple(told), empty="No pattern is clear enough to be told.")


def earned(names: Sequence[str]) -> Section:
    """Achievements of these days."""
    return Section(title="Achievements", lines=tuple(names), empty="None in these days.")


def next_steps(plan: Iterable[PlanItem]) -> Section:
    """At most three things to do, each with what put it there."""
    return Section(
        title="Next steps",
        note="From the plan on Progress. Two or three changes are kept up; ten are forgotten in a week.",
        lines=tuple(f"{STEPS_FROM[each.horizon]}: {each.text} {_why(each)}".rstrip() for each in _steps(plan)),
        empty="Nothing is asked beyond going on like this.",
    )


def _steps(plan: Iterable[PlanItem]) -> list[PlanItem]:
    first: dict[Horizon, PlanItem] = {}
    for item in plan:
        first.setdefault(item.horizon, item)
    return [first[horizon] for horizon in STEPS_FROM if horizon in first][:MOST_STEPS]


def _why(item: PlanItem) -> str:
    return f"Why: {item.evidence.rstrip('.')}." if item.evidence else ""


def questions(readings: Sequence[Reading], plan: Iterable[PlanItem]) -> Section:
    """What somebody who leads may ask: open questions, good news first, never a verdict."""
    asked = [f"{each.metric.name}: this went well. What did you do that others could try?" for each in good(readings)[:1]]
    asked += [f"{each.metric.name}: {_shortfall(each)}. What stood in the way, and what would help?" for each in open_ends(readings)[:2]]
    asked += [f"Suggested next: {each.text} Does that fit, or is something else more important?" for each in _steps(plan)[:1]]
    asked.append("What shall we look at together when we talk again?")
    return Section(title="To talk about", note="For a one-to-one; the agent's own copy does not have this part.", lines=tuple(asked))


def _shortfall(reading: Reading) -> str:
    return "short of the target" if reading.status in SHORT else "not as good as in the period before"
