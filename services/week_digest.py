"""What a manager is told of one team on Monday: the month against its targets, where it is heading, and who needs a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from domain.access import Selection
from domain.alerts.words import WORDS
from domain.forecasting.forecast import Forecast
from domain.forecasting.words import end_sentence, silence_sentence, target_sentence
from domain.formatting import period_text
from domain.metrics.catalog import metric
from domain.periods import Grain, Period, containing
from domain.week_digest.content import Figure, Pointer, TeamWeek
from services import alerts, rankings
from services.access import Viewer
from services.forecasts import period_forecast
from services.overview import OverviewBoard, overview
from services.rankings import Move

MARK: Final = "digest"
MOST_FIGURES: Final = 6
MOST_ALERTS: Final = 5
MOST_MOVES: Final = 3
"""A mail is read in a minute; the screens have the rest."""
FORETOLD: Final = ("deals_won", "revenue")
"""What a month is held against in every business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monday:
    """When a manager is told, of which week."""

    week: Period
    today: date
    now: datetime

    @property
    def mark(self) -> str:
        """The parameter by which links tell that they were opened."""
        return f"{MARK}={self.week.start}"


def team_week(session: Session, viewer: Viewer, team_id: int, name: str, monday: Monday) -> TeamWeek | None:
    """The team's part, or None where nobody is on it or nothing was ever recorded. A month without work is worth a word.

    The month is the one the week ended in: on the first of a month nothing is known of the new one yet.
    """
    month = containing(monday.week.last_day, Grain.MONTH)
    board = overview(session, viewer, Selection(period=month, team_ids=frozenset({team_id})), monday.today)
    if board.data_span is None or not board.agents:
        return None
    return TeamWeek(
        name=name,
        month=period_text(month),
        link=f"/overview?team={team_id}&{monday.mark}",
        figures=tuple(_figures(board)),
        forecast=tuple(_foretold(session, viewer, board, monday.today)),
        exceptions=tuple(_exceptions(board, team_id, monday.mark)),
        alerts=tuple(_firing(session, viewer, team_id, monday)),
        moved_up=tuple(_moved_up(rankings.moves(session, viewer.scope, monday.today), board)),
    )


def _figures(board: OverviewBoard) -> Iterator[Figure]:
    asked = [each for each in board.readings if each.target]
    yield from (Figure.of(each, board.currency) for each in asked[:MOST_FIGURES])


def _foretold(session: Session, viewer: Viewer, board: OverviewBoard, today: date) -> Iterator[str]:
    """How the running month may end, within what, and the chance of its target."""
    for key in FORETOLD:
        found = period_forecast(session, viewer, board.selection, key, Grain.MONTH, today)
        if isinstance(found.found, Forecast):
            end = end_sentence(metric(key), found.found, found.period, found.currency)
            yield " ".join(filter(None, (end, target_sentence(metric(key), found.found, found.target, found.currency))))
        else:
            yield silence_sentence(metric(key), found.found)


def _exceptions(board: OverviewBoard, team_id: int, mark: str) -> Iterator[Pointer]:
    for each in board.flags:
        link = f"/overview?team={team_id}&agents={each.agent_id}&{mark}"
        yield Pointer(head=each.agent_name, words=f"{each.sentence} ({each.evidence})", link=link)


def _firing(session: Session, viewer: Viewer, team_id: int, monday: Monday) -> Iterator[Pointer]:
    for each in alerts.board(session, viewer, monday.now, team_id=team_id).firing[:MOST_ALERTS]:
        yield Pointer(head=WORDS[each.rule].name, words=each.sentence, link=f"/alerts?alert={each.id}&{monday.mark}")


def _moved_up(moves: Mapping[int, Move], board: OverviewBoard) -> list[str]:
    """Who gained places that luck does not explain, most first."""
    names = {agent.agent_id: agent.name for agent in board.agents}
    gained = [(move.places, names[each]) for each, move in moves.items() if each in names and move.places > 0 and not move.could_be_luck]
    first = sorted(gained, key=lambda each: (-each[0], each[1]))[:MOST_MOVES]
    return [f"{name}, {places} place{'' if places == 1 else 's'}" for places, name in first]
