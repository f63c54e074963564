"""Activities that other systems report, many at a time: each is stored, brought up to date, left alone or refused by itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import Activity
from data.queries import agents
from data.writes import activities as writes
from data.writes.activities import ExternalKey
from domain.contact import is_contact
from domain.errors import AccessError, ConflictError, InputError, PacesetterError
from domain.records import Role
from services.access import Viewer
from services.activities import IMPORTED, dated, settle, stored
from services.activity_input import ActivityDetails
from services.activity_places import Placed, Places, Reported
from services.forgetting import refuse_record
from services.owners import LOGGED_HERE

LINKS: Final = frozenset({"lead_id", "deal_id"})
INFERRED: Final = frozenset({"direction", "category"})
SOMEBODY_ELSES: Final = "agent_id: this activity is known as somebody else's. Name its agent."
TRIES: Final = 3
"""Somebody else may store the same external id between our look and our insert; then it is there at the second look."""
NONE: Final[Mapping[ExternalKey, date]] = MappingProxyType({})


class FeedResult(StrEnum):
    """What became of one reported activity."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fed:
    """What became of it, under which id, or why it was refused."""

    result: FeedResult
    activity_id: int | None = None
    error: PacesetterError | None = None


Numbered: TypeAlias = tuple[int, Reported]
Forgotten: TypeAlias = Mapping[ExternalKey, date]
_Moves: TypeAlias = set[tuple[int | None, int | None, datetime | None]]
"""The lead, the deal and the moment that went, of what was written."""


def feed(session: Session, viewer: Viewer, told: Sequence[Reported], now: datetime, *, forgotten: Forgotten = NONE) -> list[Fed]:
    """Store what was told, in the order it was told; one answer for each.

    What cannot be stored (an unknown agent, a lead of somebody else, a time to come, what is `forgotten` at a client's wish) is refused
    by itself and does not keep the rest.
    """
    answers: dict[int, Fed] = {}
    moves: _Moves = set()
    for turn in _turns(enumerate(told)):
        placed = _placed(session, viewer, turn, now, answers, forgotten)
        answers |= _stored(session, viewer, placed, now, moves)
    _follow(session, viewer, moves, now)
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


def _placed(
    session: Session, viewer: Viewer, told: Sequence[Numbered], now: datetime, answers: dict[int, Fed], forgotten: Forgotten
) -> list[Placed]:
    """Those whose agent, time and links are in order; the others are answered."""
    places = Places(session, viewer, [each for _, each in told], now)
    placed = []
    for number, each in told:
        try:
            refuse_record(forgotten, each.key)
            placed.append(places.placed(number, each))
        except PacesetterError as error:
            answers[number] = Fed(result=FeedResult.REFUSED, error=error)
    return placed


def _stored(session: Session, viewer: Viewer, placed: Sequence[Placed], now: datetime, moves: _Moves) -> dict[int, Fed]:
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


def _created(each: Placed, activity_id: int, moves: _Moves) -> Fed:
    said = stored(each.told.details, None, None)
    lead_id = each.told.details.lead_id if is_contact(said["type"], said["outcome"], said["direction"]) else None
    moves.add((lead_id, each.told.details.deal_id, None))
    return Fed(result=FeedResult.CREATED, activity_id=activity_id)


def _renewed(session: Session, viewer: Viewer, each: Placed, known: Activity, moves: _Moves) -> Fed:
    """Bring a known activity up to date, or say why not."""
    if not agents.seen_days(session, viewer.scope, {(known.agent_id, known.local_on)}):
        taken = ConflictError("This external id belongs to another record.", code="external_id_taken")
        return Fed(result=FeedResult.REFUSED, error=taken)
    if not each.told.agent.is_said and each.agent_id != known.agent_id:
        return Fed(result=FeedResult.REFUSED, error=InputError(SOMEBODY_ELSES, code="agent_missing"))
    changes = _changes(each, known)
    if not changes:
        return Fed(result=FeedResult.UNCHANGED, activity_id=known.id)
    if viewer.role is Role.AGENT:
        return Fed(result=FeedResult.REFUSED, error=AccessError(IMPORTED, code="imported_entry"))
    moves.add((known.lead_id, known.deal_id, known.occurred_at))
    writes.change_activity(session, known, changes)
    moves.add((known.lead_id, known.deal_id, None))
    return Fed(result=FeedResult.UPDATED, activity_id=known.id)


def _changes(each: Placed, known: Activity) -> dict[str, Any]:
    """The columns that differ. An entry of the same agent and moment keeps its local day; one told without a time keeps its time."""
    wanted = stored(each.told.details, each.lead, each.deal, kept=known.category)
    wanted = {name: value for name, value in wanted.items() if name not in _kept(each, known)} | {"agent_id": each.agent_id}
    stays = each.told.occurred_at in {None, known.occurred_at} and each.agent_id == known.agent_id
    if not stays:
        wanted |= dated(each.occurred_at, each.shown)
    return {name: value for name, value in wanted.items() if getattr(known, name) != value}


def _kept(each: Placed, known: Activity) -> set[str]:
    """The columns nothing was said about: they stay, but for links to the lead and deal of an agent it is not of any more.

    A direction or category that follows from the rest is filled in where there is none.
    """
    unsaid = set(ActivityDetails.model_fields) - each.told.details.model_fields_set
    moved = LINKS if each.agent_id != known.agent_id else frozenset()
    return {name for name in unsaid - moved if name not in INFERRED or getattr(known, name)}


def _row(each: Placed, now: datetime) -> dict[str, Any]:
    said = stored(each.told.details, each.lead, each.deal) | dated(each.occurred_at, each.shown)
    named = {"origin": each.told.origin if each.told.key else LOGGED_HERE, "external_id": each.told.external_id}
    return said | named | {"agent_id": each.agent_id, "created_at": now, "details": {}}


def _follow(session: Session, viewer: Viewer, moves: _Moves, now: datetime) -> None:
    """Let leads and deals follow what was written about them."""
    for gone in sorted({moment for _, _, moment in moves if moment is not None}):
        lead_ids, deal_ids = _linked(moves, gone)
        settle(session, viewer, lead_ids, deal_ids, now, gone=gone)
    settle(session, viewer, *_linked(moves, None), now)


def _linked(moves: _Moves, moment: datetime | None) -> tuple[set[int | None], set[int | None]]:
    """The leads and the deals of what went at the moment, or of what did not go."""
    return {lead for lead, _, at in moves if at == moment}, {deal for _, deal, at in moves if at == moment}


def single(fed: Fed) -> Fed:
    """The answer, unless it is a refusal, which is raised."""
    if fed.error is not None:
        raise fed.error
    return fed
