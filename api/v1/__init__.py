"""Version 1 of the API for other programs, one subject per file; a new file is listed here once."""

from typing import Final

from fastapi import APIRouter

from api.v1 import (
    activities,
    analytics,
    auth,
    calendar,
    calls,
    coaching,
    coaching_day,
    coaching_patterns,
    coaching_report,
    coaching_week,
    deals,
    goal_advice,
    goals,
    insights,
    lead_events,
    leads,
    people,
    progression,
    recordings,
    reports,
    teams,
    training_modules,
)

_SUBJECTS: Final = (
    auth,
    activities,
    calls,
    recordings,
    leads,
    lead_events,
    deals,
    analytics,
    goals,
    goal_advice,
    calendar,
    insights,
    coaching_day,
    coaching_patterns,
    progression,
    training_modules,
    coaching,
    people,
    teams,
    reports,
    coaching_week,
    coaching_report,
)
ROUTER: Final = APIRouter(prefix="/v1")
for _subject in _SUBJECTS:
    ROUTER.include_router(_subject.router)
