"""The day's work beside the leads: prospecting calls, mail, messages, posts, tasks."""

from typing import Final

import numpy as np

from data.demo.desk import Desk, call_outcome, call_seconds
from data.demo.rhythm import WEEKDAY_EFFORT, answer_share, season, work_second
from data.demo.rows import ActivityRow, Facts
from domain.records import ActivityType, Direction, Outcome

SUBJECTS: Final = {
    ActivityType.CALL: "Prospecting call",
    ActivityType.EMAIL: "Update to a customer",
    ActivityType.MESSAGE: "Text message",
    ActivityType.FOLLOW_UP: "Follow-up as promised",
    ActivityType.TASK: "Paperwork",
    ActivityType.POST: "Video post",
    ActivityType.MEETING: "Meeting with a partner",
}
DONE: Final = frozenset({ActivityType.FOLLOW_UP, ActivityType.TASK, ActivityType.MEETING})
"""Types whose outcome is that they were completed."""


def work_day(desk: Desk, facts: Facts, day: int) -> None:
    """Everything of the desk's n-th working day that belongs to no lead."""
    on = desk.days[day]
    pace = desk.effort(on) * WEEKDAY_EFFORT[on.weekday()] * season(on) ** 0.5 * desk.player.volume**0.5 * desk.spread(1.0, 0.25)
    kinds = list(desk.business.day)
    counts = desk.dice.poisson(np.array([desk.business.day[kind] for kind in kinds]) * pace)
    for kind, count in zip(kinds, counts, strict=True):
        for _ in range(int(count)):
            facts.add(_activity(desk, day, kind))


def _activity(desk: Desk, day: int, kind: ActivityType) -> ActivityRow:
    when = desk.at(desk.days[day], work_second(desk.dice))
    outcome = Outcome.COMPLETED if kind in DONE else None
    if kind is ActivityType.CALL:
        outcome = call_outcome(desk, answer_share(when.local.hour) * desk.player.skill**0.3)
    return ActivityRow(
        agent=desk.number,
        when=when,
        type=kind,
        outcome=outcome,
        direction=Direction.OUTBOUND if kind in {ActivityType.CALL, ActivityType.EMAIL, ActivityType.MESSAGE} else None,
        subject=SUBJECTS[kind],
        category=desk.category(),
        duration_seconds=call_seconds(desk, outcome) if outcome and kind is ActivityType.CALL else None,
    )
