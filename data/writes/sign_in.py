"""Tries, tickets and sessions as they come and go."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import SignInAttempt, SignInTicket, UserSession


def lock_account(session: Session, account: str) -> None:
    """Let tries for one account be counted one after the other, until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(account, 0))))


def add_attempt(session: Session, *, account: str, address: str, device: str, at: datetime) -> int:
    """Count a try as failed until its password is known to be right; returns its id."""
    attempt = SignInAttempt(account_hash=account, address=address, device_hash=device, tried_at=at)
    session.add(attempt)
    session.flush()
    return attempt.id or 0


def mark_succeeded(session: Session, attempt_id: int) -> None:
    """The try's password was right."""
    session.execute(update(SignInAttempt).where(col(SignInAttempt.id) == attempt_id).values(succeeded=True))


def remember_device(session: Session, *, account: str, device: str, at: datetime) -> None:
    """The account was signed in to on this device."""
    session.add(SignInAttempt(account_hash=account, device_hash=device, succeeded=True, tried_at=at))


def forget_attempts(session: Session, *, account: str, address: str, failed_before: datetime, succeeded_before: datetime) -> None:
    """Drop the tries of the account and of the address that count no more; guesses at accounts nobody has go with their address."""
    attempt = SignInAttempt
    failed = ~col(attempt.succeeded) & (col(attempt.tried_at) < failed_before)
    succeeded = col(attempt.succeeded) & (col(attempt.tried_at) < succeeded_before)
    whose = (col(attempt.account_hash) == account) | (col(attempt.address) == address)
    session.execute(delete(attempt).where(whose, failed | succeeded))


def forget_account(session: Session, account: str) -> None:
    """Drop every try for the account, and with them the devices that know it."""
    session.execute(delete(SignInAttempt).where(col(SignInAttempt.account_hash) == account))


def add_ticket(session: Session, *, token_hash: str, person_id: int, at: datetime, expires_at: datetime) -> None:
    """Remember a ticket that is worth one session, and drop the expired ones."""
    session.execute(delete(SignInTicket).where(col(SignInTicket.expires_at) < at))
    session.add(SignInTicket(token_hash=token_hash, person_id=person_id, expires_at=expires_at))
    session.flush()


def use_ticket(session: Session, token_hash: str, at: datetime) -> int | None:
    """Spend the ticket; the person it was for, or None when it is unknown, spent or expired."""
    ticket = SignInTicket
    valid = (col(ticket.token_hash) == token_hash) & col(ticket.used_at).is_(None) & (col(ticket.expires_at) > at)
    return session.scalar(update(ticket).where(valid).values(used_at=at).returning(col(ticket.person_id)))


def add_session(
    session: Session, *, token_hash: str, person_id: int, user_agent: str, at: datetime, expires_at: datetime | None = None
) -> int:
    """Sign a browser in, or a program until `expires_at`; returns the session's id."""
    signed_in = UserSession(
        token_hash=token_hash, person_id=person_id, created_at=at, last_seen_at=at, user_agent=user_agent[:200], expires_at=expires_at
    )
    session.add(signed_in)
    session.flush()
    return signed_in.id or 0


def touch_session(session: Session, session_id: int, at: datetime) -> None:
    """The session was used just now."""
    session.execute(update(UserSession).where(col(UserSession.id) == session_id).values(last_seen_at=at))


def revoke_token(session: Session, token_hash: str, at: datetime) -> int | None:
    """End the token's session; whose it was, or None when there was nothing to end."""
    held = (col(UserSession.token_hash) == token_hash) & col(UserSession.revoked_at).is_(None)
    return session.scalar(update(UserSession).where(held).values(revoked_at=at).returning(col(UserSession.person_id)))


def revoke_session(session: Session, session_id: int, at: datetime) -> None:
    """End one session."""
    session.execute(update(UserSession).where(col(UserSession.id) == session_id).values(revoked_at=at))


def revoke_sessions(session: Session, person_id: int, at: datetime, *, but: str | None = None) -> int:
    """End all sessions of a person, except the token's named in `but`; returns how many ended."""
    open_ones = (col(UserSession.person_id) == person_id) & col(UserSession.revoked_at).is_(None)
    if but is not None:
        open_ones &= col(UserSession.token_hash) != but
    ended = session.scalars(update(UserSession).where(open_ones).values(revoked_at=at).returning(col(UserSession.id)))
    return len(ended.all())
