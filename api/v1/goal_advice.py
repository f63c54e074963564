"""Proposed targets: for running goals that are out of reach or as good as there, and to set new goals by; taken, edited or declined."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

import clock
from api.errors import described
from api.v1.agents import Agent, Asked
from api.v1.goal_advice_bodies import (
    AdviceOut,
    AdviceQuery,
    AnsweredOut,
    DecidedOut,
    NewAnswerIn,
    ProposalOut,
    RunningAnswerIn,
    SuggestionOut,
)
from api.v1.goals import READS, WRITES
from api.v1.writing import Done, Once, written
from database import database
from domain.errors import ConflictError
from domain.goals.entry import asked_days, known_type
from domain.goals.target import typed_amount
from domain.records import AdviceKind, Decision
from services import goal_advice, goal_suggestions, goals
from services.goal_advice import Answer
from services.goal_changes import SeenGoal
from services.goal_setting import WantedGoals
from services.goal_suggestions import NOT_SUGGESTED, NewGoal
from services.roster import currency_of

router: Final = APIRouter(prefix="/agents/{agent}/goals/advice", tags=["goals"])


@router.get("", dependencies=READS, responses=described(401, 403, 404, 422))
def proposed(asked: Agent, wanted: Annotated[AdviceQuery, Query()]) -> AdviceOut:
    """Tell the other targets proposed for running goals and, for a `type` and `period`, targets to set a new goal by.

    What somebody declined is not proposed again; `decided` says what was decided.
    """
    viewer, today = asked.calling.viewer, asked.today
    about = wanted.about(asked.agent_id, today)
    with database().reading() as session:
        running = goal_advice.advice_on_running(session, viewer, asked.agent_id, today)
        suggestions = goal_suggestions.suggestions_left(session, viewer, about, today) if about else ()
        answers = goal_suggestions.decided(session, viewer, about, today) if about else []
    decided = [*running.decided, *((known_type(about.kind), each) for each in answers if about)]
    return AdviceOut(
        agent_id=asked.agent_id,
        currency=running.currency,
        proposals=[ProposalOut.of(each) for each in running.proposals],
        suggestions=[SuggestionOut.of(each) for each in suggestions],
        decided=[DecidedOut.of(each, definition, running.currency) for definition, each in decided],
    )


@router.post("", dependencies=WRITES, response_model=AnsweredOut, responses=described(400, 401, 403, 404, 409, 413, 415, 422))
def answer(asked: Agent, body: RunningAnswerIn | NewAnswerIn, once: Once) -> Response:
    """Take a proposal as it is, take another target instead, or decline it with a null target; what was decided is kept."""
    return written(once, lambda session: Done(shown=_answered(session, asked, body)))


def _answered(session: Session, asked: Asked, body: RunningAnswerIn | NewAnswerIn) -> AnsweredOut:
    return _of_running(session, asked, body) if isinstance(body, RunningAnswerIn) else _of_new(session, asked, body)


def _of_running(session: Session, asked: Asked, body: RunningAnswerIn) -> AnsweredOut:
    viewer, today, currency = asked.calling.viewer, asked.today, currency_of(session)
    goal, _ = goals.goal_with_id(session, viewer, asked.agent_id, body.goal_id, today)
    suggested = typed_amount(goal.definition, body.suggested, currency)
    said = Answer(suggested=suggested, chosen=None if body.target is None else typed_amount(goal.definition, body.target, currency))
    seen = SeenGoal(agent_id=asked.agent_id, goal_id=body.goal_id, version=body.version)
    decision = goal_advice.answer_proposal(session, viewer, seen, said, today, clock.now())
    return AnsweredOut(agent_id=asked.agent_id, decision=decision)


def _of_new(session: Session, asked: Asked, body: NewAnswerIn) -> AnsweredOut:
    viewer, today, now = asked.calling.viewer, asked.today, clock.now()
    day, kind = body.day or today, AdviceKind(body.kind)
    if body.target is None:
        days = asked_days(body.period, day, body.deadline, today)
        about = NewGoal(agent_id=asked.agent_id, kind=body.type, period=body.period, starts_on=days.start)
        goal_suggestions.decline_suggestion(session, viewer, about, kind, today, now)
        return AnsweredOut(agent_id=asked.agent_id, decision=Decision.DECLINED)
    targets = {body.type: typed_amount(known_type(body.type), body.target, currency_of(session))}
    wanted = WantedGoals(agent_id=asked.agent_id, period=body.period, day=day, deadline=body.deadline, targets=targets)
    decision = goal_suggestions.take_suggestion(session, viewer, wanted, kind, today, now)
    if decision is None:
        raise ConflictError(NOT_SUGGESTED, code="not_suggested")
    return AnsweredOut(agent_id=asked.agent_id, decision=decision)
