"""How a line of the timeline reads."""

from dataclasses import replace
from datetime import UTC, date, datetime

from domain.facts import ActivityEntry
from domain.records import ActivityType, Outcome
from domain.timeline import ConvertedLead, of_activity, of_conversion

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
CALL = ActivityEntry(
    id=7,
    agent_id=1,
    agent_name="Ada",
    type=ActivityType.CALL,
    outcome=Outcome.CALL_BACK,
    direction=None,
    subject="",
    notes="",
    category="",
    lead_id=3,
    lead_name="Grace Hopper",
    deal_id=None,
    deal_name=None,
    duration_seconds=60,
    occurred_at=AT,
    local_on=AT.date(),
    local_hour=12,
    origin="app",
)


def test_what_one_part_says_another_does_not_repeat() -> None:
    told = replace(CALL, deal_name="Grace Hopper · Buyer", subject="About Grace Hopper · Buyer", notes="Wants a garden.")
    assert of_activity(told).description == "About Grace Hopper · Buyer – Wants a garden."
    assert of_activity(replace(CALL, subject="Grace Hopper")).description == "Grace Hopper"
    assert of_activity(replace(CALL, subject="First call")).description == "Grace Hopper – First call"


def test_work_is_titled_by_its_kind_and_history_by_what_happened() -> None:
    assert of_activity(CALL).title == "Call: call back"
    assert of_activity(replace(CALL, outcome=None, type=ActivityType.FOLLOW_UP)).title == "Follow up"
    history = replace(CALL, type=ActivityType.CONVERSION, outcome=None, subject="Lead converted", details={"revenue_minor": 850})
    assert (of_activity(history).title, of_activity(history).revenue_minor) == ("Lead converted", 850)


def test_activities_and_conversions_never_share_a_number() -> None:
    lead = ConvertedLead(lead_id=7, agent_id=1, name="Grace", company="", at=AT, on=date(2026, 3, 10), revenue_minor=None)
    assert (of_activity(CALL).number, of_conversion(lead).number) == (15, 14)
    assert (of_activity(CALL).activity_id, of_conversion(lead).activity_id) == (7, None)
