"""What counts as contact, and what one tap logs."""

import pytest

from domain.contact import LOGGABLE, OUTCOMES, is_contact, one_tap_outcome
from domain.records import ActivityType, Direction, Outcome

OUT = Direction.OUTBOUND


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ActivityType.CALL, Outcome.CONNECTED),
        (ActivityType.CALL, Outcome.LEFT_MESSAGE),
        (ActivityType.EMAIL, None),
        (ActivityType.SHOWING, Outcome.COMPLETED),
    ],
)
def test_what_arrived_is_contact(kind: ActivityType, outcome: Outcome | None) -> None:
    assert is_contact(kind, outcome, OUT)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (ActivityType.CALL, Outcome.NO_ANSWER),
        (ActivityType.CALL, None),
        (ActivityType.MEETING, Outcome.NO_SHOW),
        (ActivityType.TASK, Outcome.COMPLETED),
        (ActivityType.NOTE, None),
    ],
)
def test_an_attempt_is_not_contact(kind: ActivityType, outcome: Outcome | None) -> None:
    assert not is_contact(kind, outcome, OUT)


def test_a_call_that_came_in_is_not_the_agents_response() -> None:
    assert not is_contact(ActivityType.CALL, Outcome.CONNECTED, Direction.INBOUND)


def test_one_tap_never_claims_a_conversation_nobody_reported() -> None:
    assert one_tap_outcome(ActivityType.CALL) is None
    assert one_tap_outcome(ActivityType.EMAIL) is Outcome.COMPLETED


def test_every_loggable_type_knows_its_outcomes() -> None:
    assert set(OUTCOMES) == LOGGABLE
    assert all(one_tap_outcome(kind) in {None, *OUTCOMES[kind]} for kind in LOGGABLE)
