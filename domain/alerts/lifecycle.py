"""The life of an alert: noticed, firing once it was seen twice, resolved once it was gone twice; nothing flaps."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from domain.alerts.finding import Verdict

HOLDS_FOR: Final = 2
"""Evaluations in a row, an hour apart: a call that is logged late is no alert, and one lucky hour is no recovery."""


class AlertState(StrEnum):
    """Where an episode stands."""

    PENDING = "pending"
    """Seen, and not told yet."""
    FIRING = "firing"
    RESOLVED = "resolved"


class Ending(StrEnum):
    """Why an episode is over."""

    RECOVERED = "recovered"
    OVER = "over"
    """Its week ended, the agent left the team, or the rule was switched off: nothing more can be done about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """How far an alert is."""

    state: AlertState = AlertState.PENDING
    held: int = 0
    """Evaluations at which it held."""
    cleared: int = 0
    """Evaluations in a row at which it was clear."""


def begun() -> Episode:
    """An episode at the first evaluation at which it held."""
    return _fired(Episode(held=1))


def after(episode: Episode, verdict: Verdict) -> Episode | None:
    """The episode after one more evaluation; None where it was never told and is gone. What neither holds nor is clear changes nothing."""
    match verdict:
        case Verdict.HOLDS:
            return _fired(replace(episode, held=episode.held + 1, cleared=0))
        case Verdict.CLEAR if episode.state is AlertState.PENDING:
            return None
        case Verdict.CLEAR:
            cleared = episode.cleared + 1
            state = AlertState.RESOLVED if cleared >= HOLDS_FOR else episode.state
            return replace(episode, cleared=cleared, state=state)
    return episode


def _fired(episode: Episode) -> Episode:
    is_new = episode.state is AlertState.PENDING and episode.held >= HOLDS_FOR
    return replace(episode, state=AlertState.FIRING) if is_new else episode
