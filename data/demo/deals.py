"""A deal's way through its stages, and the calls, visits and e-mails it takes."""

from datetime import timedelta
from typing import Final

from data.demo import ratings, visits
from data.demo.business import LOST_REASONS
from data.demo.desk import Desk, call_outcome, call_seconds
from data.demo.rhythm import Moment, answer_share, work_second
from data.demo.rows import ActivityRow, DealRow, Facts, LeadRow, later
from domain.records import ActivityType, DealStatus, Direction, LeadStatus, Outcome

CLOSE_SPREAD: Final = 0.5
TOUCH_DAYS: Final = 6
"""A running deal is called or written to about this often."""
UNKNOWN_AMOUNT_SHARE: Final = 0.02
"""Sales nobody wrote an amount for: unknown, not zero."""
FORGOTTEN_SHARE: Final = 0.12
"""Lost deals nobody closed: they stay open and grow stale."""
NOTED_EVERY, NOTED_DAYS, NOTED_SECOND = 4, 20, 11 * 3600
"""Every fourth deal has a note, of one of the last twenty days, written at eleven."""
SAID: Final = (
    "They like the offer and want to talk it over at home first.",
    "Comparing with a competitor; the decision is expected next week.",
    "Asked for the papers once more, by e-mail this time.",
    "Says it is too expensive as it stands. What could be left out?",
    "Has to wait for the bank, so it is on hold until then.",
)


def new_deal(desk: Desk, facts: Facts, lead: LeadRow, created: Moment) -> DealRow:
    """A deal in its first stage."""
    product = desk.business.products[int(desk.dice.integers(0, len(desk.business.products)))]
    deal = DealRow(
        key=len(facts.deals) + 1,
        agent=desk.number,
        lead=lead.key,
        name=f"{lead.company or lead.name} · {product}",
        company=lead.company,
        product=product,
        category=lead.category,
        source=lead.source,
        pipeline=desk.player.office if not desk.player.came_from else "",
        created=created,
        amount_minor=None if desk.happens(UNKNOWN_AMOUNT_SHARE) else desk.amount_minor(),
    )
    facts.deals.append(deal)
    facts.enter_stage(deal, desk.business.stages[0], created)
    deal.expected_close_on = later(created.on, desk.business.days_to_close * desk.dice.uniform(0.8, 1.5))
    return deal


def follow_deal(desk: Desk, facts: Facts, lead: LeadRow, deal: DealRow) -> None:
    """Stage by stage to the sale or the loss, as far as today."""
    business = desk.business
    factor = next(source.factor for source in business.sources if source.name == lead.source)
    wins = desk.happens(min(0.9, business.won_share * factor**0.6 * desk.fortune(deal.created.on)))
    days = max(3.0, desk.spread(business.days_to_close, CLOSE_SPREAD))
    last = len(business.stages) - 2
    reached = last if wins else int(desk.dice.integers(0, last))
    for position in range(1, reached + 1):
        share = (position / last) ** (1.2 if wins else 1.0)
        if not _advance(desk, facts, deal, position, days * share):
            break
    else:
        if not wins and not desk.happens(FORGOTTEN_SHARE):
            _lose(desk, facts, lead, deal, days * desk.dice.uniform((reached + 0.4) / last, 1.1))
    if deal.status is DealStatus.WON:
        mark_converted(desk, lead, deal)
    visits.arrange(desk, facts, deal, days if wins else days * (reached + 1) / (last + 1))
    touch(desk, facts, deal, days)
    remember(desk, facts, deal)


def lost_reason(desk: Desk) -> str:
    """One of the usual reasons."""
    return LOST_REASONS[int(desk.dice.integers(0, len(LOST_REASONS)))]


def mark_converted(desk: Desk, lead: LeadRow, deal: DealRow) -> None:
    """The lead bought: it is converted with the deal, and often rates the agent well."""
    if deal.stage_entered is None:
        return
    lead.status, lead.converted = LeadStatus.CONVERTED, deal.stage_entered
    ratings.rate(desk, lead, share=0.55, mean=4.55)


def _advance(desk: Desk, facts: Facts, deal: DealRow, position: int, days: float) -> bool:
    """Into the stage so many days after the deal began, on a working day; False when that lies ahead."""
    business = desk.business
    when = desk.at(desk.workday(later(deal.created.on, max(1.0, days))), work_second(desk.dice))
    if deal.stage_entered and when.at <= deal.stage_entered.at:
        when = desk.working_moment(deal.stage_entered.local + timedelta(hours=3))
    if not facts.enter_stage(deal, business.stages[position], when):
        return False
    if position == business.proposal_stage:
        deal.proposal_on = when.on
    if position == business.agreement_stage:
        deal.agreement_on = when.on
    if position == len(business.stages) - 2:
        deal.status, deal.closed_on = DealStatus.WON, when.on
    return True


def _lose(desk: Desk, facts: Facts, lead: LeadRow, deal: DealRow, days: float) -> None:
    when = desk.at(desk.workday(later(deal.created.on, max(2.0, days))), work_second(desk.dice))
    if deal.stage_entered and when.at > deal.stage_entered.at and facts.enter_stage(deal, desk.business.stages[-1], when):
        deal.status, deal.closed_on, deal.lost_reason = DealStatus.LOST, when.on, lost_reason(desk)
        lead.status, lead.lost_on, lead.lost_reason = LeadStatus.LOST, when.on, deal.lost_reason


def touch(desk: Desk, facts: Facts, deal: DealRow, days: float) -> None:
    """Calls and e-mails while the deal runs; the first call books the first appointment more often than not."""
    first = Outcome.APPOINTMENT_SET if desk.happens(0.62) else Outcome.INTERESTED
    _call(desk, facts, deal, deal.created, first)
    until = deal.closed_on or desk.today
    for _ in range(int(desk.dice.poisson(min(days, 120) / TOUCH_DAYS))):
        day = desk.workday(later(deal.created.on, desk.dice.uniform(1, days)))
        when = desk.at(day, work_second(desk.dice))
        if day > until:
            continue
        if desk.happens(0.6):
            _call(desk, facts, deal, when, call_outcome(desk, 1.5 * answer_share(when.local.hour)))
        else:
            direction = Direction.INBOUND if desk.happens(0.35) else Direction.OUTBOUND
            facts.add(_touch(deal, when, ActivityType.EMAIL, direction=direction), deal)


def remember(desk: Desk, facts: Facts, deal: DealRow) -> None:
    """What the customer said, on some deals that are still open; it is no work, so the deal is no busier for it."""
    if deal.status is not DealStatus.OPEN or deal.key % NOTED_EVERY:
        return
    day = max(deal.created.on, later(desk.today, -1 - deal.key % NOTED_DAYS))
    note = ActivityRow(
        agent=deal.agent,
        when=desk.at(desk.workday(day), NOTED_SECOND),
        type=ActivityType.NOTE,
        subject=f"About {deal.name}",
        notes=SAID[deal.key // NOTED_EVERY % len(SAID)],
        category=deal.category,
        lead=deal.lead,
        deal=deal.key,
    )
    if facts.has_happened(note.when):
        facts.activities.append(note)


def _call(desk: Desk, facts: Facts, deal: DealRow, when: Moment, outcome: Outcome) -> None:
    seconds = call_seconds(desk, outcome)
    facts.add(_touch(deal, when, ActivityType.CALL, outcome=outcome, direction=Direction.OUTBOUND, seconds=seconds), deal)


def _touch(
    deal: DealRow,
    when: Moment,
    kind: ActivityType,
    *,
    outcome: Outcome | None = None,
    direction: Direction | None = None,
    seconds: int | None = None,
) -> ActivityRow:
    return ActivityRow(
        agent=deal.agent,
        when=when,
        type=kind,
        outcome=outcome,
        direction=direction,
        subject=f"About {deal.name}",
        category=deal.category,
        lead=deal.lead,
        deal=deal.key,
        duration_seconds=seconds,
    )
