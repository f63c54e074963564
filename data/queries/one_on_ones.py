"""1:1s as one of their two people may read them: every query takes that person's id, whatever else they may see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import OneOnOne, OneOnOneCommitment, Person, TeamManager, TeamMembership
from domain.one_on_ones.commitments import Commitment
from domain.one_on_ones.pre_read import PreRead
from domain.one_on_ones.talk import Talk, TookPlace
from domain.records import Role

_AGENT, _MANAGER = aliased(Person), aliased(Person)
_PROMISE: Final = OneOnOneCommitment


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Promises past their day."""

    count: int
    since: date
    """The oldest of their days."""


def talks_of(session: Session, person_id: int, *, agent_id: int | None = None) -> list[Talk]:
    """The person's own talks, as agent or as manager, those in preparation first, then the latest; of one agent where named."""
    query = _talks(person_id).order_by(col(OneOnOne.held_on).desc().nulls_first(), col(OneOnOne.id).desc())
    if agent_id is not None:
        query = query.where(col(OneOnOne.agent_id) == agent_id)
    return [_talk(*row) for row in session.execute(query)]


def talk_of(session: Session, person_id: int, talk_id: int) -> Talk | None:
    """One of the person's own talks."""
    row = session.execute(_talks(person_id).where(col(OneOnOne.id) == talk_id)).one_or_none()
    return _talk(*row) if row else None


def locked(session: Session, person_id: int, talk_id: int) -> OneOnOne | None:
    """One of the person's own talks, locked for the transaction."""
    return session.scalar(select(OneOnOne).where(col(OneOnOne.id) == talk_id, _is_of(person_id)).with_for_update())


def last_held(session: Session, manager_id: int, agent_ids: Collection[int]) -> dict[int, date]:
    """The day of the last talk the manager held with each of the agents; nobody is in it with whom they held none."""
    held = func.max(col(OneOnOne.held_on))
    query = select(col(OneOnOne.agent_id), held).where(col(OneOnOne.manager_id) == manager_id, col(OneOnOne.held_on).is_not(None))
    rows = session.execute(query.where(col(OneOnOne.agent_id).in_(sorted(agent_ids))).group_by(col(OneOnOne.agent_id)))
    return {agent_id: on for agent_id, on in rows if on is not None}


def with_topics(session: Session, manager_id: int) -> frozenset[int]:
    """The agents who wrote into a talk in preparation what they want to talk about."""
    query = select(col(OneOnOne.agent_id)).where(col(OneOnOne.manager_id) == manager_id, col(OneOnOne.held_on).is_(None))
    return frozenset(session.scalars(query.where(col(OneOnOne.topics) != "")))


def overdue(session: Session, manager_id: int, today: date) -> dict[int, Overdue]:
    """By agent, promises made in talks with this manager that are past their day."""
    late = (col(_PROMISE.due_on) < today, col(_PROMISE.done_on).is_(None), col(_PROMISE.dropped_on).is_(None))
    query = select(col(_PROMISE.agent_id), func.count(), func.min(col(_PROMISE.due_on))).join(
        OneOnOne, col(OneOnOne.id) == col(_PROMISE.one_on_one_id)
    )
    rows = session.execute(query.where(col(OneOnOne.manager_id) == manager_id, *late).group_by(col(_PROMISE.agent_id)))
    return {agent_id: Overdue(count=count, since=since) for agent_id, count, since in rows}


def commitments_of(session: Session, person_id: int, agent_id: int) -> list[Commitment]:
    """The agent's promises as the person may read them: all to the agent themselves, to a manager those of talks they held."""
    query = select(_PROMISE).join(OneOnOne, col(OneOnOne.id) == col(_PROMISE.one_on_one_id), isouter=True)
    mine = or_(col(_PROMISE.agent_id) == person_id, col(OneOnOne.manager_id) == person_id)
    rows = session.scalars(query.where(col(_PROMISE.agent_id) == agent_id, mine).order_by(col(_PROMISE.due_on), col(_PROMISE.id)))
    return [_commitment(row) for row in rows]


def locked_commitment(session: Session, person_id: int, commitment_id: int) -> OneOnOneCommitment | None:
    """A promise the person may read, locked for the transaction."""
    held = select(col(OneOnOne.id)).where(col(OneOnOne.manager_id) == person_id)
    mine = or_(col(_PROMISE.agent_id) == person_id, col(_PROMISE.one_on_one_id).in_(held))
    return session.scalar(select(_PROMISE).where(col(_PROMISE.id) == commitment_id, mine).with_for_update())


def managers_of(session: Session, agent_id: int, today: date) -> dict[int, str]:
    """Who may hold a talk with the agent on the day: active managers of a team an active agent is on, themselves not among them."""
    member, manages = TeamMembership.__table__.c, TeamManager.__table__.c  # type: ignore[attr-defined]
    until = or_(member.until_on.is_(None), member.until_on > today)
    on_it = select(member.team_id).where(member.person_id == agent_id, member.from_on <= today, until)
    able = select(manages.person_id).where(manages.team_id.in_(on_it))
    query = select(col(Person.id), col(Person.name)).where(
        col(Person.id).in_(able), col(Person.active), col(Person.role) == Role.MANAGER, col(Person.id) != agent_id, _is_active(agent_id)
    )
    return {person_id or 0: name for person_id, name in session.execute(query.order_by(col(Person.name), col(Person.id)))}


def took_place(session: Session, limit: int) -> list[TookPlace]:
    """The latest talks that were held: day and pair, no word of them. For administrators, which the caller makes sure of."""
    columns = (col(OneOnOne.held_on), col(_AGENT.name), col(_MANAGER.name))
    query = _pairs(select(*columns)).where(col(OneOnOne.held_on).is_not(None))
    rows = session.execute(query.order_by(col(OneOnOne.held_on).desc(), col(OneOnOne.id).desc()).limit(limit))
    return [TookPlace(held_on=on, agent_name=agent, manager_name=manager) for on, agent, manager in rows if on is not None]


def _is_active(person_id: int) -> Any:  # noqa: ANN401 - a condition
    here = aliased(Person)
    return exists().where(col(here.id) == person_id, col(here.active))


def _is_of(person_id: int) -> Any:  # noqa: ANN401 - a condition
    return or_(col(OneOnOne.agent_id) == person_id, col(OneOnOne.manager_id) == person_id)


def _talks(person_id: int) -> Select[*tuple[Any, ...]]:
    return _pairs(select(OneOnOne, col(_AGENT.name), col(_MANAGER.name))).where(_is_of(person_id))


def _pairs(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.join(_AGENT, col(_AGENT.id) == col(OneOnOne.agent_id)).join(_MANAGER, col(_MANAGER.id) == col(OneOnOne.manager_id))


def _talk(row: OneOnOne, agent: str, manager: str) -> Talk:
    return Talk(
        id=row.id or 0,
        agent_id=row.agent_id,
        agent_name=agent,
        manager_id=row.manager_id,
        manager_name=manager,
        planned_on=row.planned_on,
        topics=row.topics,
        agenda=row.agenda,
        notes=row.notes,
        held_on=row.held_on,
        pre_read=PreRead.from_record(row.pre_read) if row.pre_read else None,
        version=row.version,
    )


def _commitment(row: OneOnOneCommitment) -> Commitment:
    return Commitment(
        id=row.id or 0,
        talk_id=row.one_on_one_id,
        agent_id=row.agent_id,
        words=row.words,
        made_on=row.made_on,
        due_on=row.due_on,
        done_on=row.done_on,
        dropped_on=row.dropped_on,
        drop_reason=row.drop_reason,
    )
