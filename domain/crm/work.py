"""Notes and tasks of amoCRM: what was done, and what is planned."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.crm.reading import Record, UnreadableError, inner, known_id, needed_moment, number, record_id, words
from domain.records import ActivityType, Direction, EventKind, Outcome


class About(StrEnum):
    """What a note or a task hangs on."""

    DEAL = "leads"
    CONTACT = "contacts"


CALL_OUTCOMES: Final[Mapping[int, Outcome]] = MappingProxyType(
    {
        1: Outcome.LEFT_MESSAGE,
        2: Outcome.CALL_BACK,
        3: Outcome.NO_ANSWER,
        4: Outcome.CONNECTED,
        5: Outcome.WRONG_NUMBER,
        6: Outcome.NO_ANSWER,
        7: Outcome.BUSY,
    }
)
"""3 is “not in”, which is nobody reached; 8 is “undefined”, which stays unknown."""
NOTE_TYPES: Final[Mapping[str, tuple[ActivityType, Direction | None]]] = MappingProxyType(
    {
        "call_in": (ActivityType.CALL, Direction.INBOUND),
        "call_out": (ActivityType.CALL, Direction.OUTBOUND),
        "sms_in": (ActivityType.MESSAGE, Direction.INBOUND),
        "sms_out": (ActivityType.MESSAGE, Direction.OUTBOUND),
        "amomail_message": (ActivityType.EMAIL, Direction.OUTBOUND),
        "zoom_meeting": (ActivityType.MEETING, None),
        "common": (ActivityType.NOTE, None),
    }
)
"""The notes that tell of work; the others (attachments, service messages) are not asked for."""
TASK_KINDS: Final[Mapping[int, EventKind]] = MappingProxyType({1: EventKind.CALL, 2: EventKind.MEETING})
"""amoCRM's own two; an account's own types reserve time for something."""
TASK_LASTS: Final = timedelta(minutes=30)
"""A task without a length; it ends when it is due."""
LONGEST_CALL: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmNote:
    """Something done, or written down."""

    key: str
    """The same for the two notes amoCRM may keep of one call."""
    about: About
    on: int
    """The deal's or the contact's number."""
    users: tuple[int, ...]
    """Who did it: the first of them who is known."""
    type: ActivityType
    direction: Direction | None
    outcome: Outcome | None
    seconds: int | None
    text: str
    at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmTask:
    """Something planned."""

    number: int
    about: About | None
    on: int | None
    user: int | None
    kind: EventKind
    text: str
    starts_at: datetime
    ends_at: datetime
    is_done: bool


def note(record: Record, about: About) -> CrmNote:
    """A note as work; raises UnreadableError for a type that tells of none."""
    kind = record.get("note_type")
    if not isinstance(kind, str) or kind not in NOTE_TYPES:
        raise UnreadableError("It is no kind of note that tells of work.")
    on = known_id(record.get("entity_id"))
    if on is None:
        raise UnreadableError("It hangs on nothing.")
    type_, direction = NOTE_TYPES[kind]
    params = inner(record, "params")
    at = needed_moment(record, "created_at")
    is_call = type_ is ActivityType.CALL
    return CrmNote(
        key=_key(record, params, is_call=is_call),
        about=about,
        on=on,
        users=_users(record, params, is_note=type_ is ActivityType.NOTE),
        type=type_,
        direction=Direction.INBOUND if type_ is ActivityType.EMAIL and params.get("income") is True else direction,
        outcome=CALL_OUTCOMES.get(number(params.get("call_status")) or 0) if is_call else None,
        seconds=_seconds(params) if is_call else None,
        text=_text(params, is_call=is_call),
        at=at,
        updated_at=needed_moment(record, "updated_at") if record.get("updated_at") else at,
    )


def task(record: Record) -> CrmTask:
    """A task with the time it takes."""
    due_at, lasts = needed_moment(record, "complete_till"), number(record.get("duration")) or 0
    own = 0 < lasts <= LONGEST_CALL
    starts_at = due_at if own else due_at - TASK_LASTS
    about, on = record.get("entity_type"), known_id(record.get("entity_id"))
    return CrmTask(
        number=record_id(record),
        about=About(about) if about in set(About) and on is not None else None,
        on=on,
        user=known_id(record.get("responsible_user_id")),
        kind=TASK_KINDS.get(number(record.get("task_type_id")) or 0, EventKind.BLOCKED),
        text=words(record.get("text"), 2000),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(seconds=lasts) if own else due_at,
        is_done=record.get("is_completed") is True,
    )


def _key(record: Record, params: Record, *, is_call: bool) -> str:
    unique = words(params.get("uniq"), 100) if is_call else ""
    return f"call-{unique}" if unique else f"note-{record_id(record)}"


def _users(record: Record, params: Record, *, is_note: bool) -> tuple[int, ...]:
    """A telephone system writes notes in its own name, so that who is responsible comes first, but for words somebody wrote."""
    wrote, owns = known_id(record.get("created_by")), known_id(record.get("responsible_user_id"))
    ordered = (wrote, owns) if is_note else (known_id(params.get("call_responsible")), owns, wrote)
    return tuple(each for each in ordered if each is not None)


def _seconds(params: Record) -> int | None:
    found = number(params.get("duration"))
    return found if found is not None and 0 <= found <= LONGEST_CALL else None


def _text(params: Record, *, is_call: bool) -> str:
    return words(params.get("call_result" if is_call else "text") or params.get("subject"), 10_000)
