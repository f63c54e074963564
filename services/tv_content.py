"""What a team's screen on the wall shows at this moment, read from the roll-ups."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import tv_boards as queries
from data.queries.tv_boards import OpenBoard
from domain import tv_board
from domain.access import Scope, Selection
from domain.formatting import period_text
from domain.local_time import local_time, wall_clock
from domain.periods import Grain, containing
from domain.records import Role
from domain.tv_board import Line, Thermometer, TvTheme, Win
from services.figures import Figures, figures, metrics_for
from services.standing import Standing, standing

NOBODY: Final = 0
"""A screen is no person: nothing is its own."""
NEWS_FOR: Final = timedelta(days=2)
"""What was done the day before yesterday is no news on a wall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything the screen shows."""

    team: str
    month: str
    clock: str
    """The time it was true, by the organisation's clock."""
    theme: TvTheme
    thermometers: tuple[Thermometer, ...]
    lines: tuple[Line, ...]
    by_target: bool
    wins: tuple[Win, ...]


def shown(session: Session, board: OpenBoard, now: datetime) -> Shown:
    """The running month of the team, and the wins of the last days."""
    today = local_time(now, board.time_zone).on
    month = containing(today, Grain.MONTH)
    scope = Scope(viewer_id=NOBODY, role=Role.MANAGER, team_ids=frozenset({board.team_id}))
    found = figures(session, scope, Selection(period=month, team_ids=scope.team_ids), today)
    members = _members(found, board.team_id)
    ranked, named = standing(found, members), queries.named(session, members)
    done = queries.celebrated_since(session, members, now - NEWS_FOR)
    readings = found.readings(metrics_for(found.roster, "overview"))
    return Shown(
        team=board.team_name,
        month=period_text(month),
        clock=f"{wall_clock(now, board.time_zone):%H:%M}",
        theme=board.theme,
        thermometers=tv_board.thermometers(readings, len(members), found.roster.currency),
        lines=tv_board.lines([(place, _score(ranked, agent_id)) for agent_id, place in ranked.places.items()], named),
        by_target=ranked.by_target,
        wins=tv_board.wins(done, members, named),
    )


def _members(found: Figures, team_id: int) -> list[int]:
    """Who is on the team today: somebody who left shows up in sums, and is not named."""
    return [
        agent_id for agent_id, agent in found.roster.agents.items() if agent.is_present and agent.team and agent.team.team_id == team_id
    ]


def _score(ranked: Standing, agent_id: int) -> float:
    measured = ranked.score(agent_id)
    return (measured.value if measured else None) or 0.0
