"""How an admin describes a business: what plans follow, who may, and what no step can be."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AuditEntry, ChainLink
from domain.errors import AccessError, InputError
from domain.goals.chain import CHAINS, LinkEdit
from domain.records import Profile, Role
from services.access import Viewer, viewer
from services.business_chain import chain_of, change, described, reset
from tests import builders
from tests.builders import NOON

HOMES = Profile.REAL_ESTATE


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer(session, builders.person(session, role=Role.ADMIN).id)


def test_what_an_admin_says_stands_until_it_is_put_back(session: Session, admin: Viewer) -> None:
    edits = [LinkEdit(key="showings", name=" Viewings ", rate=0.5, minutes=90, spend_minor=1_500), LinkEdit(key="calls", minutes=4)]
    change(session, admin, HOMES, edits, NOON)
    change(session, admin, HOMES, edits, NOON)
    chain = chain_of(session, HOMES)
    found = chain.link("showings")
    assert (found.name, found.rate, found.minutes, found.spend_minor, chain.link("calls").minutes) == ("Viewings", 0.5, 90, 1_500, 4)
    assert (described(session, admin, HOMES).is_own, chain_of(session, Profile.BDR)) == (True, CHAINS[Profile.BDR])
    reset(session, admin, HOMES, NOON)
    reset(session, admin, HOMES, NOON)
    assert chain_of(session, HOMES) == CHAINS[HOMES]
    audited = session.execute(select(AuditEntry.action, AuditEntry.subject, AuditEntry.details)).all()
    assert [tuple(row) for row in audited] == [
        ("chain_changed", "chain:real_estate", {"links": ["calls", "showings"]}),
        ("chain_changed", "chain:real_estate", {"links": "default"}),
    ]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (LinkEdit(key="charm"), "unknown_link"),
        (LinkEdit(key="showings", name=" "), "link_name"),
        (LinkEdit(key="showings", name="x" * 81), "link_name"),
        (LinkEdit(key="showings", rate=0.0), "link_rate"),
        (LinkEdit(key="showings", rate=1.1), "link_rate"),
        (LinkEdit(key="showings", minutes=-1), "link_minutes"),
        (LinkEdit(key="showings", spend_minor=-1), "link_cost"),
        (LinkEdit(key="calls", is_controllable=False), "first_link_in_hand"),
    ],
    ids=str,
)
def test_what_no_step_can_be_is_refused(session: Session, admin: Viewer, edit: LinkEdit, code: str) -> None:
    with pytest.raises(InputError) as refused:
        change(session, admin, HOMES, [edit], NOON)
    assert refused.value.code == code
    assert session.scalars(select(ChainLink)).all() == []


def test_only_admins_describe_a_business(session: Session) -> None:
    team = builders.team(session)
    for person in (builders.person(session, on=team), builders.manager(session, of=team)):
        who = viewer(session, person.id)
        for attempt in (
            lambda who=who: described(session, who, HOMES),
            lambda who=who: change(session, who, HOMES, [], NOON),
            lambda who=who: reset(session, who, HOMES, NOON),
        ):
            with pytest.raises(AccessError):
                attempt()
