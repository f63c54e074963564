"""Counting the daily numbers again from the facts: all of them on request, some every night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from data import rollups
from data.queries import daily

TRAILING_DAYS: Final = 3
"""Late imports and edits nearly always concern the last days, a long weekend included."""
OLDER_DAYS: Final = 7
"""Of three years one day in a hundred and fifty: a systematic fault shows within a night or two, at the cost of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """Which days were counted again, and which of them were wrong."""

    days: tuple[date, ...]
    corrected_rows: int
    drifted_on: tuple[str, ...]


def rebuild(session: Session) -> int:
    """Replace every row of the daily numbers by a recount and return how many there are; writers wait until it is committed."""
    return rollups.rebuild(session.connection())


def recount(session: Session, today: date, *, seed: str) -> Recount:
    """Count today, the days just before it and a few older ones again; the seed decides which, so that a repetition takes the same."""
    days = (*(today - timedelta(days=back) for back in range(TRAILING_DAYS + 1)), *_older_days(session, today, seed))
    differing = rollups.correct(session.connection(), days)
    drifted = dict.fromkeys(day for _, day, _ in differing)
    return Recount(days=days, corrected_rows=len(differing), drifted_on=tuple(drifted))


def _older_days(session: Session, today: date, seed: str) -> Sequence[date]:
    span = daily.all_days_with_facts(session)
    before = today - timedelta(days=TRAILING_DAYS + 1)
    if span is None or span[0] > before:
        return []
    choices = range((before - span[0]).days + 1)
    chosen = Random(seed).sample(choices, min(OLDER_DAYS, len(choices)))  # noqa: S311 - no secret, a sample
    return [span[0] + timedelta(days=offset) for offset in sorted(chosen)]
