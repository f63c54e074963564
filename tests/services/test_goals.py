"""Goals as the viewer sees them, moving with the facts."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from domain.errors import NotFoundError
from domain.metrics.status import Status
from domain.records import DealStatus
from services.access import viewer
from services.goals import goals_of
from tests import builders
from tests.builders import TUESDAY


def test_progress_moves_with_the_fact(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    builders.goal(session, agent, metric_key="calls", target=2)
    builders.goal(session, agent, metric_key="revenue", target=100)
    who = viewer(session, agent.id)
    builders.activity(session, agent)
    builders.deal(session, agent, status=DealStatus.WON, amount_minor=5000, closed_on=TUESDAY)
    board = goals_of(session, who, agent.id, TUESDAY)
    assert {each.goal.type: each.completion_share for each in board.current} == {"calls": 0.5, "revenue": 0.5}
    builders.activity(session, agent)
    reached = next(each for each in goals_of(session, who, agent.id, TUESDAY).current if each.goal.type == "calls")
    assert (reached.status, reached.reached_on) == (Status.REACHED, TUESDAY)


def test_what_is_over_is_history(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    builders.goal(session, agent)
    board = goals_of(session, viewer(session, agent.id), agent.id, date(2026, 4, 1))
    assert ([each.status for each in board.past], board.current) == ([Status.MISSED], ())


def test_nobody_sees_a_foreign_agents_goals(session: Session) -> None:
    agent, stranger = builders.person(session), builders.person(session)
    builders.goal(session, stranger)
    with pytest.raises(NotFoundError):
        goals_of(session, viewer(session, agent.id), stranger.id, TUESDAY)
