"""Moves in the list-out pipeline that main leads and their partners share."""

from datetime import date, timedelta
from typing import Final

from data.demo.deals import lost_reason
from data.demo.desk import Desk
from data.demo.rhythm import Moment, work_second
from data.demo.rows import ActivityRow, DealRow, Facts
from domain.records import ActivityType, DealStatus, Direction

LAST_STAGE: Final = {DealStatus.WON: "SOLD", DealStatus.LOST: "LIST_OUT_NOT_SOLD"}


def write(facts: Facts, deal: DealRow, when: Moment, subject: str) -> None:
    """An e-mail about the deal."""
    activity = ActivityRow(
        agent=deal.agent,
        when=when,
        type=ActivityType.EMAIL,
        direction=Direction.OUTBOUND,
        subject=subject,
        category=deal.category,
        lead=deal.lead,
        deal=deal.key,
    )
    facts.add(activity, deal)


def close(desk: Desk, facts: Facts, deal: DealRow, status: DealStatus, day: date) -> bool:
    """Decide the deal on a working day around then, after its last stage, if that has come; tell whether."""
    when = after_stage(desk, deal, desk.at(desk.workday(day), work_second(desk.dice)))
    if not facts.enter_stage(deal, LAST_STAGE[status], when):
        return False
    deal.status, deal.closed_on = status, when.on
    if status is DealStatus.LOST:
        deal.lost_reason = lost_reason(desk)
    return True


def after_stage(desk: Desk, deal: DealRow, when: Moment) -> Moment:
    """The moment, or soon after the deal's last move where that was later."""
    if deal.stage_entered and when.at <= deal.stage_entered.at:
        return desk.working_moment(deal.stage_entered.local + timedelta(hours=2))
    return when
