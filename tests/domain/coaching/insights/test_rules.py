"""What each rule says, and from how many facts on it says anything."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from domain.coaching.insights.conversion_change import conversion_change
from domain.coaching.insights.insight import Listing, insight_id, topic
from domain.coaching.insights.quiet_days import quiet_days
from domain.coaching.insights.response_change import response_change
from domain.coaching.insights.revenue_change import revenue_change
from domain.coaching.insights.rules import RULES, found
from domain.coaching.insights.satisfaction_change import satisfaction_change
from domain.coaching.insights.signals import Cohort, LooseEnds, Pile, Signals, TeamWait
from domain.coaching.insights.source_conversion import strong_source, weak_source
from domain.coaching.insights.spans import before, cohort_span, lately, sales_span
from domain.coaching.insights.team_response import COARSE_HOURS, coarse, team_response
from domain.coaching.insights.too_early import too_early
from domain.counters import Counters
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.measures import Ratio
from domain.metrics.status import Tone
from tests.domain.coaching.insights.signals import MONDAY, TODAY, pile, signals

LATELY, SOLD = lately(TODAY), sales_span(TODAY)
HOUR = 3600


def waits(hours: float, count: int, on: date = LATELY.start) -> tuple[tuple[date, int], ...]:
    """Waits around so many hours, none like the other."""
    return tuple((on, round(hours * HOUR * (0.7 + 0.6 * n / max(1, count - 1)))) for n in range(count))


def sale(amount: int, count: int, on: date) -> tuple[tuple[date, int], ...]:
    return ((on, amount),) * count


def cohort(converted: int, leads: int, source: str = "Web form", *, is_recent: bool = True) -> Cohort:
    return Cohort(source=source, is_recent=is_recent, conversion=Ratio(converted, leads))


def ratings(stars: int, count: int, on: date) -> dict[date, Counters]:
    return {on: Counters(ratings=count, rating_points=stars * count, rating_squares=stars * stars * count + count)}


def test_nothing_to_say_about_nothing() -> None:
    assert found(signals()) == ()


def test_spans_are_whole_weeks_that_are_over() -> None:
    assert (LATELY.start, LATELY.end) == (date(2026, 2, 9), MONDAY)
    assert (before(LATELY).start, before(LATELY).end) == (date(2026, 1, 12), date(2026, 2, 9))
    assert SOLD.end == MONDAY
    assert cohort_span(TODAY).end + timedelta(days=30) <= MONDAY


def test_leads_that_wait_are_named_with_the_longest_wait() -> None:
    (insight,) = found(signals(loose=LooseEnds(waiting_leads=pile(2.5, 1.2, count=3))))
    assert insight.sentence == "3 new leads have waited more than a day for a first contact, the longest 2 days."
    assert [(each.name, each.detail, each.lead_id) for each in insight.examples] == [("Record 1", "2 days", 1), ("Record 2", "28 h", 2)]
    assert (insight.listing, insight.tone) == (Listing.LEADS, Tone.WARNING)


def test_one_waiting_lead_is_told_in_the_singular() -> None:
    (insight,) = found(signals(loose=LooseEnds(waiting_leads=pile(1.5))))
    assert insight.sentence == "1 new lead has waited 36 h for a first contact."


def told(**loose: Pile) -> list[str]:
    return [each.sentence for each in found(signals(loose=LooseEnds(**loose)))]


def test_call_backs_and_entries_are_told() -> None:
    assert told(call_backs=pile(4)) == ["1 call back was agreed 4 days ago and has not been made."]
    assert told(call_backs=pile(4, 3)) == ["2 call backs were agreed and have not been made, the oldest 4 days ago."]
    assert told(open_entries=pile(3)) == ["1 calendar entry ended 3 days ago and still says “planned”."]
    assert told(open_entries=pile(3, 1)) == ["2 calendar entries are over and still say “planned”, the oldest for 3 days."]


def test_deals_worth_a_call_are_told_apart_from_those_to_tidy_up() -> None:
    deals = {"stale_deals": pile(30, 12, among=9, amount_minor=24_000_00), "forgotten_deals": pile(100, among=9)}
    stale, forgotten = found(signals(loose=LooseEnds(**deals)))
    assert stale.sentence == "2 deals worth $24,000 have been quiet for 10 to 90 days."
    assert stale.evidence == "2 of 9 open deals, by their last activity"
    assert forgotten.sentence == "1 deal has been open and quiet for more than 90 days."
    assert (stale.tone, forgotten.tone) == (Tone.WARNING, Tone.QUIET)


def test_a_deal_of_unknown_worth_is_not_called_worthless() -> None:
    assert told(stale_deals=pile(12)) == ["1 deal has been quiet for 10 to 90 days."]


@pytest.mark.parametrize(
    ("last", "says"), [(date(2026, 3, 6), None), (date(2026, 3, 5), 3), (date(2026, 2, 11), 19), (date(2026, 2, 10), None), (None, None)]
)
def test_silence_is_news_after_three_working_days(last: date | None, says: int | None) -> None:
    insight = quiet_days(signals(by_day={last: Counters(activities=1)} if last else {}))
    assert (insight.sample if insight else None) == says


def test_a_team_that_answers_faster_is_told_on_a_coarse_ladder() -> None:
    insight = team_response(signals(waits=waits(3, 31), team_wait=TeamWait(seconds=1.07 * HOUR, waits=180, agents=7)))
    assert insight is not None
    assert insight.sentence == (
        "New leads usually waited 3.0 h for the first contact (31 leads); those of the others in the team about 1.0 h (180 leads)."
    )
    assert insight.evidence == "medians of 9 Feb – 8 Mar 2026; the others are 7 agents taken together"
    assert insight.tone is Tone.WARNING


def test_answering_faster_than_the_team_is_good_news() -> None:
    insight = team_response(signals(waits=waits(0.5, 31), team_wait=TeamWait(seconds=2 * HOUR, waits=180, agents=7)))
    assert insight is not None
    assert insight.tone is Tone.GOOD


@pytest.mark.parametrize(
    ("own", "team"),
    [
        (waits(3, 9), TeamWait(seconds=HOUR, waits=180, agents=7)),
        (waits(3, 31), TeamWait(seconds=HOUR, waits=49, agents=7)),
        (waits(3, 60), TeamWait(seconds=HOUR, waits=59, agents=7)),
        (waits(1.1, 31), TeamWait(seconds=HOUR, waits=180, agents=7)),
        (waits(3, 31), None),
    ],
    ids=["few of one's own", "few of the team's", "fewer than one's own", "within luck", "no team to compare with"],
)
def test_the_team_is_not_mentioned_without_enough_behind_it(own: Any, team: TeamWait | None) -> None:
    assert team_response(signals(waits=own, team_wait=team)) is None


def test_the_ladder_is_fine_enough_to_hide_no_difference_that_matters() -> None:
    from_four_minutes = [rung for rung in COARSE_HOURS if rung >= 4 / 60]
    assert max(b / a for a, b in pairwise(from_four_minutes)) < 1.2**2
    assert [coarse(seconds) for seconds in (0, 1, 3500, 200 * HOUR)] == [1 / 60, 1 / 60, 1, 192]


def test_a_changed_response_time_is_told_with_both_numbers() -> None:
    insight = response_change(signals(waits=waits(1, 20) + waits(4, 25, before(LATELY).start)))
    assert insight is not None
    assert (
        insight.sentence
        == "New leads usually waited 1.0 h for the first contact (20 leads), after 4.0 h in the four weeks before (25 leads)."
    )
    assert insight.tone is Tone.GOOD


def test_nine_waits_are_too_few_to_compare() -> None:
    assert response_change(signals(waits=waits(1, 9) + waits(9, 25, before(LATELY).start))) is None


def test_conversion_is_compared_between_cohorts_with_the_same_time() -> None:
    insight = conversion_change(signals(cohorts=(cohort(30, 50), cohort(9, 50, is_recent=False))))
    assert insight is not None
    assert insight.sentence == "30 of 50 leads became customers within 30 days (60 %), after 9 of 50 in the twelve weeks before (18 %)."
    assert conversion_change(signals(cohorts=(cohort(19, 19), cohort(0, 50, is_recent=False)))) is None


def test_revenue_is_compared_with_the_luck_of_number_and_size() -> None:
    now, then = sale(2000_00, 18, SOLD.start), sale(2000_00, 4, before(SOLD).start)
    insight = revenue_change(signals(sales=now + then))
    assert insight is not None
    assert insight.sentence == "Revenue is $36,000 from 18 sales, after $8,000 from 4 sales in the twelve weeks before."
    one_giant = sale(2000_00, 5, SOLD.start) + sale(40_000_00, 1, SOLD.start) + sale(2000_00, 5, before(SOLD).start)
    assert revenue_change(signals(sales=one_giant)) is None


@pytest.mark.parametrize("since", [None, before(SOLD).start + timedelta(days=1)])
def test_a_quarter_known_only_in_part_is_not_compared(since: date | None) -> None:
    sales = sale(2000_00, 18, SOLD.start) + sale(2000_00, 4, before(SOLD).start)
    assert revenue_change(signals(sales=sales, sales_since=since)) is None


def test_no_sales_after_many_is_told() -> None:
    insight = revenue_change(signals(sales=sale(2000_00, 20, before(SOLD).start)))
    assert insight is not None
    assert insight.sentence.startswith("Revenue is $0 from 0 sales, after $40,000 from 20 sales")


def test_ratings_are_compared_by_mean_and_number() -> None:
    insight = satisfaction_change(signals(by_day=ratings(5, 20, SOLD.start) | ratings(3, 20, before(SOLD).start)))
    assert insight is not None
    assert insight.sentence == "Customers gave 5.0 ★ on average (20 ratings), after 3.0 ★ in the twelve weeks before (20 ratings)."


def test_a_source_is_held_against_all_others() -> None:
    cohorts = (cohort(30, 40, "Referral"), cohort(1, 60), cohort(9, 30, ""), cohort(1, 10, "Fair"))
    strong, weak = strong_source(signals(cohorts=cohorts)), weak_source(signals(cohorts=cohorts))
    assert strong is not None
    assert strong.sentence == "Leads from “Referral” became customers more often: 30 of 40 (75 %), of all others 11 of 100 (11 %)."
    assert weak is not None
    assert weak.sentence == "Leads from “Web form” became customers less often: 1 of 60 (2 %), of all others 40 of 80 (50 %)."


@pytest.mark.parametrize(
    "cohorts", [(cohort(15, 19, "Referral"), cohort(6, 60)), (cohort(20, 40, "Referral"),), (cohort(9, 30, "Referral"), cohort(6, 30))]
)
def test_a_source_without_enough_leads_or_difference_is_not_told(cohorts: tuple[Cohort, ...]) -> None:
    assert strong_source(signals(cohorts=cohorts)) is None


def test_of_two_sources_the_same_is_not_said_twice() -> None:
    cohorts = (cohort(30, 40, "Referral"), cohort(1, 60))
    assert strong_source(signals(cohorts=cohorts)) is not None
    assert weak_source(signals(cohorts=cohorts)) is None


def test_missing_ratings_are_told_from_three_on() -> None:
    (insight,) = found(signals(loose=LooseEnds(unrated=pile(20, 10, 5, among=7))))
    assert insight.sentence == "3 of 7 new customers have no rating yet."
    assert insight.tone is Tone.QUIET
    assert found(signals(loose=LooseEnds(unrated=pile(20, 10, among=7)))) == ()


def everything() -> Signals:
    """An agent about whom every rule has something to say."""
    return signals(
        by_day={date(2026, 3, 2): Counters(activities=1)} | ratings(5, 20, SOLD.start) | ratings(3, 20, before(SOLD).start),
        waits=waits(1, 20) + waits(4, 25, before(LATELY).start),
        team_wait=TeamWait(seconds=3 * HOUR, waits=99, agents=5),
        cohorts=(cohort(40, 50, "Referral"), cohort(1, 50, "Ads"), cohort(9, 90, is_recent=False)),
        sales=sale(2000_00, 18, SOLD.start) + sale(2000_00, 4, before(SOLD).start),
        loose=LooseEnds(
            waiting_leads=pile(2),
            call_backs=pile(3),
            open_entries=pile(3),
            stale_deals=pile(20),
            forgotten_deals=pile(99),
            unrated=pile(9, 8, 7, among=8),
        ),
    )


def test_every_rule_speaks_in_numbers_and_claims_no_cause() -> None:
    everywhere = found(everything())
    assert [each.rule for each in everywhere] == [rule.key for rule in RULES]
    for each in everywhere:
        said = f" {each.sentence} {each.evidence} ".lower()
        assert any(sign.isdigit() for sign in each.sentence), each.rule
        assert each.sample > 0
        assert each.metric_key in DEFINITIONS
        for word in ("because", "due to", "thanks to", "leads to", "cause", "therefore", "so that", "poor", " bad "):
            assert word not in said, (each.rule, word)


def ids(today: date) -> list[str]:
    return [each.id for each in found(signals(today=today, cohorts=everything().cohorts))]


def test_ids_are_the_same_all_week_and_the_topic_beyond() -> None:
    next_week = TODAY + timedelta(days=7)
    assert ids(TODAY)[0] == "conversion_change.7.2026-W11"
    assert ids(TODAY) == ids(TODAY + timedelta(days=4))
    assert not set(ids(TODAY)) & set(ids(next_week))
    assert [topic(each) for each in ids(TODAY)] == [topic(each) for each in ids(next_week)]


def test_ids_tell_agents_rules_and_sources_apart() -> None:
    made = [insight_id(rule, agent, TODAY, about) for rule in ("a", "b") for agent in (1, 2) for about in ("", "x", "y" * 80)]
    assert len({topic(each) for each in made}) == len(made)
    assert max(len(each) for each in made) < 120


def test_the_same_facts_give_the_same_insights() -> None:
    assert found(everything()) == found(everything())
    assert len({each.id for each in found(everything())}) == len(RULES)


def test_what_is_too_early_says_what_is_missing() -> None:
    few = signals(
        waits=waits(1, 1) + waits(4, 25, before(LATELY).start),
        cohorts=(cohort(1, 12, "Referral"), cohort(3, 7), cohort(9, 90, is_recent=False)),
        by_day=ratings(5, 20, SOLD.start) | ratings(3, 10, before(SOLD).start),
        sales=sale(2000_00, 9, SOLD.start),
    )
    assert [each.sentence for each in too_early(few)] == [
        "Response time is compared once 4 weeks and the 4 before have 10 first contacts each; in one of them there is 1.",
        "Conversion is compared once 12 weeks and the 12 before have 20 leads each; in one of them there are 19.",
        "Revenue is compared once there are 10 sales in 24 weeks; so far there are 9.",
    ]
    assert too_early(everything()) == ()
