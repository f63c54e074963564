"""An agent of a team."""

import pytest
from sqlalchemy.orm import Session

from data.models import Person, Team
from tests import builders


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def ada(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)
