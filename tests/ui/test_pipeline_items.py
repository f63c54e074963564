"""Items on the Pipeline screen are moved by dragging or by the form, and nothing the browser says is taken on trust."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Deal, StageChange
from domain.errors import InputError
from domain.records import Profile, Role
from tests import builders
from tests.ui.visits import Open, visit
from ui.pipeline.stage_drag import Drawn, moves_said


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """Ana of a list-out team with two items, one booked and one with a proposal."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session, profile=Profile.BDR)
        ana = builders.person(session, on=team, name="Ana")
        builders.activity(session, ana, at=clock.now())
        booked = builders.deal(session, ana, name="Cedar", stage="CALL_BOOKED")
        builders.deal(session, ana, name="Willow", stage="PROPOSAL_SENT")
        return SimpleNamespace(ana=ana, booked=booked.id, manager=builders.manager(session, of=team))

    return live_database.write(build)


def opened(app: Open, person: object) -> AppTest:
    return visit(app, person, "pipeline", part="Items")


def stages(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return {deal.name: deal.stage for deal in session.scalars(select(Deal).order_by(col(Deal.id)))}


def drawn(at: AppTest) -> Drawn:
    found: Drawn = at.session_state["pipeline-drawn"]
    return found


def test_a_dragged_item_is_moved_and_the_move_says_who_made_it(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = opened(app, house.manager)
    board = drawn(at)
    (card,) = [column["items"] for column in board.shown if column["header"].startswith("Call booked")]
    said = [column | {"items": card if column["header"].startswith("Call held") else []} for column in board.shown]
    said = [column if not column["header"].startswith("Proposal") else board.shown[place] for place, column in enumerate(said)]
    at.session_state[board.key] = said
    at.run()
    assert not at.exception
    assert stages(live_database) == {"Cedar": "CALL_CONDUCTED", "Willow": "PROPOSAL_SENT"}
    assert [each.value for each in at.success] == ["1 item changed."]
    with live_database.reading() as session:
        assert session.scalars(select(StageChange.changed_by)).all() == [house.manager.id]


def test_many_items_are_moved_by_the_form(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = opened(app, house.ana)
    at.multiselect(key="pipeline-which").set_value(list(drawn(at).seen)).run()
    at.selectbox(key="pipeline-to").set_value("AGREEMENT_SIGNED").run()
    at.button(key="pipeline-move").click().run()
    assert stages(live_database) == {"Cedar": "AGREEMENT_SIGNED", "Willow": "AGREEMENT_SIGNED"}


def test_an_item_moved_by_somebody_else_meanwhile_is_left_where_it_is(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = opened(app, house.ana)
    at.multiselect(key="pipeline-which").set_value([house.booked]).run()
    at.selectbox(key="pipeline-to").set_value("SOLD").run()

    def elsewhere(session: Session) -> None:
        session.get_one(Deal, house.booked).stage = "CALL_CONDUCTED"

    live_database.write(elsewhere)
    at.button(key="pipeline-move").click().run()
    assert stages(live_database)["Cedar"] == "CALL_CONDUCTED"
    assert "Somebody moved it meanwhile" in at.warning[0].value


@pytest.mark.parametrize(
    "said",
    [
        [{"header": "A", "items": ["Cedar"]}],
        [{"header": "A", "items": ["Cedar", "Cedar"]}, {"header": "B", "items": ["Willow"]}],
        [{"header": "A", "items": ["Somebody else's"]}, {"header": "B", "items": ["Willow"]}],
        [{"header": "C", "items": ["Cedar", "Willow"]}],
        "nonsense",
        7,
    ],
)
def test_what_the_board_did_not_show_is_refused(said: object) -> None:
    board = Drawn(key="k", stages={"A": "LEAD", "B": "SOLD"}, items={"Cedar": 1, "Willow": 2}, seen={1: "LEAD", 2: "SOLD"}, shown=[])
    with pytest.raises(InputError):
        moves_said(board, said)


def test_only_items_in_another_column_have_moved() -> None:
    board = Drawn(key="k", stages={"A": "LEAD", "B": "SOLD"}, items={"Cedar": 1, "Willow": 2}, seen={1: "LEAD", 2: "LEAD"}, shown=[])
    assert moves_said(board, [{"header": "A", "items": ["Willow"]}, {"header": "B", "items": ["Cedar"]}]) == {1: "SOLD"}


def test_an_items_dates_and_list_are_kept_by_its_form(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = opened(app, house.ana)
    at.multiselect(key="pipeline-which").set_value([house.booked]).run()
    at.button(key="pipeline-open").click().run()
    at.date_input(key=f"item-agreement_on-{house.booked}").set_value(date(2026, 3, 2))
    at.number_input(key=f"item-partner_list_size-{house.booked}").set_value(12)
    at.button(key="pipeline-open").click()  # a dialog stays only while its opener is chosen again with every run
    at.button(key=f"item-save-{house.booked}").click().run()
    assert not at.exception
    with live_database.reading() as session:
        kept = session.get_one(Deal, house.booked)
        assert (kept.agreement_on, kept.partner_list_size) == (date(2026, 3, 2), 12)


def test_a_stage_renamed_on_settings_has_its_name_on_the_board(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    admin = live_database.write(lambda session: builders.person(session, role=Role.ADMIN))
    at = visit(app, admin, "settings")
    at.selectbox(key="stages-profile").set_value(Profile.BDR).run()
    at.selectbox(key="stage-which-bdr").set_value("CALL_BOOKED").run()
    at.text_input(key="stage-name-bdr-CALL_BOOKED").set_value("Discovery booked")
    at.button(key="stage-save-bdr-CALL_BOOKED").click().run()
    assert not at.exception
    board = drawn(opened(app, house.manager))
    assert [column["header"] for column in board.shown][:2] == ["Lead · 0", "Discovery booked · 1"]
