"""Leads are given, moved along, sold, rated and reopened, one or many at a time."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import rollups
from data.models import Activity, Deal, Lead, Person
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import ActivityType, DealStatus, LeadStatus, Role
from services import lead_moves, leads
from services.access import Viewer, viewer
from services.leads import LeadWords
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def agent(session: Session) -> Person:
    builders.organisation(session)
    return builders.person(session)


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def deals_of(session: Session, lead: Lead) -> list[tuple[DealStatus, int | None, date | None]]:
    rows = session.scalars(select(Deal).where(Deal.lead_id == lead.id).order_by(Deal.id))  # type: ignore[arg-type]
    return [(each.status, each.amount_minor, each.closed_on) for each in rows]


def conversion(session: Session, lead: Lead) -> Activity:
    wanted = (Activity.lead_id == lead.id, Activity.type == ActivityType.CONVERSION)
    return session.scalars(select(Activity).where(*wanted)).one()  # type: ignore[arg-type]


def convert(session: Session, who: Person, lead: Lead, amount: int | None, *, at: datetime | None = None) -> Lead:
    return lead_moves.mark_converted(session, as_viewer(session, who), lead.id or 0, NOON, amount_minor=amount, at=at)


def reopen(session: Session, who: Person, lead: Lead) -> Lead:
    return lead_moves.reopen(session, as_viewer(session, who), lead.id or 0, NOON)


def test_a_lead_goes_along(session: Session, agent: Person) -> None:
    lead, who = builders.lead(session, agent), as_viewer(session, agent)
    assert lead_moves.mark_contacted(session, who, lead.id, NOON).status is LeadStatus.CONTACTED
    assert lead_moves.mark_interested(session, who, lead.id, NOON).status is LeadStatus.INTERESTED
    lost = lead_moves.mark_lost(session, who, lead.id, " Price ", NOON)
    assert (lost.status, lost.lost_reason) == (LeadStatus.LOST, "Price")
    assert reopen(session, agent, lead).status is LeadStatus.INTERESTED


def test_a_conversion_with_an_amount_is_a_sale_of_that_day(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, on=TUESDAY - timedelta(days=9), source="Referral", category="Home")
    convert(session, agent, lead, 85_000, at=NOON - timedelta(days=2))
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, TUESDAY - timedelta(days=2))]
    deal = session.scalars(select(Deal)).one()
    assert (deal.agent_id, deal.source, deal.category, deal.created_on) == (agent.id, "Referral", "Home", TUESDAY - timedelta(days=2))
    told = conversion(session, lead)
    assert (told.deal_id, told.details["deal_id"], told.details["revenue_minor"]) == (deal.id, deal.id, 85_000)
    assert rollups.drift(session.connection()) == []


def test_a_conversion_wins_the_open_deal(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    builders.deal(session, agent, lead_id=lead.id, amount_minor=90_000)
    convert(session, agent, lead, 85_000)
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, TUESDAY)]


def test_a_conversion_without_an_amount_leaves_deals_alone(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    builders.deal(session, agent, lead_id=lead.id, amount_minor=90_000)
    convert(session, agent, lead, None)
    assert deals_of(session, lead) == [(DealStatus.OPEN, 90_000, None)]
    assert conversion(session, lead).details["revenue_minor"] is None


@pytest.mark.parametrize(("statuses", "code"), [([DealStatus.WON], "has_deal"), ([DealStatus.OPEN, DealStatus.OPEN], "several_deals")])
def test_an_amount_that_could_be_counted_twice_is_refused(session: Session, agent: Person, statuses: list[DealStatus], code: str) -> None:
    lead = builders.lead(session, agent)
    for status in statuses:
        builders.deal(session, agent, lead_id=lead.id, status=status, closed_on=TUESDAY if status is DealStatus.WON else None)
    with pytest.raises(ConflictError) as raised:
        convert(session, agent, lead, 85_000)
    assert raised.value.code == code


def test_a_lost_deal_does_not_keep_a_lead_from_being_sold(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    builders.deal(session, agent, lead_id=lead.id, status=DealStatus.LOST, closed_on=TUESDAY)
    convert(session, agent, lead, 85_000)
    assert [status for status, *_ in deals_of(session, lead)] == [DealStatus.LOST, DealStatus.WON]


def test_reopening_deletes_the_deal_the_conversion_made(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, contacted_on=TUESDAY)
    convert(session, agent, lead, 85_000)
    back = reopen(session, agent, lead)
    assert (back.status, back.converted_on, deals_of(session, lead)) == (LeadStatus.CONTACTED, None, [])
    assert rollups.drift(session.connection()) == []


def test_reopening_opens_the_deal_the_conversion_closed(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    builders.deal(session, agent, lead_id=lead.id, amount_minor=90_000)
    convert(session, agent, lead, 85_000)
    reopen(session, agent, lead)
    assert deals_of(session, lead) == [(DealStatus.OPEN, 90_000, None)]


def test_reopening_leaves_alone_what_the_conversion_did_not_do(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    builders.deal(session, agent, lead_id=lead.id, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=1)
    convert(session, agent, lead, None)
    reopen(session, agent, lead)
    assert deals_of(session, lead) == [(DealStatus.WON, 1, TUESDAY)]


def test_reopening_leaves_a_deal_alone_that_was_decided_otherwise_since(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent)
    convert(session, agent, lead, 85_000)
    session.scalars(select(Deal)).one().status = DealStatus.LOST
    session.flush()
    reopen(session, agent, lead)
    assert deals_of(session, lead) == [(DealStatus.LOST, 85_000, TUESDAY)]


@pytest.mark.parametrize("converted_at", [NOON - timedelta(days=3), None])
def test_the_amount_may_come_later_even_for_a_conversion_from_a_file(
    session: Session, agent: Person, converted_at: datetime | None
) -> None:
    day = date(2026, 3, 7)
    lead = builders.lead(session, agent, status=LeadStatus.CONVERTED, converted_at=converted_at, converted_on=day)
    convert(session, agent, lead, 85_000)
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, day)]
    assert (conversion(session, lead).occurred_at, conversion(session, lead).local_on) == (NOON - timedelta(days=3), day)
    reopen(session, agent, lead)
    assert deals_of(session, lead) == []


def test_a_corrected_conversion_corrects_the_day_of_its_sale(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, on=TUESDAY - timedelta(days=9))
    convert(session, agent, lead, 85_000)
    convert(session, agent, lead, None, at=NOON - timedelta(days=4))
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, TUESDAY - timedelta(days=4))]
    assert session.scalars(select(Deal)).one().created_on == TUESDAY - timedelta(days=4)
    assert conversion(session, lead).local_on == TUESDAY - timedelta(days=4)
    assert rollups.drift(session.connection()) == []


def test_a_conversion_another_system_dates_anew_takes_its_sale_along(session: Session, agent: Person) -> None:
    lead = builders.lead(session, agent, on=TUESDAY - timedelta(days=9))
    convert(session, agent, lead, 85_000)
    said = LeadWords(status=LeadStatus.CONVERTED, at=NOON - timedelta(days=4))
    leads.change(session, as_viewer(session, agent), lead.id or 0, said, NOON)
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, TUESDAY - timedelta(days=4))]
    assert rollups.drift(session.connection()) == []


def test_a_sale_after_the_lead_was_passed_on_is_not_told_to_the_agent_before(session: Session, agent: Person) -> None:
    admin, mate = builders.person(session, role=Role.ADMIN), builders.person(session)
    lead = builders.lead(session, agent)
    convert(session, agent, lead, None)
    lead_moves.assign_lead(session, as_viewer(session, admin), lead.id, mate.id, NOON)
    convert(session, mate, lead, 85_000)
    told = conversion(session, lead)
    assert (told.agent_id, told.deal_id, told.details["revenue_minor"]) == (agent.id, None, None)
    reopen(session, mate, lead)
    assert deals_of(session, lead) == []


def test_a_lead_sold_by_the_agent_before_is_not_sold_again(session: Session, agent: Person) -> None:
    admin, mate = builders.person(session, role=Role.ADMIN), builders.person(session)
    lead = builders.lead(session, agent)
    convert(session, agent, lead, 85_000)
    lead_moves.assign_lead(session, as_viewer(session, admin), lead.id, mate.id, NOON)
    with pytest.raises(ConflictError) as raised:
        convert(session, mate, lead, 90_000)
    assert raised.value.code == "has_deal"
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, TUESDAY)]


@pytest.mark.usefixtures("agent")
def test_a_sale_of_a_lead_of_nobody_is_nobodys(session: Session) -> None:
    admin, lead = builders.person(session, role=Role.ADMIN), builders.lead(session, None)
    convert(session, admin, lead, 85_000)
    assert session.scalars(select(Deal)).one().agent_id is None


def test_an_open_lead_is_not_reopened(session: Session, agent: Person) -> None:
    with pytest.raises(ConflictError) as raised:
        reopen(session, agent, builders.lead(session, agent))
    assert raised.value.code == "lead_open"


def test_a_converted_lead_is_reopened_before_it_goes_on(session: Session, agent: Person) -> None:
    lead, who = builders.lead(session, agent), as_viewer(session, agent)
    convert(session, agent, lead, 85_000)
    for move in (lead_moves.mark_contacted, lead_moves.mark_interested):
        with pytest.raises(ConflictError) as raised:
            move(session, who, lead.id, NOON)
        assert raised.value.code == "lead_converted"
    assert deals_of(session, lead) == [(DealStatus.WON, 85_000, TUESDAY)]


def test_who_may_give_a_lead_away(session: Session, agent: Person) -> None:
    team = builders.team(session)
    manager, mate = builders.manager(session, of=team), builders.person(session, on=team)
    lead = builders.lead(session, builders.person(session, on=team))
    assert lead_moves.assign_lead(session, as_viewer(session, manager), lead.id, mate.id, NOON).agent_id == mate.id
    with pytest.raises(NotFoundError):
        lead_moves.assign_lead(session, as_viewer(session, manager), lead.id, agent.id, NOON)
    with pytest.raises(AccessError):
        lead_moves.assign_lead(session, as_viewer(session, mate), lead.id, None, NOON)
    assert lead_moves.assign_lead(session, as_viewer(session, manager), lead.id, None, NOON).agent_id is None


def test_a_rating_is_from_one_to_five_or_taken_back(session: Session, agent: Person) -> None:
    lead, who = builders.lead(session, agent), as_viewer(session, agent)
    assert lead_moves.rate_lead(session, who, lead.id, 5, NOON).satisfaction == 5
    assert lead_moves.rate_lead(session, who, lead.id, None, NOON).satisfaction is None
    for stars in (0, 6):
        with pytest.raises(InputError):
            lead_moves.rate_lead(session, who, lead.id, stars, NOON)


def test_a_note_is_kept_and_is_no_contact(session: Session, agent: Person) -> None:
    lead, who = builders.lead(session, agent), as_viewer(session, agent)
    kept = lead_moves.add_note(session, who, lead.id, "Prefers e-mail", NOON)
    assert (kept.type, kept.notes, kept.lead_id, lead.status) == (ActivityType.NOTE, "Prefers e-mail", lead.id, LeadStatus.NEW)
    with pytest.raises(InputError):
        lead_moves.add_note(session, who, lead.id, "  ", NOON)


def test_nobody_moves_somebody_elses_lead(session: Session, agent: Person) -> None:
    foreign, who = builders.lead(session, builders.person(session), name="Secret"), as_viewer(session, agent)
    moves = (
        lambda: lead_moves.assign_lead(session, who, foreign.id, agent.id, NOON),
        lambda: lead_moves.mark_contacted(session, who, foreign.id, NOON),
        lambda: lead_moves.mark_interested(session, who, foreign.id, NOON),
        lambda: lead_moves.mark_converted(session, who, foreign.id, NOON, amount_minor=5),
        lambda: lead_moves.mark_lost(session, who, foreign.id, "", NOON),
        lambda: lead_moves.reopen(session, who, foreign.id, NOON),
        lambda: lead_moves.rate_lead(session, who, foreign.id, 1, NOON),
        lambda: lead_moves.add_note(session, who, foreign.id, "Mine", NOON),
    )
    for move in moves:
        with pytest.raises(NotFoundError) as raised:
            move()
        assert "Secret" not in str(raised.value)
    assert session.scalars(select(Activity)).all() == []


def test_many_leads_are_moved_or_listed_with_their_reason(session: Session, agent: Person) -> None:
    who = as_viewer(session, agent)
    good, sold = builders.lead(session, agent), builders.lead(session, agent, name="Sold")
    foreign = builders.lead(session, builders.person(session), name="Secret")
    builders.deal(session, agent, lead_id=sold.id, status=DealStatus.WON, closed_on=TUESDAY)

    def work(lead_id: int) -> None:
        lead_moves.mark_converted(session, who, lead_id, NOON, amount_minor=100)

    result = lead_moves.in_bulk(session, who, [foreign.id, sold.id, good.id, good.id], work, NOON)
    assert (result.done, [name for name, _ in result.refused]) == (1, ["Sold", f"Lead {foreign.id}"])
    assert "sale already" in result.refused[0][1]
    session.refresh(sold)
    session.refresh(good)
    assert (good.status, sold.status) == (LeadStatus.CONVERTED, LeadStatus.NEW)
    assert session.scalars(select(Activity.lead_id)).all() == [good.id]


def test_leads_moved_together_go_forward_or_stay_as_they_are(session: Session, agent: Person) -> None:
    who, on = as_viewer(session, agent), TUESDAY - timedelta(days=2)
    new = builders.lead(session, agent, name="New", on=on)
    hot = builders.lead(session, agent, name="Hot", on=on, status=LeadStatus.INTERESTED, contacted_on=on, interested_on=on)
    gone = builders.lead(session, agent, name="Gone", on=on, status=LeadStatus.LOST, lost_on=on)

    def work(lead_id: int) -> None:
        lead_moves.move_on(session, who, lead_id, LeadStatus.CONTACTED, NOON)

    result = lead_moves.in_bulk(session, who, [new.id, hot.id, gone.id], work, NOON)
    assert (result.done, dict(result.refused)["Hot"]) == (1, "It is interested already. Open it to change that.")
    for each in (new, hot, gone):
        session.refresh(each)
    assert (new.status, hot.status, hot.interested_on, gone.status) == (LeadStatus.CONTACTED, LeadStatus.INTERESTED, on, LeadStatus.LOST)


def test_a_conversion_with_a_sale_is_taken_back_by_reopening_alone(session: Session, agent: Person) -> None:
    who, sold, told = as_viewer(session, agent), builders.lead(session, agent), builders.lead(session, agent)
    convert(session, agent, sold, 85_000)
    convert(session, agent, told, None)
    back = LeadWords(status=LeadStatus.CONTACTED)
    with pytest.raises(ConflictError, match="Reopen it first"):
        leads.change(session, who, sold.id, back, NOON)
    assert deals_of(session, sold) == [(DealStatus.WON, 85_000, TUESDAY)]
    assert leads.change(session, who, told.id, back, NOON).converted_on is None
    reopen(session, agent, sold)
    assert (deals_of(session, sold), leads.change(session, who, sold.id, back, NOON).status) == ([], LeadStatus.CONTACTED)
