"""How far a lead has come, and what a new status takes along or back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InputError
from domain.lead_steps import STEPS, Progress, Step, moved
from domain.records import LeadStatus

MONDAY = date(2026, 3, 9)


def on(days: int) -> Step:
    return Step(at=None, on=MONDAY + timedelta(days=days))


def test_a_step_is_dated_once_unless_a_date_is_said() -> None:
    contacted = moved(Progress(), LeadStatus.CONTACTED, on(0), is_dated=False)
    again = moved(contacted, LeadStatus.CONTACTED, on(5), is_dated=False)
    corrected = moved(contacted, LeadStatus.CONTACTED, on(5), is_dated=True)
    assert (again.steps, corrected.steps) == ({LeadStatus.CONTACTED: on(0)}, {LeadStatus.CONTACTED: on(5)})


def test_a_step_that_was_skipped_stays_unknown() -> None:
    assert moved(Progress(), LeadStatus.CONVERTED, on(0), is_dated=False).steps == {LeadStatus.CONVERTED: on(0)}


def test_a_lost_lead_keeps_its_steps_and_loses_its_loss_when_it_comes_back() -> None:
    interested = moved(Progress(), LeadStatus.INTERESTED, on(0), is_dated=False)
    lost = moved(interested, LeadStatus.LOST, on(3), is_dated=False)
    assert (lost.steps, lost.lost_on) == (interested.steps, on(3).on)
    assert moved(lost, LeadStatus.INTERESTED, on(4), is_dated=False) == interested


def test_a_step_before_an_earlier_one_is_refused() -> None:
    contacted = moved(Progress(), LeadStatus.CONTACTED, on(2), is_dated=True)
    with pytest.raises(InputError, match="on or after the day it was contacted"):
        moved(contacted, LeadStatus.CONVERTED, on(1), is_dated=True)


@given(st.lists(st.tuples(st.sampled_from(LeadStatus), st.integers(0, 9), st.booleans()), max_size=8))
def test_whatever_happens_the_dates_fit_the_status(moves: list[tuple[LeadStatus, int, bool]]) -> None:
    progress = Progress()
    for status, days, is_dated in moves:
        try:
            progress = moved(progress, status, on(days), is_dated=is_dated)
        except InputError:
            continue
        days_in_order = [progress.steps[step].on for step in STEPS if step in progress.steps]
        assert days_in_order == sorted(days_in_order)
        assert (progress.lost_on is None) == (progress.status is not LeadStatus.LOST)
        if progress.status in STEPS:
            assert progress.status in progress.steps
        if progress.status is LeadStatus.NEW:
            assert progress.steps == {}
