"""The call list from the records: open leads with a number, what was tried last, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Person, Team
from domain.errors import NotFoundError
from domain.records import LeadStatus, Outcome
from services import daily_plan
from services.access import viewer
from services.call_list import calls_to_make
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def ann(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def test_tries_are_counted_since_the_last_talk(session: Session, ann: Person) -> None:
    lead = builders.lead(session, ann, name="Lena", phone="12", status=LeadStatus.CONTACTED)
    for days, outcome in ((9, Outcome.NO_ANSWER), (8, Outcome.CONNECTED), (6, Outcome.NO_ANSWER), (4, Outcome.BUSY)):
        builders.activity(session, ann, at=NOON - timedelta(days=days), lead_id=lead.id, outcome=outcome)
    (row,) = calls_to_make(session, viewer(session, ann.id), ann.id, NOON)
    assert (row.reason, row.callee.last_outcome) == ("No answer after 2 tries; the last was 4 days ago.", Outcome.BUSY)


def test_whom_the_plan_names_is_not_on_it_until_that_is_done(session: Session, ann: Person) -> None:
    lead = builders.lead(session, ann, phone="1", status=LeadStatus.INTERESTED, on=TUESDAY - timedelta(days=60))
    other = builders.lead(session, ann, phone="2", status=LeadStatus.INTERESTED, on=TUESDAY - timedelta(days=50))
    key, seen = builders.must_do(session, ann, lead_id=lead.id).key, viewer(session, ann.id)
    assert [row.callee.lead_id for row in calls_to_make(session, seen, ann.id, NOON)] == [other.id]
    daily_plan.tick(session, seen, ann.id, key, NOON, is_done=True)
    assert [row.callee.lead_id for row in calls_to_make(session, seen, ann.id, NOON)] == [lead.id, other.id]


def test_closed_foreign_numberless_and_unsubscribed_leads_are_not_on_it(session: Session, team: Team, ann: Person) -> None:
    builders.lead(session, ann, phone="")
    builders.lead(session, ann, phone="1", status=LeadStatus.LOST)
    builders.lead(session, ann, phone="1", wants_no_contact=True)
    builders.lead(session, builders.person(session, on=team), phone="1")
    new = builders.lead(session, ann, phone="1", on=TUESDAY)
    seen = viewer(session, ann.id)
    assert [row.callee.lead_id for row in calls_to_make(session, seen, ann.id, NOON)] == [new.id]
    stranger = viewer(session, builders.manager(session, of=builders.team(session)).id)
    with pytest.raises(NotFoundError):
        calls_to_make(session, stranger, ann.id, NOON)
