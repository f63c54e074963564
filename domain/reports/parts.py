"""The sections a report consists of, each made of what the services measured."""

from collections.abc import Iterable, Sequence
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.formatting import NOTHING, change_text, interval_text, money_text, period_text, share_text, value_text
from domain.goals.progress import GoalProgress
from domain.metrics.change import ChangeKind
from domain.metrics.funnel import Step
from domain.metrics.measures import Ratio
from domain.metrics.reading import Reading
from domain.metrics.sources import SourceRow
from domain.metrics.trend import Point
from domain.reports.content import Row, Section, Table

FIGURE_COLUMNS: Final = ("Figure", "Now", "Before", "Change", "Likely range", "n")
MOST_SOURCES: Final = 12
"""A page has room for a dozen; the rest are added up."""
UNSAID: Final = "Not said"


def figures(readings: Iterable[Reading], currency: str, *, title: str = "Figures") -> Section:
    """The figures against the period before, each with where it likely lies and what it rests on."""
    return Section(
        title=title,
        note="n is how many facts a figure rests on. The likely range holds the figure behind the luck in 8 of 10 cases.",
        table=Table(columns=FIGURE_COLUMNS, rows=tuple(_figure(each, currency) for each in readings)),
        empty="Nothing is measured in these days.",
    )


def _figure(reading: Reading, currency: str) -> Row:
    metric = reading.metric
    before = reading.before.value if reading.before else None
    return Row(
        cells=(
            metric.name,
            words(value_text(metric, reading.value, currency)),
            words(value_text(metric, before, currency)),
            words(_change(reading)),
            words(interval_text(metric, reading.now.interval() if reading.value is not None else None, currency)) or NOTHING,
            f"{reading.now.sample:,}",
        )
    )


def _change(reading: Reading) -> str:
    """The movement, and whether it is good news where more than luck stands behind it; a dash where there is nothing to compare with."""
    if reading.change.kind is ChangeKind.UNKNOWN:
        return NOTHING
    moved, is_good = change_text(reading.metric, reading.change), reading.change.is_good
    return moved if is_good is None else f"{moved}, {'better' if is_good else 'worse'}"


def targets(readings: Iterable[Reading], currency: str) -> Section:
    """Figures that have a target: what is there, what is asked, what was due by now."""
    aimed = [each for each in readings if each.aim]
    return Section(
        title="Targets",
        note="Targets of what adds up follow the planned working days. A rate or an average is held against all of its target.",
        table=Table(columns=("Figure", "Now", "Target", "Due by now", "State"), rows=tuple(_target(each, currency) for each in aimed)),
        empty="No figure has a target in these days.",
    )


def _target(reading: Reading, currency: str) -> Row:
    metric, target = reading.metric, reading.target
    shown = (value_text(metric, each, currency) for each in (reading.value, target, reading.expected))
    share = None if reading.value is None or not target or metric.lower_is_better else min(1.0, reading.value / target)
    return Row(cells=(metric.name, *map(words, shown), reading.status.word), bar_share=share)


def goals(progress: Sequence[GoalProgress], currency: str) -> Section:
    """The agent's own goals that touch these days."""
    return Section(
        title="Goals",
        note="Goals whose days touch the report's, as far as they are today.",
        table=Table(columns=("Goal", "So far", "Asked", "Share", "State"), rows=tuple(_goal(each, currency) for each in progress)),
        empty="No goal is set for these days.",
    )


def _goal(goal: GoalProgress, currency: str) -> Row:
    share = goal.completion_share
    there, asked = (words(value_text(goal.definition, each, currency)) for each in (goal.value, goal.goal.target))
    name = f"{goal.goal.title}, {period_text(goal.goal.days)}"
    return Row(
        cells=(name, there, asked, share_text(share), goal.status.word), bar_share=None if share is None else min(1.0, max(0.0, share))
    )


def funnel(steps: Sequence[Step]) -> Section:
    """How far the leads assigned in these days have come."""
    rows = tuple(
        Row(cells=(each.name, f"{each.count:,}", _share(each.of_assigned), _share(each.of_previous)), bar_share=each.of_assigned.value)
        for each in steps
    )
    return Section(
        title="Leads taken on",
        note="Leads assigned in these days, as far as they have come by now; lost ones stay in the steps they reached.",
        table=Table(columns=("Step", "Leads", "Of assigned", "Of the step before"), rows=rows if steps and steps[0].count else ()),
        empty="No lead was assigned in these days.",
    )


def sources(rows: Sequence[SourceRow], currency: str) -> Section:
    """Where leads and revenue came from."""
    shown = tuple(_source(each, currency) for each in rows[:MOST_SOURCES])
    rest = rows[MOST_SOURCES:]
    summed = (_rest(rest, currency),) if rest else ()
    return Section(
        title="Sources",
        note="Conversion is of the leads assigned in these days; revenue is of the deals won in them, whenever their leads came.",
        table=Table(columns=("Source", "Leads", "Converted", "Likely range", "Sales", "Revenue"), rows=(*shown, *summed)),
        empty="No lead came and nothing was sold in these days.",
    )


def _source(row: SourceRow, currency: str) -> Row:
    name = "No lead" if row.source is None else row.source or UNSAID
    return _sold(name, row.conversion, row.sales, row.revenue_minor, currency)


def _rest(rows: Sequence[SourceRow], currency: str) -> Row:
    conversion = sum((each.conversion for each in rows), Ratio(0, 0))
    return _sold(f"{len(rows)} more", conversion, sum(each.sales for each in rows), sum(each.revenue_minor for each in rows), currency)


def _sold(name: str, conversion: Ratio, sales: int, revenue_minor: int, currency: str) -> Row:
    cells = (name, f"{conversion.whole:,}", _share(conversion), _range(conversion), f"{sales:,}", money_text(revenue_minor, currency))
    return Row(cells=cells)


def revenue(points: Sequence[Point], best: str, month: Reading, month_name: str, currency: str) -> Section:
    """Revenue of each part of the days, the best day, and the month it belongs to."""
    most = max((point.value or 0.0 for point in points), default=0.0)
    rows = tuple(
        Row(
            cells=(f"{point.label} (in part)" if point.unfinished else point.label, money_text(point.value or 0, currency)),
            bar_share=(point.value or 0.0) / most if most else 0.0,
        )
        for point in points
    )
    known = month.change.kind is not ChangeKind.UNKNOWN
    days = "the same days of the month before"
    moved = f", none in {days}" if month.change.kind is ChangeKind.NEW else f", {_change(month)} against {days}" if known else ""
    total = f"{month_name}: {value_text(month.metric, month.value, currency)}{moved}."
    return Section(
        title="Revenue",
        note="Deals won, on the day they were closed.",
        table=Table(columns=("When", "Revenue"), rows=rows if most else ()),
        lines=(best, total) if best else (total,),
        empty="Nothing was sold in these days.",
    )


def insights(found: Sequence[Insight], too_early: Sequence[str]) -> Section:
    """What holds of the agent today, with what it rests on, and what cannot be told yet."""
    told = tuple(f"{each.sentence} ({each.evidence})" for each in found)
    return Section(
        title="What stands out",
        note="As of the day this was made. Two things seen together need not be cause and effect.",
        lines=(*told, *(f"Too early to tell: {each}" for each in too_early)),
        empty="Nothing stands out right now.",
    )


def _share(ratio: Ratio) -> str:
    return NOTHING if ratio.value is None else f"{ratio.value * 100:.1f} %"


def _range(ratio: Ratio) -> str:
    spread = ratio.interval()
    return NOTHING if spread is None else f"{spread[0] * 100:.1f} %–{spread[1] * 100:.1f} %"


def words(text: str) -> str:
    """The text without signs that fonts of documents lack: 4.7 ★ is 4.7 of 5."""
    return text.replace(" ★", " of 5")
