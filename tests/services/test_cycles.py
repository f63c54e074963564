"""The 90-day cycle: begun by its agent, told against the days before it, proposed to by who looks after them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Absence, CycleProposal, Notification, Person, Team
from domain.coaching.cycles import Phase
from domain.coaching.patterns.pattern import Tier
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.periods import Period
from domain.records import Decision
from services.access import Viewer, viewer
from services.cycle_changes import begin, end, name_focus
from services.cycle_proposals import decline, propose
from services.cycles import CycleBoard, cycle_board
from tests import builders

START = date(2026, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session, country=builders.NO_HOLIDAYS)
    made: Team = builders.team(session)
    return made


@pytest.fixture
def ada(session: Session, team: Team) -> Person:
    agent: Person = builders.person(session, on=team, name="Ada", working_days=[1, 2, 3, 4, 5, 6, 7])
    return agent


def of(session: Session, person: Person) -> Viewer:
    return viewer(session, person.id or 0)


def board(session: Session, agent: Person, today: date, who: Person | None = None) -> CycleBoard:
    return cycle_board(session, of(session, who or agent), agent.id or 0, today)


def started(session: Session, agent: Person) -> None:
    begin(session, of(session, agent), agent.id or 0, "calls", START)


def called(session: Session, agent: Person, days: Period, a_day: int) -> None:
    for day in days:
        for _ in range(a_day):
            builders.activity(session, agent, at=datetime.combine(day, time(12), UTC))


def test_start_stands_against_now_once_thirty_days_are_over(session: Session, ada: Person) -> None:
    called(session, ada, Period(START - 30 * DAY, START), 1)
    called(session, ada, Period(START, START + 30 * DAY), 3)
    started(session, ada)
    early = board(session, ada, START + 9 * DAY).current
    assert early is not None
    assert (early.figures[0].metric.key, early.figures[0].tier, early.windows.now.days) == ("calls", Tier.TOO_EARLY, 10)
    view = board(session, ada, START + 29 * DAY).current
    assert view is not None
    calls = view.figures[0]
    assert (calls.before.value, calls.now.value, calls.facts, calls.tier, calls.is_good) == (1.0, 3.0, (30, 90), Tier.CLEAR, True)
    assert (view.phase, view.workdays) == (Phase.FOUNDATION, (30, 90))


def test_a_phase_that_is_over_keeps_its_milestone(session: Session, ada: Person) -> None:
    called(session, ada, Period(START - 30 * DAY, START), 1)
    called(session, ada, Period(START, START + 30 * DAY), 3)
    started(session, ada)
    view = board(session, ada, START + 45 * DAY).current
    assert view is not None
    foundation, build, consolidate = view.milestones
    assert foundation.standing is not None
    assert (foundation.is_over, foundation.standing.now.value, foundation.is_open) == (True, 3.0, False)
    assert (view.phase, build.focus, build.standing, build.is_open, consolidate.is_open) == (Phase.BUILD, None, None, True, True)


def test_a_manager_proposes_and_the_agent_decides(session: Session, team: Team, ada: Person) -> None:
    manager = builders.manager(session, of=team, name="Mia")
    started(session, ada)
    name_focus(session, of(session, manager), ada.id or 0, Phase.FOUNDATION, "conversations", START)
    view = board(session, ada, START, manager).current
    assert view is not None
    first = view.milestones[0]
    assert first.focus is not None
    assert first.proposal is not None
    assert (first.focus.metric_key, first.proposal.metric_key, first.proposal.named_by) == ("calls", "conversations", "Mia")
    name_focus(session, of(session, ada), ada.id or 0, Phase.FOUNDATION, "conversations", START)
    view = board(session, ada, START).current
    assert view is not None
    assert view.milestones[0].focus is not None
    assert (view.milestones[0].focus.metric_key, view.milestones[0].proposal) == ("conversations", None)


def test_it_ends_by_itself_with_a_review_and_the_next_may_begin(session: Session, ada: Person) -> None:
    called(session, ada, Period(START - 30 * DAY, START), 1)
    called(session, ada, Period(START + 60 * DAY, START + 90 * DAY), 3)
    started(session, ada)
    with pytest.raises(ConflictError, match="runs already"):
        begin(session, of(session, ada), ada.id or 0, "calls", START + 89 * DAY)
    after = START + 90 * DAY
    found = board(session, ada, after)
    assert found.last is not None
    assert (found.current, [each.metric.key for each in found.last.review.better]) == (None, ["calls"])
    begin(session, of(session, ada), ada.id or 0, "calls", after)
    assert len(board(session, ada, after + 90 * DAY).past) == 2


def test_one_ended_on_its_first_day_was_none_and_a_later_one_is_kept_shorter(session: Session, ada: Person) -> None:
    started(session, ada)
    end(session, of(session, ada), ada.id or 0, START)
    assert board(session, ada, START).past == ()
    started(session, ada)
    end(session, of(session, ada), ada.id or 0, START + 10 * DAY)
    (past,) = board(session, ada, START + 10 * DAY).past
    assert past.days.days == 10
    with pytest.raises(ConflictError, match="No cycle runs"):
        name_focus(session, of(session, ada), ada.id or 0, Phase.BUILD, "calls", START + 10 * DAY)


def test_absences_pause_nothing_and_are_named(session: Session, ada: Person) -> None:
    away = Period(START + 5 * DAY, START + 12 * DAY)
    session.add(Absence(person_id=ada.id, from_on=away.start, until_on=away.end))
    session.flush()
    started(session, ada)
    view = board(session, ada, START + 19 * DAY).current
    assert view is not None
    assert (view.away, view.workdays, view.phase) == ((away,), (13, 83), Phase.FOUNDATION)


@pytest.mark.parametrize("key", ["revenue", "response_time", "leads_assigned"])
def test_a_phase_is_about_what_can_be_told_to_have_moved(session: Session, ada: Person, key: str) -> None:
    with pytest.raises(InputError, match="cannot be about"):
        begin(session, of(session, ada), ada.id or 0, key, START)


def test_a_foreign_cycle_is_neither_read_nor_changed(session: Session, team: Team, ada: Person) -> None:
    started(session, ada)
    strangers = (builders.person(session, on=team), builders.manager(session, of=builders.team(session)))
    for stranger in strangers:
        with pytest.raises(NotFoundError):
            board(session, ada, START, stranger)
        with pytest.raises(NotFoundError):
            name_focus(session, of(session, stranger), ada.id or 0, Phase.BUILD, "calls", START)
    manager = of(session, builders.manager(session, of=team))
    for change in (lambda: begin(session, manager, ada.id or 0, "calls", START), lambda: end(session, manager, ada.id or 0, START)):
        with pytest.raises(AccessError):
            change()


def test_a_phase_that_is_over_is_about_what_it_was(session: Session, ada: Person) -> None:
    started(session, ada)
    with pytest.raises(ConflictError, match="phase is over"):
        name_focus(session, of(session, ada), ada.id or 0, Phase.FOUNDATION, "conversations", START + 30 * DAY)


def test_four_figures_are_offered_and_money_is_none_of_them(session: Session, ada: Person) -> None:
    called(session, ada, Period(START - 30 * DAY, START), 1)
    offered = board(session, ada, START).offered
    assert len(offered) == 4
    assert all(each.metric.key != "revenue" for each in offered)


def test_leads_that_have_not_had_their_time_are_too_early_to_compare(session: Session, ada: Person) -> None:
    for day in (START - 20 * DAY, START + 70 * DAY):
        for number in range(60):
            builders.lead(session, ada, on=day, contacted_on=day, converted_on=day if number < (30 if day < START else 2) else None)
    started(session, ada)
    tiers = {}
    for after in (90, 119, 120):
        view = board(session, ada, START + after * DAY).last
        assert view is not None
        tiers[after] = next(each.tier for each in view.figures if each.metric.key == "conversion_rate")
    assert tiers == {90: Tier.TOO_EARLY, 119: Tier.TOO_EARLY, 120: Tier.CLEAR}


def decisions(session: Session) -> list[Decision | None]:
    return list(session.scalars(select(CycleProposal.decision).order_by(CycleProposal.id)))


def test_a_proposed_cycle_is_begun_with_another_figure_or_declined_by_its_agent_alone(session: Session, team: Team, ada: Person) -> None:
    manager, agent_id = of(session, builders.manager(session, of=team, name="Mia")), ada.id or 0
    for key in ("conversations", "calls"):
        propose(session, manager, agent_id, key, START, builders.NOON)
    waiting = board(session, ada, START).proposal
    assert waiting is not None
    assert (waiting.metric_key, waiting.proposed_by, waiting.is_waiting) == ("calls", "Mia", True)
    assert [each.title for each in session.scalars(select(Notification))][-1] == "Mia proposes ninety days about Calls"
    with pytest.raises(AccessError, match="Only the agent"):
        decline(session, manager, agent_id, START)
    decline(session, of(session, ada), agent_id, START)
    seen = [board(session, ada, START + days * DAY).proposal for days in (29, 30)]
    assert [each and each.is_declined for each in seen] == [True, None]
    with pytest.raises(ConflictError, match="Nothing is proposed"):
        decline(session, of(session, ada), agent_id, START)
    propose(session, manager, agent_id, "conversations", START, builders.NOON)
    started(session, ada)
    assert (decisions(session), board(session, ada, START).proposal) == ([Decision.DECLINED, Decision.EDITED], None)
    with pytest.raises(ConflictError, match="runs already"):
        propose(session, manager, agent_id, "calls", START, builders.NOON)


def test_a_cycle_is_proposed_by_nobody_who_does_not_look_after_the_agent_and_about_nothing_luck_hides(
    session: Session, team: Team, ada: Person
) -> None:
    for stranger in (builders.person(session, on=team), builders.manager(session, of=builders.team(session))):
        with pytest.raises(NotFoundError):
            propose(session, of(session, stranger), ada.id or 0, "calls", START, builders.NOON)
    with pytest.raises(AccessError, match="themselves"):
        propose(session, of(session, ada), ada.id or 0, "calls", START, builders.NOON)
    with pytest.raises(InputError, match="cannot be about"):
        propose(session, of(session, builders.manager(session, of=team)), ada.id or 0, "revenue", START, builders.NOON)
