"""Which entries share time."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.conflicts import conflicts
from domain.facts import EventEntry
from domain.records import EventKind, EventStatus
from tests.builders import NOON, TUESDAY


def entry(number: int, start: int, minutes: int, **fields: Any) -> EventEntry:
    starts_at = NOON + timedelta(minutes=start)
    known = {"agent_id": 1, "agent_name": "Ada", "time_zone": "UTC", "kind": EventKind.CALL, "title": "", "notes": "", "local_on": TUESDAY}
    known |= {"status": EventStatus.PLANNED, "lead_id": None, "lead_name": None, "deal_id": None, "activity_id": None, "version": 1}
    return EventEntry(**known | {"id": number, "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=minutes)} | fields)


def test_touching_at_an_end_and_other_people_are_no_conflict() -> None:
    assert conflicts([entry(1, 0, 30), entry(2, 30, 30), entry(3, 0, 60, agent_id=2)]) == {}


def test_what_is_called_off_or_done_is_in_nobodys_way() -> None:
    assert conflicts([entry(1, 0, 30), entry(2, 0, 30, status=EventStatus.CANCELLED), entry(3, 0, 30, status=EventStatus.COMPLETED)]) == {}


@given(spans=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(1, 2)), max_size=12))
def test_everybody_whose_time_is_shared_is_named(spans: list[tuple[int, int, int]]) -> None:
    entries = [entry(number, start, minutes, agent_id=agent) for number, (start, minutes, agent) in enumerate(spans)]
    found = conflicts(entries)
    for one in entries:
        others = {
            other.id
            for other in entries
            if other.id != one.id and other.agent_id == one.agent_id and other.starts_at < one.ends_at and one.starts_at < other.ends_at
        }
        assert {other.id for other in found.get(one.id, [])} == others
