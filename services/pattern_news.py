"""A pattern is announced once, in the inbox of those who can see it: the night it was found for the first time."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy.orm import Session

from data.queries import recipients
from data.queries.membership import members_of
from domain.coaching.patterns.pattern import Pattern, Whose
from domain.coaching.patterns.words import ASSOCIATION, sentence
from services.notices import Notice
from services.notifications import put_in_inbox


def announce(session: Session, patterns: Collection[Pattern], today: date, now: datetime) -> int:
    """Tell each to its agent alone, or to its team and who leads it; returns how many there were."""
    for pattern in patterns:
        put_in_inbox(session, _readers(session, pattern.whose, today), _notice(pattern), now)
    return len(patterns)


def _readers(session: Session, whose: Whose, today: date) -> set[int]:
    if whose.agent_id is not None:
        return {whose.agent_id}
    team_id = whose.team_id or 0
    return {*members_of(session, team_id, today), *recipients.active_managers(session, team_id)}


def _notice(pattern: Pattern) -> Notice:
    whose = "your team's work" if pattern.whose.is_team else "your own work"
    return Notice(
        kind="pattern",
        title=f"A pattern in {whose}: {pattern.hypothesis.name}",
        body=f"{sentence(pattern)} {ASSOCIATION}",
        link="/weekly",
        dedupe_key=f"pattern:{pattern.whose.key}:{pattern.hypothesis.key}:{pattern.segment.key}",
    )
