"""Whatever is done with a lead, in whatever order: its history and its sale agree with where it stands."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import rollups
from data.models import Activity, Deal, Lead, Person
from domain.errors import PacesetterError
from domain.lead_history import HISTORY_TYPES, UNDONE
from domain.records import ActivityType, DealStatus, LeadStatus, Role
from services import lead_moves
from services.access import Viewer, viewer
from tests import builders
from tests.builders import NOON, TUESDAY

Move = Callable[[Session, Viewer, int, int], object]
MOVES: dict[str, Move] = {
    "contacted": lambda session, who, lead, day: lead_moves.mark_contacted(session, who, lead, NOON + timedelta(days=day)),
    "interested": lambda session, who, lead, day: lead_moves.mark_interested(session, who, lead, NOON + timedelta(days=day)),
    "converted": lambda session, who, lead, day: lead_moves.mark_converted(session, who, lead, NOON + timedelta(days=day)),
    "sold": lambda session, who, lead, day: lead_moves.mark_converted(session, who, lead, NOON + timedelta(days=day), amount_minor=day),
    "lost": lambda session, who, lead, day: lead_moves.mark_lost(session, who, lead, "Price", NOON + timedelta(days=day)),
    "reopened": lambda session, who, lead, day: lead_moves.reopen(session, who, lead, NOON + timedelta(days=day)),
    "redated": lambda session, who, lead, day: lead_moves.mark_converted(session, who, lead, NOON + timedelta(days=day), at=NOON),
}


@pytest.fixture
def admin(session: Session) -> Viewer:
    builders.organisation(session)
    return viewer(session, builders.person(session, role=Role.ADMIN).id)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(MOVES)), max_size=9))
def test_history_and_sale_agree_with_the_lead(session: Session, admin: Viewer, names: list[str]) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, on=TUESDAY)
    for day, name in enumerate(names, start=1):
        try:
            with session.begin_nested():
                MOVES[name](session, admin, lead.id, day)
        except PacesetterError:
            session.refresh(lead)
        _agrees(session, agent, lead)


def _agrees(session: Session, agent: Person, lead: Lead) -> None:
    entries = session.scalars(select(Activity).where(Activity.lead_id == lead.id).order_by(Activity.id)).all()  # type: ignore[arg-type]
    assert {each.type for each in entries} <= HISTORY_TYPES
    assert {each.agent_id for each in entries} <= {agent.id}
    reached = entries[-1].details["to"] if entries else LeadStatus.NEW
    assert reached == lead.status
    valid = [each.local_on for each in entries if each.type is ActivityType.CONVERSION and UNDONE not in each.details]
    assert valid == ([lead.converted_on] if lead.converted_on else [])
    won = session.scalars(select(Deal).where(Deal.lead_id == lead.id, Deal.status == DealStatus.WON)).all()
    assert [deal.closed_on for deal in won] in ([], [lead.converted_on])
    assert rollups.drift(session.connection()) == []
