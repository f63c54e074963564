"""The day on one page: what is open, within what the reader may see, and never a second page."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from data.models import Person
from domain.errors import NotFoundError
from domain.reports.day_sheet import LONGEST, DaySheet, Line, line
from services import access
from services.day_sheet import day_sheet
from services.report_files.day_sheet import day_sheet_pdf
from tests import builders
from tests.builders import NOON
from tests.fakes.hostile_words import HOSTILE


@pytest.fixture
def ana(session: Session) -> Person:
    builders.organisation(session)
    return builders.person(session, name="Ana", on=builders.team(session))


def sheet_for(session: Session, viewer: Person, agent: Person) -> DaySheet:
    return day_sheet(session, access.viewer(session, viewer.id or 0), agent.id or 0, NOON)


def test_the_sheet_has_what_is_open_with_reasons_numbers_and_its_moment(session: Session, ana: Person) -> None:
    builders.must_do(session, ana, title="Call Lena back", reason="You agreed to.")
    builders.must_do(session, ana, title="Done", position=2, ticked_at=NOON)
    builders.event(session, ana, at=NOON + timedelta(hours=2), title="Showing at 5 Elm", created_at=NOON - timedelta(days=1))
    builders.lead(session, ana, name="Kai", phone="+49 30 1", assigned_at=NOON - timedelta(hours=1))
    sheet = sheet_for(session, ana, ana)
    assert sheet.to_do == (line("Call Lena back", "You agreed to."),)
    assert [each.what for each in sheet.planned] == ["14:00 Showing at 5 Elm"]
    assert [each.what for each in sheet.calls] == ["Kai · +49 30 1"]
    assert sheet.made.startswith("Made at 12:00 (UTC).")


def test_somebody_elses_day_is_not_there(session: Session, ana: Person) -> None:
    other_team = builders.team(session)
    for stranger in (builders.person(session, on=other_team), builders.manager(session, of=other_team)):
        with pytest.raises(NotFoundError):
            sheet_for(session, stranger, ana)


@pytest.mark.parametrize("words", ["W" * 300, *HOSTILE])
def test_a_full_sheet_of_any_words_is_one_page(words: str) -> None:
    full = tuple(line(words, words) for _ in range(10))
    pages = PdfReader(BytesIO(day_sheet_pdf(DaySheet(about=words, day="Tuesday", made="Made", to_do=full, planned=full, calls=full)))).pages
    assert len(pages) == 1


def test_the_page_says_everything_of_the_sheet() -> None:
    sheet = DaySheet(about="Ana", day="Tuesday", made="Made at 12:00", to_do=(line("Call Kai", "New."),), planned=(), calls=())
    (page,) = PdfReader(BytesIO(day_sheet_pdf(sheet))).pages
    text = page.extract_text()
    assert all(word in text for word in (*filter(None, sheet.words()), "To do today", "Nothing."))


def test_long_words_are_cut_where_the_sheet_has_no_room() -> None:
    assert line("a" * 200) == Line(what="a" * (LONGEST - 1) + "…", why="")
