"""Appointments, showings and meetings of a deal: held or missed in the past, booked in the calendar ahead."""

from typing import Final

from data.demo.business import EVENT_KINDS
from data.demo.desk import Desk
from data.demo.rhythm import Moment
from data.demo.rows import ActivityRow, DealRow, EventRow, Facts, later
from domain.records import ActivityType, DealStatus, EventStatus, Outcome

MINUTES: Final = {ActivityType.CALL: 30, ActivityType.APPOINTMENT: 60, ActivityType.SHOWING: 45, ActivityType.MEETING: 45}
TITLES: Final = {
    ActivityType.CALL: "Call with",
    ActivityType.APPOINTMENT: "Appointment with",
    ActivityType.SHOWING: "Showing for",
    ActivityType.MEETING: "Meeting with",
}
NO_SHOW_SHARE: Final = 0.09
CANCELLED_SHARE: Final = 0.06
STATUS: Final = {
    Outcome.COMPLETED: EventStatus.COMPLETED,
    Outcome.NO_SHOW: EventStatus.NO_SHOW,
    Outcome.CANCELLED: EventStatus.CANCELLED,
}
OPEN_HOURS: Final = (9, 18)


def arrange(desk: Desk, facts: Facts, deal: DealRow, days: float) -> None:
    """The visits of a deal that runs so many days, spread over them."""
    share = min(1.0, days / desk.business.days_to_close)
    for kind, mean in desk.business.visits.items():
        for _ in range(int(desk.dice.poisson(mean * share))):
            day = desk.workday(later(deal.created.on, desk.dice.uniform(1, max(2.0, days))))
            when = desk.at(day, int(desk.dice.integers(OPEN_HOURS[0] * 2, OPEN_HOURS[1] * 2)) * 1800)
            if deal.status is DealStatus.OPEN or (deal.closed_on and day <= deal.closed_on):
                take_place(desk, facts, deal, kind, when)


def take_place(desk: Desk, facts: Facts, deal: DealRow, kind: ActivityType, when: Moment) -> None:
    """The visit as an activity if its time has come, and as a calendar entry if its day is shown."""
    outcome = _outcome(desk)
    title = f"{TITLES[kind]} {deal.name.split(' · ')[0]}"
    activity = ActivityRow(
        agent=desk.number,
        when=when,
        type=kind,
        outcome=outcome,
        subject=title,
        category=deal.category,
        lead=deal.lead,
        deal=deal.key,
        duration_seconds=MINUTES[kind] * 60 if outcome is Outcome.COMPLETED else None,
    )
    held = facts.add(activity, deal)
    if facts.on_agenda(when):
        book(facts, activity, STATUS[outcome] if held else EventStatus.PLANNED)


def book(facts: Facts, activity: ActivityRow, status: EventStatus) -> None:
    """The calendar entry of something done or planned at the activity's time."""
    facts.events.append(
        EventRow(
            agent=activity.agent,
            kind=EVENT_KINDS[activity.type],
            title=activity.subject,
            starts=activity.when,
            minutes=MINUTES[activity.type],
            status=status,
            lead=activity.lead,
            deal=activity.deal,
        )
    )


def _outcome(desk: Desk) -> Outcome:
    luck = desk.dice.random()
    if luck < NO_SHOW_SHARE:
        return Outcome.NO_SHOW
    return Outcome.CANCELLED if luck < NO_SHOW_SHARE + CANCELLED_SHARE else Outcome.COMPLETED
