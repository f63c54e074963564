"""The pipeline of a viewer's people: figures against target, what is ahead, conversions, and what changed since a kept night."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.models import Absence, DealSnapshot, KpiTarget, Person, StageChange
from domain.access import Selection
from domain.errors import InputError
from domain.periods import Grain, containing
from domain.pipeline.changes import Part
from domain.pipeline.conversion import Transition
from domain.records import DealStatus, EventKind, EventStatus, Profile, Role
from services import access, pipeline_board
from services.deal_snapshots import snapshot_deals
from services.lookups import lookups
from services.pipeline_board import Followed
from services.pipeline_items import stage_columns
from tests import builders

TODAY = date(2026, 3, 19)
NOW = datetime.combine(TODAY, builders.NOON.timetz())
MARCH = Selection(period=containing(TODAY, Grain.MONTH))


def viewer_of(session: Session, person: Person) -> access.Viewer:
    assert person.id is not None
    return access.viewer(session, person.id)


def house(session: Session) -> tuple[Person, Person, access.Viewer]:
    """Ana on a team, Eve on another, and the view of Ana's manager."""
    builders.organisation(session, country=builders.NO_HOLIDAYS)
    team, other = builders.team(session), builders.team(session)
    ana, eve = builders.person(session, on=team, name="Ana"), builders.person(session, on=other, name="Eve")
    return ana, eve, viewer_of(session, builders.manager(session, of=team))


def entered(session: Session, deal_id: int | None, stage: str, on: date) -> None:
    at = datetime.combine(on, builders.NOON.timetz())
    session.add(StageChange(deal_id=deal_id or 0, to_stage=stage, changed_at=at, changed_on=on))
    session.flush()


def test_the_figures_are_the_managers_peoples_and_a_list_has_its_size_and_revenue(session: Session) -> None:
    ana, eve, manager = house(session)
    for agent in (ana, eve):
        builders.activity(session, agent)
        builders.deal(session, agent, agreement_on=date(2026, 3, 5), partner_list_sent_on=date(2026, 3, 6), partner_list_size=12)
        builders.deal(session, agent, status="won", closed_on=date(2026, 3, 9), amount_minor=60_000)
    board = pipeline_board.pipeline_board(session, manager, MARCH, TODAY)
    told = {reading.metric.key: reading.value for reading in board.readings}
    assert (told["calls"], told["agreements"], told["lists_sent"], told["list_size"]) == (1, 1, 1, 12)
    assert (told["revenue_per_call"], told["revenue_per_list"], board.revenue_per_agent) == (60_000, 60_000, 60_000)
    assert [row.name for row in board.agents] == ["Ana"]


@pytest.mark.parametrize("key", ["agreements", "lists_sent"])
def test_agreements_and_lists_are_held_against_the_month_s_target(session: Session, key: str) -> None:
    ana, _, manager = house(session)
    builders.deal(session, ana, agreement_on=date(2026, 3, 5), partner_list_sent_on=date(2026, 3, 6))
    session.add(KpiTarget(metric_key=key, grain=Grain.MONTH, target=4, agent_id=ana.id, from_on=date(2026, 1, 1)))
    session.flush()
    board = pipeline_board.pipeline_board(session, manager, MARCH, TODAY)
    reading = next(each for each in board.readings if each.metric.key == key)
    assert (reading.value, reading.target) == (1, 4)


def test_a_line_over_time_has_a_point_and_a_target_for_every_week(session: Session) -> None:
    ana, eve, manager = house(session)
    builders.activity(session, ana, at=NOW - timedelta(days=14))
    builders.activity(session, ana, at=NOW - timedelta(days=7))
    builders.activity(session, eve, at=NOW - timedelta(days=7))
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=25, agent_id=ana.id, from_on=date(2026, 1, 1)))
    session.flush()
    line = pipeline_board.target_line(session, manager, MARCH, Followed("calls", Grain.WEEK), TODAY)
    assert [(point.label, point.value) for point in line.trend.points][-3:] == [
        ("week of 2 Mar", 1),
        ("week of 9 Mar", 1),
        ("week of 16 Mar", 0),
    ]
    assert line.targets[-3:] == (25, 25, 25)


def test_a_part_of_the_work_has_no_target(session: Session) -> None:
    ana, _, manager = house(session)
    builders.activity(session, ana, at=NOW, category="Homes")
    session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=25, agent_id=ana.id, from_on=date(2026, 1, 1)))
    chosen = Selection(period=MARCH.period, categories=frozenset({"Homes"}))
    line = pipeline_board.target_line(session, manager, chosen, Followed("calls", Grain.DAY), TODAY)
    assert len(line.targets) == 14
    assert set(line.targets) == {None}


def test_an_unknown_figure_is_refused(session: Session) -> None:
    with pytest.raises(InputError):
        pipeline_board.target_line(session, house(session)[2], MARCH, Followed("luck", Grain.WEEK), TODAY)


def test_calls_still_planned_are_counted_by_days_ahead(session: Session) -> None:
    ana, eve, manager = house(session)
    for days in (0, 6, 7, 13, 29, 30):
        builders.event(session, ana, kind=EventKind.CALL, at=NOW + timedelta(days=days, hours=1))
    builders.event(session, ana, kind=EventKind.CALL, at=NOW - timedelta(hours=1))
    builders.event(session, ana, kind=EventKind.CALL, at=NOW + timedelta(days=1), status=EventStatus.CANCELLED)
    builders.event(session, ana, kind=EventKind.BLOCKED, at=NOW + timedelta(days=1))
    builders.event(session, eve, kind=EventKind.CALL, at=NOW + timedelta(days=1))
    assert pipeline_board.pipeline_ahead(session, manager, MARCH, TODAY, NOW).booked == {EventKind.CALL: (2, 4, 5)}


def test_proposals_wait_by_age_until_they_are_agreed_or_decided(session: Session) -> None:
    ana, eve, manager = house(session)
    for days in (0, 7, 8, 30, 31, 400):
        builders.deal(session, ana, proposal_on=TODAY - timedelta(days=days), amount_minor=100)
    builders.deal(session, ana, proposal_on=TODAY, agreement_on=TODAY)
    builders.deal(session, ana, proposal_on=TODAY, status="lost", closed_on=TODAY)
    builders.deal(session, eve, proposal_on=TODAY)
    found = pipeline_board.pipeline_ahead(session, manager, MARCH, TODAY, NOW)
    assert (found.proposals, found.proposals_open, found.proposals_minor) == ((2, 1, 1, 2), 6, 600)


def test_lists_are_overdue_from_the_day_after_and_named_longest_first(session: Session) -> None:
    ana, eve, manager = house(session)
    for name, days in (("Today", 0), ("Yesterday", -1), ("Long ago", -9), ("Next week", 6), ("Later", 7)):
        builders.deal(session, ana, name=name, agreement_on=date(2026, 3, 1), partner_list_due_on=TODAY + timedelta(days=days))
    builders.deal(session, ana, name="Sent", partner_list_due_on=TODAY - timedelta(days=3), partner_list_sent_on=TODAY)
    builders.deal(session, eve, name="Another team's", partner_list_due_on=TODAY - timedelta(days=3))
    found = pipeline_board.pipeline_ahead(session, manager, MARCH, TODAY, NOW)
    assert (found.lists_overdue, found.lists_due) == (2, 2)
    assert [(each.name, each.agent_name) for each in found.lists] == [
        ("Long ago", "Ana"),
        ("Yesterday", "Ana"),
        ("Today", "Ana"),
        ("Next week", "Ana"),
    ]


def test_conversions_count_a_deal_once_per_step_however_often_it_came_back(session: Session) -> None:
    ana, eve, manager = house(session)
    deal = builders.deal(session, ana, created_on=date(2026, 2, 1), proposal_on=date(2026, 2, 20))
    for stage, day in (("CALL_BOOKED", 2), ("CALL_CONDUCTED", 5), ("CALL_BOOKED", 8), ("CALL_CONDUCTED", 12)):
        entered(session, deal.id, stage, date(2026, 2, day))
    dropped = builders.deal(session, ana, created_on=date(2026, 2, 1), status="lost", closed_on=date(2026, 2, 9))
    entered(session, dropped.id, "CALL_CONDUCTED", date(2026, 2, 5))
    foreign = builders.deal(session, eve, created_on=date(2026, 2, 1))
    entered(session, foreign.id, "CALL_CONDUCTED", date(2026, 2, 5))
    found = pipeline_board.conversions(session, manager, MARCH, TODAY)
    assert (found[Transition.BOOKED_HELD].entered, found[Transition.BOOKED_HELD].share) == (1, 1.0)
    held = found[Transition.HELD_PROPOSAL]
    assert (held.entered, held.moved, held.share) == (2, 1, 0.5)
    assert Transition.LIST_SALE not in found


def test_a_list_still_working_is_undecided(session: Session) -> None:
    ana, _, manager = house(session)
    builders.deal(session, ana, created_on=date(2026, 1, 1), partner_list_sent_on=date(2026, 2, 1), first_sale_on=date(2026, 2, 11))
    builders.deal(session, ana, created_on=date(2026, 1, 1), partner_list_sent_on=date(2026, 3, 1))
    found = pipeline_board.conversions(session, manager, MARCH, TODAY)[Transition.LIST_SALE]
    assert (found.entered, found.moved, found.waiting) == (2, 1, 1)


def test_changes_lead_from_the_kept_night_to_now_within_the_viewers_scope(session: Session) -> None:
    ana, eve, manager = house(session)
    then = TODAY - timedelta(days=7)
    kept = {"created_on": date(2026, 2, 1), "amount_minor": 100, "stage": "CALL_BOOKED"}
    moved, grown, won, stayed = (builders.deal(session, ana, **kept) for _ in range(4))
    builders.deal(session, eve, **kept)
    snapshot_deals(session, then)
    moved.stage, grown.amount_minor = "PROPOSAL_SENT", 130
    won.status, won.closed_on = DealStatus.WON, TODAY
    builders.deal(session, ana, created_on=TODAY, amount_minor=50, stage="LEAD")
    session.flush()
    found = pipeline_board.changes_since(session, manager, MARCH, then, TODAY)
    assert found is not None
    assert (found.day, found.account.before.deals, found.account.after.deals) == (then, 4, 4)
    told = {part: (tally.deals, tally.amount_minor) for part, tally in found.account.parts.items() if tally.deals}
    assert told == {
        Part.OPENED: (1, 50),
        Part.GREW: (1, 30),
        Part.WON: (1, 100),
        Part.FORWARD: (1, 100),
        Part.STAYED: (2, 230),
    }
    assert stayed.stage == "CALL_BOOKED"


def test_without_a_night_kept_nothing_is_compared_and_else_the_nearest_is_taken(session: Session) -> None:
    ana, _, manager = house(session)
    deal = builders.deal(session, ana, created_on=date(2026, 2, 1))
    assert pipeline_board.changes_since(session, manager, MARCH, TODAY - timedelta(days=7), TODAY) is None
    session.add(DealSnapshot(day=TODAY - timedelta(days=2), deal_id=deal.id, agent_id=ana.id, status=DealStatus.OPEN))
    session.flush()
    found = pipeline_board.changes_since(session, manager, MARCH, TODAY - timedelta(days=7), TODAY)
    assert found is not None
    assert found.day == TODAY - timedelta(days=2)


def test_the_order_of_a_teams_own_stages_is_learned_from_how_deals_went(session: Session) -> None:
    ana, _, manager = house(session)
    for _ in range(2):
        past = builders.deal(session, ana, created_on=date(2026, 1, 1))
        for day, stage in enumerate(("Qualified", "Demo", "Contract"), start=2):
            entered(session, past.id, stage, date(2026, 1, day))
    deals = [builders.deal(session, ana, created_on=date(2026, 2, 1), stage=stage) for stage in ("Demo", "Contract")]
    snapshot_deals(session, TODAY - timedelta(days=7))
    deals[0].stage, deals[1].stage = "Contract", "Qualified"
    session.flush()
    found = pipeline_board.changes_since(session, manager, MARCH, TODAY - timedelta(days=7), TODAY)
    assert found is not None
    assert (found.account.parts[Part.FORWARD].deals, found.account.parts[Part.BACK].deals) == (1, 1)


def test_items_in_stages_of_ones_own_are_on_the_board_too(session: Session) -> None:
    ana, eve, manager = house(session)
    builders.deal(session, ana, stage="Somewhere else")
    builders.deal(session, ana, stage="CALL_BOOKED")
    builders.deal(session, eve, stage="CALL_BOOKED")
    columns = stage_columns(session, manager, MARCH, Profile.BDR, TODAY)
    assert {column.stage: column.count for column in columns if column.count} == {"CALL_BOOKED": 1, "Somewhere else": 1}
    own = stage_columns(session, manager, MARCH, Profile.B2B, TODAY)
    assert [column.stage for column in own] == ["Somewhere else"], "no empty columns of stages the team does not use"


def test_a_deal_that_changed_teams_is_its_new_managers_on_both_days(session: Session) -> None:
    ana, eve, manager = house(session)
    deal = builders.deal(session, eve, created_on=date(2026, 2, 1), amount_minor=100)
    snapshot_deals(session, TODAY - timedelta(days=7))
    deal.agent_id = ana.id
    session.flush()
    found = pipeline_board.changes_since(session, manager, MARCH, TODAY - timedelta(days=7), TODAY)
    assert found is not None
    assert (found.account.before.deals, found.account.parts[Part.STAYED].deals) == (1, 1)


def test_an_agent_sees_their_own_pipeline_and_an_admin_all(session: Session) -> None:
    ana, eve, _ = house(session)
    for agent in (ana, eve):
        builders.deal(session, agent, proposal_on=TODAY)
    admin = viewer_of(session, builders.person(session, role=Role.ADMIN))
    asked = Selection(period=MARCH.period, agent_ids=frozenset({eve.id}))
    assert pipeline_board.pipeline_ahead(session, viewer_of(session, ana), MARCH, TODAY, NOW).proposals_open == 1
    assert pipeline_board.pipeline_ahead(session, viewer_of(session, ana), asked, TODAY, NOW).proposals_open == 0
    assert pipeline_board.pipeline_ahead(session, admin, MARCH, TODAY, NOW).proposals_open == 2


def statements_of(session: Session, parts: Sequence[Callable[[], object]]) -> list[list[str]]:
    """What each of the parts sends, as screens that read one after the other do."""
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))
    taken = []
    for part in parts:
        session.expunge_all()
        sent.clear()
        part()
        taken.append([*sent])
    return taken


def test_each_part_reads_its_facts_in_one_statement_and_people_and_targets_are_read_once(session: Session) -> None:
    ana, _, manager = house(session)
    builders.deal(session, ana, created_on=date(2026, 2, 1), proposal_on=TODAY, stage="CALL_BOOKED")
    snapshot_deals(session, TODAY - timedelta(days=7))
    known = lookups(session, manager.scope, MARCH, TODAY)
    span, week_ago = (MARCH.period.start, TODAY), TODAY - timedelta(days=7)
    taken = statements_of(
        session,
        [
            lambda: lookups(session, manager.scope, MARCH, TODAY),
            lambda: pipeline_board.pipeline_board(session, manager, MARCH, TODAY, known),
            lambda: pipeline_board.target_line(session, manager, MARCH, Followed("calls", Grain.WEEK, span), TODAY, known),
            lambda: pipeline_board.pipeline_ahead(session, manager, MARCH, TODAY, NOW),
            lambda: pipeline_board.conversions(session, manager, MARCH, TODAY),
            lambda: pipeline_board.changes_since(session, manager, MARCH, week_ago, TODAY),
        ],
    )
    assert [len(each) for each in taken] == [4, 1, 1, 1, 1, 2]
    assert "pipeline_stage" in taken[-1][-1]


def test_what_is_known_of_people_and_targets_changes_no_figure(session: Session) -> None:
    ana, _, manager = house(session)
    builders.activity(session, ana, at=NOW - timedelta(days=7))
    for year in (2025, 2026):
        session.add(Absence(person_id=ana.id, from_on=date(year, 3, 2), until_on=date(year, 3, 5)))
    for target, year in ((9, 2025), (25, 2026)):
        days = {"from_on": date(year, 1, 1), "until_on": date(year + 1, 1, 1)}
        session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, target=target, agent_id=ana.id, **days))
    session.flush()
    known = lookups(session, manager.scope, MARCH, TODAY)
    board, line = pipeline_board.pipeline_board, pipeline_board.target_line
    assert board(session, manager, MARCH, TODAY, known) == board(session, manager, MARCH, TODAY)
    asked = (session, manager, MARCH, Followed("calls", Grain.MONTH), TODAY)
    assert line(*asked, known=known) == line(*asked)
    assert line(*asked, known=known).targets[-1] is not None
