"""Working days on which nothing was logged."""

from datetime import timedelta
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.signals import Signals
from domain.formatting import day_text
from domain.metrics.exceptions import QUIET_DAYS
from domain.metrics.status import Tone
from domain.periods import Period

KEY: Final = "quiet_days"
LOOKED_AT_DAYS: Final = 28
"""Who has logged nothing for longer than four weeks has stopped, or never began: that is no news any more."""


def quiet_days(signals: Signals) -> Insight | None:
    """At least as many planned days as make the Overview ask; today does not count, it is not over."""
    earliest = signals.today - timedelta(days=LOOKED_AT_DAYS)
    worked = [day for day, sums in signals.by_day.items() if sums.activities and earliest <= day <= signals.today]
    if not worked:
        return None
    last = max(worked)
    days = signals.work_days.between(last + timedelta(days=1), signals.today)
    if days < QUIET_DAYS:
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.WARNING,
        metric_key="activities",
        period=Period(last, signals.today + timedelta(days=1)),
        sentence=f"Nothing has been logged for {days} working days, since {day_text(last)}.",
        evidence=f"{days} planned working days; days off, holidays and absences do not count",
        sample=days,
    )
