"""Where a reported activity belongs: whose it is, on which day of theirs, with which lead and deal."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from data.queries import agents, links
from data.queries.agents import NamedAgent
from data.queries.links import Owned
from data.writes.activities import ExternalKey
from domain.errors import InputError, NotFoundError
from domain.local_time import LocalTime, local_time
from services.access import Viewer
from services.activities import check_time
from services.activity_input import ActivityDetails
from services.owners import ELSEWHERE, AgentName

_NO_AGENT: Final = "There is no such active agent among those you look after on that day."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One activity as another system tells it; with an external id it is stored once however often it is told."""

    agent: AgentName
    details: ActivityDetails
    occurred_at: datetime | None = None
    """None means now, or the time known already."""
    origin: str = ELSEWHERE
    external_id: str | None = None

    @property
    def key(self) -> ExternalKey | None:
        """What tells it from all others, where the system has an id for it."""
        return (self.origin, self.external_id) if self.external_id is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A reported activity whose agent, day and links are known and allowed."""

    number: int
    told: Reported
    agent_id: int
    occurred_at: datetime
    shown: LocalTime
    lead: Owned | None
    deal: Owned | None


def require_named(viewer: Viewer, called: AgentName) -> None:
    """Raise InputError where a program does not say whose activity it is; a person means themself."""
    if viewer.is_program and not called.is_said:
        raise InputError("agent_id: say whose it is, by agent_id, agent_email or agent_external_id.", code="agent_missing")


class Places:
    """The agents, leads and deals a turn names, read in a handful of statements however many activities there are."""

    def __init__(self, session: Session, viewer: Viewer, told: Sequence[Reported], now: datetime) -> None:
        self.viewer = viewer
        self.now = now
        self.agents = _agents_called(session, viewer, told)
        self.seen = agents.seen_days(session, viewer.scope, self._days(told))
        self.leads = links.locked_leads(session, {each.details.lead_id for each in told if each.details.lead_id is not None})
        self.deals = links.locked_deals(session, {each.details.deal_id for each in told if each.details.deal_id is not None})

    def placed(self, number: int, told: Reported) -> Placed:
        """The activity in its place; raises the named error that refuses it."""
        occurred_at = told.occurred_at or self.now
        check_time(occurred_at, self.now)
        agent = self._agent(told.agent)
        shown = local_time(occurred_at, agent.time_zone)
        if (agent.agent_id, shown.on) not in self.seen:
            raise NotFoundError(_NO_AGENT)
        return Placed(
            number=number,
            told=told,
            agent_id=agent.agent_id,
            occurred_at=occurred_at,
            shown=shown,
            lead=_own(self.leads, told.details.lead_id, agent, "lead"),
            deal=_own(self.deals, told.details.deal_id, agent, "deal"),
        )

    def _agent(self, called: AgentName) -> NamedAgent:
        found = self.agents.get(_called(called, self.viewer))
        if found is None:
            raise NotFoundError(_NO_AGENT)
        return found

    def _days(self, told: Sequence[Reported]) -> set[tuple[int, date]]:
        pairs = ((self.agents.get(_called(each.agent, self.viewer)), each.occurred_at or self.now) for each in told)
        return {(agent.agent_id, local_time(moment, agent.time_zone).on) for agent, moment in pairs if agent is not None}


def _called(called: AgentName, viewer: Viewer) -> tuple[str, object]:
    if called.email is not None:
        return "email", called.email.strip().lower()
    if called.external_id is not None:
        return "external_id", called.external_id
    return "agent_id", viewer.person_id if called.agent_id is None else called.agent_id


def _agents_called(session: Session, viewer: Viewer, told: Sequence[Reported]) -> dict[tuple[str, object], NamedAgent]:
    names: dict[str, set[Any]] = defaultdict(set)
    for kind, name in {_called(each.agent, viewer) for each in told}:
        names[kind].add(name)
    found = agents.agents_called(session, ids=names["agent_id"], emails=names["email"], external_ids=names["external_id"])
    return {(kind, getattr(agent, kind)): agent for agent in found for kind in ("agent_id", "email", "external_id")}


def _own(owned: Mapping[int, Owned], record_id: int | None, agent: NamedAgent, what: str) -> Owned | None:
    if record_id is None:
        return None
    found = owned.get(record_id)
    if found is None or found.agent_id != agent.agent_id:
        raise NotFoundError(f"There is no such {what} among those of this agent.")
    return found
