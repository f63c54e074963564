"""When leads pick up from the records: whose calls count, which do not, and who may ask."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Lead, Person, Team
from domain.coaching.contact_timing import Band, Basis
from domain.errors import NotFoundError
from domain.metrics.measures import Ratio
from domain.records import Direction, Outcome
from services.access import viewer
from services.call_list import calls_to_make
from services.contact_timing import lead_timing
from services.lead_lists import lead_card
from tests import builders
from tests.builders import NOON


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def ann(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def called(session: Session, who: Person, lead: Lead, hour: int, outcomes: list[Outcome], **fields: object) -> None:
    for days, outcome in enumerate(outcomes, start=3):
        at = NOON.replace(hour=hour) - timedelta(days=days)
        builders.activity(session, who, at=at, lead_id=lead.id, outcome=outcome, **{"direction": Direction.OUTBOUND} | fields)


def picks_up_in_the_afternoon(session: Session, who: Person, lead: Lead) -> None:
    called(session, who, lead, 16, [Outcome.CONNECTED] * 8)
    called(session, who, lead, 10, [Outcome.NO_ANSWER] * 10)


def test_calls_of_whoever_made_them_count_and_what_says_nothing_of_picking_up_does_not(session: Session, team: Team, ann: Person) -> None:
    lead = builders.lead(session, ann, phone="1")
    picks_up_in_the_afternoon(session, builders.person(session, on=team), lead)
    called(session, ann, lead, 10, [Outcome.CONNECTED] * 9, direction=Direction.INBOUND)
    called(session, ann, lead, 10, [Outcome.WRONG_NUMBER])
    called(session, ann, lead, 10, [Outcome.CONNECTED], local_on=(NOON - timedelta(days=366)).date())
    found = lead_timing(session, viewer(session, ann.id), lead.id, NOON)
    assert (found.basis, found.band, found.inside, found.outside) == (Basis.OWN, Band(15, 17), Ratio(8, 8), Ratio(0, 10))


def test_leads_of_the_same_source_speak_for_a_new_one_and_others_do_not(session: Session, ann: Person) -> None:
    for _ in range(3):
        picks_up_in_the_afternoon(session, ann, builders.lead(session, ann, source="Fair"))
    of_fair, elsewhere, unknown = (builders.lead(session, ann, source=source) for source in ("Fair", "Web", ""))
    seen = viewer(session, ann.id)
    found = [lead_timing(session, seen, lead.id, NOON).basis for lead in (of_fair, elsewhere, unknown)]
    assert found == [Basis.ALIKE, Basis.TOO_EARLY, Basis.TOO_EARLY]


def test_the_call_list_and_the_leads_card_say_it(session: Session, ann: Person) -> None:
    lead = builders.lead(session, ann, phone="1", assigned_at=NOON - timedelta(days=40))
    picks_up_in_the_afternoon(session, ann, lead)
    seen = viewer(session, ann.id)
    later: datetime = NOON + timedelta(days=31)
    (row,) = calls_to_make(session, seen, ann.id, later)
    card = lead_card(session, seen, lead.id, later)
    assert row.timing == card.timing
    assert row.timing is not None
    assert row.timing.band == Band(15, 17)


def test_nobody_is_told_when_to_call_one_who_wants_to_be_left_alone(session: Session, ann: Person) -> None:
    lead = builders.lead(session, ann, phone="1", wants_no_contact=True)
    picks_up_in_the_afternoon(session, ann, lead)
    assert lead_card(session, viewer(session, ann.id), lead.id, NOON).timing is None


def test_a_colleague_and_another_teams_manager_get_nothing(session: Session, team: Team, ann: Person) -> None:
    lead = builders.lead(session, ann, phone="1")
    others = builders.person(session, on=team), builders.manager(session, of=builders.team(session))
    for other in others:
        with pytest.raises(NotFoundError):
            lead_timing(session, viewer(session, other.id), lead.id, NOON)
