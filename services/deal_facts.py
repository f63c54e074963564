"""The facts of one deal, or of all open ones, as of a moment, within what the viewer looks after."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from data.queries import deal_facts as queries
from domain.access import Scope
from domain.deals.facts import DealFacts, Note, StageMove, Talk, Task, UsualStay
from domain.errors import NotFoundError
from domain.local_time import local_time
from services.access import Viewer
from services.owners import today_of

GONE = "There is no such deal among those you look after."


def facts_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> DealFacts:
    """One deal, open or closed; NotFoundError when there is none or the viewer does not look after its agent."""
    found = read(session, viewer.scope, today_of(viewer, now), now, ids={deal_id})
    if not found:
        raise NotFoundError(GONE)
    return found[0]


def facts_by_id(session: Session, viewer: Viewer, ids: Collection[int], now: datetime) -> dict[int, DealFacts]:
    """Those of the deals the viewer looks after, by id."""
    return {each.deal_id: each for each in read(session, viewer.scope, today_of(viewer, now), now, ids=ids)} if ids else {}


def open_deals(session: Session, viewer: Viewer, now: datetime) -> list[DealFacts]:
    """Every open deal the viewer looks after, by id."""
    return read(session, viewer.scope, today_of(viewer, now), now)


def read(session: Session, scope: Scope, today: date, at: datetime, *, ids: Collection[int] | None = None) -> list[DealFacts]:
    """The facts as of the moment, of these deals or of all open ones; eight statements however many there are.

    As of an earlier moment, what was said and the stages are those of then; status, amount, owner and what became of a task are today's.
    """
    rows = queries.deals(session, scope, today, ids=ids)
    if not rows:
        return []
    read_ids = [row["deal_id"] for row in rows]
    sources = _Sources(
        talks=queries.talks(session, read_ids, at),
        moves=queries.moves(session, read_ids, at),
        tasks=queries.tasks(session, read_ids, at),
        pushes=queries.pushes(session, read_ids, today),
        contacts=queries.contacts(session, read_ids, at),
        notes=queries.notes(session, scope, read_ids, at),
        stays=queries.usual_stays(session, at),
    )
    return [_facts(row, sources, at) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What was read, by deal."""

    talks: dict[int, Talk]
    moves: dict[int, list[StageMove]]
    tasks: dict[int, list[Task]]
    pushes: dict[int, tuple[int, date | None]]
    contacts: dict[int, int]
    notes: dict[int, list[Note]]
    stays: dict[tuple[str, str], UsualStay]


def _facts(row: dict[str, Any], sources: _Sources, at: datetime) -> DealFacts:
    deal_id, touched = row["deal_id"], row.pop("last_activity_at")
    moves = tuple(sources.moves.get(deal_id, ()))
    if moves:
        row |= {"stage": moves[-1].stage, "stage_entered_at": moves[-1].at}
    pushes, pushed_on = sources.pushes.get(deal_id, (None, None))
    return DealFacts(
        **row,
        at=at,
        today=local_time(at, row["time_zone"]).on,
        moves=moves,
        usual_stay=sources.stays.get((row["pipeline"], row["stage"])),
        talk=_talk(sources.talks.get(deal_id, Talk()), touched, at),
        tasks=tuple(sources.tasks.get(deal_id, ())),
        pushes=pushes,
        pushed_on=pushed_on,
        contacts=sources.contacts.get(deal_id),
        notes=tuple(sources.notes.get(deal_id, ())),
    )


def _talk(talk: Talk, touched: datetime | None, at: datetime) -> Talk:
    """A CRM may tell when a deal was last worked on without telling what was done; the later of both holds."""
    if touched is None or touched > at or (talk.last_at is not None and talk.last_at >= touched):
        return talk
    return replace(talk, last_at=touched)
