"""A channel whose receiver refuses for good: nothing more is sent to it, and whoever can mend it is told once."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Channel
from data.models.messages import Urgency
from data.queries import recipients
from services.notices import Notice
from services.notifications import put_in_inbox

LONGEST_REASON: Final = 200
OWN_PAGE: Final = "/account"
ADMIN_PAGE: Final = "/settings"


def mark_broken(session: Session, channel: Channel, reason: str, now: datetime) -> None:
    """Stop sending to the channel and tell its owner in the inbox; nothing when it was broken already.

    A chat in Telegram is nobody's any more: whoever lets the bot in again shows anew whose it is.
    """
    if channel.broken_at is not None:
        return
    channel.broken_at, channel.broken_reason, channel.chat_digest = now, reason[:LONGEST_REASON], None
    session.flush()
    for people, page in _menders(session, channel):
        put_in_inbox(session, people, _notice(channel, page, now), now)


def _notice(channel: Channel, page: str, now: datetime) -> Notice:
    return Notice(
        kind="channel_broken",
        title=f"Messages do not reach “{channel.label}”",
        body=f"{channel.broken_reason} New messages wait until you mend it.",
        link=page,
        urgency=Urgency.WARNING,
        dedupe_key=f"channel_broken:{channel.id}:{now.isoformat(timespec='seconds')}",
    )


def _menders(session: Session, channel: Channel) -> list[tuple[list[int], str]]:
    """Who can mend the channel, and on which screen: its person, its team's managers, and administrators."""
    if channel.person_id is not None:
        return [([channel.person_id], OWN_PAGE)]
    managers = recipients.active_managers(session, channel.team_id) if channel.team_id is not None else []
    return [(managers, OWN_PAGE), (recipients.active_admins(session), ADMIN_PAGE)]
