"""1:1s prepared, written and held by their two people; each field has one author, and what was held changes no more."""

from datetime import date, datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy.orm import Session

from data.models import OneOnOne, OneOnOneCommitment
from data.queries import agents
from data.queries import one_on_ones as queries
from data.writes import one_on_ones as writes
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.formatting import day_text
from domain.one_on_ones.commitments import LONGEST_AHEAD
from domain.one_on_ones.limits import LONGEST_COMMITMENT, LONGEST_NOTES, LONGEST_REASON, LONGEST_TOPICS
from domain.records import Role
from services.access import Viewer
from services.inputs import storable, validated
from services.notifications import Notice, put_in_inbox
from services.one_on_one_pre_read import pre_read_of
from services.one_on_ones import GONE, is_live, own_talk
from services.owners import today_of

MOST_COMMITMENTS: Final = 8
"""In one talk: who promises more keeps none of them."""
NOT_TOGETHER: Final = "You two do not work together at the moment. What was held stays to be read."
HELD: Final = "This 1:1 was held and stays as it was. What is new belongs into the next one."
CHANGED: Final = "You changed this 1:1 in another window. Load the page again, and copy your words first."
NO_COMMITMENT: Final = "There is no such commitment among yours."
NOT_HOLDER: Final = "1:1s are held by managers, with the agents they look after."
ONLY_MANAGER: Final = "Agenda and notes are written by the manager. Your own points go into your topics."
ONLY_AGENT: Final = "This is the agent's own."
TOO_MANY: Final = f"A 1:1 has at most {MOST_COMMITMENTS} commitments. Choose those that matter most."
NO_MANAGER: Final = "There is no such manager of a team you are on."


class TalkWords(BaseModel):
    """What the manager writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agenda: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TOPICS), AfterValidator(storable)] = ""
    notes: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTES), AfterValidator(storable)] = ""
    planned_on: date


class Topics(BaseModel):
    """What the agent wants to talk about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topics: Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TOPICS), AfterValidator(storable)] = ""


class NewCommitment(BaseModel):
    """Something the agent takes on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    words: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_COMMITMENT), AfterValidator(storable)]
    due_on: date


class Dropping(BaseModel):
    """Why a commitment no longer holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON), AfterValidator(storable)]


def talk_words(**fields: object) -> TalkWords:
    """The manager's words, checked; InputError names what is wrong."""
    return validated(TalkWords, fields)


def prepare(session: Session, viewer: Viewer, agent_id: int, now: datetime) -> int:
    """The talk a manager prepares with an agent, begun today where there is none, of which the agent is told once; its id.

    Raises NotFoundError for an agent they do not look after, AccessError for anybody but a manager.
    """
    today = today_of(viewer, now)
    if viewer.role is not Role.MANAGER or viewer.is_program or viewer.person_id == agent_id:
        raise AccessError(NOT_HOLDER)
    if viewer.person_id not in queries.managers_of(session, agent_id, today) or not agents.agent_on(session, viewer.scope, agent_id, today):
        raise NotFoundError("There is no such agent among those you look after.")
    talk_id = writes.prepare(session, agent_id, viewer.person_id, today)
    notice = Notice(
        kind="one_on_one_prepared",
        title=f"{viewer.name} prepares a 1:1 with you",
        body="Read what is known before it, and write down what you want to talk about.",
        link=f"/one_on_ones?talk={talk_id}",
        dedupe_key=f"one_on_one_prepared:{talk_id}",
    )
    put_in_inbox(session, {agent_id}, notice, now)
    return talk_id


def ask_for(session: Session, viewer: Viewer, manager_id: int, topics: str, now: datetime) -> int:
    """Ask one's manager for a talk by saying what it would be about; tells the manager's inbox that, and not what. Its id.

    Raises NotFoundError for somebody who is no manager of theirs, InputError for no words or too many.
    """
    said, today = validated(Topics, {"topics": topics}), today_of(viewer, now)
    if viewer.is_program or manager_id not in queries.managers_of(session, viewer.person_id, today):
        raise NotFoundError(NO_MANAGER)
    if not said.topics:
        raise InputError("Say in a few words what you want to talk about.")
    talk_id = writes.prepare(session, viewer.person_id, manager_id, today)
    say_topics(session, viewer, talk_id, said.topics, now)
    notice = Notice(
        kind="one_on_one_asked",
        title=f"{viewer.name} would like a 1:1",
        body="What it is about stands in the 1:1 you two prepare.",
        link=f"/one_on_ones?talk={talk_id}",
        dedupe_key=f"one_on_one_asked:{talk_id}",
    )
    put_in_inbox(session, {manager_id}, notice, now)
    return talk_id


def say_topics(session: Session, viewer: Viewer, talk_id: int, topics: str, now: datetime) -> None:
    """What the agent wants to talk about, in the place of what was there. Raises as `write`."""
    said = validated(Topics, {"topics": topics})
    row = _changeable(session, viewer, talk_id, now)
    _require_agent(viewer, row.agent_id)
    row.topics = said.topics
    session.flush()


def write(session: Session, viewer: Viewer, talk_id: int, words: TalkWords, version: int, now: datetime) -> int:
    """Agenda, notes and day, as the manager writes them; returns the new version.

    Raises NotFoundError for a talk of two others, ConflictError for one that is held, whose two no longer work together, or that was
    changed in another window, AccessError for the agent.
    """
    row = _changeable(session, viewer, talk_id, now)
    if row.manager_id != viewer.person_id:
        raise AccessError(ONLY_MANAGER)
    if row.version != version:
        raise ConflictError(CHANGED, code="changed_meanwhile")
    row.agenda, row.notes, row.planned_on, row.version = words.agenda, words.notes, words.planned_on, version + 1
    session.flush()
    return row.version


def promise(session: Session, viewer: Viewer, talk_id: int, words: str, due_on: date, now: datetime) -> None:
    """Write down what the agent takes on; either of the two does. Raises as `write`, InputError for a day that is over or far away."""
    said, today = validated(NewCommitment, {"words": words, "due_on": due_on}), today_of(viewer, now)
    if not today <= said.due_on <= today + LONGEST_AHEAD:
        raise InputError(f"Choose a day from {day_text(today)} to {day_text(today + LONGEST_AHEAD)}.", code="commitment_day")
    row = _changeable(session, viewer, talk_id, now)
    if writes.promises_in(session, talk_id) >= MOST_COMMITMENTS:
        raise ConflictError(TOO_MANY, code="too_many")
    writes.promise(session, row, said.words, today, said.due_on)


def finish(session: Session, viewer: Viewer, talk_id: int, words: TalkWords, version: int, now: datetime) -> None:
    """Say that the talk was held today: it keeps its words and what was known, and nothing of it changes any more. Raises as `write`."""
    write(session, viewer, talk_id, words, version, now)
    row = _changeable(session, viewer, talk_id, now)
    known = pre_read_of(session, viewer, own_talk(session, viewer, talk_id), now)
    row.held_on, row.pre_read = today_of(viewer, now), known.as_record()
    session.flush()


def tick(session: Session, viewer: Viewer, commitment_id: int, now: datetime, *, is_done: bool) -> None:
    """Say that one's commitment is kept, or that it is not yet. Raises NotFoundError, AccessError for somebody else's, ConflictError."""
    row = _commitment(session, viewer, commitment_id)
    _require_agent(viewer, row.agent_id)
    if row.dropped_on is not None:
        raise ConflictError("This commitment was dropped.", code="dropped")
    row.done_on = (row.done_on or today_of(viewer, now)) if is_done else None
    session.flush()


def drop(session: Session, viewer: Viewer, commitment_id: int, reason: str, now: datetime) -> None:
    """Say why a commitment no longer holds; either of the two does while they work together, the agent always.

    Raises NotFoundError, InputError without a reason, ConflictError for one that is over.
    """
    said, today = validated(Dropping, {"reason": reason}), today_of(viewer, now)
    row = _commitment(session, viewer, commitment_id)
    if viewer.person_id != row.agent_id and viewer.person_id not in queries.managers_of(session, row.agent_id, today):
        raise ConflictError(NOT_TOGETHER, code="not_together")
    if row.done_on is not None or row.dropped_on is not None:
        raise ConflictError("This commitment is over.", code="commitment_over")
    row.dropped_on, row.drop_reason = today, said.reason
    session.flush()


def _changeable(session: Session, viewer: Viewer, talk_id: int, now: datetime) -> OneOnOne:
    row = None if viewer.is_program else queries.locked(session, viewer.person_id, talk_id)
    if row is None:
        raise NotFoundError(GONE)
    if row.held_on is not None:
        raise ConflictError(HELD, code="one_on_one_held")
    if not is_live(session, own_talk(session, viewer, talk_id), today_of(viewer, now)):
        raise ConflictError(NOT_TOGETHER, code="not_together")
    return row


def _commitment(session: Session, viewer: Viewer, commitment_id: int) -> OneOnOneCommitment:
    row = None if viewer.is_program else queries.locked_commitment(session, viewer.person_id, commitment_id)
    if row is None:
        raise NotFoundError(NO_COMMITMENT)
    return row


def _require_agent(viewer: Viewer, agent_id: int) -> None:
    if viewer.person_id != agent_id:
        raise AccessError(ONLY_AGENT)
