"""The catalogue keeps what the ground rules promise of every metric."""

import pytest

from domain.counters import Counters
from domain.errors import InputError
from domain.metrics.catalog import METRICS, metric, on_screen
from domain.metrics.definition import Direction, View, Words
from domain.metrics.index import INDEX_WEIGHTS
from domain.metrics.measures import Amount, Total, Weighted
from domain.metrics.reference import DOCUMENT, reference
from domain.profiles import PROFILES, headline
from domain.records import Profile


@pytest.mark.parametrize("key", METRICS)
def test_only_sums_are_prorated(key: str) -> None:
    found = METRICS[key]
    adds_up = isinstance(found.measure(Counters()), Total | Amount | Weighted)
    assert found.prorated == (adds_up and not found.lower_is_better)


def test_an_unknown_metric_names_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"“conversion_rte”.*“conversion_rate”"):
        metric("conversion_rte")


def test_cohort_rates_follow_the_leads_and_counts_follow_the_day() -> None:
    cohort = [key for key, found in METRICS.items() if found.view is View.COHORT]
    assert cohort == ["contact_rate", "interest_rate", "conversion_rate", "proposal_to_agreement", "list_to_first_sale"]


def test_response_time_is_better_when_lower() -> None:
    assert metric("response_time").direction is Direction.LOWER_IS_BETTER
    assert metric("response_time").lower_is_better
    assert not metric("response_time").higher_is_better


def test_every_profile_names_metrics_that_exist() -> None:
    named = {
        key for profile in PROFILES.values() for key in (*profile.headline, *profile.daily, *(each.metric_key for each in profile.targets))
    }
    assert named <= METRICS.keys()
    assert INDEX_WEIGHTS.keys() <= METRICS.keys()
    assert set(PROFILES) == set(Profile)


def test_shared_headlines_come_first() -> None:
    assert headline((Profile.BDR,)) == PROFILES[Profile.BDR].headline
    assert headline((Profile.BDR, Profile.REAL_ESTATE))[:3] == ("calls", "deals_won", "revenue")
    assert set(headline(())) == {key for profile in PROFILES.values() for key in profile.headline}


def test_a_screen_lists_its_metrics_in_catalogue_order() -> None:
    keys = [each.key for each in on_screen("leaderboard")]
    assert keys == [key for key in METRICS if key in keys]
    assert "performance_index" in keys


@pytest.mark.parametrize(("number", "text"), [(1, "1 call"), (12, "12 calls"), (1.5, "1.5 calls"), (1200, "1,200 calls"), (0, "0 calls")])
def test_words_agree_with_their_number(number: float, text: str) -> None:
    assert Words(singular="call", plural="calls", past="made").counted(number) == text


def test_the_reference_page_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == reference(), "run `python -m domain.metrics.reference`"


def test_every_share_is_between_its_parts() -> None:
    sums = Counters(
        calls=10, conversations=4, leads_assigned=47, leads_contacted=40, leads_interested=34, leads_converted=32, deals_won=3, deals_lost=1
    )
    shown = {
        key: METRICS[key].measure(sums).value
        for key in ("conversation_rate", "contact_rate", "interest_rate", "conversion_rate", "win_rate")
    }
    assert shown == pytest.approx(
        {"conversation_rate": 0.4, "contact_rate": 40 / 47, "interest_rate": 34 / 47, "conversion_rate": 32 / 47, "win_rate": 0.75}
    )
