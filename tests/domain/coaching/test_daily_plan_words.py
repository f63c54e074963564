"""Reasons that are read all day: they tell the clock, never how long ago it was at six in the morning."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.coaching.daily_plan import MustDoKind, Waiting
from domain.coaching.daily_plan_words import came_in_words
from tests.builders import NOON

SLOW = "and nobody has contacted them. The longer they wait, the fewer answer."


@pytest.mark.parametrize(
    ("since", "said"),
    [
        (NOON - timedelta(minutes=3), "New at 12:57: an answer within 5 minutes finds them still there."),
        (NOON - timedelta(minutes=40), "New at 12:20 and not contacted yet; within the hour it still counts as a fast answer."),
        (NOON - timedelta(hours=2), f"New at 11:00 {SLOW}"),
        (NOON - timedelta(hours=20), f"New yesterday at 17:00 {SLOW}"),
        (NOON - timedelta(days=4), f"New on 6 Mar {SLOW}"),
        (datetime(2026, 3, 10, tzinfo=UTC), f"New today {SLOW}"),
        (datetime(2026, 3, 9, tzinfo=UTC), f"New yesterday {SLOW}"),
    ],
)
def test_a_new_lead_is_told_by_the_clock_of_its_agent(since: datetime, said: str) -> None:
    assert came_in_words(Waiting(kind=MustDoKind.NEW_LEAD, record_id=1, name="Lena", since=since), NOON, "Europe/Berlin") == said
