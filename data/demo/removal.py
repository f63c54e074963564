"""Taking the demo company out again: everything of its people goes, everything real stays."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.demo.cast import OFFICES
from data.demo.rows import ORIGIN
from data.demo.volume import TEAM_NAMES
from data.models import Activity, CalendarEvent, Deal, Lead, Organisation, Person, Team, TeamManager, TeamMembership, TrainingModule
from domain.errors import ConflictError

MADE_HERE: Final = (ORIGIN, "app")
"""Origins of facts the demo brought or somebody typed in while trying it; anything else came from a file and is real."""
FACTS: Final = (Activity, Deal, Lead)


def remove(session: Session | Connection) -> int:
    """Delete the demo's people with all they did and wrote, its empty teams and its organisation; return how many people went.

    Real data stays: facts of real people, and a team with a real member or manager. Raises ConflictError when imported records belong
    to demo people, since removing them would lose real data.
    """
    people = list(session.execute(select(col(Person.id)).where(col(Person.is_demo))).scalars())
    _require_no_imports(session, people)
    teams = _their_teams(session, people)
    session.execute(delete(CalendarEvent).where(col(CalendarEvent.agent_id).in_(people)))
    for fact in FACTS:
        session.execute(delete(fact).where(or_(col(fact.agent_id).in_(people), col(fact.origin) == ORIGIN)))
    session.execute(delete(TrainingModule).where(col(TrainingModule.created_by).in_(people)))
    session.execute(delete(Person).where(col(Person.is_demo)))
    _remove_empty_teams(session, teams)
    _remove_organisation(session)
    return len(people)


def _require_no_imports(session: Session | Connection, people: Sequence[int | None]) -> None:
    real = sum(
        session.execute(
            select(func.count()).select_from(fact).where(col(fact.agent_id).in_(people), col(fact.origin).not_in(MADE_HERE))
        ).scalar_one()
        for fact in FACTS
    )
    if real:
        raise ConflictError(
            f"{real} imported records belong to people of the demo company. Undo that import, or give the records to real people, first.",
            code="demo_in_use",
        )


def _their_teams(session: Session | Connection, people: Sequence[int | None]) -> set[int]:
    """The teams the demo brought: of its names, and with its people."""
    named = or_(col(Team.name).in_([office.name for office in OFFICES]), col(Team.name).like(TEAM_NAMES))
    member = exists().where(col(TeamMembership.team_id) == col(Team.id), col(TeamMembership.person_id).in_(people))
    return {team for team in session.execute(select(col(Team.id)).where(named, member)).scalars() if team is not None}


def _remove_empty_teams(session: Session | Connection, teams: set[int]) -> None:
    """Of the demo's teams, those to which nobody real belongs."""
    member = exists().where(col(TeamMembership.team_id) == col(Team.id))
    managed = exists().where(col(TeamManager.team_id) == col(Team.id))
    session.execute(delete(Team).where(col(Team.id).in_(teams), ~member, ~managed))


def _remove_organisation(session: Session | Connection) -> None:
    """The demo's organisation goes with its last people; where real people stay, it stays as theirs to rename."""
    somebody = exists().where(col(Person.id).is_not(None))
    session.execute(delete(Organisation).where(col(Organisation.is_demo), ~somebody))
    session.execute(update(Organisation).where(col(Organisation.is_demo)).values(is_demo=False))
