"""When somebody's report of the days that ended is due: on their Monday morning and on the morning of their month's first day."""

from datetime import datetime
from typing import Final

from domain.periods import Grain, Period
from domain.reports.spans import last_finished

FROM_HOUR: Final = 7
"""Before that most people sleep, and channels would wake them."""
FOR_DAYS: Final = 3
"""A machine that was off over the weekend makes up for it; by Thursday the week that runs matters more."""
GRAINS: Final = (Grain.WEEK, Grain.MONTH)


def due(local: datetime) -> tuple[Period, ...]:
    """The weeks and months whose report is due at this local time, if it was not told before."""
    ended = (last_finished(grain, local.date()) for grain in GRAINS)
    return tuple(days for days in ended if (local.date() - days.end).days < FOR_DAYS and _is_morning(days, local))


def _is_morning(days: Period, local: datetime) -> bool:
    return local.date() > days.end or local.hour >= FROM_HOUR
