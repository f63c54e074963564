"""A deal as it was on a day: nothing of what came later is in it, and each day it was open is one look."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.deals.history import MOST_LOOKS, DealHistory, Entered, Valued, Work, WorkKind, as_of, examples, look_days
from domain.deals.win_learned import horizon, learned

MONDAY = date(2026, 3, 2)
DAY = timedelta(days=1)
DEAL = DealHistory(
    deal_id=1,
    created_on=MONDAY,
    closed_on=MONDAY + 20 * DAY,
    won=True,
    entered=(
        Entered(on=MONDAY, stage="Lead"),
        Entered(on=MONDAY + 5 * DAY, stage="Offer"),
        Entered(on=MONDAY + 19 * DAY, stage="Won", is_end=True),
    ),
    work=(
        Work(on=MONDAY + 1 * DAY, kind=WorkKind.CALL, count=2),
        Work(on=MONDAY + 6 * DAY, kind=WorkKind.WRITTEN),
        Work(on=MONDAY + 7 * DAY, kind=WorkKind.CALL),
        Work(on=MONDAY + 8 * DAY, kind=WorkKind.PLANNED),
        Work(on=MONDAY + 9 * DAY, kind=WorkKind.OTHER),
    ),
    valued=(Valued(on=MONDAY + 5 * DAY, amount=900.0), Valued(on=MONDAY + 19 * DAY, amount=2_000.0)),
)


def test_a_deal_is_what_was_noted_of_it_by_the_day() -> None:
    seen = as_of(DEAL, MONDAY + 8 * DAY)
    assert seen is not None
    assert (seen.stage, seen.age_days, seen.days_in_stage, seen.quiet_days, seen.moves) == ("Offer", 8, 3, 0, 2)
    assert (seen.calls, seen.calls_7d, seen.messages_7d, seen.tasks_7d, seen.amount) == (3, 1, 1, 1, 900.0)
    early = as_of(DEAL, MONDAY)
    assert early is not None
    assert (early.stage, early.quiet_days, early.calls, early.amount) == ("Lead", None, 0, None)


@pytest.mark.parametrize("day", range(20))
def test_nothing_that_comes_later_changes_how_it_was(day: int) -> None:
    on = MONDAY + day * DAY
    later = Entered(on=on + DAY, stage="Signed"), Work(on=on + DAY, kind=WorkKind.CALL), Valued(on=on + DAY, amount=1.0)
    known = replace(
        DEAL,
        entered=tuple(each for each in DEAL.entered if each.on <= on),
        work=tuple(each for each in DEAL.work if each.on <= on),
        valued=tuple(each for each in DEAL.valued if each.on <= on),
    )
    changed = replace(
        known, closed_on=None, won=False, entered=(*known.entered, later[0]), work=(*known.work, later[1]), valued=(*known.valued, later[2])
    )
    assert as_of(DEAL, on) == as_of(known, on) == as_of(changed, on)


def test_a_deal_in_a_closing_stage_or_of_an_unknown_stage_is_not_looked_at() -> None:
    assert as_of(DEAL, MONDAY + 19 * DAY) is None
    bare = replace(DEAL, entered=())
    assert as_of(bare, MONDAY + 8 * DAY) is None
    known_now = as_of(bare, MONDAY + 8 * DAY, stage="Offer")
    assert known_now is not None
    assert (known_now.stage, known_now.moves, known_now.days_in_stage) == ("Offer", None, None)


def test_of_a_deal_that_was_found_in_a_stage_nobody_knows_since_when() -> None:
    found = replace(
        DEAL, entered=(Entered(on=MONDAY + 4 * DAY, stage="Lead", is_first_seen=True), Entered(on=MONDAY + 6 * DAY, stage="Offer"))
    )
    first, later = as_of(found, MONDAY + 5 * DAY), as_of(found, MONDAY + 8 * DAY)
    assert as_of(found, MONDAY + 3 * DAY) is None
    assert first is not None
    assert later is not None
    assert (first.stage, first.days_in_stage, first.moves) == ("Lead", None, None)
    assert (later.stage, later.days_in_stage, later.moves) == ("Offer", 2, None)


def test_it_is_looked_at_from_its_third_day_to_the_day_before_it_closed() -> None:
    days = [MONDAY + number * DAY for number in range(-2, 30)]
    seen = list(examples([DEAL], days, 14))
    assert [each.on for each in seen] == [MONDAY + number * DAY for number in range(3, 19)]
    assert [each.won for each in seen] == [number >= 6 for number in range(3, 19)]


def test_days_are_mondays_and_thursdays_and_thinned_where_there_are_too_many_looks() -> None:
    assert look_days([DEAL], MONDAY, MONDAY + 9 * DAY) == [MONDAY, MONDAY + 3 * DAY, MONDAY + 7 * DAY]
    assert look_days([DEAL], MONDAY, MONDAY - DAY) == []
    lasting = [replace(DEAL, closed_on=None)] * (MOST_LOOKS // 8)
    thinned = look_days(lasting, MONDAY, MONDAY + 55 * DAY)
    assert thinned == [MONDAY + number * DAY for number in range(3, 56, 7)]


def test_the_horizon_is_the_time_every_second_won_deal_takes() -> None:
    assert [horizon(days) for days in ([], [3], [10, 29, 200], [61], [400])] == [30, 14, 30, 90, 180]


def test_a_deal_counts_once_for_its_stages_own_rate() -> None:
    lost = replace(DEAL, deal_id=2, won=False)
    seen = list(examples([DEAL, lost], [MONDAY + number * DAY for number in range(30)], 14))
    made = learned(seen, 14)
    assert made is not None
    assert {stage: (tally.won, tally.count) for stage, tally in made.stages.items()} == {"Lead": (0, 2), "Offer": (0, 2)}
    assert (made.deals, made.won, made.lost, made.looks) == (2, 1, 1, len(seen))
    assert learned([], 14) is None


def test_days_of_which_only_deals_still_open_have_a_stage_teach_nothing() -> None:
    """An import of how deals stand today: those won have only their end, those open their stage since the first day."""
    days = [MONDAY + number * DAY for number in range(3, 13)]
    won = [replace(DEAL, deal_id=number, entered=DEAL.entered[-1:]) for number in range(10)]
    still = [replace(DEAL, deal_id=number, entered=DEAL.entered[:1], won=False, closed_on=None) for number in range(10, 110)]
    assert list(examples([*won, *still], days, 14)) == []
    assert len(list(examples(still, days, 14))) == 1_000
    assert len(list(examples([*[replace(each, entered=DEAL.entered) for each in won[:9]], won[9], *still], days, 14))) == 1_090
