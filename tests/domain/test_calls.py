"""A call's clock counts talk, and nothing once it was forgotten."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.calls import FORGOTTEN_AFTER, CallEntry, event_status
from domain.records import ActivityType, EventStatus, Outcome

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def call(**fields: Any) -> CallEntry:
    plain: dict[str, Any] = {
        "id": 1,
        "agent_id": 2,
        "agent_name": "Ada",
        "time_zone": "UTC",
        "started_at": NOON,
        "kind": ActivityType.CALL,
        "lead_id": None,
        "lead_name": None,
        "event_id": None,
        "event_title": None,
        "client_name": "",
        "client_phone": "",
        "wants_recording": True,
    }
    return CallEntry(**plain | fields)


@pytest.mark.parametrize(
    ("outcome", "after", "seconds"),
    [
        (Outcome.CONNECTED, timedelta(seconds=91), 91),
        (Outcome.LEFT_MESSAGE, timedelta(seconds=20), 20),
        (None, timedelta(seconds=5), 5),
        (Outcome.NO_ANSWER, timedelta(seconds=40), None),
        (Outcome.BUSY, timedelta(seconds=4), None),
        (Outcome.CONNECTED, FORGOTTEN_AFTER, 4 * 3600),
        (Outcome.CONNECTED, FORGOTTEN_AFTER + timedelta(seconds=1), None),
        (Outcome.CONNECTED, timedelta(seconds=-3), 0),
    ],
)
def test_the_clock_counts_talk_alone(outcome: Outcome | None, after: timedelta, seconds: int | None) -> None:
    assert call().talked_seconds(outcome, NOON + after) == seconds


def test_a_call_is_called_after_its_plan_or_whom_it_is_with() -> None:
    assert call(event_title="Offer for 12 Oak Street", client_name="Ben").subject == "Offer for 12 Oak Street"
    assert call(client_name="Ben", client_phone="+1 555 0100").subject == "Ben · +1 555 0100"
    assert call(client_phone="+1 555 0100").subject == "+1 555 0100"
    assert call().subject == ""


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (None, EventStatus.COMPLETED),
        (Outcome.CONNECTED, EventStatus.COMPLETED),
        (Outcome.NO_ANSWER, EventStatus.NO_SHOW),
        (Outcome.NO_SHOW, EventStatus.NO_SHOW),
        (Outcome.CANCELLED, EventStatus.CANCELLED),
    ],
)
def test_a_planned_entry_ends_as_its_call_did(outcome: Outcome | None, status: EventStatus) -> None:
    assert event_status(outcome) is status
