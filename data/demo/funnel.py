"""Leads and the deals they become, for teams that sell to the people who ask: homes, loans, insurance."""

from datetime import timedelta
from typing import Final

from data.demo import deals, names, ratings
from data.demo.desk import Desk, call_outcome, call_seconds
from data.demo.rhythm import Moment, season, slowness
from data.demo.rows import ActivityRow, Facts, LeadRow
from domain.records import ActivityType, Direction, LeadStatus, Outcome

RESPONSE_SECONDS: Final = 22 * 60
"""Median wait of a new lead for the first contact, before nights and weekends are added."""
RESPONSE_SPREAD: Final = 1.4
REACHED_SHARE: Final = 0.91
PATIENCE_HOURS: Final = 60
"""A lead that waits this long is half as likely to be interested as one called at once."""
GIVEN_UP_DAYS: Final = 21


def work_day(desk: Desk, facts: Facts, day: int) -> None:
    """The new leads of the desk's n-th working day, each followed to wherever it has come by today."""
    on = desk.days[day]
    expected = desk.business.leads_per_day * desk.player.volume * season(on) * desk.effort(on)
    for _ in range(int(desk.dice.poisson(expected))):
        follow_lead(desk, facts, new_lead(desk, facts, desk.at(on, desk.dice.uniform(7.5, 20.5) * 3600)))


def new_lead(desk: Desk, facts: Facts, assigned: Moment) -> LeadRow | None:
    """A lead that comes in at the moment, or None when that has not happened yet."""
    if not facts.has_happened(assigned):
        return None
    name = names.person(desk.dice)
    lead = LeadRow(
        key=len(facts.leads) + 1,
        agent=desk.number,
        name=name,
        company=names.company(desk.dice) if desk.business.companies else "",
        email=names.email(name),
        phone=names.phone(desk.dice),
        source=desk.source().name,
        category=desk.category(),
        assigned=assigned,
    )
    facts.leads.append(lead)
    return lead


def follow_lead(desk: Desk, facts: Facts, lead: LeadRow | None) -> None:
    """First contact, interest, a deal: as far as luck, speed and time allow."""
    if lead is None:
        return
    first = first_contact(desk, lead)
    if first is None or not facts.has_happened(first):
        _give_up(desk, lead)
        return
    mark_contacted(desk, facts, lead, first)
    interested = desk.working_moment(first.local + timedelta(days=desk.spread(desk.business.days_to_interest, 0.7)))
    if not desk.happens(_interest(desk, lead)):
        _lose(desk, facts, lead, interested)
    elif facts.has_happened(interested):
        mark_interested(lead, interested)
        deals.follow_deal(desk, facts, lead, deals.new_deal(desk, facts, lead, interested))


def first_contact(desk: Desk, lead: LeadRow) -> Moment | None:
    """When somebody first speaks to the lead, or None if nobody ever does."""
    wait = desk.spread(RESPONSE_SECONDS * slowness(desk.player.story), RESPONSE_SPREAD)
    return desk.working_moment(lead.assigned.local + timedelta(seconds=wait)) if desk.happens(REACHED_SHARE) else None


def mark_contacted(desk: Desk, facts: Facts, lead: LeadRow, when: Moment, outcome: Outcome = Outcome.CONNECTED) -> None:
    """The call that reached the lead, now and then after one that did not."""
    lead.status, lead.contacted = LeadStatus.CONTACTED, when
    lead.response_seconds = max(0, int((when.at - lead.assigned.at).total_seconds()))
    tries = [call_outcome(desk, 0.0)] if desk.happens(0.35) else []
    for back, result in enumerate([outcome, *tries]):
        facts.add(
            ActivityRow(
                agent=desk.number,
                when=desk.working_moment(when.local - timedelta(minutes=47 * back)) if back else when,
                type=ActivityType.CALL,
                outcome=result,
                direction=Direction.OUTBOUND,
                subject=f"First call with {lead.name}",
                category=lead.category,
                lead=lead.key,
                duration_seconds=call_seconds(desk, result),
            )
        )
    ratings.rate(desk, lead, share=0.14, mean=3.7)


def mark_interested(lead: LeadRow, when: Moment) -> None:
    """The lead wants to go on."""
    lead.status, lead.interested = LeadStatus.INTERESTED, when


def _interest(desk: Desk, lead: LeadRow) -> float:
    factor = next(source.factor for source in desk.business.sources if source.name == lead.source)
    waited = (lead.response_seconds or 0) / 3600
    keen: float = desk.business.interested_share * factor**0.5 * desk.fortune(lead.assigned.on) ** 0.5 / (1 + waited / PATIENCE_HOURS)
    return min(0.95, keen)


def _give_up(desk: Desk, lead: LeadRow) -> None:
    if (desk.today - lead.assigned.on).days > GIVEN_UP_DAYS:
        lead.status, lead.lost_reason = LeadStatus.LOST, "Could not be reached"
        lead.lost_on = lead.assigned.on + timedelta(days=GIVEN_UP_DAYS)


def _lose(desk: Desk, facts: Facts, lead: LeadRow, when: Moment) -> None:
    if facts.has_happened(when):
        lead.status, lead.lost_on, lead.lost_reason = LeadStatus.LOST, when.on, deals.lost_reason(desk)
