"""What becomes of a lead is written into its agent's timeline, once, and counts nowhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import rollups
from data.models import Activity, Lead, Person
from data.queries import daily
from domain.access import Scope, Selection
from domain.lead_history import HISTORY_TYPES, UNDONE
from domain.periods import Grain, containing
from domain.records import ActivityType, LeadStatus, Outcome, Role
from services import activities, leads
from services.access import Viewer, viewer
from services.activity_feed import feed
from services.activity_input import ActivityDetails, changed_activity, new_activity
from services.activity_list import ActivityFilter
from services.activity_list import activities as listed
from services.activity_places import Reported
from services.leads import LeadWords
from services.owners import AgentName
from tests import builders
from tests.builders import NOON, TUESDAY

HOUR = timedelta(hours=1)
Told = tuple[ActivityType, str, int, datetime]


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def entries(session: Session, lead: Lead) -> list[Activity]:
    wanted = (Activity.lead_id == lead.id, Activity.type.in_(HISTORY_TYPES))  # type: ignore[attr-defined]
    return list(session.scalars(select(Activity).where(*wanted).order_by(Activity.id)))  # type: ignore[arg-type]


def told(session: Session, lead: Lead) -> list[Told]:
    return [(each.type, each.subject, each.agent_id, each.occurred_at) for each in entries(session, lead)]


def change(session: Session, who: Person, lead: Lead, *, now: datetime = NOON, **said: Any) -> Lead:
    return leads.change(session, as_viewer(session, who), lead.id or 0, LeadWords(**said), now)


@pytest.fixture
def agent(session: Session) -> Person:
    builders.organisation(session)
    return builders.person(session, time_zone="America/Los_Angeles")


def test_a_lead_stored_for_an_agent_begins_its_history(session: Session, agent: Person) -> None:
    admin = builders.person(session, role=Role.ADMIN)
    said = LeadWords(columns={"name": "Ada", "category": "Home"}, agent=AgentName(agent_id=agent.id), assigned_at=NOON - HOUR)
    lead, _ = leads.store(session, as_viewer(session, admin), said, NOON)
    assert told(session, lead) == [(ActivityType.ASSIGNMENT, "Lead assigned", agent.id, NOON - HOUR)]
    (entry,) = entries(session, lead)
    assert entry.details == {"from": None, "to": agent.id, "lead_id": lead.id, "by": admin.id}
    assert (entry.local_on, entry.local_hour, entry.category, entry.created_at) == (TUESDAY, 4, "Home", NOON)


def test_each_status_is_an_entry_at_the_moment_it_was_reached(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    change(session, agent, lead, status=LeadStatus.CONTACTED, at=NOON - 2 * HOUR)
    change(session, agent, lead, status=LeadStatus.CONVERTED)
    assert told(session, lead) == [
        (ActivityType.STAGE_CHANGE, "Moved on: new → contacted", agent.id, NOON - 2 * HOUR),
        (ActivityType.CONVERSION, "Lead converted", agent.id, NOON),
    ]
    sale = {"deal_id": None, "revenue_minor": None}
    assert entries(session, lead)[1].details == {"from": "contacted", "to": "converted", "lead_id": lead.id, "by": agent.id} | sale


def test_a_change_of_other_words_is_no_move(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    change(session, agent, lead, columns={"company": "Acme"})
    change(session, agent, lead, status=LeadStatus.NEW)
    assert told(session, lead) == []


def test_a_loss_keeps_its_reason_and_coming_back_is_told(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    change(session, agent, lead, status=LeadStatus.LOST, columns={"lost_reason": "Price"})
    change(session, agent, lead, status=LeadStatus.NEW)
    assert [(each.subject, each.notes) for each in entries(session, lead)] == [("Lead lost", "Price"), ("Lead reopened", "")]


def test_a_conversion_taken_back_is_marked(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    change(session, agent, lead, status=LeadStatus.CONVERTED)
    change(session, agent, lead, status=LeadStatus.CONTACTED, now=NOON + HOUR)
    converted, reopened = entries(session, lead)
    assert (converted.details[UNDONE], reopened.subject, reopened.occurred_at) == (True, "Lead reopened", NOON + HOUR)
    change(session, agent, lead, status=LeadStatus.CONVERTED, now=NOON + 2 * HOUR)
    assert [UNDONE in each.details for each in entries(session, lead) if each.type is ActivityType.CONVERSION] == [True, False]


def test_a_lost_lead_that_was_converted_does_not_convert_twice(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    for status in (LeadStatus.CONVERTED, LeadStatus.LOST, LeadStatus.CONVERTED):
        change(session, agent, lead, status=status)
    assert [each.type for each in entries(session, lead)] == [
        ActivityType.CONVERSION,
        ActivityType.STAGE_CHANGE,
        ActivityType.STAGE_CHANGE,
    ]


def test_a_corrected_date_moves_its_entry(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    change(session, agent, lead, status=LeadStatus.CONVERTED)
    before = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
    change(session, agent, lead, status=LeadStatus.CONVERTED, at=before)
    (entry,) = entries(session, lead)
    assert (entry.occurred_at, entry.local_on, entry.local_hour) == (before, TUESDAY - timedelta(days=1), 23)
    assert lead.converted_on == entry.local_on


def test_passing_a_lead_on_is_told_to_who_gets_it(session: Session, agent: Person) -> None:
    admin, other = builders.person(session, role=Role.ADMIN), builders.person(session)
    lead = builders.lead(session, agent)
    change(session, admin, lead, agent=AgentName(agent_id=other.id))
    change(session, admin, lead, is_unassigned=True, now=NOON + HOUR)
    assert told(session, lead) == [
        (ActivityType.ASSIGNMENT, "Lead passed on", other.id, NOON),
        (ActivityType.ASSIGNMENT, "Lead taken back", other.id, NOON + HOUR),
    ]
    assert [each.details["to"] for each in entries(session, lead)] == [other.id, None]


def test_an_assignment_dated_anew_moves_its_entry(session: Session, agent: Person) -> None:
    admin, lead = builders.person(session, role=Role.ADMIN), builders.lead(session, None)
    change(session, admin, lead, agent=AgentName(agent_id=agent.id))
    change(session, admin, lead, assigned_at=NOON - 3 * HOUR)
    assert told(session, lead) == [(ActivityType.ASSIGNMENT, "Lead assigned", agent.id, NOON - 3 * HOUR)]


@pytest.mark.usefixtures("agent")
def test_a_lead_of_nobody_is_in_nobodys_timeline(session: Session) -> None:
    admin, lead = builders.person(session, role=Role.ADMIN), builders.lead(session, None)
    change(session, admin, lead, status=LeadStatus.LOST)
    assert told(session, lead) == []


def test_a_first_call_moves_the_lead_and_taking_it_back_leaves_no_trace(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, assigned_at=NOON - HOUR)
    call = new_activity(agent_id=agent.id, type=ActivityType.CALL, outcome=Outcome.CONNECTED, lead_id=lead.id, occurred_at=NOON)
    made = activities.record_activity(session, as_viewer(session, agent), call, NOON)
    assert told(session, lead) == [(ActivityType.STAGE_CHANGE, "Moved on: new → contacted", agent.id, NOON)]
    earlier = {name: getattr(made, name) for name in ("type", "outcome", "direction", "lead_id", "deal_id")}
    earlier["occurred_at"] = NOON - timedelta(minutes=20)
    activities.change_activity(session, as_viewer(session, agent), made.id, changed_activity(**earlier), NOON)
    assert told(session, lead)[0][3] == NOON - timedelta(minutes=20)
    activities.delete_activity(session, as_viewer(session, agent), made.id, NOON)
    assert (lead.status, told(session, lead)) == (LeadStatus.NEW, [])


def test_a_reported_call_moves_the_lead_too(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, assigned_at=NOON - HOUR)
    call = ActivityDetails(type=ActivityType.CALL, outcome=Outcome.CONNECTED, lead_id=lead.id)
    feed(session, as_viewer(session, agent), [Reported(agent=AgentName(), details=call, origin="aircall")], NOON)
    assert [each[1] for each in told(session, lead)] == ["Moved on: new → contacted"]


def test_history_counts_in_no_figure(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    for status in (LeadStatus.CONTACTED, LeadStatus.INTERESTED, LeadStatus.CONVERTED):
        change(session, agent, lead, status=status)
    march = Selection(period=containing(TUESDAY, Grain.MONTH))
    total = sum(day.activities for day in daily.totals_by_day(session, Scope(viewer_id=0, role=Role.ADMIN), march).values())
    assert (total, rollups.drift(session.connection()), len(entries(session, lead))) == (0, [], 3)


def test_history_is_read_with_what_it_remembers_and_only_by_who_sees_the_agent(session: Session, agent: Person) -> None:
    lead, other = builders.lead(session, agent), builders.person(session)
    change(session, agent, lead, status=LeadStatus.INTERESTED)
    (seen,) = listed(session, as_viewer(session, agent), ActivityFilter(lead_id=lead.id), after=None, limit=5)
    assert (seen.details["from"], seen.details["to"]) == ("new", "interested")
    assert listed(session, as_viewer(session, other), ActivityFilter(lead_id=lead.id), after=None, limit=5) == []


def test_history_cannot_be_edited(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    change(session, agent, lead, status=LeadStatus.INTERESTED)
    (entry,) = listed(session, as_viewer(session, agent), ActivityFilter(lead_id=lead.id), after=None, limit=5)
    assert not activities.is_correctable(entry, NOON)
