"""What is worth knowing about an agent's numbers now, without what the viewer has put aside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.queries import daily, responses
from data.queries import insights as queries
from data.queries.loose_ends import loose_ends
from data.writes import insights as writes
from domain.access import Selection
from domain.coaching.insights import quiet_days, spans
from domain.coaching.insights.insight import Insight, topic
from domain.coaching.insights.rules import found
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.too_early import TooEarly, too_early
from domain.errors import NotFoundError
from domain.periods import Period
from domain.working_days import WorkDays
from services.access import Viewer
from services.agents import agent_seen
from services.roster import roster

Deed: TypeAlias = Callable[[Session, Viewer, int, str, date, datetime], Insight]
"""Putting aside or bringing back: agent, insight, the day where the agent is, and the moment."""
COOL_DOWN: Final = timedelta(days=14)
"""What somebody put aside is not brought up again for two weeks, even where a new week gave it a new id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightBoard:
    """What holds of an agent now: what is shown to the viewer, and what they put aside."""

    shown: tuple[Insight, ...]
    put_aside: tuple[Insight, ...]
    too_early: tuple[TooEarly, ...]
    """What cannot be told yet."""


def insights_of(session: Session, viewer: Viewer, agent_id: int, today: date, now: datetime) -> InsightBoard:
    """The agent's insights in the rules' order; `today` is the day where the agent is.

    Raises NotFoundError for an agent the viewer may not see today.
    """
    agent_seen(session, viewer, agent_id, today)
    aside = {topic(each) for each in queries.put_aside(session, viewer.person_id, since=now - COOL_DOWN)}
    signals = signals_of(session, viewer, agent_id, today, now)
    everything = found(signals)
    return InsightBoard(
        shown=tuple(each for each in everything if topic(each.id) not in aside),
        put_aside=tuple(each for each in everything if topic(each.id) in aside),
        too_early=too_early(signals),
    )


def dismiss(session: Session, viewer: Viewer, agent_id: int, insight_id: str, today: date, now: datetime) -> Insight:
    """Put an insight aside for the viewer; others still see it.

    Raises NotFoundError for an agent the viewer may not see today, and for an insight that does not hold of the agent now.
    """
    held = _held(session, viewer, agent_id, insight_id, today, now)
    writes.put_aside(session, viewer.person_id, held.id, now)
    return held


def restore(session: Session, viewer: Viewer, agent_id: int, insight_id: str, today: date, now: datetime) -> Insight:
    """Show an insight again that the viewer put aside, this week or before. Raises NotFoundError as `dismiss`."""
    held = _held(session, viewer, agent_id, insight_id, today, now)
    aside = queries.put_aside(session, viewer.person_id, since=now - COOL_DOWN)
    writes.bring_back(session, viewer.person_id, [each for each in aside if topic(each) == topic(held.id)])
    return held


def _held(session: Session, viewer: Viewer, agent_id: int, insight_id: str, today: date, now: datetime) -> Insight:
    """The insight, put aside or not."""
    board = insights_of(session, viewer, agent_id, today, now)
    held = next((each for each in (*board.shown, *board.put_aside) if each.id == insight_id), None)
    if held is None:
        raise NotFoundError("This insight does not hold any more. Load the page again to see what does.")
    return held


def signals_of(session: Session, viewer: Viewer, agent_id: int, today: date, now: datetime) -> Signals:
    """What the rules look at, within the viewer's scope."""
    scope = viewer.scope
    sold, lately, ripe = spans.sales_span(today), spans.lately(today), spans.cohort_span(today)
    span = Period(spans.before(sold).start, today + timedelta(days=1))
    answered = Period(spans.before(lately).start, lately.end)
    only = frozenset({agent_id})
    recent = Period(today - timedelta(days=quiet_days.LOOKED_AT_DAYS), today + timedelta(days=1))
    board = roster(session, scope, Selection(period=recent, agent_ids=only), today)
    agent = board.agents.get(agent_id)
    return Signals(
        agent_id=agent_id,
        today=today,
        now=now,
        currency=board.currency,
        sales_since=_sales_since(session, viewer, agent_id, today),
        work_days=agent.holder.calendar.present if agent else WorkDays(()),
        by_day=daily.totals_by_day(session, scope, Selection(period=span, agent_ids=only)),
        waits=tuple(responses.waits_by_lead(session, scope, Selection(period=answered, agent_ids=only))),
        team_wait=queries.team_wait(session, scope, agent_id, lately),
        cohorts=queries.cohorts(session, scope, agent_id, spans.before(ripe), ripe),
        sales=queries.sales(session, scope, agent_id, span),
        loose=loose_ends(session, scope, agent_id, today, now),
    )


def _sales_since(session: Session, viewer: Viewer, agent_id: int, today: date) -> date | None:
    first = queries.first_closed_on(session, viewer.scope, agent_id)
    return None if first is None else max(first, queries.seen_since(session, viewer.scope, agent_id, today))
