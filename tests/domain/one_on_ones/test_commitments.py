"""What was promised: open until its day, overdue after it, done or dropped for good."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.one_on_ones.commitments import Commitment, CommitmentState, for_the_day, in_order, since_last

TODAY = date(2026, 3, 10)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def promise(number: int, due: int, **fields: Any) -> Commitment:
    return Commitment(
        **{"id": number, "talk_id": 1, "agent_id": 1, "words": f"Promise {number}", "made_on": day(-30), "due_on": day(due)} | fields
    )


@pytest.mark.parametrize(
    ("found", "state", "words"),
    [
        (promise(1, 0), CommitmentState.OPEN, "due today"),
        (promise(1, 1), CommitmentState.OPEN, "due tomorrow"),
        (promise(1, 9), CommitmentState.OPEN, "due on 19 Mar 2026"),
        (promise(1, -1), CommitmentState.OVERDUE, "1 day past its day"),
        (promise(1, -8), CommitmentState.OVERDUE, "8 days past its day"),
        (promise(1, -8, done_on=day(-2)), CommitmentState.DONE, "done on 8 Mar 2026"),
        (promise(1, 3, dropped_on=TODAY, drop_reason="The client left."), CommitmentState.DROPPED, "dropped: The client left."),
    ],
)
def test_a_promise_says_where_it_stands(found: Commitment, state: CommitmentState, words: str) -> None:
    assert (found.state(TODAY), found.standing(TODAY)) == (state, words)


def test_what_is_still_to_be_kept_comes_first_by_its_day() -> None:
    told = [promise(1, -9, done_on=day(-3)), promise(2, 4), promise(3, -2), promise(4, -9, dropped_on=day(-1)), promise(5, 0)]
    assert [each.id for each in in_order(told, TODAY)] == [3, 5, 2, 4, 1]


def test_a_day_shows_what_is_past_due_within_a_week_or_done_today() -> None:
    told = [promise(1, -9), promise(2, 7), promise(3, 8), promise(4, -1, done_on=TODAY), promise(5, -1, done_on=day(-1))]
    assert [each.id for each in for_the_day(told, TODAY)] == [1, 2, 4]


def test_the_next_talk_begins_with_what_is_open_and_what_ended_since_the_last() -> None:
    told = [promise(1, -40, done_on=day(-29)), promise(2, -9, done_on=day(-5)), promise(3, 5), promise(4, -3, dropped_on=day(-2))]
    assert [each.id for each in since_last(told, day(-20), TODAY)] == [3, 4, 2]
    assert len(since_last(told, None, TODAY)) == 4
