"""How long somebody stays signed in, and every way it ends."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AuditEntry, Person, TeamManager, UserSession
from domain.records import Role
from services import sessions
from services.sessions import ABSOLUTE, ABSOLUTE_FOR_ADMINS, IDLE
from services.sign_in import viewer_of_token
from services.tokens import token_hash
from tests import builders
from tests.builders import NOON

SECOND = timedelta(seconds=1)


def opened(session: Session, person: Person, now: datetime = NOON) -> str:
    return sessions.open_session(session, person_id=person.id, user_agent="Firefox", now=now)


def is_in(session: Session, token: str, now: datetime = NOON) -> bool:
    return viewer_of_token(session, token, now) is not None


def keep_busy(session: Session, token: str, until: datetime) -> None:
    """Use the session every hour."""
    moment = NOON
    while moment < until:
        living = sessions.signed_in(session, token, moment)
        assert living is not None
        sessions.touch(session, living.session_id, moment)
        moment += timedelta(hours=1)


def test_a_token_has_256_bits_and_only_its_hash_is_kept(session: Session) -> None:
    token = opened(session, builders.person(session))
    assert len(token) == 43
    assert session.scalars(select(col(UserSession.token_hash))).all() == [token_hash(token)]


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 10_000, "'; drop table user_session; --", "\x00", "\ud800"])
def test_an_unknown_token_opens_nothing(session: Session, token: str) -> None:
    opened(session, builders.person(session))
    assert not is_in(session, token)


def test_eight_idle_hours_end_a_session(session: Session) -> None:
    token = opened(session, builders.person(session))
    assert is_in(session, token, NOON + IDLE)
    assert not is_in(session, token, NOON + IDLE + SECOND)


def test_seven_days_end_a_session_however_busy(session: Session) -> None:
    token = opened(session, builders.person(session))
    keep_busy(session, token, NOON + ABSOLUTE)
    assert is_in(session, token, NOON + ABSOLUTE)
    assert not is_in(session, token, NOON + ABSOLUTE + SECOND)


def test_twelve_hours_end_an_admins_session_however_busy(session: Session) -> None:
    token = opened(session, builders.person(session, role=Role.ADMIN))
    keep_busy(session, token, NOON + ABSOLUTE_FOR_ADMINS)
    assert is_in(session, token, NOON + ABSOLUTE_FOR_ADMINS)
    assert not is_in(session, token, NOON + ABSOLUTE_FOR_ADMINS + SECOND)


def test_the_last_use_is_written_down_once_a_minute(session: Session) -> None:
    token = opened(session, builders.person(session))
    almost, minute = NOON + timedelta(seconds=59), NOON + timedelta(seconds=60)
    assert [living.is_stale for now in (NOON, almost, minute) if (living := sessions.signed_in(session, token, now))] == [
        False,
        False,
        True,
    ]


def test_who_is_signed_in_is_one_statement(session: Session) -> None:
    team = builders.team(session)
    token = opened(session, builders.manager(session, of=team))
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *heard: statements.append(heard[2]))
    viewer = viewer_of_token(session, token, NOON)
    assert viewer is not None
    assert viewer.team_ids == frozenset({team.id})
    assert len(statements) == 1


def test_a_manager_sees_the_teams_they_manage_at_this_moment(session: Session) -> None:
    before, after = builders.team(session), builders.team(session)
    manager = builders.manager(session, of=before)
    token = opened(session, manager)
    session.execute(TeamManager.__table__.update().values(team_id=after.id))  # type: ignore[attr-defined]
    viewer = viewer_of_token(session, token, NOON)
    assert viewer is not None
    assert viewer.team_ids == frozenset({after.id})


def test_only_managers_have_teams(session: Session) -> None:
    demoted = builders.person(session, manages=builders.team(session), role=Role.AGENT)
    viewer = viewer_of_token(session, opened(session, demoted), NOON)
    assert viewer is not None
    assert viewer.team_ids == frozenset()


def test_a_deactivated_person_is_out_at_once(session: Session) -> None:
    person = builders.person(session)
    token = opened(session, person)
    person.active, person.deactivated_at = False, NOON
    session.flush()
    assert not is_in(session, token)


def test_signing_out_ends_this_session_only(session: Session) -> None:
    person = builders.person(session)
    here, there = opened(session, person), opened(session, person)
    sessions.sign_out(session, here, NOON)
    assert (is_in(session, here), is_in(session, there)) == (False, True)


def test_signing_out_twice_is_on_record_once(session: Session) -> None:
    person = builders.person(session)
    token = opened(session, person)
    sessions.sign_out(session, token, NOON)
    sessions.sign_out(session, token, NOON)
    assert session.scalars(select(col(AuditEntry.action))).all() == ["sign_out"]


def test_ending_sessions_spares_the_one_named_and_other_people(session: Session) -> None:
    person, other = builders.person(session), builders.person(session)
    here, there, others = opened(session, person), opened(session, person), opened(session, other)
    assert sessions.end_sessions(session, person.id, NOON, by=person.id, but_token=here) == 1
    assert [is_in(session, token) for token in (here, there, others)] == [True, False, True]
