"""What people want of their channels, and how much went out to them today."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, distinct, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, NotificationChoice, NotificationSetting, OutboxMessage, Person
from domain.notices import DAILY_CAP, PATIENT, QUIET_FROM, QUIET_UNTIL, NoticeKind, Wishes


def wishes_of(session: Session, person_ids: Collection[int]) -> dict[int, Wishes]:
    """Of each of these people; whoever never chose has the usual ones."""
    setting, choice = NotificationSetting, NotificationChoice
    unwanted = func.array_agg(col(choice.kind)).filter(col(choice.kind).is_not(None)).label("unwanted")
    known = (col(setting.quiet_from), col(setting.quiet_until), col(setting.daily_cap))
    query = (
        select(col(Person.id), col(Person.time_zone), *known, unwanted)
        .outerjoin(setting, col(setting.person_id) == col(Person.id))
        .outerjoin(choice, and_(col(choice.person_id) == col(Person.id), col(choice.is_wanted).is_(False)))
        .where(col(Person.id).in_(sorted(person_ids)))
        .group_by(col(Person.id), *known)
    )
    return {
        row.id: Wishes(
            time_zone=row.time_zone,
            quiet_from=QUIET_FROM if row.quiet_from is None else row.quiet_from,
            quiet_until=QUIET_UNTIL if row.quiet_until is None else row.quiet_until,
            daily_cap=row.daily_cap or DAILY_CAP,
            unwanted=frozenset(NoticeKind(each) for each in row.unwanted or ()),
        )
        for row in session.execute(query)
    }


def sent_since(session: Session, person_id: int, since: datetime) -> int:
    """How many notices that count for the day's limit went out by any of the person's channels since a moment."""
    query = (
        select(func.count(distinct(col(OutboxMessage.notification_id))))
        .join(Channel, col(Channel.id) == col(OutboxMessage.channel_id))
        .where(col(Channel.person_id) == person_id, col(OutboxMessage.created_at) >= since, col(OutboxMessage.kind).in_(sorted(PATIENT)))
    )
    return session.scalar(query) or 0
