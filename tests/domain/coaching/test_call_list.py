"""The call list: fixed rules in a fixed order, the first that fits decides."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.call_list import Callee, CallRule, call_list
from domain.records import ActivityType, Direction, LeadStatus, Outcome
from tests.builders import NOON


def at(**ago: float) -> datetime:
    return NOON - timedelta(**ago)


def callee(lead_id: int = 1, **fields: object) -> Callee:
    known = {"name": "Lena", "phone": "1", "status": LeadStatus.CONTACTED, "since": at(days=90)}
    return Callee(lead_id=lead_id, **known | fields)


def called(outcome: Outcome, *, days: float, tries: int = 0, **fields: object) -> Callee:
    when = at(days=days)
    return callee(last_type=ActivityType.CALL, last_outcome=outcome, last_at=when, last_called_at=when, tries=tries, **fields)


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (callee(last_type=ActivityType.EMAIL, last_direction=Direction.INBOUND, last_at=at(hours=3)), "They got in touch 3 h ago."),
        (callee(last_type=ActivityType.SHOWING, last_at=at(hours=20)), "You met 20 h ago: how was it for them?"),
        (called(Outcome.CALL_BACK, days=3), "You agreed to call back 3 days ago."),
        (callee(status=LeadStatus.NEW, since=at(hours=2)), "New 2 h ago and never called."),
        (called(Outcome.CONNECTED, days=9, status=LeadStatus.INTERESTED), "Interested, and nothing for 9 days."),
        (called(Outcome.NO_ANSWER, days=3, tries=2), "No answer after 2 tries; the last was 3 days ago."),
        (called(Outcome.CONNECTED, days=31), "Not called for 31 days."),
    ],
)
def test_every_reason_has_its_numbers(who: Callee, reason: str) -> None:
    assert [row.reason for row in call_list([who], NOON)] == [reason]


@pytest.mark.parametrize(
    "who",
    [
        called(Outcome.CONNECTED, days=29),
        called(Outcome.CALL_BACK, days=0.5),
        called(Outcome.NO_ANSWER, days=1.9, tries=1),
        called(Outcome.NO_ANSWER, days=40, tries=6),
        called(Outcome.WRONG_NUMBER, days=60, tries=1),
        callee(last_type=ActivityType.EMAIL, last_direction=Direction.OUTBOUND, last_at=at(hours=3), last_called_at=at(days=40)),
    ],
)
def test_whoever_fits_no_rule_is_left_in_peace(who: Callee) -> None:
    assert call_list([who], NOON) == ()


def test_the_rules_order_comes_first_then_who_waits_longest() -> None:
    people = [
        called(Outcome.CONNECTED, days=31, lead_id=1),
        called(Outcome.CALL_BACK, days=2, lead_id=2),
        called(Outcome.CALL_BACK, days=5, lead_id=3),
        callee(4, status=LeadStatus.NEW, since=at(days=1)),
    ]
    assert [row.callee.lead_id for row in call_list(people, NOON)] == [3, 2, 4, 1]


CALLEES = st.builds(
    Callee,
    lead_id=st.integers(1, 99),
    name=st.just("Lena"),
    phone=st.just("1"),
    status=st.sampled_from([LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.INTERESTED]),
    since=st.integers(0, 400).map(lambda days: at(days=days)),
    last_type=st.sampled_from([ActivityType.CALL, ActivityType.EMAIL, ActivityType.SHOWING]),
    last_outcome=st.none() | st.sampled_from(Outcome),
    last_direction=st.none() | st.sampled_from(Direction),
    last_at=st.none() | st.integers(0, 9000).map(lambda hours: at(hours=hours)),
    last_called_at=st.none() | st.integers(0, 9000).map(lambda hours: at(hours=hours)),
    tries=st.integers(0, 9),
)


@given(
    st.lists(CALLEES, max_size=15, unique_by=lambda each: each.lead_id).flatmap(
        lambda all_: st.tuples(st.just(all_), st.permutations(all_))
    )
)
def test_the_list_is_the_same_whatever_order_people_come_in(orders: tuple[list[Callee], list[Callee]]) -> None:
    found = call_list(orders[0], NOON)
    assert found == call_list(orders[1], NOON)
    places = [list(CallRule).index(row.rule) for row in found]
    assert places == sorted(places)
    assert all(row.callee.last_outcome is not Outcome.WRONG_NUMBER for row in found)
