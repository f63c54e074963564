"""A channel whose receiver refuses for good: nothing more is sent to it, and whoever can mend it is told once."""

from datetime import datetime

from sqlalchemy.orm import Session

from data.models import Channel
from data.models.messages import Urgency
from data.queries import recipients
from services.notices import Notice
from services.notifications import put_in_inbox

LONGEST_REASON = 200


def mark_broken(session: Session, channel: Channel, reason: str, now: datetime) -> None:
    """Stop sending to the channel and tell its owner in the inbox; nothing when it was broken already."""
    if channel.broken_at is not None:
        return
    channel.broken_at, channel.broken_reason = now, reason[:LONGEST_REASON]
    session.flush()
    notice = Notice(
        kind="channel_broken",
        title=f"Messages do not reach “{channel.label}”",
        body=f"{channel.broken_reason} New messages wait until you mend it.",
        link="/account" if channel.person_id is not None else "/settings",
        urgency=Urgency.WARNING,
        dedupe_key=f"channel_broken:{channel.id}:{now.isoformat(timespec='seconds')}",
    )
    put_in_inbox(session, _menders(session, channel), notice, now)


def _menders(session: Session, channel: Channel) -> set[int]:
    """A person mends their own channel; a team's its managers or an administrator; the installation's an administrator."""
    if channel.person_id is not None:
        return {channel.person_id}
    admins = set(recipients.active_admins(session))
    return admins | set(recipients.active_managers(session, channel.team_id)) if channel.team_id is not None else admins
