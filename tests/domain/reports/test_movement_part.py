"""What moved, in a month's report: told with its parts, or said to be nothing."""

from datetime import date

from domain.coaching.comparison import Stretch
from domain.coaching.funnel_change import funnel_change
from domain.coaching.trends import Month, explained
from domain.counters import Counters
from domain.goals.chain import CHAINS
from domain.metrics.catalog import metric
from domain.periods import Grain, containing
from domain.records import Profile
from domain.reports.movement_part import what_moved

BEFORE, NOW = (containing(date(2026, month, 1), Grain.MONTH) for month in (2, 3))


def stretch(calls: int, won: int) -> Stretch:
    sums = Counters(calls=calls, conversations=160, appointments_set=60, meetings=48, proposals=20, deals_won=won)
    return Stretch(sums=sums, workdays=20)


def test_a_change_of_the_sales_is_told_with_every_part_and_the_trends_that_are_told() -> None:
    change = funnel_change(CHAINS[Profile.B2B], stretch(400, 10), stretch(800, 10))
    assert change is not None
    months = [
        Month(days=containing(date(2025, number, 1), Grain.MONTH), stretch=stretch(200 if number < 7 else 400, 2))
        for number in range(1, 13)
    ]
    trends = explained([metric("calls"), metric("win_rate")], months, NOW.start)
    part = what_moved((BEFORE, NOW, change), trends, "USD")
    assert part.table is not None
    assert part.table.columns == ("Part", "February 2026", "March 2026", "Of the change", "Moved?")
    assert len(part.table.rows) == len(change.parts)
    assert part.lines[1].startswith("Calls a working day: about 20 since July 2025, about 10 before. 12 months, 3,600 facts.")
    assert len(part.lines) == 2


def test_where_nothing_moved_it_is_said() -> None:
    part = what_moved(None, (), "USD")
    assert (part.is_empty, part.empty[:29]) == (True, "No figure moved beyond luck o")
