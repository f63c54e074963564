"""The Deals screen as a sheet: the open deals, what warns of each, how likely it is to be won, and what comes next."""

from collections.abc import Iterator
from datetime import UTC
from typing import Final

from sqlalchemy.orm import Session

from domain.deals.warning_words import PRIORITY_WORDS, WARNING_WORDS
from domain.deals.win_words import NO_CHANCE_WORDS
from domain.money import from_minor
from domain.pipeline.steps import words as stage_words
from services import deal_filters, deal_warnings
from services.deal_warnings import DealAtRisk
from services.export_words import Asked, downloaded
from services.roster import currency_of
from services.sheets import Cell, Column, Kind, Sheet

ROWS_AT_ONCE: Final = 500
COLUMNS: Final = (
    *(Column(name=name) for name in ("Deal", "Company", "Agent", "Pipeline", "Stage", "Priority", "What warns of it")),
    Column(name="Quiet for (days)", kind=Kind.NUMBER),
    Column(name="Amount", kind=Kind.MONEY),
    Column(name="Chance", kind=Kind.SHARE),
    Column(name="Chance within (days)", kind=Kind.NUMBER),
    Column(name="Why no chance"),
    Column(name="Next step"),
    Column(name="Next step (UTC)", kind=Kind.MOMENT),
)
CHANCE_MEANS: Final = (
    "How likely it is to be won within the days beside it, learnt from what became of others of its pipeline. From 1 to 99 %, because "
    "nothing that is still to come is certain; empty where none is told, with the reason."
)


def deals_sheet(session: Session, asked: Asked) -> Sheet:
    """The open deals the viewer looks after, narrowed as on the screen, the most pressing first."""
    chosen = [(word, asked.params[word]) for word in deal_filters.NAMES if asked.params.get(word)]
    currency = currency_of(session)
    about = (
        ("Deals", ", ".join(f"{word}: {said}" for word, said in chosen) or "all open ones you look after"),
        *downloaded(asked),
        ("Currency", currency),
        ("Chance", CHANCE_MEANS),
    )
    return Sheet(title="Open deals", columns=COLUMNS, rows=(_cells(each, currency) for each in _all(session, asked)), about=about)


def _all(session: Session, asked: Asked) -> Iterator[DealAtRisk]:
    now, offset, in_all = asked.now, 0, 1
    wanted = deal_filters.narrowed_by(asked.params, now)
    while offset < in_all:
        page = deal_warnings.page(session, asked.viewer, wanted, now, offset=offset, limit=ROWS_AT_ONCE)
        yield from page.deals
        offset, in_all = offset + ROWS_AT_ONCE, page.in_all


def _cells(deal: DealAtRisk, currency: str) -> tuple[Cell, ...]:
    listed, chance, coming = deal.listed, deal.chance, deal.facts.next_step
    return (
        *(listed.name, listed.company, listed.agent_name, listed.pipeline, stage_words(listed.stage)),
        PRIORITY_WORDS[listed.priority] if listed.priority else None,
        ", ".join(WARNING_WORDS[each.rule].name for each in deal.warnings),
        deal.facts.quiet_days,
        None if listed.amount_minor is None else from_minor(listed.amount_minor, currency),
        deal.chance_told,
        None if chance is None or chance.chance is None else chance.horizon_days,
        NO_CHANCE_WORDS[chance.lack] if chance and chance.lack else None,
        coming.title if coming else None,
        coming.starts_at.astimezone(UTC).replace(tzinfo=None) if coming else None,
    )
