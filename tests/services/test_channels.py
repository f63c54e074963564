"""Looking after channels: who may, what is checked, what is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AuditEntry, Channel, ChannelKind, Delivery, DeliveryResult, MessageStatus, OutboxMessage, Person
from domain.errors import AccessError, ConflictError, InputError, NotFoundError, PacesetterError
from domain.records import Role
from services import access, channels
from services.access import Viewer
from services.channel_input import channel_details, new_channel
from services.senders import senders
from tests import builders
from tests.builders import NOON
from tests.services import outbox

OURS = senders(
    secret="a secret of the tests, long enough",
    product_address="https://sales.example",
    slack_base="https://hooks.slack.com",
    telegram_base="https://api.telegram.org",
    telegram_token="1:token",
)
HOOK = "https://hooks.slack.com/services/T000/B000/CANARY"


def viewer(session: Session, person: Person) -> Viewer:
    return access.viewer(session, person.id)


@pytest.fixture
def ada(session: Session) -> Viewer:
    return viewer(session, builders.person(session))


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer(session, builders.person(session, role=Role.ADMIN))


def add(session: Session, who: Viewer, **fields: object) -> int:
    defaults: dict[str, object] = {"kind": ChannelKind.SLACK, "label": "My Slack", "address": HOOK, "person_id": who.person_id}
    return channels.add(session, who, OURS, new_channel(**defaults | fields), NOON)


def test_an_address_is_kept_sealed_and_the_log_does_not_know_it(session: Session, ada: Viewer) -> None:
    channel_id = add(session, ada)
    kept = session.get_one(Channel, channel_id)
    assert "CANARY" not in kept.sealed_address
    assert OURS.seal.open(kept.sealed_address) == HOOK
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.details) == (
        "channel_added",
        f"channel:{channel_id}",
        {"kind": "slack", "person": ada.person_id, "team": None},
    )


def test_people_see_their_own_channels_only(session: Session, ada: Viewer) -> None:
    mine = add(session, ada)
    other = viewer(session, builders.person(session))
    add(session, other)
    assert [entry.channel_id for entry in channels.own(session, ada, OURS.seal)] == [mine]
    assert channels.shared(session, ada, OURS.seal) == []


def test_managers_look_after_their_teams_channels_and_admins_after_all(session: Session, admin: Viewer) -> None:
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    boss = viewer(session, builders.manager(session, of=north))
    of_north = add(session, boss, person_id=None, team_id=north.id)
    of_south = add(session, admin, person_id=None, team_id=south.id)
    of_all = add(session, admin, person_id=None)
    assert [entry.channel_id for entry in channels.shared(session, boss, OURS.seal)] == [of_north]
    assert [(entry.channel_id, entry.team_name) for entry in channels.shared(session, admin, OURS.seal)] == [
        (of_all, None),
        (of_north, "North"),
        (of_south, "South"),
    ]


def test_an_administrator_neither_reads_nor_turns_somebodys_own_channel(session: Session, ada: Viewer, admin: Viewer) -> None:
    theirs = add(session, ada)
    with pytest.raises(NotFoundError):
        channels.log(session, admin, theirs)
    with pytest.raises(NotFoundError):
        channels.mend(session, admin, OURS, theirs, address=HOOK, now=NOON)
    with pytest.raises(NotFoundError):
        add(session, admin, person_id=ada.person_id)


@pytest.mark.parametrize("role", [Role.AGENT, Role.MANAGER])
def test_what_is_not_yours_cannot_be_seen_changed_mended_or_removed(session: Session, ada: Viewer, role: Role) -> None:
    theirs = add(session, ada)
    of_team = outbox.channel(session, team_id=builders.team(session).id).id
    of_all = outbox.channel(session).id
    stranger = viewer(session, builders.manager(session, of=builders.team(session), role=role))
    for channel_id in (theirs, of_team, of_all, 10**6):
        assert channel_id is not None
        with pytest.raises(NotFoundError):
            channels.log(session, stranger, channel_id)
        with pytest.raises(NotFoundError):
            channels.change(session, stranger, channel_id, channel_details(label="Mine", active=False), NOON)
        with pytest.raises(NotFoundError):
            channels.mend(session, stranger, OURS, channel_id, address=HOOK, now=NOON)
        with pytest.raises(NotFoundError):
            channels.remove(session, stranger, channel_id, NOON)
    assert session.scalar(select(func.count()).select_from(Channel).where(col(Channel.active))) == 3


def test_nobody_adds_channels_for_others(session: Session, ada: Viewer) -> None:
    other, team = builders.person(session), builders.team(session)
    boss = viewer(session, builders.manager(session, of=builders.team(session)))
    for who in (ada, boss):
        with pytest.raises(NotFoundError):
            add(session, who, person_id=other.id)
        with pytest.raises(NotFoundError):
            add(session, who, person_id=None, team_id=team.id)
        with pytest.raises(AccessError):
            add(session, who, person_id=None)


def test_an_administrator_cannot_add_one_for_somebody_who_does_not_exist(session: Session, admin: Viewer) -> None:
    for owner in ({"person_id": 10**6}, {"person_id": None, "team_id": 10**6}):
        with pytest.raises(NotFoundError):
            add(session, admin, **owner)


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        (ChannelKind.SLACK, "https://hooks.slack.com.evil.example/services/T/B/X", "invalid_input"),
        (ChannelKind.SLACK, "http://169.254.169.254/latest/meta-data", "invalid_input"),
        (ChannelKind.TELEGRAM, "77/../getMe", "invalid_input"),
        (ChannelKind.APPRISE, "file:///etc/passwd", "invalid_input"),
        (ChannelKind.APPRISE, "json://169.254.169.254/latest", "not_allowed"),
        (ChannelKind.APPRISE, "mailtos://u:p@mail.example.com?to=a@example.com", "not_allowed"),
        (ChannelKind.APPRISE, "ntfys://127.0.0.1/topic", "not_allowed"),
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(session: Session, ada: Viewer, kind: ChannelKind, address: str, code: str) -> None:
    with pytest.raises(PacesetterError) as caught:
        add(session, ada, kind=kind, address=address)
    assert caught.value.code == code
    assert address not in str(caught.value)


def test_an_administrator_may_name_a_host(session: Session, admin: Viewer) -> None:
    add(session, admin, kind=ChannelKind.APPRISE, address="mailtos://u:p@mail.example.com?to=a@example.com", person_id=None)
    assert session.scalar(select(func.count()).select_from(Channel)) == 1


@pytest.mark.parametrize("address", ["ntfys://my-secret-topic", "discord://1234567890/abcdefghijklmnopqrstuvwxyz"])
def test_anybody_may_use_a_public_service(session: Session, ada: Viewer, address: str) -> None:
    add(session, ada, kind=ChannelKind.APPRISE, address=address)
    assert channels.own(session, ada, OURS.seal)[0].kind is ChannelKind.APPRISE


def test_without_a_bot_there_is_no_telegram(session: Session, ada: Viewer) -> None:
    without = senders(secret="s", product_address="", slack_base="", telegram_base="", telegram_token=None)
    new = new_channel(kind=ChannelKind.TELEGRAM, label="Phone", address="77", person_id=ada.person_id)
    with pytest.raises(InputError, match="PACESETTER_TELEGRAM_TOKEN"):
        channels.add(session, ada, without, new, NOON)


@pytest.mark.parametrize(
    "fields",
    [
        {"label": ""},
        {"label": "x" * 121},
        {"label": "a\x00b"},
        {"kind": "slack"},
        {"person_id": "3"},
        {"surprise": 1},
        {"address": "x" * 2001},
    ],
)
def test_input_is_strict(session: Session, ada: Viewer, fields: dict[str, object]) -> None:
    with pytest.raises(InputError):
        add(session, ada, **fields)


def test_an_owner_has_ten_channels_at_most(session: Session, ada: Viewer) -> None:
    for _ in range(channels.MOST):
        add(session, ada)
    with pytest.raises(ConflictError) as caught:
        add(session, ada)
    assert caught.value.code == "too_many_channels"


def test_a_change_is_noted_once_it_is_one(session: Session, ada: Viewer) -> None:
    channel_id = add(session, ada)
    channels.change(session, ada, channel_id, channel_details(label="My Slack", active=True), NOON)
    channels.change(session, ada, channel_id, channel_details(label="Off", active=False), NOON)
    assert [(entry.label, entry.active) for entry in channels.own(session, ada, OURS.seal)] == [("Off", False)]
    changes = session.scalars(select(AuditEntry).where(col(AuditEntry.action) == "channel_changed")).all()
    assert [entry.details for entry in changes] == [{"fields": ["label", "active"]}]


def test_a_mended_channel_sends_what_waited_at_once(session: Session, ada: Viewer) -> None:
    broken = outbox.channel(session, person_id=ada.person_id, broken_at=NOON, broken_reason="Gone.")
    waiting = outbox.message(session, broken, attempts=12, try_at=NOON + timedelta(minutes=5))
    assert channels.own(session, ada, OURS.seal)[0].waiting == 1
    channels.mend(session, ada, OURS, broken.id or 0, address=HOOK, now=NOON)
    session.expire_all()
    assert (broken.broken_at, broken.broken_reason, OURS.seal.open(broken.sealed_address)) == (None, "", HOOK)
    assert (waiting.try_at, waiting.attempts) == (NOON, 0)


def test_a_removed_channel_takes_its_messages_and_its_log_along(session: Session, ada: Viewer) -> None:
    gone = outbox.channel(session, person_id=ada.person_id)
    message = outbox.message(session, gone, status=MessageStatus.REFUSED)
    session.add(Delivery(message_id=message.id or 0, attempted_at=NOON, result=DeliveryResult.REFUSED))
    session.flush()
    channels.remove(session, ada, gone.id or 0, NOON)
    session.flush()
    assert session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    assert session.scalar(select(func.count()).select_from(Delivery)) == 0


def test_the_log_shows_the_last_tries_newest_first(session: Session, ada: Viewer) -> None:
    mine = outbox.channel(session, person_id=ada.person_id)
    for number, result in enumerate((DeliveryResult.RETRY, DeliveryResult.SENT)):
        message = outbox.message(session, mine, title=f"Message {number}")
        session.add(Delivery(message_id=message.id or 0, attempted_at=NOON, result=result, detail="429", took_ms=7))
        session.flush()
    lines = channels.log(session, ada, mine.id or 0)
    assert [(line.title, line.result, line.detail, line.took_ms) for line in lines] == [
        ("Message 1", DeliveryResult.SENT, "429", 7),
        ("Message 0", DeliveryResult.RETRY, "429", 7),
    ]


def test_an_address_of_another_secret_is_shown_as_unreadable(session: Session, ada: Viewer) -> None:
    outbox.channel(session, person_id=ada.person_id, sealed_address="gAAAA")
    assert [entry.is_readable for entry in channels.own(session, ada, OURS.seal)] == [False]
