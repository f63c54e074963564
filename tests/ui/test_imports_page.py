"""The Imports screen: from an uploaded file to a report, and back."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Deal, ImportBatch, Person
from domain.records import Role
from tests import builders

PAGE = "../pages/imports.py"
OPEN = Callable[[Person | None], AppTest]
DEALS = b"id,owner,deal stage,value,close date\n1,Ann Agent,Won,100,2026-01-05\n2,Ann Agent,Prospecting,,\n3,Nobody,Won,5,2026-01-06\n"


@pytest.fixture
def admin(live_database: Database) -> Person:
    def fill(session: object) -> Person:
        builders.organisation(session)
        builders.person(session, name="Ann Agent")
        return builders.person(session, name="Ada Admin", role=Role.ADMIN)

    return live_database.write(fill)


def _page(app: OPEN, person: Person) -> AppTest:
    at = app(person).run()
    return at.switch_page(PAGE).run()


def _uploaded(app: OPEN, person: Person, content: bytes, name: str = "deals.csv") -> AppTest:
    at = _page(app, person)
    at.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not at.exception
    return at


@pytest.mark.usefixtures("admin")
def test_an_agent_has_no_such_page(app: OPEN, live_database: Database) -> None:
    agent = live_database.write(lambda session: builders.person(session, role=Role.AGENT))

    with pytest.raises(ValueError, match="imports"):
        _page(app, agent)


def test_without_imports_the_page_says_what_comes_next(app: OPEN, admin: Person) -> None:
    at = _page(app, admin)

    assert not at.exception
    assert any("No imports yet" in info.value for info in at.info)


def test_a_file_is_checked_then_imported_then_undone(app: OPEN, admin: Person, live_database: Database) -> None:
    at = _uploaded(app, admin, DEALS)
    assert at.button(key="imports-run").disabled

    at.button(key="imports-check").click().run()
    assert not at.exception
    assert [metric.value for metric in at.metric] == ["3", "2", "1"]
    with live_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Deal)) == 0

    at.button(key="imports-run").click().run()
    assert not at.exception
    assert any("deals" in head.value and "imported" in head.value for head in at.subheader)
    with live_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Deal)) == 2
        batch = session.scalars(select(ImportBatch)).one()
    assert (batch.rows, batch.accepted_rows, batch.rejected_rows, batch.imported_by) == (3, 2, 1, admin.id)

    at.selectbox(key="imports-chosen").set_value(batch.id).run()
    at.button(key="imports-undo-confirm").click().run()
    assert not at.exception
    with live_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Deal)) == 0


def test_an_unreadable_file_is_refused_with_its_reason(app: OPEN, admin: Person) -> None:
    at = _uploaded(app, admin, b"   ", "empty.csv")

    assert "The file is empty" in at.error[0].value.replace("\\", "")


def test_dates_that_can_be_read_two_ways_are_asked_about(app: OPEN, admin: Person) -> None:
    at = _uploaded(app, admin, b"id,owner,status,close date\n1,Ann Agent,won,03/04/2026\n")

    at.button(key="imports-check").click().run()
    assert "day or the month" in at.error[0].value

    at.segmented_control[0].set_value("day_first").run()
    at.button(key="imports-check").click().run()
    assert [metric.value for metric in at.metric] == ["1", "1", "0"]


def test_a_mapping_is_kept_for_the_next_file(app: OPEN, admin: Person) -> None:
    at = _uploaded(app, admin, DEALS)
    at.text_input(key="imports-keep-name").set_value("Monthly").run()
    at.button(key="imports-keep-save").click().run()

    assert not at.exception
    assert any("Monthly" in box.options for box in at.selectbox)


def test_markup_in_names_stays_text(app: OPEN, admin: Person) -> None:
    at = _uploaded(app, admin, b"id,owner,status\n1,Ann Agent,![x](http://evil.example/a.png)\n", "![](http://evil.example/x).csv")

    assert not any("![" in item.value for item in at.markdown)


def test_a_file_of_people_and_their_teams_is_imported(app: OPEN, admin: Person, live_database: Database) -> None:
    content = b"sales_agent,manager,regional_office\nVersie Hillebrand,Dustin Brinkmann,Central\nMoses Frase,Dustin Brinkmann,Central\n"
    at = _uploaded(app, admin, content, "sales_teams.csv")

    at.button(key="imports-check").click().run()
    at.button(key="imports-run").click().run()

    assert not at.exception
    with live_database.reading() as session:
        names = session.scalars(select(col(Person.name)).order_by(col(Person.name))).all()
    assert names == ["Ada Admin", "Ann Agent", "Moses Frase", "Versie Hillebrand"]


def test_the_first_file_brings_its_people_and_a_later_one_only_when_asked(app: OPEN, live_database: Database) -> None:
    def fill(session: object) -> Person:
        builders.organisation(session)
        return builders.person(session, name="Ada Admin", role=Role.ADMIN)

    alone = live_database.write(fill)
    at = _uploaded(app, alone, DEALS)
    assert [toggle.value for toggle in at.toggle if "Create people" in toggle.label] == [True]
    at.button(key="imports-check").click().run()
    assert [metric.value for metric in at.metric] == ["3", "3", "0"]

    at.button(key="imports-run").click().run()
    at = _uploaded(app, alone, DEALS + b"4,Somebody Else,Won,5,2026-01-06\n")
    assert [toggle.value for toggle in at.toggle if "Create people" in toggle.label] == [False]
