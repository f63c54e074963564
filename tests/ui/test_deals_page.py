"""The Deals screen: what needs somebody today, one deal with its warnings and facts, and only one's own."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Activity, CalendarEvent, Deal, StoredReview, StoredWarning, WarningSetting
from domain.deals.priority import DealPriority
from domain.deals.warning_life import WarningState
from domain.deals.warnings import WarningRule
from domain.formatting import day_text
from domain.language import Language
from domain.records import ActivityType, DealStatus, Direction, EventKind, Outcome, Role
from services import deal_watch
from tests import builders
from tests.builders import NO_HOLIDAYS
from tests.ui.visits import Open, visit

DAY = timedelta(days=1)


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """Nora's deal that nobody has answered for weeks, and Sven's on another team."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country=NO_HOLIDAYS)
        north, south = builders.team(session), builders.team(session)
        nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
        now = clock.now()
        old = {"created_on": now.date() - 60 * DAY, "stage": "Offer made", "last_activity_at": now - 20 * DAY}
        deal = builders.deal(session, nora, name="Town hall roof", expected_close_on=now.date() - 4 * DAY, amount_minor=90_000, **old)
        builders.deal(session, sven, name="Secret bridge", **old)
        told = {"type": ActivityType.CALL, "direction": Direction.OUTBOUND, "deal_id": deal.id}
        for ago in (25, 20):
            builders.activity(session, nora, at=now - ago * DAY, outcome=Outcome.NO_ANSWER, duration_seconds=60, **told)
        deal_watch.watch(session, now)
        return SimpleNamespace(
            deal=deal,
            nora=nora,
            mia=builders.manager(session, of=north),
            max=builders.manager(session, of=south),
            ann=builders.person(session, role=Role.ADMIN, password_hash="x"),
        )

    return live_database.write(build)


def texts(at: Any) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info))


def kept(database: Database, model: Any) -> list[Any]:
    with database.reading() as session:
        return list(session.scalars(select(model)))


def test_an_agent_sees_what_needs_them_today_and_opens_it(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.nora, "deals")
    assert [header.value for header in at.header] == ["Needs you today", "Open deals"]
    (row,) = at.dataframe[0].value.to_dict("records")
    assert (row["name"], row["priority"], row["quiet"]) == ("Town hall roof", "High", "20 days")
    assert row["warnings"] == "No answer, Quiet +2"
    at.button(key=f"deals-open-{house.deal.id}").click().run()
    said = texts(at)
    assert not at.exception
    assert "**2 \\(2 out\\)**" in said
    assert "**2\u00a0min**" in said
    assert "It was expected to close on" in said


def test_a_manager_sees_the_team_and_nobody_elses_deal_by_its_address(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.mia, "deals")
    assert [row["name"] for row in at.dataframe[0].value.to_dict("records")] == ["Town hall roof"]
    assert "When deals are warned of" not in [header.value for header in at.header]
    assert "There is no such deal among those you look after" in texts(visit(app, house.max, "deals", deal=str(house.deal.id)))


def test_an_admin_sees_all_by_stage_and_can_narrow_to_silence(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.ann, "deals", view="board")
    assert "**Offer made** :gray[2]" in texts(at)
    assert "No deal fits" in [header.value for header in visit(app, house.ann, "deals", quiet="50").header]


def test_the_board_says_where_deals_are_dragged(app: Open, house: SimpleNamespace) -> None:
    """Its cards open deals; the Pipeline screen has the board that moves them."""
    (link,) = [each for each in visit(app, house.nora, "deals", view="board").get("page_link") if "board of Pipeline" in each.proto.label]
    assert link.proto.page.endswith("pipeline")


def test_a_deal_that_is_over_says_when_and_how_long_it_took(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    today = clock.now().date()

    def close(session: Session) -> None:
        deal = session.get_one(Deal, house.deal.id)
        deal.status, deal.stage, deal.closed_on = DealStatus.LOST, "Lost", today - 10 * DAY

    live_database.write(close)
    said = texts(visit(app, house.nora, "deals", deal=str(house.deal.id)))
    assert f"**Lost on {day_text(today - 10 * DAY)}** · " in said
    assert "In the pipeline  \n**50 days**" in said.replace(":gray[In the pipeline]", "In the pipeline")
    assert "Next step" not in said
    assert "Since the last activity" not in said


def test_what_is_planned_for_today_says_so_unless_the_deal_presses_anyway(
    app: Open, house: SimpleNamespace, live_database: Database
) -> None:
    def plan(session: Session) -> None:
        calm = builders.deal(session, house.nora, name="Calm shed", created_on=clock.now().date() - 5 * DAY)
        builders.deal_warning(session, house.nora, deal_id=calm.id, rule=WarningRule.SINGLE_CONTACT, priority=DealPriority.LOW)
        builders.event(session, house.nora, deal_id=calm.id, title="Show the shed", at=clock.now())

    live_database.write(plan)
    at = visit(app, house.nora, "deals")
    assert "Planned for today: Show the shed" in texts(at)
    assert not any("Calm shed" in each.value and "Nora" in each.value for each in at.markdown)


def test_a_warning_is_put_aside_and_comes_back(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.nora, "deals", deal=str(house.deal.id))
    key = f"{house.deal.id}-close_overdue"
    at.text_input(key=f"deal-why-{key}").input("They are on holiday")
    at.button(key=f"deal-snooze-{key}").click().run()
    assert "They are on holiday" in texts(at)
    at.button(key=f"deal-awake-{key}").click().run()
    assert not at.exception
    rows = {row.rule: row.state for row in kept(live_database, StoredWarning) if row.deal_id == house.deal.id}
    assert rows["close_overdue"] is WarningState.OPEN


def test_a_call_logged_and_a_step_planned_end_their_warnings_at_once(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.nora, "deals", deal=str(house.deal.id))
    at.radio(key=f"deal-log-kind-{house.deal.id}").set_value(ActivityType.CALL)
    at.button(key="deal-log-save").click().run()
    at.text_input(key=f"deal-plan-title-{house.deal.id}").input("Walk through the offer")
    at.button(key="deal-plan-save").click().run()
    assert not at.exception
    assert len(kept(live_database, Activity)) == 3
    (planned,) = kept(live_database, CalendarEvent)
    assert (planned.title, planned.kind, planned.deal_id) == ("Walk through the offer", EventKind.CALL, house.deal.id)
    said = texts(at)
    assert "No activity for" not in said
    assert "No call, meeting or task about it lies ahead" not in said


def test_an_admin_sets_from_when_on_deals_are_warned_of(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.ann, "deals")
    at.number_input(key="deals-figure-quiet_days-").set_value(4)
    at.button(key="deals-thresholds-save-").click().run()
    assert not at.exception
    (row,) = kept(live_database, WarningSetting)
    assert (row.pipeline, row.quiet_days, row.changed_by) == ("", 4, house.ann.id)


def test_a_deal_is_reviewed_with_what_to_do_what_to_say_and_a_plan(app: Open, house: SimpleNamespace, live_database: Database) -> None:
    at = visit(app, house.nora, "deals", deal=str(house.deal.id))
    assert "No review in this language yet" in texts(at)
    at.button(key="deal-review-make").click().run()
    said = texts(at)
    assert not at.exception
    assert [header.value for header in at.subheader] == ["What to do", "What to say", "Plan"]
    assert ":red-badge[Today] **Reach the client another way**" in said
    assert "“I have not reached you lately" in said
    assert "Today\\: Reach the client another way" in said
    assert "Written by rules, " in said
    at.button(key="deal-review-make").click().run()
    assert "Nothing has changed since, so the review stands." in texts(at)
    at.selectbox(key="deal-review-language").select(Language.RUSSIAN).run()
    assert "No review in this language yet" in texts(at)
    at.button(key="deal-review-make").click().run()
    assert "Связаться с клиентом другим способом" in texts(at)
    assert {row.language for row in kept(live_database, StoredReview)} == set(Language)


def test_what_was_brought_up_is_counted_on_the_deals_page(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    def noted(session: Session) -> None:
        for notes in ("Too expensive, they say.", "Price is too high. Asks for time.", "Happy with the plan."):
            told = {"type": ActivityType.NOTE, "deal_id": house.deal.id, "notes": notes}
            builders.activity(session, house.nora, at=clock.now() - DAY, **told)

    at = opened_deal(app, house)
    assert "Nothing was written down in the last 90 days" in texts(at)
    live_database.write(noted)
    at = opened_deal(app, house)
    assert not at.exception
    assert "**Price** was brought up in 2 of 3 conversations" in texts(at)


def opened_deal(app: Open, house: SimpleNamespace) -> Any:
    at = visit(app, house.nora, "deals")
    return at.button(key=f"deals-open-{house.deal.id}").click().run()
