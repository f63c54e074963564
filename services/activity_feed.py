"""Activities that other systems report, many at a time: each is stored, brought up to date, left alone or refused by itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import Activity
from data.queries import agents, links
from data.queries.agents import NamedAgent
from data.queries.links import Owned
from data.writes import activities as writes
from data.writes.activities import ExternalKey
from domain.contact import is_contact
from domain.errors import AccessError, ConflictError, InputError, NotFoundError, PacesetterError
from domain.local_time import LocalTime, local_time
from domain.records import Role
from services.access import Viewer
from services.activities import IMPORTED, check_time, dated, settle, stored
from services.activity_input import ActivityDetails
from services.owners import ELSEWHERE, LOGGED_HERE, AgentName

TRIES: Final = 3
"""Somebody else may store the same external id between our look and our insert; then it is there at the second look."""


class FeedResult(StrEnum):
    """What became of one reported activity."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


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
class Fed:
    """What became of it, under which id, or why it was refused."""

    result: FeedResult
    activity_id: int | None = None
    error: PacesetterError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A reported activity whose agent, day and links are known and allowed."""

    number: int
    told: Reported
    agent_id: int
    occurred_at: datetime
    shown: LocalTime
    lead: Owned | None
    deal: Owned | None


Numbered: TypeAlias = tuple[int, Reported]
_Moves: TypeAlias = set[tuple[int | None, int | None, datetime | None]]
"""The lead, the deal and the moment that went, of what was written."""


def feed(session: Session, viewer: Viewer, told: Sequence[Reported], now: datetime) -> list[Fed]:
    """Store what was told, in the order it was told; one answer for each.

    What cannot be stored (an unknown agent, a lead of somebody else, a time to come) is refused by itself and does not keep the rest.
    """
    answers: dict[int, Fed] = {}
    moves: _Moves = set()
    for turn in _turns(enumerate(told)):
        placed = _placed(session, viewer, turn, now, answers)
        answers |= _stored(session, viewer, placed, now, moves)
    _follow(session, moves)
    return [answers[number] for number in range(len(told))]


def _turns(told: Iterable[Numbered]) -> list[list[Numbered]]:
    """What can be stored at once: no external id twice. A later word about the same activity waits for the next turn."""
    turns: list[list[Numbered]] = []
    times: dict[ExternalKey, int] = defaultdict(int)
    for number, each in told:
        turn = times[each.key] if each.key else 0
        if each.key:
            times[each.key] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append((number, each))
    return turns


def _placed(session: Session, viewer: Viewer, told: Sequence[Numbered], now: datetime, answers: dict[int, Fed]) -> list[_Placed]:
    """Those whose agent, time and links are in order; the others are answered."""
    known = _Known(session, viewer, [each for _, each in told], now)
    placed = []
    for number, each in told:
        try:
            placed.append(known.placed(number, each))
        except PacesetterError as error:
            answers[number] = Fed(result=FeedResult.REFUSED, error=error)
    return placed


class _Known:
    """The agents, leads and deals a turn names, read in a handful of statements however many activities there are."""

    def __init__(self, session: Session, viewer: Viewer, told: Sequence[Reported], now: datetime) -> None:
        self.viewer = viewer
        self.now = now
        self.agents = _agents_called(session, viewer, told)
        self.seen = agents.seen_days(session, viewer.scope, self._days(told))
        self.leads = links.locked_leads(session, {each.details.lead_id for each in told if each.details.lead_id is not None})
        self.deals = links.locked_deals(session, {each.details.deal_id for each in told if each.details.deal_id is not None})

    def placed(self, number: int, told: Reported) -> _Placed:
        """The activity in its place; raises the named error that refuses it."""
        occurred_at = told.occurred_at or self.now
        check_time(occurred_at, self.now)
        agent = self._agent(told.agent)
        shown = local_time(occurred_at, agent.time_zone)
        if (agent.agent_id, shown.on) not in self.seen:
            raise NotFoundError(_NO_AGENT)
        return _Placed(
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

    def _days(self, told: Sequence[Reported]) -> set[tuple[int, Any]]:
        pairs = ((self.agents.get(_called(each.agent, self.viewer)), each.occurred_at or self.now) for each in told)
        return {(agent.agent_id, local_time(moment, agent.time_zone).on) for agent, moment in pairs if agent is not None}


_NO_AGENT: Final = "There is no such active agent among those you look after on that day."


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


def _stored(session: Session, viewer: Viewer, placed: Sequence[_Placed], now: datetime, moves: _Moves) -> dict[int, Fed]:
    nameless = [each for each in placed if each.told.key is None]
    ids = writes.insert_activities(session, [_row(each, now) for each in nameless])
    answers = {each.number: _created(each, number, moves) for each, number in zip(nameless, ids, strict=True)}
    waiting = {each.told.key: each for each in placed if each.told.key is not None}
    for _ in range(TRIES):
        for key, activity in writes.locked_by_external(session, waiting.keys()).items():
            each = waiting.pop(key)
            answers[each.number] = _renewed(session, viewer, each, activity, moves)
        for key, number in writes.insert_unknown(session, [_row(each, now) for _, each in sorted(waiting.items())]).items():
            each = waiting.pop(key)
            answers[each.number] = _created(each, number, moves)
    again = ConflictError("Somebody else is storing this activity. Send it again.")
    return answers | {each.number: Fed(result=FeedResult.REFUSED, error=again) for each in waiting.values()}


def _created(each: _Placed, activity_id: int, moves: _Moves) -> Fed:
    said = stored(each.told.details, None, None)
    lead_id = each.told.details.lead_id if is_contact(said["type"], said["outcome"], said["direction"]) else None
    moves.add((lead_id, each.told.details.deal_id, None))
    return Fed(result=FeedResult.CREATED, activity_id=activity_id)


def _renewed(session: Session, viewer: Viewer, each: _Placed, known: Activity, moves: _Moves) -> Fed:
    """Bring a known activity up to date, or say why not."""
    if not agents.seen_days(session, viewer.scope, {(known.agent_id, known.local_on)}):
        taken = ConflictError("This external id belongs to another record.", code="external_id_taken")
        return Fed(result=FeedResult.REFUSED, error=taken)
    changes = _changes(each, known)
    if not changes:
        return Fed(result=FeedResult.UNCHANGED, activity_id=known.id)
    if viewer.role is Role.AGENT:
        return Fed(result=FeedResult.REFUSED, error=AccessError(IMPORTED, code="imported_entry"))
    gone = known.occurred_at
    moves |= {(known.lead_id, known.deal_id, gone), (each.told.details.lead_id, each.told.details.deal_id, None)}
    writes.change_activity(session, known, changes)
    return Fed(result=FeedResult.UPDATED, activity_id=known.id)


def _changes(each: _Placed, known: Activity) -> dict[str, Any]:
    """The columns that differ. An entry of the same agent and moment keeps its local day; one told without a time keeps its time."""
    wanted = stored(each.told.details, each.lead, each.deal, kept=known.category) | {"agent_id": each.agent_id}
    stays = each.told.occurred_at in {None, known.occurred_at} and each.agent_id == known.agent_id
    if not stays:
        wanted |= dated(each.occurred_at, each.shown)
    return {name: value for name, value in wanted.items() if getattr(known, name) != value}


def _row(each: _Placed, now: datetime) -> dict[str, Any]:
    said = stored(each.told.details, each.lead, each.deal) | dated(each.occurred_at, each.shown)
    named = {"origin": each.told.origin if each.told.key else LOGGED_HERE, "external_id": each.told.external_id}
    return said | named | {"agent_id": each.agent_id, "created_at": now, "details": {}}


def _follow(session: Session, moves: _Moves) -> None:
    """Let leads and deals follow what was written about them."""
    for gone in sorted({moment for _, _, moment in moves if moment is not None}):
        settle(session, {lead for lead, _, at in moves if at == gone}, {deal for _, deal, at in moves if at == gone}, gone=gone)
    settle(session, {lead for lead, _, at in moves if at is None}, {deal for _, deal, at in moves if at is None})


def single(fed: Fed) -> Fed:
    """The answer, unless it is a refusal, which is raised."""
    if fed.error is not None:
        raise fed.error
    return fed


def require_named(viewer: Viewer, called: AgentName) -> None:
    """Raise InputError where a program does not say whose activity it is; a person means themself."""
    if viewer.is_program and not called.is_said:
        raise InputError("agent_id: say whose it is, by agent_id, agent_email or agent_external_id.", code="agent_missing")
