"""Lists of leads: who is in them, in which order, from page to page, and what a line says."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Lead, Person
from domain.errors import NotFoundError
from domain.lead_list import LeadOrder, LeadSearch, Wait
from domain.records import ActivityType, DealStatus, LeadStatus
from services.access import viewer
from services.lead_lists import lead_card, lead_history, lead_page, lead_sources, lead_waits
from tests import builders

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
WAITING = LeadSearch(only_waiting=True, order=LeadOrder.WAITING_LONGEST)


def found(session: Session, person: Person, search: LeadSearch, **more: object) -> list[str]:
    page = lead_page(session, viewer(session, person.id or 0), search, **{"after": None, "limit": 50, "now": NOW} | more)  # type: ignore[arg-type]
    return [line.name for line in page.lines]


def waiting(session: Session, agent: Person, hours: float, **fields: object) -> Lead:
    at = NOW - timedelta(hours=hours)
    return builders.lead(session, agent, assigned_at=at, on=at.date(), **fields)


def test_pages_follow_each_other_without_a_gap_or_a_double_in_either_order(session: Session) -> None:
    ada = builders.person(session)
    made = [waiting(session, ada, hours % 3) for hours in range(7)]
    for search in (LeadSearch(), WAITING):
        seen, after = [], None
        while True:
            page = lead_page(session, viewer(session, ada.id or 0), search, after=after, limit=2, now=NOW)
            assert (page.count, page.is_all) == (len(made), True)
            seen += [line.id for line in page.lines]
            if (after := page.next_after) is None:
                break
        assert sorted(seen) == sorted(lead.id for lead in made if lead.id)


def test_a_search_by_words_says_that_there_are_more_without_counting_them(session: Session) -> None:
    ada = builders.person(session)
    for _ in range(3):
        builders.lead(session, ada, name="Same")
    page = lead_page(session, viewer(session, ada.id or 0), LeadSearch(words="same"), after=None, limit=2, now=NOW)
    assert (page.count, page.is_all) == (2, False)


def test_a_foreign_lead_is_no_place_to_go_on_from(session: Session) -> None:
    ada, olga = builders.person(session), builders.person(session)
    waiting(session, ada, 1)
    foreign = waiting(session, olga, 5)
    assert found(session, ada, WAITING, after=foreign.id) == []


@pytest.mark.parametrize("search", [LeadSearch(), WAITING, LeadSearch(words="secret"), LeadSearch(only_unassigned=True)])
def test_no_search_finds_a_foreign_lead_or_one_of_nobody(session: Session, search: LeadSearch) -> None:
    ada, olga = builders.person(session), builders.person(session)
    waiting(session, olga, 5, name="Secret")
    builders.lead(session, None, name="Secret too")
    assert found(session, ada, search) == []
    assert lead_sources(session, viewer(session, ada.id or 0), NOW) == []
    assert lead_waits(session, viewer(session, ada.id or 0), NOW).total == 0


def test_every_word_must_be_found_and_signs_of_a_pattern_are_words(session: Session) -> None:
    ada = builders.person(session)
    builders.lead(session, ada, name="Grace Hopper", company="Navy", email="grace@navy.example")
    builders.lead(session, ada, name="Ada_L", company="100% Engines")
    assert found(session, ada, LeadSearch(words="hopper NAVY")) == ["Grace Hopper"]
    assert found(session, ada, LeadSearch(words="hopper engines")) == []
    assert found(session, ada, LeadSearch(words="100%")) == ["Ada_L"]
    assert found(session, ada, LeadSearch(words="_")) == ["Ada_L"]


def test_a_phone_number_is_found_however_it_is_written(session: Session) -> None:
    ada = builders.person(session)
    builders.lead(session, ada, name="Grace", phone="+44 20 7946-0958")
    builders.lead(session, ada, name="Other", phone="+44 20 0000-0000")
    assert found(session, ada, LeadSearch(words="(20) 79460958")) == ["Grace"]


def test_waits_are_told_apart_by_the_hour_and_the_day(session: Session) -> None:
    ada = builders.person(session)
    for hours in (0.5, 1, 1.01, 24, 24.01):
        waiting(session, ada, hours)
    waiting(session, ada, 30, status=LeadStatus.CONTACTED)
    waiting(session, ada, 24 * 90)
    told = lead_waits(session, viewer(session, ada.id or 0), NOW)
    assert told.by_wait == {Wait.FRESH: 2, Wait.WAITING: 2, Wait.LONG: 1}
    assert told.longest_since == NOW - timedelta(hours=24.01)


def test_a_line_says_the_last_work_and_the_revenue_but_not_what_others_earned(session: Session) -> None:
    ada, olga = builders.person(session), builders.person(session)
    lead = builders.lead(session, ada)
    at = NOW - timedelta(hours=2)
    builders.activity(session, ada, at=at, lead_id=lead.id)
    builders.activity(session, ada, at=at + timedelta(hours=1), lead_id=lead.id, type=ActivityType.NOTE)
    won = {"lead_id": lead.id, "status": DealStatus.WON, "closed_on": builders.TUESDAY}
    builders.deal(session, ada, amount_minor=500, **won)
    builders.deal(session, olga, amount_minor=9_000, **won)
    line = lead_page(session, viewer(session, ada.id or 0), LeadSearch(), after=None, limit=5, now=NOW).lines[0]
    assert (line.last_activity_at, line.revenue_minor) == (at, 500)


def test_a_lead_that_is_not_the_viewers_is_told_like_none(session: Session) -> None:
    ada, olga = builders.person(session), builders.person(session)
    foreign = builders.lead(session, olga)
    for lead_id in (foreign.id or 0, 999_999):
        with pytest.raises(NotFoundError):
            lead_card(session, viewer(session, ada.id or 0), lead_id, NOW)


def test_what_a_former_agent_did_stays_with_them(session: Session) -> None:
    ada, olga = builders.person(session), builders.person(session)
    lead = builders.lead(session, ada)
    builders.activity(session, olga, lead_id=lead.id, subject="Before")
    builders.activity(session, ada, lead_id=lead.id, subject="Now")
    history = lead_history(session, viewer(session, ada.id or 0), lead.id or 0, after=None, limit=5)
    assert [entry.subject for entry in history.entries] == ["Now"]


def test_a_history_goes_on_where_its_page_ended(session: Session) -> None:
    ada = builders.person(session)
    lead = builders.lead(session, ada)
    for subject in "abc":
        builders.activity(session, ada, lead_id=lead.id, subject=subject)
    first = lead_history(session, viewer(session, ada.id or 0), lead.id or 0, after=None, limit=2)
    rest = lead_history(session, viewer(session, ada.id or 0), lead.id or 0, after=first.next_after, limit=2)
    assert [entry.subject for entry in (*first.entries, *rest.entries)] == ["c", "b", "a"]
    assert rest.next_after is None
