"""Forecasts held against what came, by hand and by the definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deals.judged import judged


def test_four_forecasts_by_hand() -> None:
    found = judged(np.array([0.9, 0.6, 0.4, 0.1]), [True, False, True, False])
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.36 + 0.01) / 4)
    assert found.log_loss == pytest.approx(-(np.log(0.9) + np.log(0.4) + np.log(0.4) + np.log(0.9)) / 4)
    assert (found.auc, found.base_share, found.count) == (0.75, 0.5, 4)


def test_equal_forecasts_are_blind_and_an_end_alike_has_no_order() -> None:
    assert judged(np.full(6, 0.3), [True, False] * 3).auc == 0.5
    assert judged(np.array([0.3, 0.4]), [True, True]).auc is None


def test_what_is_said_and_what_came_stand_side_by_side() -> None:
    chances = np.repeat([0.1, 0.5], 50)
    won = np.array(([True] + [False] * 9) * 5 + [True, False] * 25)
    found = judged(chances, won)
    assert [group.count for group in found.groups] == [10] * 10
    assert found.calibration_error == pytest.approx(0)
    assert found.groups[0].interval[0] < 0.1 < found.groups[0].interval[1]


def test_being_sure_and_wrong_costs_much_but_not_everything() -> None:
    assert judged(np.array([1.0, 1.0]), [False, True]).log_loss == pytest.approx(-np.log(1e-6) / 2, rel=1e-3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=60))
def test_the_order_is_worth_what_pairs_say(forecasts: list[tuple[float, bool]]) -> None:
    wins = [chance for chance, won in forecasts if won]
    losses = [chance for chance, won in forecasts if not won]
    found = judged(np.array([chance for chance, _ in forecasts]), [won for _, won in forecasts]).auc
    pairs = [(win > loss) + (win == loss) / 2 for win in wins for loss in losses]
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)
