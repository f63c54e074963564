"""`/deals`: the deals of the viewer's that are for today, each with how much it presses and what warns of it."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from domain.bot.said import Said
from domain.bot.words import BotWords
from domain.deals.messages.parts import likely_text
from domain.deals.priority import DealPriority
from domain.deals.warning_words import PRIORITY_MARKS
from domain.formatting import money_text
from domain.pipeline.steps import words as stage_words
from domain.records import Role
from services import deal_warnings
from services.access import Viewer
from services.deal_warnings import DealAtRisk, Narrowed
from services.roster import currency_of

LOOKED_AT: Final = 200
"""The most pressing come first; what is planned for today among the calm ones is found by then."""
MOST: Final = 10
"""As many as somebody reads on a phone."""


def deals(session: Session, viewer: Viewer, words: BotWords, now: datetime) -> Said:
    """What needs the viewer today."""
    page = deal_warnings.page(session, viewer, Narrowed(), now, offset=0, limit=LOOKED_AT)
    pressing = [each for each in page.deals if deal_warnings.needs_somebody(each, viewer, now)]
    if not pressing:
        return Said(title=words.deals.none_title, body=words.deals.none, link="/deals")
    currency = currency_of(session)
    told = pressing[:MOST]
    has_chances = any(each.chance_told is not None for each in told)
    parts = [_deal(each, viewer, words, currency, now, has_chances=has_chances) for each in told]
    more = [words.deals.more.format(count=len(pressing) - MOST)] if len(pressing) > MOST else []
    return Said(title=words.deals.title, body="\n\n".join([*parts, *more]), link="/deals")


def _deal(deal: DealAtRisk, viewer: Viewer, words: BotWords, currency: str, now: datetime, *, has_chances: bool) -> str:
    listed, figures = deal.listed, words.deals.figures
    amount = money_text(listed.amount_minor, currency) if listed.amount_minor is not None else ""
    likely = likely_text(deal.chance_told, figures, others_have_one=has_chances)
    whose = (listed.agent_name or "") if viewer.role is not Role.AGENT else ""
    head = " · ".join(filter(None, (listed.name, amount, stage_words(listed.stage) if listed.stage else "", likely, whose)))
    return "\n   ".join([f"{PRIORITY_MARKS[listed.priority or DealPriority.LOW]} {head}", *_why(deal, viewer, words, now)])


def _why(deal: DealAtRisk, viewer: Viewer, words: BotWords, now: datetime) -> list[str]:
    """What warns of it with how long nothing was done, and what is planned for today."""
    names = [words.field.warnings[each.rule] for each in deal.warnings]
    days = deal.facts.quiet_days
    quiet = [words.deals.quiet.format(days=days)] if names and days else []
    warned = [f"⚠️ {', '.join([*names, *quiet])}"] if names else []
    coming = deal.facts.next_step
    planned = words.deals.planned.format(title=coming.title) if coming and deal_warnings.is_today(coming, viewer, now) else ""
    return [*warned, *([f"📅 {planned}"] if planned else [])]
