"""The facts of a deal: each figure against rows written by hand, and only for who looks after the deal."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import DealSnapshot, StageChange
from domain.deals.facts import DealFacts, Sides
from domain.errors import NotFoundError
from domain.metrics.measures import Ratio
from domain.records import ActivityType, DealStatus, Direction, EventKind, EventStatus, Outcome, Role
from services import deal_facts
from services.access import viewer
from tests import builders
from tests.builders import NOON, TUESDAY

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def stored(make_database: Callable[[str], str]) -> Iterator[SimpleNamespace]:
    """A company with one deal that has everything, one that has nothing, and one of another team; tests only read."""
    database = Database(make_database("deal_facts"))
    yield SimpleNamespace(database=database, **vars(database.write(_company)))
    database.close()


@pytest.fixture
def session(stored: SimpleNamespace) -> Iterator[Session]:
    with stored.database.reading() as session:
        yield session


def _company(session: Session) -> SimpleNamespace:
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora = builders.person(session, on=north, name="Nora")
    sven = builders.person(session, on=south, name="Sven")
    lin, max_ = builders.lead(session, nora), builders.lead(session, nora)
    rich = builders.deal(
        session,
        nora,
        lead_id=lin.id,
        pipeline="Roofs",
        stage="Offer",
        stage_entered_at=NOON - 9 * DAY,
        created_on=TUESDAY - 20 * DAY,
        expected_close_on=TUESDAY + 5 * DAY,
        amount_minor=900,
        last_activity_at=NOON - 3 * DAY,
    )
    _moves(session, rich.id, ("First talk", 20), ("Offer", 9))
    _talks(session, nora, rich.id, max_.id)
    _plans(session, nora, sven, rich.id)
    for day, close in ((6, 0), (5, 3), (4, 3), (3, 2), (2, 5)):
        session.add(_snapshot(rich.id, TUESDAY - day * DAY, TUESDAY + close * DAY))
    for days in range(1, 12):
        won = builders.deal(session, sven, pipeline="Roofs", status=DealStatus.WON, closed_on=TUESDAY - 40 * DAY)
        _moves(session, won.id, ("Offer", 60), ("Won", 60 - days))
    bare = builders.deal(session, nora, created_on=TUESDAY - 4 * DAY)
    foreign = builders.deal(session, sven)
    people = {"nora": nora, "sven": sven, "mia": builders.manager(session, of=north), "ann": builders.person(session, role=Role.ADMIN)}
    return SimpleNamespace(rich=rich.id, bare=bare.id, foreign=foreign.id, **{name: each.id for name, each in people.items()})


def _moves(session: Session, deal_id: int, *entered: tuple[str, int]) -> None:
    for stage, ago in entered:
        at = NOON - ago * DAY
        session.add(StageChange(deal_id=deal_id, to_stage=stage, changed_at=at, changed_on=at.date()))


def _talks(session: Session, agent: Any, deal_id: int, other_lead: int) -> None:
    def did(days: float, kind: ActivityType, direction: Direction | None = Direction.OUTBOUND, **fields: Any) -> None:
        builders.activity(session, agent, at=NOON - days * DAY, type=kind, direction=direction, deal_id=deal_id, **fields)

    did(15, ActivityType.CALL, outcome=Outcome.CONNECTED, duration_seconds=600, lead_id=other_lead, notes="They need the budget approved.")
    did(14, ActivityType.MEETING, None, outcome=Outcome.COMPLETED)
    did(13, ActivityType.MEETING, None, outcome=Outcome.NO_SHOW)
    did(10, ActivityType.EMAIL, Direction.INBOUND)
    did(8, ActivityType.CALL, None, duration_seconds=0)
    did(6, ActivityType.EMAIL)
    did(3, ActivityType.CALL, outcome=Outcome.LEFT_MESSAGE)
    did(1, ActivityType.NOTE, None, notes="Thinking about it.")
    did(-1, ActivityType.CALL, outcome=Outcome.CONNECTED)


def _plans(session: Session, agent: Any, colleague: Any, deal_id: int) -> None:
    def planned(days: float, status: EventStatus = EventStatus.PLANNED, *, by: Any = agent, kind: EventKind = EventKind.CALL) -> None:
        at = NOON + days * DAY
        builders.event(session, by, at=at, status=status, deal_id=deal_id, kind=kind, title=f"In {days}", created_at=NOON - 30 * DAY)

    planned(-7, EventStatus.COMPLETED)
    planned(-6, EventStatus.NO_SHOW)
    planned(-2)
    planned(-1, EventStatus.CANCELLED)
    planned(2)
    planned(1, kind=EventKind.TRAINING)
    planned(1, by=colleague)


def _snapshot(deal_id: int, day: date, close: date) -> DealSnapshot:
    return DealSnapshot(day=day, deal_id=deal_id, status=DealStatus.OPEN, expected_close_on=close)


def facts(session: Session, stored: SimpleNamespace, name: str = "rich") -> DealFacts:
    return deal_facts.facts_of(session, viewer(session, stored.nora), getattr(stored, name), NOON)


def test_a_deal_knows_its_age_its_stage_and_how_long_it_has_been_quiet(session: Session, stored: SimpleNamespace) -> None:
    found = facts(session, stored)
    assert (found.age_days, found.days_in_stage, found.quiet_days, found.days_to_close) == (20, 9, 3, 5)
    assert found.days_since_answer == 10
    assert [move.stage for move in found.moves] == ["First talk", "Offer"]


def test_talk_is_counted_by_kind_and_side_and_what_is_still_to_come_is_not(session: Session, stored: SimpleNamespace) -> None:
    talk = facts(session, stored).talk
    assert talk.calls == Sides(out=2, unsaid=1)
    assert talk.messages == Sides(out=1, incoming=1)
    assert (talk.call_seconds, talk.calls_timed, talk.meetings, talk.touches) == (600, 2, 1, 6)
    assert talk.unanswered == (NOON - 8 * DAY, NOON - 6 * DAY, NOON - 3 * DAY)


def test_tasks_are_the_agents_own_entries_and_only_those_due_are_done_or_not(session: Session, stored: SimpleNamespace) -> None:
    found = facts(session, stored)
    assert found.tasks_done == Ratio(1, 3)
    assert [task.title for task in found.overdue] == ["In -2"]
    assert found.next_step is not None
    assert found.next_step.title == "In 2"


def test_a_close_date_put_off_counts_and_one_brought_forward_does_not(session: Session, stored: SimpleNamespace) -> None:
    found = facts(session, stored)
    assert (found.pushes, found.pushed_on) == (2, TUESDAY - 2 * DAY)


def test_contacts_are_the_different_people_the_records_name(session: Session, stored: SimpleNamespace) -> None:
    assert facts(session, stored).contacts == 2


def test_how_long_a_stage_usually_takes_is_told_by_the_deals_won(session: Session, stored: SimpleNamespace) -> None:
    usual = facts(session, stored).usual_stay
    assert usual is not None
    assert (usual.median_days, usual.late_days, usual.count) == pytest.approx((6, 9, 11))
    assert usual.is_known


def test_what_nobody_knows_is_none_and_not_zero(session: Session, stored: SimpleNamespace) -> None:
    bare = facts(session, stored, "bare")
    assert (bare.days_in_stage, bare.pushes, bare.contacts, bare.usual_stay, bare.next_step) == (None, None, None, None, None)
    assert (bare.talk.call_seconds, bare.talk.last_at, bare.tasks_done.value, bare.amount_minor) == (None, None, None, None)
    assert bare.quiet_days == 4


def test_notes_come_newest_first(session: Session, stored: SimpleNamespace) -> None:
    assert [note.text for note in facts(session, stored).notes] == ["Thinking about it.", "They need the budget approved."]


def test_only_who_looks_after_the_deal_reads_its_facts(session: Session, stored: SimpleNamespace) -> None:
    def seen(person_id: int) -> set[int]:
        return {each.deal_id for each in deal_facts.open_deals(session, viewer(session, person_id), NOON)}

    assert seen(stored.nora) == seen(stored.mia) == {stored.rich, stored.bare}
    assert seen(stored.sven) == {stored.foreign}
    assert seen(stored.ann) == {stored.rich, stored.bare, stored.foreign}
    with pytest.raises(NotFoundError):
        deal_facts.facts_of(session, viewer(session, stored.sven), stored.rich, NOON)


def test_as_of_an_earlier_moment_only_what_had_happened_counts(session: Session, stored: SimpleNamespace) -> None:
    (then,) = deal_facts.read(session, viewer(session, stored.nora).scope, TUESDAY, NOON - 12 * DAY, ids={stored.rich})
    assert (then.stage, then.talk.calls.count, then.talk.messages.count) == ("First talk", 1, 0)
