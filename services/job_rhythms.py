"""How often every job is due, told where no jobs process need be asked: the timetable is theirs, and one of them may be an old one."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

_OFTEN, _QUARTERLY, _HALF, _HOURLY, _NIGHTLY = (timedelta(minutes=minutes) for minutes in (10, 15, 30, 60, 24 * 60))
RHYTHMS: Final[Mapping[str, timedelta]] = MappingProxyType(
    dict.fromkeys(("watch_goals", "sweep_recordings"), _OFTEN)
    | dict.fromkeys(("plan_days", "nudge"), _QUARTERLY)
    | dict.fromkeys(("end_days", "grant_achievements", "send_reports", "send_digests"), _HALF)
    | dict.fromkeys(("close_days", "watch", "watch_deals"), _HOURLY)
    | dict.fromkeys(("snapshot_deals", "rank", "extend_series", "keep_chances"), _NIGHTLY)
    | dict.fromkeys(("aggregate", "prune", "find_patterns", "learn_wins", "assess_levels"), _NIGHTLY)
)
"""The time between two slots of each job; a test holds it against the timetable."""
