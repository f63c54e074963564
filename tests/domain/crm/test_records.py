"""amoCRM's records in our words: what counts as what, and what is refused with which reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.crm.deals import deal, move, stages
from domain.crm.hints import hints
from domain.crm.people import contact, user
from domain.crm.reading import UnreadableError, moment, number
from domain.crm.work import About, note, task
from domain.records import ActivityType, DealStatus, Direction, EventKind, Outcome
from tests.fakes import amocrm as fake

MADE = fake.BEGAN
AT = datetime.fromtimestamp(MADE, UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = (
    "id",
    "entity_id",
    "created_at",
    "updated_at",
    "params",
    "note_type",
    "custom_fields_values",
    "_embedded",
    "complete_till",
    "price",
)


def call(**params: Any) -> dict[str, Any]:
    return fake.note(5, 1, "call_out", MADE, params=params)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (1, Outcome.LEFT_MESSAGE),
        (2, Outcome.CALL_BACK),
        (3, Outcome.NO_ANSWER),
        (4, Outcome.CONNECTED),
        (5, Outcome.WRONG_NUMBER),
        (6, Outcome.NO_ANSWER),
        (7, Outcome.BUSY),
        (8, None),
        (None, None),
        ("4", Outcome.CONNECTED),
    ],
)
def test_how_a_call_ended_follows_its_status_and_is_unknown_without_one(status: object, outcome: Outcome | None) -> None:
    assert note(call(call_status=status), About.DEAL).outcome is outcome


def test_the_two_notes_of_one_call_have_one_key_and_notes_without_it_their_own() -> None:
    first, second = call(uniq="abc"), call(uniq="abc") | {"id": 6}
    assert note(first, About.DEAL).key == note(second, About.CONTACT).key == "call-abc"
    assert note(call(), About.DEAL).key == "note-5"


def test_a_call_belongs_to_whoever_spoke_and_words_to_whoever_wrote_them() -> None:
    called = call(call_responsible=7) | {"created_by": 9, "responsible_user_id": 8}
    wrote = fake.note(5, 1, "common", MADE, params={"text": "Hello"}) | {"created_by": 9, "responsible_user_id": 8}
    by_robot = wrote | {"created_by": 0}
    assert note(called, About.DEAL).users == (7, 8, 9)
    assert note(wrote, About.DEAL).users == (9, 8)
    assert note(by_robot, About.DEAL).users == (8,)


def test_directions_and_types_of_notes() -> None:
    kinds = {kind: note(fake.note(1, 2, kind, MADE, params={}), About.DEAL) for kind in ("call_in", "sms_out", "zoom_meeting")}
    told = {kind: (each.type, each.direction) for kind, each in kinds.items()}
    assert told == {
        "call_in": (ActivityType.CALL, Direction.INBOUND),
        "sms_out": (ActivityType.MESSAGE, Direction.OUTBOUND),
        "zoom_meeting": (ActivityType.MEETING, None),
    }
    mail = note(fake.note(1, 2, "amomail_message", MADE, params={"income": True, "subject": "Offer"}), About.DEAL)
    assert (mail.type, mail.direction, mail.text) == (ActivityType.EMAIL, Direction.INBOUND, "Offer")


def test_a_deal_without_a_price_has_an_unknown_one() -> None:
    assert deal(fake.lead(1, MADE, price=0)).price is None
    assert deal(fake.lead(1, MADE, price=250)).price == 250


def test_the_main_contact_is_the_client_else_the_first() -> None:
    several = {"contacts": [{"id": 4}, {"id": 5, "is_main": True}]}
    assert deal(fake.lead(1, MADE, _embedded=several)).contact == 5
    assert deal(fake.lead(1, MADE, _embedded={"contacts": [{"id": 4}, {"id": 5}]})).contact == 4
    assert deal(fake.lead(1, MADE, _embedded=[])).contact is None


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (fake.lead(1, MADE, id=None), "It has no number of its own."),
        (fake.lead(1, MADE, status_id=None), "It stands in no stage."),
        (fake.lead(1, MADE, price=-5), "Its price is below zero."),
        (fake.lead(1, MADE, created_at="soon"), "Its created_at is not a moment."),
    ],
)
def test_what_cannot_be_a_deal_is_refused_with_the_reason(record: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        deal(record)


def test_a_task_ends_when_it_is_due_unless_it_has_a_length() -> None:
    short, long = task(fake.task(1, 2, MADE, updated_at=MADE)), task(fake.task(1, 2, MADE, updated_at=MADE, duration=3600))
    assert (short.starts_at, short.ends_at) == (AT - timedelta(minutes=30), AT)
    assert (long.starts_at, long.ends_at) == (AT, AT + timedelta(hours=1))


def test_kinds_of_tasks() -> None:
    kinds = [task(fake.task(1, 2, MADE, updated_at=MADE, task_type_id=each)).kind for each in (1, 2, 31337)]
    assert kinds == [EventKind.CALL, EventKind.MEETING, EventKind.BLOCKED]


def test_the_last_two_stages_of_every_pipeline_decide() -> None:
    pipeline = {"id": 7, "name": "Sales", "_embedded": {"statuses": [{"id": 9, "sort": 1}, {"id": 142, "sort": 2}, {"id": 143, "sort": 3}]}}
    assert [each.means for each in stages(pipeline)] == [DealStatus.OPEN, DealStatus.WON, DealStatus.LOST]


def test_a_move_needs_a_deal_and_the_stage_it_entered_but_not_the_one_before() -> None:
    told = fake.event(4, 7101, 142, MADE, 501)
    assert move(told | {"value_before": []}).before is None
    with pytest.raises(UnreadableError):
        move(told | {"value_after": []})


def test_addresses_and_names_are_told_even_where_fields_are_missing() -> None:
    bare = contact({"id": 3, "created_at": MADE, "custom_fields_values": None, "name": ""})
    assert (bare.name, bare.email, bare.phone, bare.user) == ("Contact 3", "", "", None)
    assert user({"id": 3, "name": None, "email": "A@B.example", "rights": []}).email == "a@b.example"


@pytest.mark.parametrize(("told", "read"), [("12", 12), (12, 12), (True, None), ("1.5", None), ([], None), (None, None), ("-3", -3)])
def test_numbers_come_as_numbers_and_as_text(told: object, read: int | None) -> None:
    assert number(told) == read


def test_no_moment_is_zero_or_far_away() -> None:
    assert moment(0) is moment(10**15) is moment(None) is None


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_whatever_a_record_holds_it_is_read_or_refused(record: dict[str, Any]) -> None:
    for reading in (deal, contact, user, task, move, stages, lambda each: note(each, About.DEAL)):
        try:
            reading(record)
        except UnreadableError as refused:
            assert str(refused)  # noqa: PT017 - either way is right, and the reason is never empty


def test_a_webhook_names_what_changed() -> None:
    body = (
        b"leads%5Bstatus%5D%5B0%5D%5Bid%5D=77&leads%5Bstatus%5D%5B0%5D%5Bstatus_id%5D=142&task[add][0][id]=5&contacts[update][1][id]=6"
        b"&leads[note][0][note][id]=9&account[id]=31&leads[add][0][id]=abc&leads[delete][0][id]=78"
    )
    assert hints(body) == {("deals", 77), ("deals", 78), ("tasks", 5), ("contacts", 6), ("deal_notes", 9)}


@given(st.binary(max_size=400))
def test_any_words_at_all_are_no_more_than_no_hint(body: bytes) -> None:
    assert all(0 < number < 2**53 for _, number in hints(body))
    assert hints(b"&".join([b"leads[add][0][id]=1"] * 1001)) == set()
