"""What an agent's board and lists read when there is much data: by index, never through the whole history."""

from collections.abc import Callable
from functools import partial

from sqlalchemy.orm import Session

from domain.access import Selection
from domain.lead_list import LeadSearch
from domain.periods import Grain, containing
from services.access import viewer
from services.activity_timeline import TimelineFilter, TimelineView, timeline_page
from services.agent_kpis import agent_kpis
from services.goals import goals_of
from services.insights import insights_of
from services.lead_lists import lead_page
from services.lead_sources import lead_sources
from services.revenue_trends import revenue_trend, rolling_response
from tests.builders import NOON, TUESDAY
from tests.plans import many_facts, plans

MARCH = containing(TUESDAY, Grain.MONTH)
FACTS = ("activity", "lead", "deal", "daily_metrics")


def boards(session: Session) -> dict[str, Callable[[], object]]:
    """What an agent with many colleagues opens."""
    agent = many_facts(session)[0]
    who, own = viewer(session, agent.id), Selection(period=MARCH, agent_ids=frozenset({agent.id}))
    timelines = {
        f"timeline {wanted}": partial(timeline_page, session, who, TimelineView(agent_id=agent.id, wanted=wanted), TUESDAY, limit=50)
        for wanted in TimelineFilter
    }
    return timelines | {
        "figures": partial(agent_kpis, session, who, agent.id, MARCH, TUESDAY),
        "sources": partial(lead_sources, session, who, own),
        "revenue": partial(revenue_trend, session, who, own, Grain.DAY, TUESDAY),
        "rolling": partial(rolling_response, session, who, own, TUESDAY),
        "insights": partial(insights_of, session, who, agent.id, TUESDAY, NOON),
        "goals": partial(goals_of, session, who, agent.id, TUESDAY),
        "leads": partial(lead_page, session, who, LeadSearch(), after=None, limit=50, now=NOON),
    }


def test_nothing_an_agent_opens_reads_through_a_whole_table(session: Session) -> None:
    scanned = {
        f"{name}: {table}"
        for name, work in boards(session).items()
        for plan in plans(session, work)
        for table in FACTS
        if f"Seq Scan on {table}" in plan
    }
    assert scanned == set()
