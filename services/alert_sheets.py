"""The Alerts screen as a sheet: what fires, what was seen once and what is over, with the next step and what each rule asks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.orm import Session

from domain.alerts.words import ENDING_WORDS, PRIORITY_WORDS, STATE_WORDS, WORDS
from services import alerts
from services.alerts import AlertShown
from services.export_words import EVERYBODY, Asked, downloaded
from services.sheets import Cell, Column, Kind, Sheet

MOMENTS: Final = ("Noticed", "Fired", "Over", "Silenced until")
COLUMNS: Final = (
    *(Column(name=name) for name in ("State", "Priority", "Alert", "Team", "Agent", "What", "Evidence", "Next step")),
    *(Column(name=f"{name} (UTC)", kind=Kind.MOMENT) for name in MOMENTS),
    *(Column(name=name) for name in ("How it ended", "Taken on by")),
)


def alerts_sheet(session: Session, asked: Asked) -> Sheet:
    """The alerts of the viewer's teams, the most pressing first, or of the one that `team` names."""
    now, teams = asked.now, alerts.teams(session, asked.viewer)
    team_id = _team(asked.params, teams)
    found = alerts.board(session, asked.viewer, now, team_id=team_id)
    rows = [_cells(each) for each in (*found.firing, *found.silenced, *found.pending, *found.past)]
    about = (
        ("Teams", teams[team_id] if team_id is not None else EVERYBODY),
        *downloaded(asked),
        *((words.name, words.asks) for words in WORDS.values()),
    )
    return Sheet(title="Alerts", columns=COLUMNS, rows=rows, about=about)


def _team(params: Mapping[str, str], teams: Mapping[int, str]) -> int | None:
    """The team of the address; any other than the viewer's own is left out, as on the screen."""
    return next((team_id for team_id in teams if str(team_id) == params.get("team")), None)


def _cells(alert: AlertShown) -> tuple[Cell, ...]:
    told = (STATE_WORDS[alert.state], PRIORITY_WORDS[alert.priority], WORDS[alert.rule].name, alert.team, alert.agent)
    moments = (alert.noticed_at, alert.fired_at, alert.resolved_at, alert.silenced_until)
    ending = ENDING_WORDS[alert.ending] if alert.ending else None
    return (*told, alert.sentence, alert.evidence, WORDS[alert.rule].do, *map(_moment, moments), ending, alert.assignee)


def _moment(at: datetime | None) -> datetime | None:
    return at.astimezone(UTC).replace(tzinfo=None, microsecond=0) if at else None
