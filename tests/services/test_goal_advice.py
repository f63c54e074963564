"""Proposals about goals: shown, taken, changed or declined, kept with what they rested on, and nobody else's to answer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Goal, GoalAdvice, Person
from domain.errors import ConflictError, NotFoundError
from domain.records import AdviceKind, Decision, GoalPeriod
from services.access import viewer
from services.goal_advice import Answer, Proposal, answer_proposal, proposals
from services.goal_changes import SeenGoal
from services.goal_setting import WantedGoals
from services.goal_suggestions import NewGoal, decided, decline_suggestion, suggestions_left, take_suggestion
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def agent(session: Session) -> Person:
    """Three calls on each working day of March so far, and none before."""
    agent = builders.person(session, on=builders.team(session))
    for day in (2, 3, 4, 5, 6, 9):
        for _ in range(3):
            builders.activity(session, agent, at=NOON.replace(day=day))
    return agent


@pytest.fixture
def goal(session: Session, agent: Person) -> Goal:
    return builders.goal(session, agent, metric_key="calls", target=60)


def offered(session: Session, agent: Person, today: date = TUESDAY) -> tuple[Proposal, ...]:
    return proposals(session, viewer(session, agent.id), agent.id, today)


def answered(session: Session, agent: Person, goal: Goal, suggested: Decimal, chosen: Decimal | None, version: int = 1) -> Decision:
    seen = SeenGoal(agent_id=agent.id, goal_id=goal.id, version=version)
    return answer_proposal(
        session, viewer(session, agent.id), seen, Answer(suggested=suggested, chosen=chosen), TUESDAY, NOON + timedelta(hours=version)
    )


def stored(session: Session) -> list[tuple[AdviceKind, Decision, Decimal | None]]:
    return [(row.kind, row.decision, row.chosen) for row in session.scalars(select(GoalAdvice).order_by(GoalAdvice.id))]


def test_a_goal_out_of_reach_has_a_proposal_above_what_is_there(session: Session, agent: Person, goal: Goal) -> None:
    (found,) = offered(session, agent)
    assert (found.goal.goal.id, found.adjustment.kind, found.adjustment.actual, found.currency) == (goal.id, AdviceKind.LOWER, 18, "USD")
    assert 18 < found.amount < 40
    assert "the goal of 60 has a chance of under 1 %" in found.sentence


def test_taking_it_changes_the_goal_and_is_kept_with_the_evidence(session: Session, agent: Person, goal: Goal) -> None:
    (found,) = offered(session, agent)
    assert answered(session, agent, goal, found.amount, found.amount) is Decision.ACCEPTED
    session.refresh(goal)
    assert (goal.target, goal.version) == (found.amount, 2)
    (row,) = session.scalars(select(GoalAdvice))
    assert (row.suggested, row.chosen, row.decided_by, row.goal_id) == (found.amount, found.amount, agent.id, goal.id)
    assert (row.evidence["present"], row.evidence["actual"]) == (60, 18)
    assert offered(session, agent) == ()


def test_another_figure_is_kept_as_edited(session: Session, agent: Person, goal: Goal) -> None:
    (found,) = offered(session, agent)
    assert answered(session, agent, goal, found.amount, Decimal(30)) is Decision.EDITED
    session.refresh(goal)
    assert (goal.target, stored(session)) == (30, [(AdviceKind.LOWER, Decision.EDITED, Decimal(30))])


def test_what_is_declined_is_not_proposed_again_for_this_goal(session: Session, agent: Person, goal: Goal) -> None:
    (found,) = offered(session, agent)
    assert answered(session, agent, goal, found.amount, None) is Decision.DECLINED
    assert (offered(session, agent), offered(session, agent, TUESDAY + timedelta(days=3)), goal.target) == ((), (), 60)
    with pytest.raises(ConflictError, match="not suggested any more"):
        answered(session, agent, goal, found.amount, found.amount)
    other = builders.goal(session, agent, metric_key="calls", target=60, name="Another")
    assert [each.goal.goal.id for each in offered(session, agent)] == [other.id]


def test_only_what_was_seen_is_answered(session: Session, agent: Person, goal: Goal) -> None:
    (found,) = offered(session, agent)
    for suggested, version in ((found.amount + 1, 1), (found.amount, 2)):
        for chosen in (None, suggested):
            with pytest.raises(ConflictError):
                answered(session, agent, goal, suggested, chosen, version)
    assert stored(session) == []


def test_nobody_sees_or_answers_those_of_a_foreign_agent(session: Session, agent: Person, goal: Goal) -> None:
    stranger = viewer(session, builders.person(session).id)
    with pytest.raises(NotFoundError):
        proposals(session, stranger, agent.id, TUESDAY)
    with pytest.raises(NotFoundError):
        answer_proposal(
            session,
            stranger,
            SeenGoal(agent_id=agent.id, goal_id=goal.id, version=1),
            Answer(suggested=Decimal(1), chosen=None),
            TUESDAY,
            NOON,
        )
    about = NewGoal(agent_id=agent.id, kind="calls", period=GoalPeriod.WEEKLY, starts_on=TUESDAY)
    with pytest.raises(NotFoundError):
        decline_suggestion(session, stranger, about, AdviceKind.ELITE, TUESDAY, NOON)


def test_a_declined_suggestion_is_not_shown_again_for_these_days(session: Session, agent: Person) -> None:
    who, week = viewer(session, agent.id), timedelta(days=7)
    for back in range(1, 7):
        builders.activity(session, agent, at=NOON - back * week)
    monday = date(2026, 3, 9)
    about = NewGoal(agent_id=agent.id, kind="calls", period=GoalPeriod.WEEKLY, starts_on=monday)
    kinds = [each.key for each in suggestions_left(session, who, about, TUESDAY)]
    decline_suggestion(session, who, about, AdviceKind(kinds[0]), TUESDAY, NOON)
    assert [each.key for each in suggestions_left(session, who, about, TUESDAY)] == kinds[1:]
    next_week = NewGoal(agent_id=agent.id, kind="calls", period=GoalPeriod.WEEKLY, starts_on=monday + week)
    assert [each.key for each in suggestions_left(session, who, next_week, TUESDAY)] == kinds
    with pytest.raises(ConflictError):
        decline_suggestion(session, who, about, AdviceKind(kinds[0]), TUESDAY, NOON)
    taken = AdviceKind(kinds[-1])
    wanted = WantedGoals(agent_id=agent.id, period=GoalPeriod.WEEKLY, day=TUESDAY, targets={"calls": Decimal(99)})
    take_suggestion(session, who, wanted, taken, TUESDAY, NOON + timedelta(hours=1))
    assert [(each.kind, each.decision, each.chosen) for each in decided(session, who, about, TUESDAY)] == [
        (AdviceKind(kinds[0]), Decision.DECLINED, None),
        (taken, Decision.EDITED, Decimal(99)),
    ]
