"""What is known before a goal is reckoned: how often one link became the next, what sales brought, and who does the same work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import agents, daily
from data.queries import goal_facts as queries
from domain.access import Scope, Selection
from domain.goals.chain import Chain, link_counts
from domain.goals.posterior import DealValues, RatePosterior, deal_values, posteriors
from domain.periods import Period
from domain.records import Role
from services.business_chain import chain_of

COUNTED: Final = timedelta(days=365)
"""A year of records: every season once."""
SALES_COUNT: Final = timedelta(days=730)
"""Sales are rarer: two years of them."""
FEWEST_PEERS: Final = 5
"""Sums of fewer people would tell somebody's own figures."""
NOBODY: Final = 0
EVERYBODY: Final = Scope(viewer_id=NOBODY, role=Role.ADMIN)
"""For sums over peers, of which single figures never leave the services."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An agent's chain with what is known of it."""

    chain: Chain
    """Without the links the agent's records leave out."""
    own: Mapping[str, int]
    """How many of each link there were in a year, as far as the viewer may see."""
    rates: Mapping[str, RatePosterior]
    values: DealValues
    peers: frozenset[int]
    """Others of the team, or of the same kind of business; nobody where they are too few to stay unknown."""


def known_of(session: Session, scope: Scope, agent_id: int, today: date) -> Known:
    """From the facts the scope may see of the agent, and from sums over their peers."""
    _, profile = queries.business_of(session, agent_id, today)
    chain = chain_of(session, profile)
    peers = peers_of(session, agent_id, today)
    year = Period(today - COUNTED, today + timedelta(days=1))
    own = link_counts(chain, daily.totals(session, scope, Selection(period=year, agent_ids=frozenset({agent_id}))))
    team = link_counts(chain, daily.totals(session, EVERYBODY, Selection(period=year, agent_ids=peers))) if peers else None
    kept, counted = _reckonable(chain, own)
    since = today - SALES_COUNT
    theirs = queries.won_amounts(session, EVERYBODY, peers, since) if peers else []
    mine = queries.won_amounts(session, scope, {agent_id}, since)
    return Known(
        chain=kept,
        own=own,
        rates=posteriors(kept, counted, team),
        values=deal_values(mine, theirs, default_minor=kept.deal_value_minor),
        peers=peers,
    )


def sees_the_year(session: Session, scope: Scope, agent_id: int, today: date) -> bool:
    """Whether the scope reaches every day that plans and chances rest on."""
    asked = {(agent_id, day) for day in Period(today - COUNTED, today + timedelta(days=1))}
    return agents.seen_days(session, scope, asked) == asked


def _reckonable(chain: Chain, own: Mapping[str, int]) -> tuple[Chain, Mapping[str, int]]:
    """The chain without links that were hardly recorded, and the counts to reckon with.

    Who records sales and none of the work that led to them would be left with nothing to decide on: for them the whole chain stands,
    at the rates of their peers or the usual ones.
    """
    kept = chain.recorded(own)
    return (kept, own) if kept.links[0].is_controllable else (chain, {})


def peers_of(session: Session, agent_id: int, today: date) -> frozenset[int]:
    """The others of the agent's team; of the same kind of business where the team is too small; nobody where that is too few too."""
    team_id, profile = queries.business_of(session, agent_id, today)
    team = queries.colleagues_on(session, agent_id, today, team_id=team_id) if team_id is not None else frozenset[int]()
    if len(team) >= FEWEST_PEERS:
        return team
    others = queries.colleagues_on(session, agent_id, today, profile=profile)
    return others if len(others) >= FEWEST_PEERS else frozenset()
