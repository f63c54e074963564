"""A company in New York with an agent in India, and somebody who manages a team there."""

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from tests import builders


@pytest.fixture
def ann(session: Session) -> Person:
    builders.organisation(session, currency="USD", time_zone="America/New_York")
    return builders.person(session, name="Ann", time_zone="Asia/Kolkata", external_id="7")


@pytest.fixture
def manager(session: Session, ann: Person) -> Person:  # noqa: ARG001 - the organisation comes with Ann
    team = builders.team(session, name="Mine")
    builders.person(session, name="Mia", on=team)
    return builders.manager(session, of=team, name="Max")
