"""Telling people: a row in the inbox and a message for every channel, in the transaction of the cause.

What rolls back was never told; what commits is never forgotten. Telling the same cause again does nothing.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import MessageStatus, Urgency
from data.queries import recipients, wishes
from data.writes import messages as writes
from domain.local_time import day_start, local_time
from domain.notices import PATIENT
from services.notices import LONGEST_BODY, LONGEST_MESSAGE, LONGEST_TITLE, Notice, storable_words

__all__ = ["Notice", "Urgency", "notify_admins", "notify_person", "notify_team", "put_in_inbox"]
STALE_AFTER: Final = timedelta(days=7)
"""What could not be sent for a week is history: the inbox has it, and a flood of old messages helps nobody."""
OVER_BEFORE: Final = "In your inbox only: it would have been over before your quiet hours ended."


def notify_person(session: Session, person_id: int, notice: Notice, now: datetime) -> None:
    """Tell one person: in their inbox, and by their channels as far as they want it; nothing for somebody who left."""
    for recipient in recipients.active_people(session, {person_id}):
        notification_id = _into_inbox(session, recipient, notice, now)
        if notification_id is not None and (channels := recipients.channels_of_person(session, recipient)):
            _send_when_wanted(session, recipient, channels, notice, now, notification_id)


def notify_team(session: Session, team_id: int, notice: Notice, now: datetime) -> None:
    """Tell who leads a team: each manager as a person, and the team's own channels."""
    for manager_id in recipients.active_managers(session, team_id):
        notify_person(session, manager_id, notice, now)
    _send_out(session, recipients.channels_of_team(session, team_id), notice, now)


def notify_admins(session: Session, notice: Notice, now: datetime) -> None:
    """Tell who looks after the installation: each administrator as a person, and their shared channels."""
    for admin_id in recipients.active_admins(session):
        notify_person(session, admin_id, notice, now)
    _send_out(session, recipients.channels_of_organisation(session), notice, now)


def put_in_inbox(session: Session, person_ids: Collection[int], notice: Notice, now: datetime) -> None:
    """Tell people inside the product only, such as that a channel does not work."""
    for recipient in recipients.active_people(session, person_ids):
        _into_inbox(session, recipient, notice, now)


def inbox_key(cause: str, person_id: int) -> str:
    """What makes the notification of a cause unique in somebody's inbox."""
    return f"{cause}:person:{person_id}"


def _into_inbox(session: Session, person_id: int, notice: Notice, now: datetime) -> int | None:
    return writes.add_notification(
        session,
        _words(notice) | {"person_id": person_id, "dedupe_key": inbox_key(notice.dedupe_key, person_id), "created_at": now},
    )


def _send_when_wanted(
    session: Session, person_id: int, channel_ids: Collection[int], notice: Notice, now: datetime, notification_id: int
) -> None:
    """Send it as the person wishes; what would be over before their quiet hours are stays in the inbox, which says so."""
    goes_at = _goes_out_at(session, person_id, notice, now)
    if goes_at is None:
        return
    if notice.expires_at is not None and goes_at > now and goes_at >= notice.expires_at:
        writes.put_body(session, notification_id, _with_note(notice.body))
    else:
        _send_out(session, channel_ids, notice, now, notification_id, goes_at)


def _goes_out_at(session: Session, person_id: int, notice: Notice, now: datetime) -> datetime | None:
    """When the person's own wishes let it go; what keeps the product running goes at once."""
    if notice.kind not in PATIENT:
        return now
    held = wishes.wishes_of(session, {person_id})[person_id]
    midnight = day_start(local_time(now, held.time_zone).on, held.time_zone)
    return held.goes_out_at(notice.kind, now, wishes.sent_since(session, person_id, midnight))


def _with_note(body: str) -> str:
    """The words with the reason why no channel brought them, which is never what is cut off."""
    return f"{storable_words(body, LONGEST_BODY - len(OVER_BEFORE) - 1)}\n{OVER_BEFORE}".strip()


def _send_out(
    session: Session,
    channel_ids: Collection[int],
    notice: Notice,
    now: datetime,
    notification_id: int | None = None,
    goes_at: datetime | None = None,
) -> None:
    shared = _words(notice) | {
        "body": storable_words(notice.body, LONGEST_MESSAGE),
        "notification_id": notification_id,
        "content": dict(notice.content),
        "status": MessageStatus.WAITING,
        "created_at": now,
        "try_at": goes_at or now,
        "expires_at": notice.expires_at or now + STALE_AFTER,
    }
    writes.add_messages(
        session, [shared | {"channel_id": each, "dedupe_key": f"{notice.dedupe_key}:channel:{each}"} for each in channel_ids]
    )


def _words(notice: Notice) -> dict[str, object]:
    return {
        "kind": notice.kind,
        "urgency": notice.urgency,
        "title": storable_words(notice.title, LONGEST_TITLE),
        "body": storable_words(notice.body, LONGEST_BODY),
        "link": notice.link,
    }
