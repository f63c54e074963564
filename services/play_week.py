"""What some days brought an agent in the game."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import achievements
from domain.coaching.achievements import GrantState
from domain.coaching.points import PlayLevel
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.periods import Period
from services.access import Viewer
from services.play_day import level_of, points_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayWeek:
    """Points and badges of some days."""

    points: int
    earned: Sequence[str]
    """Keys of the achievements granted in these days, newest first, without those under review."""
    level: PlayLevel | None
    """As it stands now; None for others than the agent."""


def play_week(session: Session, viewer: Viewer, agent: AgentChoice, days: Period, now: datetime) -> PlayWeek:
    """By the facts and grants the viewer may see of the agent."""
    granted = achievements.grants_of(session, viewer.scope, agent.agent_id)
    earned = [each for each in granted if local_time(each.granted_at, agent.time_zone).on in days]
    return PlayWeek(
        points=points_in(session, viewer, agent.agent_id, days),
        earned=[each.achievement for each in earned if each.state is not GrantState.UNDER_REVIEW],
        level=level_of(session, viewer, agent, now),
    )
