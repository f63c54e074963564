"""An agent's day as a list, and what its entries can be linked to."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from data.queries import activities as found
from data.queries import agents, links
from domain.facts import ActivityEntry, AgentChoice, LinkChoice
from domain.periods import Grain, containing
from services.access import Viewer
from services.pipeline_stages import stage_words


def agents_in_scope(session: Session, viewer: Viewer, on: date) -> list[AgentChoice]:
    """The agents the viewer may look at on the day, by name; the viewer is one of them."""
    return agents.agents_on(session, viewer.scope, on)


def day_of(session: Session, viewer: Viewer, agent_id: int, on: date) -> list[ActivityEntry]:
    """What the agent did on the local day, newest first; empty for an agent outside the viewer's scope."""
    return found.timeline(session, viewer.scope, agent_id, containing(on, Grain.DAY), limit=500)


def lead_choices(session: Session, viewer: Viewer, agent_id: int, words: str, on: date) -> list[LinkChoice]:
    """At most twenty of the agent's leads whose name or company contains the words, latest first."""
    return links.leads_named(session, viewer.scope, agent_id, words, on)


def deal_choices(session: Session, viewer: Viewer, agent_id: int, words: str, on: date) -> list[LinkChoice]:
    """At most twenty of the agent's open deals whose name or company contains the words, last worked on first."""
    called = stage_words(session)
    found_deals = links.open_deals_named(session, viewer.scope, agent_id, words, on)
    return [replace(choice, detail=called(choice.detail)) for choice in found_deals]
