"""Places kept from day to day: worked out at night for the month so far, read as who moved since a week ago."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import TeamRanking
from data.queries import choices
from data.queries import rankings as queries
from data.queries.rankings import StoredPlace
from data.writes import derived
from domain.access import Scope, Selection
from domain.metrics.ranking import MIN_PEERS
from domain.periods import Grain, Period, containing
from domain.records import Role
from services.figures import figures
from services.standing import Standing, standing

WEEK: Final = timedelta(days=7)
STALE: Final = timedelta(days=3)
"""Places older than a weekend say nothing about now."""
NOBODY: Final = 0
EVERYBODY: Final = Scope(viewer_id=NOBODY, role=Role.ADMIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How an agent's place in their team changed within a week, on the month so far."""

    places: int
    """Up is positive."""
    could_be_luck: bool
    """Whether both days' bands share a place."""
    since: date


def refresh_rankings(session: Session, day: date, now: datetime) -> dict[str, int]:
    """Rank every team for the month up to and including the day, and for those days of the week before that nobody ranked yet."""
    known = queries.days_ranked(session, day - WEEK, day)
    days = [each for each in Period(day - WEEK, day) if each not in known] + [day]
    teams = choices.teams_in_scope(session, EVERYBODY)
    rows = sum(_rank(session, team_id, each, now) for each in days for team_id in teams)
    return {"days": len(days), "rows": rows}


def moves(session: Session, scope: Scope, today: date) -> dict[int, Move]:
    """Who moved in their team between the last ranked day and a week before it; an agent's own move alone, and among enough peers."""
    last = queries.last_ranked_day(session, today - STALE, today + timedelta(days=1))
    if last is None:
        return {}
    known = {(each.agent_id, each.team_id, each.day): each for each in queries.stored_places(session, scope, [last, last - WEEK])}
    pairs = ((after, known.get((after.agent_id, after.team_id, last - WEEK))) for after in known.values() if after.day == last)
    return {after.agent_id: _move(before, after) for after, before in pairs if before is not None and _may_tell(scope, before, after)}


def _may_tell(scope: Scope, before: StoredPlace, after: StoredPlace) -> bool:
    """Whether an agent's place is one among enough that it does not give a colleague's away."""
    return scope.role is not Role.AGENT or min(before.ranked, after.ranked) > MIN_PEERS


def _move(before: StoredPlace, after: StoredPlace) -> Move:
    overlap = before.first_place <= after.last_place and after.first_place <= before.last_place
    return Move(places=before.place - after.place, could_be_luck=overlap, since=before.day)


def _rank(session: Session, team_id: int, day: date, now: datetime) -> int:
    month = Period(containing(day, Grain.MONTH).start, day + timedelta(days=1), Grain.MONTH)
    found = figures(session, EVERYBODY, Selection(period=month, team_ids=frozenset({team_id})), day)
    members = [agent_id for agent_id in found.agent_ids if (team := found.roster.agents[agent_id].team) and team.team_id == team_id]
    rows = list(_rows(standing(found, members), team_id, day, now))
    derived.replace_ranking(session, team_id, day, rows)
    return len(rows)


def _rows(ranked: Standing, team_id: int, day: date, now: datetime) -> Iterator[TeamRanking]:
    for agent_id, place in ranked.places.items():
        score = ranked.score(agent_id)
        yield TeamRanking(
            team_id=team_id,
            day=day,
            agent_id=agent_id,
            place=place.position,
            first_place=place.best,
            last_place=place.worst,
            score=(score.value if score else None) or 0.0,
            ranked=place.of,
            computed_at=now,
        )
