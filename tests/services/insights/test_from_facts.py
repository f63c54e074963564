"""Insights from the real tables: what each is found by, and what it does not count."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from domain.coaching.insights.spans import before, cohort_span, sales_span
from domain.records import ActivityType, DealStatus, LeadStatus, Outcome
from services.access import viewer
from services.insights import insights_of
from tests import builders
from tests.services.insights.facts import DAY, LATELY, NOW, TODAY, contacted, event, rules, waiting


def test_an_agent_without_facts_has_no_insights(session: Session, ada: Person) -> None:
    assert rules(session, ada, ada) == []


def test_a_lead_waits_after_a_day_and_until_it_is_contacted(session: Session, ada: Person) -> None:
    waiting(session, ada, 0.9)
    waiting(session, ada, 61)
    waiting(session, ada, 3, status=LeadStatus.CONTACTED)
    waiting(session, None, 3)
    assert rules(session, ada, ada) == []
    waiting(session, ada, 1.5, name="Grace")
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert (insight.rule, insight.sample, insight.examples[0].name) == ("waiting_leads", 1, "Grace")


def test_more_records_than_named_are_counted(session: Session, ada: Person) -> None:
    for days in range(2, 10):
        waiting(session, ada, days)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert (insight.sample, len(insight.examples), insight.more, insight.examples[0].detail) == (8, 5, 3, "9 days")


@pytest.mark.parametrize("kept_by", ["nothing", "a call since", "a plan", "a sale", "another call back", "patience"])
def test_a_call_back_is_open_until_it_is_kept(session: Session, ada: Person, kept_by: str) -> None:
    lead = builders.lead(session, ada, status=LeadStatus.CONVERTED if kept_by == "a sale" else LeadStatus.CONTACTED)
    agreed = NOW - (DAY if kept_by == "patience" else 5 * DAY)
    builders.activity(session, ada, at=agreed, outcome=Outcome.CALL_BACK, lead_id=lead.id)
    builders.activity(session, ada, at=NOW - DAY, type=ActivityType.NOTE, lead_id=lead.id)
    if kept_by in {"a call since", "another call back"}:
        outcome = Outcome.CALL_BACK if kept_by == "another call back" else Outcome.NO_ANSWER
        builders.activity(session, ada, at=NOW - 2 * timedelta(hours=5), outcome=outcome, lead_id=lead.id)
    if kept_by == "a plan":
        event(session, ada, NOW + DAY, lead_id=lead.id)
    assert rules(session, ada, ada) == (["call_backs"] if kept_by == "nothing" else [])


def test_entries_of_earlier_days_want_an_answer(session: Session, ada: Person) -> None:
    event(session, ada, NOW - 2 * timedelta(hours=2))
    event(session, ada, NOW - 15 * DAY)
    event(session, ada, NOW - DAY, status="completed")
    assert rules(session, ada, ada) == []
    event(session, ada, NOW - DAY)
    assert rules(session, ada, ada) == ["open_entries"]


def test_an_entry_of_last_night_is_of_the_agents_own_yesterday(session: Session, ada: Person) -> None:
    ada.time_zone = "America/Los_Angeles"
    session.flush()
    event(session, ada, NOW - timedelta(hours=8), local_on=TODAY - DAY)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert (insight.rule, insight.period.start, insight.period.end) == ("open_entries", TODAY - DAY, TODAY)


def test_a_deal_dated_in_the_future_by_mistake_does_no_harm(session: Session, ada: Person) -> None:
    builders.deal(session, ada, created_on=TODAY + 30 * DAY, last_activity_at=NOW - 20 * DAY)
    assert rules(session, ada, ada) == ["stale_deals"]


def test_deals_are_stale_by_their_last_activity_or_their_creation(session: Session, ada: Person) -> None:
    long_ago = NOW - 20 * DAY
    builders.deal(session, ada, last_activity_at=NOW - 9 * DAY, created_on=long_ago.date(), amount_minor=1)
    builders.deal(session, ada, last_activity_at=long_ago, status=DealStatus.LOST, closed_on=long_ago.date())
    builders.deal(session, ada)
    assert rules(session, ada, ada) == []
    builders.deal(session, ada, last_activity_at=long_ago, amount_minor=500_00)
    builders.deal(session, ada, created_on=long_ago.date(), amount_minor=700_00)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert insight.sentence.startswith("2 deals worth $1,200 have been quiet for 10 to 90 days.")
    assert insight.evidence.startswith("2 of 4 open deals")
    assert [each.detail for each in insight.examples] == ["20 days · $700", "20 days · $500"]


def test_a_deal_quiet_for_a_quarter_is_a_matter_of_tidying_up(session: Session, ada: Person) -> None:
    builders.deal(session, ada, last_activity_at=NOW - 91 * DAY)
    builders.deal(session, ada, last_activity_at=NOW - 89 * DAY)
    assert rules(session, ada, ada) == ["stale_deals", "forgotten_deals"]


def test_silence_counts_the_agents_own_working_days(session: Session, ada: Person) -> None:
    builders.activity(session, ada, at=datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert rules(session, ada, ada) == ["quiet_days"]
    ada.working_days = [1]
    session.flush()
    assert rules(session, ada, ada) == []


def test_conversions_count_within_a_month_of_the_assignment(session: Session, ada: Person) -> None:
    ripe = cohort_span(TODAY)
    for span, days in ((ripe, 30), (before(ripe), 31)):
        for _ in range(25):
            builders.lead(
                session,
                ada,
                on=span.start,
                status=LeadStatus.CONVERTED,
                converted_on=span.start + days * DAY,
                satisfaction=5,
                rated_on=span.start,
            )
    (change,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert change.sentence == "25 of 25 leads became customers within 30 days (100 %), after 0 of 25 in the twelve weeks before (0 %)."


def test_sources_revenue_and_waits_come_from_the_tables(session: Session, ada: Person) -> None:
    ripe, sold = cohort_span(TODAY), sales_span(TODAY)
    for n in range(40):
        won = {"status": LeadStatus.CONVERTED, "converted_on": ripe.start} if n % 2 else {}
        builders.lead(session, ada, on=ripe.start, source="Referral" if n % 2 else "Ads", **won)
    for n in range(30):
        on = sold.start if n < 25 else before(sold).start
        builders.deal(session, ada, status=DealStatus.WON, closed_on=on, amount_minor=1000_00)
    contacted(session, ada, 600, 15)
    contacted(session, ada, 7200, 15, before(LATELY).start)
    assert rules(session, ada, ada) == ["response_change", "revenue_change", "strong_source", "weak_source"]


def test_unrated_customers_are_told_among_all(session: Session, ada: Person) -> None:
    for n in range(5):
        on = TODAY - (10 + n) * DAY
        rated = {"satisfaction": 4, "rated_on": on} if n == 0 else {}
        builders.lead(session, ada, on=on, status=LeadStatus.CONVERTED, converted_on=on, **rated)
    (insight,) = insights_of(session, viewer(session, ada.id), ada.id, TODAY, NOW).shown
    assert insight.sentence == "4 of 5 new customers have no rating yet."
