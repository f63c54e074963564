"""What became of the demo's leads, told move by move from the dates they have."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from data.demo.rhythm import Moment, moment
from data.demo.rows import DealRow, Facts, LeadRow, MoveRow
from domain.records import DealStatus, LeadStatus

LOSS_SECOND: Final = (11 * 60 + 15) * 60
"""Leads are given up in the forenoon, so that today's loss has happened too."""


def moves(facts: Facts, zones: Mapping[int, str]) -> Iterator[MoveRow]:
    """Every lead's assignment and steps, the losses last; `zones` are those of the agents, by their numbers."""
    sold = {deal.lead: deal for deal in facts.deals if deal.lead and deal.status is DealStatus.WON}
    for lead in facts.leads:
        yield MoveRow(agent=lead.agent, when=lead.assigned, lead=lead.key, category=lead.category)
        yield from _steps(lead, sold.get(lead.key), zones[lead.agent])


def _steps(lead: LeadRow, sale: DealRow | None, zone: str) -> Iterator[MoveRow]:
    before, last = LeadStatus.NEW, lead.assigned
    reached = {LeadStatus.CONTACTED: lead.contacted, LeadStatus.INTERESTED: lead.interested, LeadStatus.CONVERTED: lead.converted}
    for status, when in reached.items():
        if when is not None:
            yield _step(lead, before, status, when, sale)
            before, last = status, when
    if lead.status is LeadStatus.LOST and lead.lost_on is not None:
        yield _step(lead, before, LeadStatus.LOST, _after(last, lead.lost_on, zone), None)


def _step(lead: LeadRow, before: LeadStatus, after: LeadStatus, when: Moment, sale: DealRow | None) -> MoveRow:
    is_sale = after is LeadStatus.CONVERTED and sale is not None and sale.closed_on == when.on
    return MoveRow(
        agent=lead.agent,
        when=when,
        lead=lead.key,
        category=lead.category,
        before=before,
        after=after,
        notes=lead.lost_reason if after is LeadStatus.LOST else "",
        deal=sale.key if sale and is_sale else None,
        revenue_minor=sale.amount_minor if sale and is_sale else None,
    )


def _after(last: Moment, day: date, zone: str) -> Moment:
    """The forenoon of the day, or the second after the last move where that was later."""
    usual = moment(day, LOSS_SECOND, zone)
    return usual if usual.at > last.at else Moment(local=last.local + timedelta(seconds=1), at=last.at + timedelta(seconds=1))
