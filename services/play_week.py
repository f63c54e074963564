"""What some days brought an agent in the game."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import achievements
from domain.coaching.achievements import Achievement, GrantState
from domain.coaching.points import PlayLevel
from domain.facts import AgentChoice
from domain.periods import Period
from services import own_achievements
from services.access import Viewer
from services.play_day import level_of, points_in


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayWeek:
    """Points and badges of some days."""

    points: int
    earned: Sequence[Achievement]
    """The achievements earned in these days, newest first, without those under review."""
    level: PlayLevel | None
    """As it stands now; None for others than the agent."""


def play_week(session: Session, viewer: Viewer, agent: AgentChoice, days: Period, now: datetime) -> PlayWeek:
    """By the facts and grants the viewer may see of the agent."""
    granted = achievements.grants_of(session, viewer.scope, agent.agent_id)
    known = own_achievements.known(session)
    earned = [each for each in granted if each.earned_on in days]
    return PlayWeek(
        points=points_in(session, viewer, agent.agent_id, days),
        earned=[known[each.achievement] for each in earned if each.achievement in known and each.state is not GrantState.UNDER_REVIEW],
        level=level_of(session, viewer, agent, now),
    )
