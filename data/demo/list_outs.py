"""The BDR team's list-outs (seed 004): a discovery call, an agreement, a partner list, and the deals that list spawns.

Main leads come at 150 per 120 days, and the newest 120 days end 30 days ahead with calls already booked. A signed lead hands
over a list of 3–20 partners; each partner becomes a pipeline item and a few of them hand over lists of their own.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.random import Generator

from data.demo import deals, funnel, partners, pipeline, visits
from data.demo.desk import SEED, Desk
from data.demo.rhythm import Moment, pick, steps, work_second
from data.demo.rows import ActivityRow, DealRow, Facts, LeadRow, later
from domain.records import ActivityType, DealStatus, Direction, EventStatus, LeadStatus, Outcome

BLOCK_LEADS: Final = 150
BLOCK_DAYS: Final = 120
AHEAD_DAYS: Final = 30
SMALL_BLOCK_LEADS: Final = 30
HELD_SHARE: Final = 0.88
PROPOSAL_SHARE: Final = 0.84
AGREEMENT_SHARE: Final = 0.84
ON_TIME_SHARE: Final = 0.82
FORGOTTEN_LIST_SHARE: Final = 0.07
"""Agreed lists that never went out: overdue."""
GIVEN_UP_DAYS: Final = 45
GIVEN_UP_SECOND: Final = 17 * 3600


def run(desks: Sequence[Desk], facts: Facts, block_leads: int) -> None:
    """Every discovery call of the team from its beginning to 30 days ahead."""
    dice = np.random.default_rng([SEED, 1_000])
    first_day = min(desk.span.start for desk in desks)
    end = facts.today + timedelta(days=AHEAD_DAYS + 1)
    while end > first_day:
        calls = [(_call_day(dice, end), place) for place in range(block_leads)]
        for day, _ in sorted(calls):
            desk = _desk_for(dice, desks, day)
            if desk is not None:
                _discovery(desk, facts, desk.at(desk.workday(day), work_second(desk.dice) // 1800 * 1800))
        end -= timedelta(days=BLOCK_DAYS)


def _call_day(dice: Generator, end: date) -> date:
    return end - timedelta(days=int(dice.integers(1, BLOCK_DAYS + 1)))


def _desk_for(dice: Generator, desks: Sequence[Desk], day: date) -> Desk | None:
    """Somebody who is there and works around the day; busier people get more calls."""
    there = [desk for desk in desks if desk.span.start <= day < desk.span.end and 0 <= (desk.workday(day) - day).days <= 3]  # noqa: PLR2004 - a long weekend
    if not there:
        return None
    shares = steps(desk.player.volume * desk.effort(day) for desk in there)
    return there[pick(dice, shares)]


def _discovery(desk: Desk, facts: Facts, call: Moment) -> None:
    """A main lead: assigned, reached, the discovery call booked, and what came of it."""
    lead = _assigned(desk, facts, call)
    if lead is None:
        return
    wait = timedelta(seconds=desk.spread(5400, 1.2))
    booked = min(desk.working_moment(lead.assigned.local + wait), call, key=lambda moment: moment.at)
    if not facts.has_happened(booked):
        booked = lead.assigned
    funnel.mark_contacted(desk, facts, lead, booked, Outcome.APPOINTMENT_SET)
    deal = deals.new_deal(desk, facts, lead, booked)
    deal.expected_close_on = later(call.on, 40)
    follow(desk, facts, lead, deal, call)
    if deal.status is DealStatus.LOST and lead.converted is None:
        lead.status, lead.lost_on, lead.lost_reason = LeadStatus.LOST, deal.closed_on, deal.lost_reason


def _assigned(desk: Desk, facts: Facts, call: Moment) -> LeadRow | None:
    """The lead some days before its call; before today's hour at the latest."""
    back = int(desk.dice.integers(2, 12))
    day = min(call.on - timedelta(days=back), facts.today - timedelta(days=int(desk.dice.integers(1, 6))))
    return funnel.new_lead(desk, facts, desk.at(max(day, desk.span.start), work_second(desk.dice)))


def _give_up(desk: Desk, facts: Facts, deal: DealRow) -> None:
    """A list nobody sent for weeks is not waited for any longer."""
    assert deal.partner_list_due_on is not None  # noqa: S101 - an agreement names the day
    ends = desk.at(desk.workday(later(deal.partner_list_due_on, GIVEN_UP_DAYS)), GIVEN_UP_SECOND)
    if facts.enter_stage(deal, "LIST_OUT_NOT_SOLD", ends):
        deal.status, deal.closed_on, deal.lost_reason = DealStatus.LOST, ends.on, "The list never came"


def follow(desk: Desk, facts: Facts, lead: LeadRow, deal: DealRow, call: Moment) -> None:
    """From the booked call to the list, as far as luck and time allow."""
    if not _hold_call(desk, facts, deal, call):
        if facts.has_happened(call):
            pipeline.close(desk, facts, deal, DealStatus.LOST, later(call.on, 6))
        return
    facts.enter_stage(deal, "CALL_CONDUCTED", call)
    fortune = desk.fortune(call.on) ** 0.5
    proposal = desk.at(desk.workday(later(call.on, desk.dice.uniform(0, 4))), work_second(desk.dice))
    if proposal.at <= call.at:
        proposal = desk.working_moment(call.local + timedelta(hours=1))
    if not desk.happens(PROPOSAL_SHARE * fortune):
        pipeline.close(desk, facts, deal, DealStatus.LOST, later(call.on, 9))
        return
    if facts.enter_stage(deal, "PROPOSAL_SENT", proposal):
        deal.proposal_on = proposal.on
        if lead.interested is None:
            funnel.mark_interested(lead, proposal)
        pipeline.write(facts, deal, proposal, f"Proposal for {deal.company}")
        _sign(desk, facts, lead, deal, fortune)


def _hold_call(desk: Desk, facts: Facts, deal: DealRow, call: Moment) -> bool:
    """The discovery call itself: True when it took place."""
    held = desk.happens(HELD_SHARE)
    outcome = Outcome.COMPLETED if held else Outcome.NO_SHOW
    activity = ActivityRow(
        agent=desk.number,
        when=call,
        type=ActivityType.CALL,
        outcome=outcome,
        direction=Direction.OUTBOUND,
        subject=f"Discovery call with {deal.company}",
        category=deal.category,
        lead=deal.lead,
        deal=deal.key,
        duration_seconds=round(desk.spread(1500, 0.3)) if held else None,
    )
    happened = facts.add(activity, deal)
    if facts.on_agenda(call):
        visits.book(facts, activity, visits.STATUS[outcome] if happened else EventStatus.PLANNED)
    return happened and held


def _sign(desk: Desk, facts: Facts, lead: LeadRow, deal: DealRow, fortune: float) -> None:
    """The agreement, the day the list is due, and the list."""
    assert deal.stage_entered is not None  # noqa: S101 - the proposal entered a stage
    proposed = deal.stage_entered
    if not desk.happens(AGREEMENT_SHARE * fortune):
        pipeline.close(desk, facts, deal, DealStatus.LOST, later(proposed.on, desk.dice.uniform(7, 25)))
        return
    signed = desk.at(desk.workday(later(proposed.on, desk.dice.uniform(1, 8))), work_second(desk.dice))
    if not facts.enter_stage(deal, "AGREEMENT_SIGNED", signed):
        return
    deal.agreement_on = signed.on
    deal.partner_list_due_on = later(signed.on, desk.dice.uniform(3, 12))
    if desk.happens(FORGOTTEN_LIST_SHARE):
        _give_up(desk, facts, deal)
        return
    delay = desk.dice.uniform(-3, 0) if desk.happens(ON_TIME_SHARE) else desk.dice.uniform(2, 9)
    sent = desk.at(desk.workday(max(later(deal.partner_list_due_on, delay), later(signed.on, 1))), work_second(desk.dice))
    if facts.enter_stage(deal, "PARTNER_LIST_SENT", sent):
        pipeline.write(facts, deal, sent, f"Partner list of {deal.company}")
        if lead.converted is None:
            lead.status, lead.converted = LeadStatus.CONVERTED, sent
        for item, call in partners.send_list(desk, facts, lead, deal, sent):
            follow(desk, facts, lead, item, call)
