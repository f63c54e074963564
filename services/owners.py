"""Whose a lead or a deal is, and who may decide that."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import agents
from domain.errors import AccessError, NotFoundError
from domain.local_time import local_time
from domain.records import Role
from services.access import Viewer

NO_AGENT: Final = "There is no such active agent among those you look after."

LOGGED_HERE: Final = "app"
"""The origin of a record without an external id: like one made on a screen, it is changed here."""
ELSEWHERE: Final = "api"
"""The origin of a record with an external id, unless its system is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentName:
    """What another system calls an agent; nothing at all means the viewer themself."""

    agent_id: int | None = None
    email: str | None = None
    external_id: str | None = None

    @property
    def is_said(self) -> bool:
        """Whether anybody is named."""
        return self != AgentName()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An agent and the zone their days are in."""

    agent_id: int
    time_zone: str


def today_of(viewer: Viewer, now: datetime) -> date:
    """The day it is for the viewer; for a program, for the organisation."""
    return local_time(now, viewer.time_zone).on


def chosen_owner(session: Session, viewer: Viewer, called: AgentName, now: datetime) -> Owner | None:
    """Who is to own a record the viewer stores: whom they name, else themself; nobody where a program names nobody.

    Raises NotFoundError for an agent they do not look after.
    """
    if viewer.is_program and not called.is_said:
        return None
    ids = {called.agent_id or viewer.person_id} if called.email is None and called.external_id is None else set()
    emails = {called.email.strip().lower()} if called.email is not None else set()
    external_ids = {called.external_id} if called.external_id is not None else set()
    found = agents.agents_called(session, ids=ids, emails=emails, external_ids=external_ids)
    for agent in found:
        if agents.seen_days(session, viewer.scope, {(agent.agent_id, today_of(viewer, now))}):
            return Owner(agent_id=agent.agent_id, time_zone=agent.time_zone)
    raise NotFoundError(NO_AGENT)


def require_assigner(viewer: Viewer) -> None:
    """Raise AccessError for an agent: who gets a lead or a deal is decided by managers, admins and the systems they connected."""
    if viewer.role is Role.AGENT:
        raise AccessError("Only managers and administrators give records to somebody else.", code="not_allowed")
