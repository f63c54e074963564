"""Who of a manager's agents needs a conversation and why, found anew each time from what Overview and Alerts know; nothing is stored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import agents
from data.queries import one_on_ones as queries
from domain.access import Selection
from domain.alerts.lifecycle import AlertState
from domain.errors import AccessError
from domain.features import Feature
from domain.local_time import local_time
from domain.one_on_ones.queue import Candidate, Crossed, Due, Found, queue
from domain.periods import Grain, Period, containing
from domain.records import Role
from services import alerts, overview
from services.access import Viewer
from services.alerts import MOST
from services.figures import figures
from services.one_on_one_changes import NOT_HOLDER
from services.owners import today_of

YOUNG_DAYS: Final = 7
"""In the first week of a month hardly anything is known of it: the month before is looked at as well."""


def who_is_due(session: Session, viewer: Viewer, now: datetime) -> tuple[Due, ...]:
    """Everybody the manager looks after today, in their group with the reasons. Raises AccessError for all but managers in person."""
    if viewer.role is not Role.MANAGER or viewer.is_program:
        raise AccessError(NOT_HOLDER)
    today = today_of(viewer, now)
    people = [each for each in agents.agents_on(session, viewer.scope, today) if each.agent_id != viewer.person_id]
    ids = [each.agent_id for each in people]
    held, asked, late = (
        queries.last_held(session, viewer.person_id, ids),
        queries.with_topics(session, viewer.person_id),
        queries.overdue(session, viewer.person_id, today),
    )
    findings, crossed = _findings(session, viewer, today), _alerts(session, viewer, now)
    candidates = (
        Candidate(
            agent_id=each.agent_id,
            name=each.name,
            has_topics=each.agent_id in asked,
            findings=findings.get(each.agent_id, ()),
            alerts=crossed.get(each.agent_id, ()),
            overdue=late[each.agent_id].count if each.agent_id in late else 0,
            overdue_since=late[each.agent_id].since if each.agent_id in late else None,
            last_held_on=held.get(each.agent_id),
        )
        for each in people
    )
    return queue(candidates, today)


def _findings(session: Session, viewer: Viewer, today: date) -> Mapping[int, Sequence[Found]]:
    """What Overview would say of each, of this month and in its first week also of the last; a figure is named once."""
    by_agent: dict[int, dict[str, Found]] = defaultdict(dict)
    for month in _months(today):
        board = figures(session, viewer.scope, Selection(period=month), today)
        for agent_id, flags in overview.findings(board).items():
            by_agent[agent_id] |= {f"{each.kind}:{each.metric_key}": Found(flag=each, since=month.start) for each in flags}
    return {agent_id: tuple(found.values()) for agent_id, found in by_agent.items()}


def _months(today: date) -> list[Period]:
    this = containing(today, Grain.MONTH)
    return [this] if today.day > YOUNG_DAYS else [this.previous(this.end), this]


def _alerts(session: Session, viewer: Viewer, now: datetime) -> Mapping[int, Sequence[Crossed]]:
    """The alerts about an agent that fire and are not silenced."""
    if not viewer.may_use(Feature.ALERTS):
        return {}
    found: dict[int, list[Crossed]] = defaultdict(list)
    for each in alerts.alerts(session, viewer, frozenset({AlertState.FIRING}), team_id=None, limit=MOST):
        if each.agent_id is not None and not each.is_silenced(now):
            since = local_time(each.fired_at or each.noticed_at, viewer.time_zone).on
            found[each.agent_id].append(Crossed(sentence=each.sentence, evidence=each.evidence, since=since))
    return found
