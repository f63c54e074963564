"""In which league everybody of a board plays; the points that decide it are read here and leave only as a seat."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from data.queries import daily
from domain.access import Scope, Selection
from domain.coaching.leagues import Seat, deciding, seats
from domain.metrics.index import index_points
from domain.periods import Grain, Period, containing


def seats_on(session: Session, everybody: Scope, agent_ids: Collection[int], period: Period, today: date) -> dict[int, Seat]:
    """The seats of these agents in the month the period ends in or that runs; empty where there are too few people for leagues."""
    last_day = min(period.last_day, today)
    month = containing(last_day, Grain.MONTH)
    spans = [deciding(month.start)]
    if today in month:
        spans.append(Period(deciding(month.end).start, today + timedelta(days=1)))
    now, *ahead = _points(session, everybody, agent_ids, spans)
    return seats(now, ahead[0] if ahead else None)


def _points(session: Session, everybody: Scope, agent_ids: Collection[int], spans: Collection[Period]) -> list[Mapping[int, float]]:
    """By span, the points of each of the agents; who did nothing has none."""
    asked = [Selection(period=span, agent_ids=frozenset(agent_ids)) for span in spans]
    found = daily.totals_by_agent_in(session, everybody, asked)
    return [{agent: index_points(sums[agent].sums).value if agent in sums else 0.0 for agent in agent_ids} for sums in found]
