"""One deal whole: its facts, what warns of it, and what happened in one order."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.orm import Session

from data.queries import activities
from data.queries.activities import ActivityFilter
from domain.deals.deal_chance import DealChance
from domain.deals.facts import DealFacts, StageMove
from domain.facts import ActivityEntry
from services import deal_facts, deal_warnings, win_chances
from services.access import Viewer
from services.brought_up import Listened, brought_up
from services.deal_warnings import WarningShown
from services.roster import currency_of

Happened: TypeAlias = ActivityEntry | StageMove


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCard:
    """What the page of a deal shows."""

    facts: DealFacts
    currency: str
    warnings: tuple[WarningShown, ...]
    """All that are kept, those that are over last."""
    chance: DealChance | None
    """Of an open deal; None for a closed one."""
    listened: Listened
    """What was held against it in the last conversations."""
    history: tuple[Happened, ...]
    """Activities the viewer may see and the stages it entered, the newest first."""
    is_all: bool
    """Whether there is no more to show."""


def deal_card(session: Session, viewer: Viewer, deal_id: int, now: datetime, *, limit: int) -> DealCard:
    """The deal with the last so many things that happened; raises NotFoundError.

    What a former agent did counts in the facts and is shown only to who looks after that agent.
    """
    facts = deal_facts.facts_of(session, viewer, deal_id, now)
    done = activities.listed(session, viewer.scope, ActivityFilter(deal_id=deal_id), after=None, limit=limit + 1)
    happened: list[Happened] = [*done, *facts.moves]
    both = sorted(happened, key=happened_at, reverse=True)
    return DealCard(
        facts=facts,
        currency=currency_of(session),
        warnings=deal_warnings.warnings_of(session, viewer, deal_id, now),
        chance=win_chances.chances_of(session, [facts]).get(deal_id),
        listened=brought_up(session, viewer, deal_id, now),
        history=tuple(both[:limit]),
        is_all=len(both) <= limit,
    )


def happened_at(each: Happened) -> datetime:
    """When it happened."""
    return each.at if isinstance(each, StageMove) else each.occurred_at
