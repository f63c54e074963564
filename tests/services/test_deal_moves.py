"""Items of the pipeline moved, dated and listed: by whom, from where, and what a partner on a list becomes."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Deal, Person, StageChange
from domain.errors import ConflictError, InputError, NotFoundError
from domain.records import DealStatus
from services import access, deal_moves, sublists
from tests import builders

NOW = builders.NOON
TODAY = NOW.date()


def viewer_of(session: Session, person: Person) -> access.Viewer:
    assert person.id is not None
    return access.viewer(session, person.id)


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    """Ana with an item whose call is booked, her manager, and Eve of another team."""
    team, other = builders.team(session), builders.team(session)
    ana, eve = builders.person(session, on=team, name="Ana"), builders.person(session, on=other, name="Eve")
    item = builders.deal(session, ana, name="Cedar", company="Cedar", stage="CALL_BOOKED", pipeline="North", category="Homes")
    return SimpleNamespace(
        session=session,
        item=item,
        ana=viewer_of(session, ana),
        eve=viewer_of(session, eve),
        manager=viewer_of(session, builders.manager(session, of=team)),
    )


def changes(house: SimpleNamespace) -> list[tuple[str | None, str, int | None]]:
    query = select(StageChange).where(StageChange.deal_id == house.item.id).order_by(StageChange.id)
    return [(each.from_stage, each.to_stage, each.changed_by) for each in house.session.scalars(query)]


def test_a_move_is_remembered_with_who_made_it_and_dates_what_it_says(house: SimpleNamespace) -> None:
    moved = deal_moves.move(house.session, house.manager, house.item.id, "PROPOSAL_DISCUSSED", NOW)
    assert (moved.stage, moved.proposal_on, moved.status) == ("PROPOSAL_DISCUSSED", TODAY, DealStatus.OPEN)
    assert changes(house) == [("CALL_BOOKED", "PROPOSAL_DISCUSSED", house.manager.person_id)]


def test_a_date_that_was_reached_stays_when_the_item_comes_that_way_again(house: SimpleNamespace) -> None:
    for days, stage in ((0, "AGREEMENT_SIGNED"), (1, "CALL_CONDUCTED"), (2, "AGREEMENT_SIGNED")):
        moved = deal_moves.move(house.session, house.ana, house.item.id, stage, NOW + timedelta(days=days))
    assert moved.agreement_on == TODAY
    assert len(changes(house)) == 3


def test_a_last_stage_closes_the_deal_and_counts_the_lists_first_sale(house: SimpleNamespace) -> None:
    deal_moves.move(house.session, house.ana, house.item.id, "PARTNER_LIST_SENT", NOW)
    sold = deal_moves.move(house.session, house.ana, house.item.id, "SOLD", NOW)
    assert (sold.status, sold.closed_on, sold.first_sale_on, sold.total_sales_from_list) == (DealStatus.WON, TODAY, TODAY, 1)


def test_a_deal_back_on_its_way_is_open_again(house: SimpleNamespace) -> None:
    deal_moves.move(house.session, house.ana, house.item.id, "LIST_OUT_NOT_SOLD", NOW)
    again = deal_moves.move(house.session, house.ana, house.item.id, "FREE_QA_OFFERED", NOW)
    assert (again.status, again.closed_on) == (DealStatus.OPEN, None)


def test_nobody_moves_what_another_team_looks_after(house: SimpleNamespace) -> None:
    with pytest.raises(NotFoundError):
        deal_moves.move(house.session, house.eve, house.item.id, "SOLD", NOW)
    assert house.item.stage == "CALL_BOOKED"


def test_an_item_is_moved_only_from_where_it_was_seen_and_not_to_where_it_is(house: SimpleNamespace) -> None:
    with pytest.raises(ConflictError):
        deal_moves.move(house.session, house.ana, house.item.id, "SOLD", NOW, seen="LEAD")
    with pytest.raises(ConflictError):
        deal_moves.move(house.session, house.ana, house.item.id, "CALL_BOOKED", NOW)


def test_an_item_is_not_moved_nowhere(house: SimpleNamespace) -> None:
    with pytest.raises(InputError):
        deal_moves.move(house.session, house.ana, house.item.id, " ", NOW)


def test_many_are_moved_at_once_and_who_cannot_be_is_named(house: SimpleNamespace) -> None:
    foreign = builders.deal(house.session, None, stage="LEAD")
    wanted = {house.item.id: "CALL_CONDUCTED", foreign.id: "CALL_CONDUCTED"}
    result = deal_moves.move_many(house.session, house.ana, wanted, NOW)
    assert (result.done, [name for name, _ in result.refused]) == (1, [f"Item {foreign.id}"])
    assert (house.item.stage, foreign.stage) == ("CALL_CONDUCTED", "LEAD")


def test_dates_and_list_are_kept_and_may_not_run_backwards(house: SimpleNamespace) -> None:
    known = {"agreement_on": date(2026, 3, 2), "partner_list_due_on": date(2026, 3, 9), "partner_list_size": 12}
    kept = deal_moves.keep(house.session, house.ana, house.item.id, known, NOW)
    assert (kept.agreement_on, kept.partner_list_due_on, kept.partner_list_size) == tuple(known.values())
    with pytest.raises(InputError, match="The list cannot come before the agreement of 2026-03-02"):
        deal_moves.keep(house.session, house.ana, house.item.id, {"partner_list_sent_on": date(2026, 3, 1)}, NOW)


def test_a_list_holds_its_contacts_and_each_becomes_one_item(house: SimpleNamespace) -> None:
    people = [{"name": "Lin Chen", "company": "Willow"}, {"name": "Omar Haddad"}]
    made = sublists.add_list(house.session, house.ana, house.item.id, "", people, NOW)
    assert (made.name, [each.name for each in made.contacts], house.item.partner_list_size) == (
        "Partners of Cedar",
        ["Lin Chen", "Omar Haddad"],
        2,
    )
    item = sublists.spawn(house.session, house.ana, house.item.id, made.contacts[0].id, NOW)
    assert (item.name, item.agent_id, item.stage, item.source) == ("Willow · Partner offer", house.ana.person_id, "LEAD", "Partner list")
    assert (item.pipeline, item.category) == ("North", "Homes")
    (known,) = sublists.lists_of(house.session, house.manager, house.item.id, NOW)
    assert [each.deal_id for each in known.contacts] == [item.id, None]
    with pytest.raises(ConflictError):
        sublists.spawn(house.session, house.ana, house.item.id, made.contacts[0].id, NOW)


def test_a_list_of_another_teams_deal_is_neither_seen_nor_written_nor_worked(house: SimpleNamespace) -> None:
    made = sublists.add_list(house.session, house.ana, house.item.id, "", [{"name": "Lin Chen"}], NOW)
    own = builders.deal(house.session, house.session.get(Person, house.eve.person_id))
    with pytest.raises(NotFoundError):
        sublists.lists_of(house.session, house.eve, house.item.id, NOW)
    with pytest.raises(NotFoundError):
        sublists.add_list(house.session, house.eve, house.item.id, "", [{"name": "Lin Chen"}], NOW)
    with pytest.raises(NotFoundError):
        sublists.spawn(house.session, house.eve, own.id, made.contacts[0].id, NOW)
    assert house.session.scalar(select(Deal.id).where(Deal.sublist_contact_id == made.contacts[0].id)) is None


@pytest.mark.parametrize("people", [[], [{"name": ""}], [{"name": "Lin", "phone": "1"}], [{"name": "Lin"}] * 501])
def test_an_unusable_list_is_refused(house: SimpleNamespace, people: list[dict[str, object]]) -> None:
    with pytest.raises(InputError):
        sublists.add_list(house.session, house.ana, house.item.id, "", people, NOW)


def test_contacts_are_read_from_lines() -> None:
    assert sublists.contacts_in("Lin Chen, Willow, lin@example.com\n\nOmar;Haddad Ltd\nEva") == [
        {"name": "Lin Chen", "company": "Willow", "email": "lin@example.com"},
        {"name": "Omar", "company": "Haddad Ltd"},
        {"name": "Eva"},
    ]
