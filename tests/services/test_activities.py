"""Logging work: whose, when, linked to what, and what moves with it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from data import rollups
from data.models import Activity, Person
from data.queries import daily
from domain.access import Scope, Selection
from domain.errors import AccessError, InputError, NotFoundError
from domain.facts import ActivityEntry
from domain.periods import Grain, containing
from domain.records import ActivityType, DealStatus, Direction, LeadStatus, Outcome, Role
from services import activities, timeline
from services.access import Viewer, viewer
from services.activity_input import changed_activity, new_activity
from tests import builders
from tests.builders import NOON, TUESDAY

MONDAY = TUESDAY - timedelta(days=1)
EVERYTHING = Scope(viewer_id=0, role=Role.ADMIN)


def record(session: Session, who: Person, *, agent: Person | None = None, now: datetime = NOON, **fields: Any) -> ActivityEntry:
    new = new_activity(**{"agent_id": (agent or who).id, "type": ActivityType.CALL} | fields)
    return activities.record_activity(session, as_viewer(session, who), new, now)


def change(session: Session, who: Person, entry: ActivityEntry, *, now: datetime = NOON, **fields: Any) -> ActivityEntry:
    kept = {name: getattr(entry, name) for name in ("type", "outcome", "direction", "lead_id", "deal_id", "occurred_at")}
    return activities.change_activity(session, as_viewer(session, who), entry.id, changed_activity(**kept | fields), now)


def delete(session: Session, who: Person, entry: ActivityEntry, *, now: datetime = NOON) -> None:
    activities.delete_activity(session, as_viewer(session, who), entry.id, now)


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def calls_by_day(session: Session) -> dict[date, int]:
    march = Selection(period=containing(TUESDAY, Grain.MONTH))
    return {day: counters.calls for day, counters in daily.totals_by_day(session, EVERYTHING, march).items() if counters.calls}


def test_a_logged_call_counts_at_once_on_the_agents_local_day(session: Session) -> None:
    agent = builders.person(session, time_zone="America/Los_Angeles")
    entry = record(session, agent, now=datetime(2026, 3, 11, 6, 30, tzinfo=UTC), outcome=Outcome.CONNECTED)
    assert (entry.local_on, entry.local_hour) == (TUESDAY, 23)
    assert calls_by_day(session) == {TUESDAY: 1}


def test_a_call_is_outbound_unless_said_otherwise_and_a_task_has_no_direction(session: Session) -> None:
    agent = builders.person(session)
    assert record(session, agent).direction is Direction.OUTBOUND
    assert record(session, agent, direction=Direction.INBOUND).direction is Direction.INBOUND
    assert record(session, agent, type=ActivityType.TASK).direction is None


def test_an_agent_cannot_log_for_somebody_else(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session, name="Olga Other")
    with pytest.raises(NotFoundError) as raised:
        record(session, agent, agent=other)
    assert "Olga" not in str(raised.value)
    assert calls_by_day(session) == {}


def test_a_manager_logs_for_their_agents_only(session: Session) -> None:
    ours, theirs = builders.team(session), builders.team(session)
    manager = builders.manager(session, of=ours)
    assert record(session, manager, agent=builders.person(session, on=ours)).type is ActivityType.CALL
    with pytest.raises(NotFoundError):
        record(session, manager, agent=builders.person(session, on=theirs))


def test_a_manager_cannot_log_on_a_day_before_the_agent_joined(session: Session) -> None:
    team = builders.team(session)
    manager, joiner = builders.manager(session, of=team), builders.person(session, on=team, since=TUESDAY)
    with pytest.raises(NotFoundError):
        record(session, manager, agent=joiner, occurred_at=NOON - timedelta(days=1))


def test_an_unknown_or_deactivated_agent_cannot_be_logged_for(session: Session) -> None:
    admin = builders.person(session, role=Role.ADMIN)
    gone = builders.person(session, active=False, deactivated_at=NOON)
    with pytest.raises(NotFoundError):
        record(session, admin, agent=gone)
    with pytest.raises(NotFoundError):
        record(session, admin, agent_id=2_000_000_000)


def test_a_foreign_lead_or_deal_cannot_be_linked(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    with pytest.raises(NotFoundError, match="no such lead"):
        record(session, agent, lead_id=builders.lead(session, other).id)
    with pytest.raises(NotFoundError, match="no such deal"):
        record(session, agent, deal_id=builders.deal(session, other).id)
    assert calls_by_day(session) == {}


def test_up_to_a_day_ahead_is_accepted_for_other_clocks_and_no_more(session: Session) -> None:
    agent = builders.person(session)
    ahead = NOON + timedelta(days=1)
    assert record(session, agent, occurred_at=ahead).occurred_at == ahead
    with pytest.raises(InputError) as raised:
        record(session, agent, occurred_at=ahead + timedelta(seconds=1))
    assert raised.value.code == "future_activity"


def test_a_year_that_cannot_be_meant_is_refused(session: Session) -> None:
    with pytest.raises(InputError, match="1026 is too long ago"):
        record(session, builders.person(session), occurred_at=datetime(1026, 3, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": ActivityType.CONVERSION}, "Type: this kind is written by the product"),
        ({"type": "call"}, "Type"),
        ({"duration_seconds": -1}, "Duration seconds"),
        ({"duration_seconds": 86_401}, "Duration seconds"),
        ({"notes": "a\x00b"}, "Notes: contains a character"),
        ({"subject": "x" * 301}, "Subject"),
        ({"occurred_at": datetime(2026, 3, 10)}, "Occurred at"),  # noqa: DTZ001 - that it has no zone is the point
        ({"points": 5}, "Points"),
    ],
)
def test_unusable_input_is_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        new_activity(**{"agent_id": 1, "type": ActivityType.CALL} | fields)


def test_the_category_comes_from_the_deal_or_the_lead(session: Session) -> None:
    agent = builders.person(session)
    lead, deal = builders.lead(session, agent, category="Buyers"), builders.deal(session, agent, category="Condo")
    assert record(session, agent, lead_id=lead.id).category == "Buyers"
    assert record(session, agent, lead_id=lead.id, deal_id=deal.id).category == "Condo"
    entry = record(session, agent, lead_id=lead.id, category="Own")
    assert entry.category == "Own"
    assert change(session, agent, entry, outcome=Outcome.BUSY).category == "Own"


def test_the_first_contact_of_a_new_lead_sets_its_response_time(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, assigned_at=NOON - timedelta(minutes=4))
    record(session, agent, lead_id=lead.id, outcome=Outcome.NO_ANSWER)
    assert (lead.status, lead.contacted_at) == (LeadStatus.NEW, None)
    record(session, agent, lead_id=lead.id, outcome=Outcome.CONNECTED, now=NOON + timedelta(minutes=1))
    assert (lead.status, lead.contacted_on, lead.response_seconds) == (LeadStatus.CONTACTED, TUESDAY, 300)
    counted = daily.totals(session, EVERYTHING, Selection(period=containing(TUESDAY, Grain.DAY)))
    assert (counted.leads_contacted, counted.responses, counted.response_seconds) == (1, 1, 300)


def test_a_later_contact_does_not_move_the_first_and_an_earlier_one_does(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, assigned_at=NOON - timedelta(hours=2))
    for minutes in (0, 30, -60):
        record(session, agent, lead_id=lead.id, type=ActivityType.EMAIL, occurred_at=NOON + timedelta(minutes=minutes))
    assert (lead.contacted_at, lead.response_seconds) == (NOON - timedelta(hours=1), 3600)


def test_contact_before_the_assignment_leaves_the_response_time_unknown(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, assigned_at=NOON + timedelta(hours=1))
    record(session, agent, lead_id=lead.id, type=ActivityType.MESSAGE)
    assert (lead.status, lead.response_seconds) == (LeadStatus.CONTACTED, None)


def test_a_lead_that_came_further_keeps_its_dates(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, status=LeadStatus.INTERESTED, interested_on=MONDAY)
    record(session, agent, lead_id=lead.id, outcome=Outcome.CONNECTED)
    assert (lead.status, lead.contacted_on) == (LeadStatus.INTERESTED, None)


def test_taking_back_the_only_contact_makes_the_lead_new_again(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, assigned_at=NOON - timedelta(hours=1))
    entry = record(session, agent, lead_id=lead.id, outcome=Outcome.CONNECTED)
    delete(session, agent, entry)
    assert (lead.status, lead.contacted_at, lead.contacted_on, lead.response_seconds) == (LeadStatus.NEW, None, None, None)
    assert rollups.drift(session.connection()) == []


def test_moving_the_first_contact_moves_the_response(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, assigned_at=NOON - timedelta(hours=1))
    entry = record(session, agent, lead_id=lead.id, outcome=Outcome.CONNECTED)
    change(session, agent, entry, occurred_at=NOON - timedelta(minutes=30))
    assert lead.response_seconds == 1800


def test_relinking_settles_both_leads_and_both_deals(session: Session) -> None:
    agent = builders.person(session)
    old, new = builders.lead(session, agent), builders.lead(session, agent)
    before, after = builders.deal(session, agent), builders.deal(session, agent)
    entry = record(session, agent, lead_id=old.id, deal_id=before.id, outcome=Outcome.CONNECTED)
    change(session, agent, entry, lead_id=new.id, deal_id=after.id)
    assert (old.status, new.status) == (LeadStatus.NEW, LeadStatus.CONTACTED)
    assert (before.last_activity_at, after.last_activity_at) == (None, NOON)


def test_a_deal_knows_when_it_was_last_worked_on(session: Session) -> None:
    agent = builders.person(session)
    deal = builders.deal(session, agent, status=DealStatus.OPEN)
    first = record(session, agent, deal_id=deal.id, occurred_at=NOON - timedelta(days=2))
    second = record(session, agent, deal_id=deal.id)
    assert deal.last_activity_at == NOON
    delete(session, agent, second)
    assert deal.last_activity_at == first.occurred_at


def test_an_older_entry_does_not_turn_a_deals_last_activity_back(session: Session) -> None:
    agent = builders.person(session)
    deal = builders.deal(session, agent, last_activity_at=NOON)
    record(session, agent, deal_id=deal.id, occurred_at=NOON - timedelta(days=2))
    assert deal.last_activity_at == NOON


def test_an_entry_moved_to_yesterday_moves_the_numbers_with_it(session: Session) -> None:
    agent = builders.person(session)
    entry = record(session, agent)
    moved = change(session, agent, entry, occurred_at=NOON - timedelta(days=1))
    assert moved.local_on == MONDAY
    assert calls_by_day(session) == {MONDAY: 1}
    assert rollups.drift(session.connection()) == []


def test_an_edit_keeps_the_local_day_when_the_agent_has_moved_since(session: Session) -> None:
    agent = builders.person(session)
    entry = record(session, agent, now=NOON.replace(hour=23))
    agent.time_zone = "Asia/Tokyo"
    session.flush()
    assert change(session, agent, entry, outcome=Outcome.BUSY).local_on == TUESDAY


def test_an_undone_entry_leaves_no_trace_in_the_numbers(session: Session) -> None:
    agent = builders.person(session)
    entry = record(session, agent)
    delete(session, agent, entry)
    assert calls_by_day(session) == {}
    with pytest.raises(NotFoundError):
        delete(session, agent, entry)


def test_an_edit_keeps_a_link_to_a_lead_that_now_belongs_to_somebody_else(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    lead = builders.lead(session, agent)
    entry = record(session, agent, lead_id=lead.id)
    lead.agent_id = other.id
    session.flush()
    assert change(session, agent, entry, outcome=Outcome.BUSY).lead_id == lead.id


def test_a_foreign_entry_does_not_exist_for_you(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    entry = record(session, other)
    with pytest.raises(NotFoundError):
        change(session, agent, entry, outcome=Outcome.BUSY)
    with pytest.raises(NotFoundError):
        delete(session, agent, entry)


def test_an_entry_cannot_be_moved_to_a_day_the_manager_may_not_see(session: Session) -> None:
    team = builders.team(session)
    manager, joiner = builders.manager(session, of=team), builders.person(session, on=team, since=TUESDAY)
    entry = record(session, manager, agent=joiner)
    with pytest.raises(NotFoundError):
        change(session, manager, entry, occurred_at=NOON - timedelta(days=1))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"origin": "hubspot", "external_id": "9"}, "imported_entry"),
        ({"type": ActivityType.CONVERSION}, "history_entry"),
        ({"at": NOON - timedelta(days=8), "created_at": NOON - timedelta(days=8)}, "old_entry"),
    ],
)
def test_what_is_not_corrected_here(session: Session, fields: dict[str, Any], code: str) -> None:
    agent = builders.person(session)
    stored: Activity = builders.activity(session, agent, **fields)
    with pytest.raises(AccessError) as raised:
        activities.delete_activity(session, as_viewer(session, agent), stored.id or 0, NOON)
    assert raised.value.code == code


def test_an_old_entry_logged_just_now_can_still_be_undone(session: Session) -> None:
    agent = builders.person(session)
    delete(session, agent, record(session, agent, occurred_at=NOON - timedelta(days=30)))
    assert calls_by_day(session) == {}


def test_only_correctable_entries_offer_it(session: Session) -> None:
    agent = builders.person(session)
    entry = record(session, agent)
    assert activities.is_correctable(entry, NOON)
    assert not activities.is_correctable(entry, NOON + timedelta(days=8))


def test_the_day_is_listed_newest_first_and_is_one_query(session: Session) -> None:
    agent = builders.person(session)
    for hour in (9, 11, 10):
        record(session, agent, occurred_at=NOON.replace(hour=hour))
    record(session, agent, occurred_at=NOON - timedelta(days=1))
    who = as_viewer(session, agent)
    statements: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    listed = timeline.day_of(session, who, who.person_id, TUESDAY)
    assert [entry.local_hour for entry in listed] == [11, 10, 9]
    assert len(statements) == 1


def test_the_day_of_a_foreign_agent_is_empty(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    record(session, other)
    assert timeline.day_of(session, as_viewer(session, agent), other.id or 0, TUESDAY) == []


def test_links_are_searched_among_the_agents_own(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    mine = builders.lead(session, agent, name="Anna Smith", company="Oak 100% Homes")
    builders.lead(session, other, name="Anna Stranger")
    builders.deal(session, agent, name="Anna's house", status=DealStatus.WON, closed_on=TUESDAY)
    opened = builders.deal(session, agent, name="Anna's flat", stage="Offer")
    who = as_viewer(session, agent)
    assert [choice.id for choice in timeline.lead_choices(session, who, who.person_id, "anna", TUESDAY)] == [mine.id]
    assert [choice.name for choice in timeline.lead_choices(session, who, who.person_id, "100%", TUESDAY)] == ["Anna Smith"]
    assert timeline.lead_choices(session, who, who.person_id, "0_H", TUESDAY) == []
    assert timeline.lead_choices(session, who, other.id or 0, "anna", TUESDAY) == []
    assert [(choice.id, choice.detail) for choice in timeline.deal_choices(session, who, who.person_id, "Anna", TUESDAY)] == [
        (opened.id, "Offer")
    ]


def test_a_manager_is_offered_their_agents_and_themself(session: Session) -> None:
    team = builders.team(session)
    manager = builders.manager(session, of=team, name="Mara")
    builders.person(session, on=team, name="Ana")
    builders.person(session, on=team, name="Gone", active=False, deactivated_at=NOON)
    builders.person(session, name="Stranger")
    assert [agent.name for agent in timeline.agents_in_scope(session, as_viewer(session, manager), TUESDAY)] == ["Ana", "Mara"]
