"""The change of the sales in parts that sum to it, along the chain of the business."""

from math import isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.comparison import Stretch
from domain.coaching.funnel_change import FunnelChange, funnel_change, shares
from domain.coaching.movement_words import part_name
from domain.coaching.patterns.pattern import Tier
from domain.counters import Counters
from domain.goals.chain import CHAINS, LinkEdit
from domain.records import Profile

CHAIN = CHAINS[Profile.B2B]
FACTOR = st.floats(min_value=0.01, max_value=1000)


def stretch(workdays: int = 20, **sums: int) -> Stretch:
    usual = {"calls": 400, "conversations": 160, "appointments_set": 60, "meetings": 48, "proposals": 20, "deals_won": 10}
    return Stretch(sums=Counters(**usual | sums), workdays=workdays)


def found(before: Stretch, now: Stretch) -> FunnelChange:
    change = funnel_change(CHAIN, before, now)
    assert change is not None
    return change


@given(st.lists(st.tuples(FACTOR, FACTOR), min_size=1, max_size=8))
def test_the_parts_sum_to_the_whole_change(factors: list[tuple[float, float]]) -> None:
    before, now = zip(*factors, strict=True)
    parts = shares(before, now)
    whole = prod(now) - prod(before)
    assert isclose(sum(parts), whole, rel_tol=1e-6, abs_tol=1e-6 * max(prod(now), prod(before)))


@given(st.lists(st.tuples(FACTOR, FACTOR), min_size=2, max_size=6))
def test_seen_from_the_other_end_every_part_is_the_same_with_the_other_sign(factors: list[tuple[float, float]]) -> None:
    before, now = zip(*factors, strict=True)
    for one, other in zip(shares(before, now), shares(now, before), strict=True):
        assert isclose(one, -other, rel_tol=1e-6, abs_tol=1e-9 * max(prod(now), prod(before)))


def test_what_did_not_move_has_no_part() -> None:
    assert shares([2.0, 3.0], [4.0, 3.0]) == [6.0, 0.0]


def test_twice_the_calls_with_the_same_rates_is_all_volume() -> None:
    late = {"calls": 800, "conversations": 320, "appointments_set": 120, "meetings": 96, "proposals": 40, "deals_won": 20}
    change = found(stretch(), stretch(**late))
    assert (change.key, change.before, change.now) == ("deals_won", pytest.approx(10), pytest.approx(20))
    assert {part.key: round(part.amount, 9) for part in change.parts if abs(part.amount) > 1e-9} == {"calls": 10.0}
    assert change.main is not None
    assert (change.main.key, change.main.per, change.main.tier) == ("calls", "working day", Tier.CLEAR)


def test_a_month_with_fewer_working_days_says_so_before_anything_else() -> None:
    late = {"calls": 200, "conversations": 80, "appointments_set": 30, "meetings": 24, "proposals": 10, "deals_won": 5}
    change = found(stretch(), stretch(workdays=10, **late))
    assert change.main is not None
    assert (change.main.key, change.main.amount, change.main.tier) == ("workdays", pytest.approx(-5), None)


def test_money_is_explained_by_the_size_of_the_sales_where_all_have_an_amount() -> None:
    change = found(stretch(deals_won_valued=10, revenue_minor=100_000), stretch(deals_won_valued=10, revenue_minor=300_000))
    assert (change.key, change.parts[-1].key, change.parts[-1].amount) == ("revenue", "revenue", pytest.approx(200_000))
    assert found(stretch(deals_won_valued=9, revenue_minor=100_000), stretch(deals_won_valued=10, revenue_minor=300_000)).key == "deals_won"


def test_a_link_without_any_on_one_side_is_passed_over_and_the_parts_still_sum() -> None:
    change = found(stretch(meetings=0), stretch(deals_won=15))
    assert "meetings" not in [part.key for part in change.parts]
    assert [part.per for part in change.parts if part.key == "proposals"] == ["appointment"]
    assert sum(part.amount for part in change.parts) == pytest.approx(5)


def test_a_few_events_are_too_early_to_call_a_movement() -> None:
    few = {"calls": 400, "conversations": 160, "appointments_set": 60, "meetings": 48, "proposals": 6}
    sales = found(stretch(**few, deals_won=1), stretch(**few, deals_won=4)).parts[-1]
    assert (sales.key, sales.tier) == ("deals_won", Tier.TOO_EARLY)


@pytest.mark.parametrize("missing", [{"deals_won": 0}, {"workdays": 0}])
def test_nothing_grows_from_nothing_by_a_factor(missing: dict[str, int]) -> None:
    assert funnel_change(CHAIN, stretch(**missing), stretch()) is None
    assert funnel_change(CHAIN, stretch(), stretch(**missing)) is None


def test_a_link_is_called_as_the_business_calls_it() -> None:
    def real_estate(sales: int) -> Stretch:
        return Stretch(sums=Counters(calls=400, conversations=160, showings=30, proposals=12, deals_won=sales), workdays=20)

    change = funnel_change(CHAINS[Profile.REAL_ESTATE], real_estate(6), real_estate(3))
    assert change is not None
    assert change.main is not None
    assert part_name(change.main) == "Sales per offer"
    renamed = CHAINS[Profile.REAL_ESTATE].edited([LinkEdit(key="proposals", name="Bids")])
    assert renamed.link("proposals").one == "proposal"
