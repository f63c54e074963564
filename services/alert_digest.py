"""Telling a team what changed about its alerts: one message an hour at most, none where nothing changed or while it is quiet.

It is written in the transaction of the evaluation: what was told and what is marked as told are committed together.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Alert
from data.queries import alerts as queries
from domain.alerts.digest import REPEAT_AFTER, Line, News, digest
from domain.alerts.finding import Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.alerts.words import WORDS
from services.alert_facts import Watched
from services.alert_settings import TeamAlerts
from services.notifications import Notice, Urgency, notify_team

KIND: Final = "alerts"
OVER: Final = "Its time is over; it stood at this: "
_URGENCY: Final = {Priority.URGENT: Urgency.URGENT, Priority.HIGH: Urgency.WARNING, Priority.MEDIUM: Urgency.INFO}


def tell_changes(session: Session, team: Watched, held: TeamAlerts, at: datetime) -> int:
    """Tell the team's managers and channels what is new, over, or waits too long; returns how many messages that was, none or one."""
    if held.is_quiet(team.now, team.zone):
        return 0
    lines = [*_firing(session, team.team_id, at), *_over(session, team.team_id, at)]
    message = digest(team.name, lines)
    if message is None:
        return 0
    notice = Notice(
        kind=KIND,
        title=message.title,
        body=message.body,
        link=f"/alerts?team={team.team_id}",
        urgency=_urgency(lines),
        dedupe_key=f"{KIND}:{team.team_id}:{at:%Y%m%dT%H%M%S}",
        content={"sections": [list(each) for each in message.sections]},
    )
    notify_team(session, team.team_id, notice, team.now)
    return 1


def _firing(session: Session, team_id: int, at: datetime) -> list[Line]:
    """What fires and is worth a word, from now on told."""
    rows = [(row, news) for row in queries.open_of(session, team_id) if (news := _news(row, at)) is not None]
    for row, _ in rows:
        row.told_at = at
    return [_line(row, news) for row, news in rows]


def _over(session: Session, team_id: int, at: datetime) -> list[Line]:
    """What is over, from now on told; a silence goes on to the end."""
    rows = queries.untold_ends(session, team_id)
    for row in rows:
        row.end_told_at = at
    return [_line(row, News.RESOLVED) for row in rows if not _is_silenced(row, at)]


def _news(row: Alert, at: datetime) -> News | None:
    """Why a firing alert is worth a word now; None where it is not."""
    if row.state is not AlertState.FIRING or _is_silenced(row, at):
        return None
    if row.told_at is None:
        return News.NEW
    waits = row.assignee_id is None and at - row.told_at >= REPEAT_AFTER[row.priority]
    return News.STILL if waits else None


def _is_silenced(row: Alert, at: datetime) -> bool:
    return row.silenced_until is not None and at < row.silenced_until


def _line(row: Alert, news: News) -> Line:
    sentence = f"{OVER}{row.sentence}" if news is News.RESOLVED and row.ending is Ending.OVER else row.sentence
    return Line(news=news, priority=row.priority, name=WORDS[row.rule].name, sentence=sentence, link=f"/alerts?alert={row.id}")


def _urgency(lines: Iterable[Line]) -> Urgency:
    """As pressing as the most pressing of what is not over."""
    pressing = [line.priority for line in lines if line.news is not News.RESOLVED]
    return _URGENCY[min(pressing, key=list(Priority).index)] if pressing else Urgency.INFO
