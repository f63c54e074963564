"""Deals somebody wants reviewed: noted at once, gone through by the jobs process some at a time, so that it can be seen how far it is."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Self

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Person, ReviewRequest
from data.queries import deal_reviews as queries
from domain.access import Scope
from domain.deals.review_record import AskedState, ReviewsOf
from domain.errors import ConflictError, NotFoundError
from domain.language import Language
from domain.records import DealStatus, Role
from services import access, deal_reviews, review_news
from services.access import Viewer
from services.choices import people_seen
from services.deals import deal as visible_deal
from services.owners import NO_AGENT, today_of

AT_ONCE: Final = 25
"""Deals of one transaction: about a second of work, after which its progress can be seen."""
LOOKED_AT: Final = 20
"""Of what waits, in one turn."""
GONE: Final = "There is no such request among yours."
_LOG: Final = logging.getLogger("pacesetter.reviews")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for, and how far it is."""

    request_id: int
    about: ReviewsOf
    agent_id: int | None
    deals: int
    """How many are to be reviewed."""
    looked: int
    """How many of them are done with."""
    made: int
    """How many reviews are new; of the others nothing had changed, or they had closed."""
    state: AskedState
    language: Language
    notify: bool
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: ReviewRequest) -> Self:
        """What is kept of it."""
        names = ("about", "agent_id", "looked", "made", "state", "language", "notify", "created_at", "finished_at")
        return cls(request_id=row.id or 0, deals=len(row.deal_ids), **{name: getattr(row, name) for name in names})


def ask_deal(session: Session, viewer: Viewer, deal_id: int, now: datetime, language: Language, *, notify: bool) -> Asked:
    """One open deal; with `notify` its agent is told what the review says. Raises as `deal_reviews.review`."""
    if visible_deal(session, viewer, deal_id, now).status is not DealStatus.OPEN:
        raise ConflictError(deal_reviews.CLOSED, code="deal_closed")
    return _noted(session, viewer, _Wanted(about=ReviewsOf.DEAL, deal_ids=[deal_id], language=language, notify=notify), now)


def ask_agent(session: Session, viewer: Viewer, person_id: int, now: datetime, language: Language) -> tuple[Asked, str]:
    """All open deals of a person, and of a manager those of their teams, as far as the viewer looks after them; with the person's name.

    Raises NotFoundError for somebody the viewer does not see.
    """
    name = _name_of(session, viewer, person_id)
    theirs = set(queries.open_deal_ids(session, _reach_of(session, person_id), today_of(viewer, now)))
    deals = [number for number in _looked_after(session, viewer, now) if number in theirs]
    wanted = _Wanted(about=ReviewsOf.AGENT, agent_id=person_id, deal_ids=deals, language=language)
    return _noted(session, viewer, wanted, now), name


def ask_all(session: Session, viewer: Viewer, now: datetime, language: Language) -> Asked:
    """All open deals the viewer looks after."""
    deals = _looked_after(session, viewer, now)
    return _noted(session, viewer, _Wanted(about=ReviewsOf.ALL, deal_ids=deals, language=language), now)


def asked(session: Session, viewer: Viewer, request_id: int) -> Asked:
    """How far something is that the viewer asked for; admins and programs see what anybody did. Raises NotFoundError."""
    row = session.get(ReviewRequest, request_id)
    if row is None or (viewer.role is not Role.ADMIN and row.created_by != viewer.author_id):
        raise NotFoundError(GONE)
    return Asked.of(row)


def review_waiting(database: Database, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Go through what waits until nothing does or `stopping` says so; returns how many deals were looked at.

    Safe with any number of workers at once: each request is with one of them. What fails is noted and does not hold up the others.
    """
    with database.reading() as session:
        waiting = queries.waiting(session, LOOKED_AT)
    looked = 0
    for request_id in waiting:
        while not stopping() and (some := _go_on(database, request_id, now())):
            looked += some
    return looked


def _go_on(database: Database, request_id: int, now: datetime) -> int:
    try:
        return database.write(lambda session: _review_some(session, request_id, now))
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - one request's trouble must not stop the others; its message may quote a row
        kind = type(error).__name__
        _LOG.warning("reviewing deals for request %d failed: %s", request_id, kind)
        database.write(lambda session: _give_up(session, request_id, kind, now))
        return 0


def _review_some(session: Session, request_id: int, now: datetime) -> int:
    """The next deals of a request; how many, and 0 once there are none or somebody else has it."""
    row = queries.taken(session, request_id)
    if row is None:
        return 0
    some = row.deal_ids[row.looked : row.looked + AT_ONCE]
    reviews = deal_reviews.review_all(session, some, now, row.language)
    if row.notify:
        for each in reviews:
            review_news.tell_agent(session, each, request_id, now)
    row.looked, row.made = row.looked + len(some), row.made + sum(each.is_new for each in reviews)
    row.state = AskedState.RUNNING
    if row.looked == len(row.deal_ids):
        row.state, row.finished_at = AskedState.DONE, now
    session.flush()
    return len(some)


def _give_up(session: Session, request_id: int, kind: str, now: datetime) -> None:
    row = queries.taken(session, request_id)
    if row is not None:
        row.state, row.finished_at, row.error = AskedState.FAILED, now, kind[:80]
        session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What somebody asks for."""

    about: ReviewsOf
    deal_ids: list[int]
    language: Language
    agent_id: int | None = None
    notify: bool = False


def _noted(session: Session, viewer: Viewer, wanted: _Wanted, now: datetime) -> Asked:
    """The request; the one before where the same is asked for again and not finished."""
    row = ReviewRequest(**asdict(wanted), created_by=viewer.author_id, created_at=now)
    if not wanted.deal_ids:
        row.state, row.finished_at = AskedState.DONE, now
    known = queries.same_unfinished(session, row)
    if known is None:
        session.add(row)
        session.flush()
    return Asked.of(known or row)


def _looked_after(session: Session, viewer: Viewer, now: datetime) -> list[int]:
    return queries.open_deal_ids(session, viewer.scope, today_of(viewer, now))


def _name_of(session: Session, viewer: Viewer, person_id: int) -> str:
    """Of somebody the viewer sees: an agent they look after, themself, and for admins and programs whoever is active."""
    seen = people_seen(session, viewer)
    if person_id in seen:
        return seen[person_id]
    found = session.get(Person, person_id)
    if found is None or not found.active or (viewer.role is not Role.ADMIN and person_id != viewer.author_id):
        raise NotFoundError(NO_AGENT)
    return found.name


def _reach_of(session: Session, person_id: int) -> Scope:
    """What a person looks after; somebody who left has their own deals alone."""
    try:
        found = access.viewer(session, person_id).scope
    except NotFoundError:
        return Scope(viewer_id=person_id, role=Role.AGENT)
    return found if found.role is Role.MANAGER else Scope(viewer_id=person_id, role=Role.AGENT)
