"""What a partner list spawns: a contact and a pipeline item for everybody on it, some sales, now and then another list."""

from datetime import date
from typing import Final

from data.demo import names, pipeline
from data.demo.desk import Desk, call_outcome, call_seconds
from data.demo.rhythm import Moment, answer_share, work_second
from data.demo.rows import ActivityRow, ContactRow, DealRow, Facts, LeadRow, SublistRow, later
from domain.records import ActivityType, DealStatus, Direction, Outcome

SMALLEST_LIST: Final = 3
LARGEST_LIST: Final = 20
SOLD_SHARE: Final = 0.022
SECOND_LIST_SHARE: Final = 0.13
"""Partners of a main lead who book a discovery call of their own and may hand over another list."""
SECOND_CALL_SHARE: Final = 0.25
CLOSED_SHARE: Final = 0.78
FREE_QA_SHARE: Final = 0.4
"""Of the lists without a sale, those kept warm with a free question-and-answer session."""
VERDICT_DAYS: Final = 28
"""A list without a sale is given up after this long."""


def send_list(desk: Desk, facts: Facts, lead: LeadRow, deal: DealRow, sent: Moment) -> list[tuple[DealRow, Moment]]:
    """The list goes out and is worked through; returns the partners who booked a discovery call of their own, and when."""
    size = int(desk.dice.integers(SMALLEST_LIST, LARGEST_LIST + 1))
    deal.partner_list_sent_on, deal.partner_list_size = sent.on, size
    sublist = SublistRow(key=len(facts.sublists) + 1, deal=deal.key, name=f"Partners of {deal.company}", sent_on=sent.on)
    facts.sublists.append(sublist)
    items = [_spawn(desk, facts, lead, deal, sublist, sent) for _ in range(size)]
    booked = [(item, call) for item in items if (call := _approach(desk, facts, item, is_first=deal.contact is None))]
    _judge(desk, facts, deal, sent, items)
    return booked


def _judge(desk: Desk, facts: Facts, deal: DealRow, sent: Moment, items: list[DealRow]) -> None:
    """What the list brought: the deal it belongs to is sold with its first sale, kept warm, or given up."""
    sales = sorted(item.closed_on for item in items if item.status is DealStatus.WON and item.closed_on)
    deal.total_sales_from_list = len(sales)
    if sales:
        deal.first_sale_on = sales[0]
        pipeline.close(desk, facts, deal, DealStatus.WON, sales[0])
    elif desk.happens(FREE_QA_SHARE):
        offered = desk.at(desk.workday(later(sent.on, VERDICT_DAYS)), work_second(desk.dice))
        facts.enter_stage(deal, "FREE_QA_OFFERED", offered)
    else:
        pipeline.close(desk, facts, deal, DealStatus.LOST, later(sent.on, VERDICT_DAYS + 7))


def _spawn(desk: Desk, facts: Facts, lead: LeadRow, parent: DealRow, sublist: SublistRow, sent: Moment) -> DealRow:
    """A partner of the list and the pipeline item they become."""
    name, company = names.person(desk.dice), names.company(desk.dice)
    contact = ContactRow(key=len(facts.contacts) + 1, sublist=sublist.key, name=name, company=company, email=names.email(name))
    facts.contacts.append(contact)
    item = DealRow(
        key=len(facts.deals) + 1,
        agent=desk.number,
        lead=lead.key,
        contact=contact.key,
        name=f"{company} · Partner offer",
        company=company,
        product="Partner offer",
        category=parent.category,
        source="Partner list",
        pipeline=parent.pipeline,
        created=sent,
        amount_minor=desk.amount_minor(),
        expected_close_on=later(sent.on, VERDICT_DAYS),
    )
    facts.deals.append(item)
    facts.enter_stage(item, "LEAD", sent)
    return item


def _approach(desk: Desk, facts: Facts, item: DealRow, *, is_first: bool) -> Moment | None:
    """A call or two to the partner, and what they lead to; the moment of a discovery call where one is booked."""
    day = desk.workday(later(item.created.on, desk.dice.uniform(1, 9)))
    for again in range(1 + int(desk.happens(SECOND_CALL_SHARE))):
        when = desk.at(desk.workday(later(day, 4 * again)), work_second(desk.dice))
        _call(desk, facts, item, when, call_outcome(desk, answer_share(when.local.hour)))
    luck = desk.dice.random()
    if luck < SOLD_SHARE * desk.fortune(item.created.on):
        pipeline.close(desk, facts, item, DealStatus.WON, later(day, desk.dice.uniform(2, 18)))
        return None
    if is_first and luck > 1 - SECOND_LIST_SHARE:
        return _book(desk, facts, item, day)
    if desk.happens(CLOSED_SHARE):
        pipeline.close(desk, facts, item, DealStatus.LOST, later(day, desk.dice.uniform(6, VERDICT_DAYS)))
    return None


def _book(desk: Desk, facts: Facts, item: DealRow, day: date) -> Moment | None:
    """A discovery call some days after the first one, if that first one has happened."""
    booked = pipeline.after_stage(desk, item, desk.at(day, work_second(desk.dice)))
    if not facts.enter_stage(item, "CALL_BOOKED", booked):
        return None
    call = desk.at(desk.workday(later(booked.on, desk.dice.uniform(2, 9))), work_second(desk.dice) // 1800 * 1800)
    return pipeline.after_stage(desk, item, call)


def _call(desk: Desk, facts: Facts, item: DealRow, when: Moment, outcome: Outcome) -> None:
    activity = ActivityRow(
        agent=desk.number,
        when=when,
        type=ActivityType.CALL,
        outcome=outcome,
        direction=Direction.OUTBOUND,
        subject=f"Partner offer for {item.company}",
        category=item.category,
        lead=item.lead,
        deal=item.key,
        duration_seconds=call_seconds(desk, outcome),
    )
    facts.add(activity, item)
