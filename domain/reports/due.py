"""When somebody's report of the days that ended is due: on their Monday morning and on that of their month's first working day."""

from datetime import date, datetime
from typing import Final

from domain.periods import Grain, Period
from domain.reports.spans import last_finished

FROM_HOUR: Final = 7
"""Before that most people sleep, and channels would wake them."""
FOR_DAYS: Final = 3
"""A machine that was off over the weekend makes up for it; by Thursday the week that runs matters more."""


def due(local: datetime, works_from: date | None) -> tuple[Period, ...]:
    """The week and the month whose report is due at this local time, if it was not told before.

    `works_from` is the reader's first working day of the month that runs: nobody looks at a month on a holiday. Who has none in it is
    not told.
    """
    week, month = last_finished(Grain.WEEK, local.date()), last_finished(Grain.MONTH, local.date())
    return tuple(days for days, on in ((week, week.end), (month, works_from)) if on is not None and _is_due(on, local))


def _is_due(on: date, local: datetime) -> bool:
    late = (local.date() - on).days
    return 0 <= late < FOR_DAYS and (late > 0 or local.hour >= FROM_HOUR)
