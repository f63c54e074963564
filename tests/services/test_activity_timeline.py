"""An agent's timeline: filters, pages without gap or repeat, conversions told once, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from data.queries.timelines import activities_of
from domain.errors import NotFoundError
from domain.lead_history import UNDONE
from domain.periods import Grain, containing
from domain.records import ActivityType, DealStatus, LeadStatus, Outcome
from domain.timeline import TimelineEntry
from services.access import viewer
from services.activity_timeline import TimelineFilter, TimelineView, timeline_page
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.plans import explained, many_facts


@pytest.fixture
def agent(session: Session) -> Person:
    return builders.person(session, on=builders.team(session), name="Nora")


def entries(session: Session, agent: Person, wanted: TimelineFilter = TimelineFilter.ALL, **fields: object) -> list[TimelineEntry]:
    """The whole timeline, read in pages of two."""
    view = TimelineView(agent_id=agent.id, wanted=wanted, **fields)
    who, found, after = viewer(session, agent.id), [], None
    while True:
        page = timeline_page(session, who, view, TUESDAY, after=after, limit=2)
        found += page.entries
        if page.next_after is None:
            return found
        after = page.next_after


def test_pages_run_newest_first_without_gap_or_repeat_also_at_one_moment(session: Session, agent: Person) -> None:
    calls = [builders.activity(session, agent, at=NOON).id for _ in range(3)]
    converted = [builders.lead(session, agent, converted_at=NOON, converted_on=TUESDAY, status=LeadStatus.CONVERTED).id for _ in range(3)]
    late = builders.activity(session, agent, at=NOON + timedelta(hours=1)).id
    found = entries(session, agent)
    assert len(found) == 7
    assert [each.position for each in found] == sorted((each.position for each in found), reverse=True)
    assert {each.number for each in found} == {2 * each + 1 for each in (*calls, late)} | {2 * each for each in converted}
    assert found[0].activity_id == late


@pytest.mark.parametrize(
    ("wanted", "types"),
    [
        (TimelineFilter.CALLS, {"call"}),
        (TimelineFilter.EMAILS, {"email"}),
        (TimelineFilter.MEETINGS, {"meeting", "appointment", "showing"}),
        (TimelineFilter.CONVERSIONS, {"conversion"}),
        (TimelineFilter.ALL, set(ActivityType)),
    ],
)
def test_a_filter_shows_its_kinds_alone(session: Session, agent: Person, wanted: TimelineFilter, types: set[str]) -> None:
    for kind in ActivityType:
        builders.activity(session, agent, type=kind)
    assert {each.type for each in entries(session, agent, wanted)} == types


def test_a_conversion_is_told_once_whether_written_down_or_imported(session: Session, agent: Person) -> None:
    told = builders.lead(session, agent, name="Told", status=LeadStatus.CONVERTED, converted_on=TUESDAY)
    details = {"lead_id": told.id, "revenue_minor": 850}
    builders.activity(session, agent, type=ActivityType.CONVERSION, lead_id=told.id, details=details)
    imported = builders.lead(session, agent, name="Imported", company="Acme", status=LeadStatus.CONVERTED, converted_on=date(2026, 3, 9))
    for amount in (300, 200):
        builders.deal(session, agent, lead_id=imported.id, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=amount)
    found = [(each.description, each.revenue_minor, each.lead_id, each.at) for each in entries(session, agent, TimelineFilter.CONVERSIONS)]
    assert found == [("Told", 850, told.id, NOON), ("Imported – Acme", 500, imported.id, datetime(2026, 3, 9, 12, tzinfo=UTC))]


def test_a_conversion_taken_back_is_history_and_none_of_the_conversions(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    builders.activity(session, agent, type=ActivityType.CONVERSION, lead_id=lead.id, details={UNDONE: True})
    assert [each.is_undone for each in entries(session, agent)] == [True]
    assert entries(session, agent, TimelineFilter.CONVERSIONS) == []


def test_a_line_says_what_happened_with_whom(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, name="Grace Hopper")
    builders.activity(
        session, agent, outcome=Outcome.LEFT_MESSAGE, lead_id=lead.id, notes="Will call back.", subject="First call", duration_seconds=30
    )
    (line,) = entries(session, agent)
    assert (line.title, line.description) == ("Call: left message", "Grace Hopper – First call – Will call back.")
    assert (line.lead_id, line.duration_seconds, line.revenue_minor) == (lead.id, 30, None)


def test_a_conversion_brought_only_what_the_agents_own_deals_did(session: Session, agent: Person) -> None:
    own, passed_on = (builders.lead(session, agent, converted_on=TUESDAY, status=LeadStatus.CONVERTED) for _ in range(2))
    for lead, seller, amount in ((own, agent, 500), (own, builders.person(session), 70_000), (passed_on, builders.person(session), 90_000)):
        builders.deal(session, seller, lead_id=lead.id, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=amount)
    assert {each.lead_id: each.revenue_minor for each in entries(session, agent)} == {own.id: 500, passed_on.id: None}


def test_a_lead_passed_on_after_its_conversion_is_told_to_whom_it_counts_now(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, converted_on=TUESDAY, status=LeadStatus.CONVERTED)
    before = builders.person(session)
    builders.activity(session, before, type=ActivityType.CONVERSION, lead_id=lead.id)
    builders.deal(session, agent, lead_id=lead.id, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=500)
    assert [(each.lead_id, each.revenue_minor) for each in entries(session, agent, TimelineFilter.CONVERSIONS)] == [(lead.id, 500)]


def test_only_leads_the_viewer_looks_after_can_be_opened(session: Session, agent: Person) -> None:
    kept, passed_on = builders.lead(session, agent), builders.lead(session, builders.person(session))
    for lead in (kept, passed_on):
        builders.activity(session, agent, lead_id=lead.id)
    page = timeline_page(session, viewer(session, agent.id), TimelineView(agent_id=agent.id), TUESDAY, limit=10)
    assert ({each.lead_id for each in page.entries}, page.open_leads) == ({kept.id, passed_on.id}, {kept.id})


def test_a_period_leaves_out_the_other_days(session: Session, agent: Person) -> None:
    builders.activity(session, agent, at=NOON - timedelta(days=20))
    builders.lead(session, agent, converted_on=date(2026, 2, 1), status=LeadStatus.CONVERTED)
    now = builders.activity(session, agent)
    assert [each.activity_id for each in entries(session, agent, period=containing(TUESDAY, Grain.MONTH))] == [now.id]


def test_a_manager_reads_the_days_on_the_team_and_nobody_reads_a_strangers(session: Session) -> None:
    team = builders.team(session)
    joined = builders.person(session, on=team, since=TUESDAY)
    builders.activity(session, joined, at=NOON - timedelta(days=1))
    builders.lead(session, joined, converted_on=date(2026, 3, 9), status=LeadStatus.CONVERTED)
    seen = builders.activity(session, joined)
    boss, stranger = builders.manager(session, of=team), builders.person(session)
    view = TimelineView(agent_id=joined.id)
    page = timeline_page(session, viewer(session, boss.id), view, TUESDAY, limit=10)
    assert [each.activity_id for each in page.entries] == [seen.id]
    with pytest.raises(NotFoundError):
        timeline_page(session, viewer(session, stranger.id), view, TUESDAY, limit=10)


def test_a_manager_is_not_told_a_sale_of_a_day_before_the_team(session: Session) -> None:
    team = builders.team(session)
    joined = builders.person(session, on=team, since=TUESDAY)
    lead = builders.lead(session, joined, converted_on=TUESDAY, status=LeadStatus.CONVERTED)
    for day, amount in ((date(2026, 3, 9), 70_000), (TUESDAY, 500)):
        builders.deal(session, joined, lead_id=lead.id, status=DealStatus.WON, closed_on=day, amount_minor=amount)
    boss = viewer(session, builders.manager(session, of=team).id)
    (line,) = timeline_page(session, boss, TimelineView(agent_id=joined.id), TUESDAY, limit=10).entries
    assert line.revenue_minor == 500
    assert [each.revenue_minor for each in entries(session, joined)] == [70_500]


def test_a_page_comes_from_the_agents_index_without_sorting_the_history(session: Session) -> None:
    agent_id = many_facts(session)[0].id or 0
    for wanted in (TimelineFilter.ALL, TimelineFilter.CALLS):
        view = TimelineView(agent_id=agent_id, wanted=wanted)
        work = partial(activities_of, session, viewer(session, agent_id).scope, view, after=None, limit=50)
        plan = explained(session, work)
        assert "ix_activity_agent_occurred" in plan
        assert "Sort" not in plan
