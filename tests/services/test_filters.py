"""An address says what to look at; nothing in it can break a screen."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Selection
from domain.errors import InputError
from domain.periods import Grain, Period, Preset, containing, from_preset
from services.filters import MAX_CHOICES, NAMES, joined, params_from, period_from, selection_from

TODAY = date(2026, 3, 10)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
IDS = st.frozensets(st.integers(1, 2**31 - 1), max_size=5)
CATEGORIES = st.frozensets(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60), max_size=4)


def test_no_parameters_mean_this_month_and_everybody() -> None:
    assert selection_from({}, TODAY) == Selection(period=containing(TODAY, Grain.MONTH))


def test_days_of_ones_own_include_the_last_one() -> None:
    params = {"period": "custom", "from": "2026-03-01", "to": "2026-03-05"}
    assert selection_from(params, TODAY).period == Period(date(2026, 3, 1), date(2026, 3, 6))


def test_days_without_the_word_custom_are_understood() -> None:
    assert period_from({"from": "2026-03-01", "to": "2026-03-01"}, TODAY).days == 1


def test_people_teams_and_categories_are_lists_with_commas() -> None:
    found = selection_from({"agents": "1, 2", "team": "3", "category": r"Homes,Land\, sea"}, TODAY)
    assert (found.agent_ids, found.team_ids, found.categories) == ({1, 2}, {3}, {"Homes", "Land, sea"})


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"period": "this_mnth"}, "unknown_period"),
        ({"period": "custom"}, "invalid_day"),
        ({"period": "custom", "from": "2026-02-30", "to": "2026-03-01"}, "invalid_day"),
        ({"period": "custom", "from": "20260301", "to": "2026-03-01"}, "invalid_day"),
        ({"period": "custom", "from": "0001-01-01", "to": "2026-03-01"}, "invalid_day"),
        ({"period": "custom", "from": "2026-03-02", "to": "2026-03-01"}, "reversed_period"),
        ({"period": "custom", "from": "2000-01-01", "to": "2026-03-01"}, "period_too_long"),
        ({"period": "custom", "from": "2206-03-01", "to": "2206-03-31"}, "period_too_far"),
        ({"period": "custom", "from": "9999-12-31", "to": "9999-12-31"}, "period_too_far"),
        ({"agents": "1;2"}, "invalid_id"),
        ({"agents": "-1"}, "invalid_id"),
        ({"agents": "0"}, "invalid_id"),
        ({"agents": "٣"}, "invalid_id"),
        ({"agents": "99999999999999999999"}, "invalid_id"),
        ({"team": ",".join(str(number) for number in range(1, MAX_CHOICES + 2))}, "too_many_choices"),
        ({"category": "x" * 61}, "invalid_category"),
    ],
)
def test_what_cannot_be_read_is_named(params: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        selection_from(params, TODAY)
    assert caught.value.code == code


def test_a_mistyped_period_gets_the_nearest_name() -> None:
    with pytest.raises(InputError, match="this_month"):
        selection_from({"period": "this_mont"}, TODAY)


@pytest.mark.parametrize("preset", Preset)
def test_every_preset_survives_the_address(preset: Preset) -> None:
    chosen = Selection(period=from_preset(preset, TODAY))
    assert selection_from(params_from(chosen, preset), TODAY) == chosen


@given(first=DAYS, length=st.integers(1, 1800), agents=IDS, teams=IDS, categories=CATEGORIES)
def test_every_selection_survives_the_address(
    first: date, length: int, agents: frozenset[int], teams: frozenset[int], categories: frozenset[str]
) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + length))
    chosen = Selection(period=period, agent_ids=agents, team_ids=teams, categories=categories)
    assert selection_from(params_from(chosen, None), TODAY) == chosen


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=80)))
def test_no_address_does_more_than_be_refused_by_name(params: dict[str, str]) -> None:
    with suppress(InputError):
        assert selection_from(params, TODAY).period.days >= 1


def test_a_comma_inside_a_name_is_kept_apart() -> None:
    assert joined(["Land, sea", "Homes"]) == r"Land\, sea,Homes"
