"""Which first steps somebody has taken: does a fact of that kind exist?"""

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import (
    Activity,
    CalendarEvent,
    Channel,
    Deal,
    Goal,
    InsightDismissal,
    KpiTarget,
    Lead,
    OneOnOne,
    Person,
    TeamManager,
)
from data.models.insights import FIRST_STEPS
from domain.first_steps import Step

LOGGED_HERE: Final = "app"
"""The origin of what somebody logged in the product itself, not what an import or the demo brought."""


def done(session: Session, person_id: int, steps: Collection[Step]) -> frozenset[Step]:
    """Those of the steps that the person, or for what concerns the whole company anybody, has taken; one statement."""
    asked = list(steps)
    facts = _facts(person_id)
    found = session.execute(select(*(facts[step] for step in asked))).one()
    return frozenset(step for step, is_done in zip(asked, found, strict=True) if is_done)


def is_skipped(session: Session, person_id: int) -> bool:
    """Whether the person does not want to be shown them any more."""
    return session.get(InsightDismissal, (person_id, FIRST_STEPS)) is not None


def _facts(person_id: int) -> Mapping[Step, ColumnElement[bool]]:
    """For each step whether it was taken. What an import, the demo or a new team's defaults brought is no step, but it is data."""
    other = (col(Person.id) != person_id, col(Person.password_hash).is_not(None))
    return {
        Step.BRING_DATA: or_(exists(select(col(Activity.id))), exists(select(col(Lead.id))), exists(select(col(Deal.id)))),
        Step.INVITE: exists().where(*other),
        Step.NAME_MANAGERS: exists(select(col(TeamManager.team_id))),
        Step.SET_TARGETS: exists().where(col(KpiTarget.created_by).is_not(None)),
        Step.TALK: exists().where(col(OneOnOne.manager_id) == person_id),
        Step.LOG: exists().where(col(Activity.agent_id) == person_id, col(Activity.origin) == LOGGED_HERE),
        Step.BOOK: exists().where(col(CalendarEvent.created_by) == person_id),
        Step.SET_GOAL: exists().where(col(Goal.agent_id) == person_id, col(Goal.created_by) == person_id),
        Step.BE_REACHED: exists().where(col(Channel.person_id) == person_id),
    }
