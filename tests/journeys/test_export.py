"""A download holds the numbers of the records behind it."""

import csv
import io
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, select
from sqlmodel import col

from data.models import Activity, Person
from data.queries.daily import days_with_facts
from domain.access import Scope
from domain.periods import Grain, Period, containing
from domain.records import ActivityType, Role
from tests.journeys.live import LiveApp
from tests.journeys.screens import tab_of

pytestmark = pytest.mark.browser


@pytest.fixture
def last_whole_month(demo_app: LiveApp) -> Period:
    """A month the demo company has lived through."""
    with demo_app.database.reading() as session:
        span = days_with_facts(session, Scope(viewer_id=0, role=Role.ADMIN))
    assert span is not None
    return containing(span[1], Grain.MONTH).previous(date.max)


def test_the_standings_open_as_csv_and_excel_with_the_calls_of_the_records(
    demo_app: LiveApp, browser: Browser, tmp_path: Path, last_whole_month: Period
) -> None:
    period = f"period=custom&from={last_whole_month.start}&to={last_whole_month.last_day}"
    with tab_of(Role.ADMIN, demo_app, browser) as tab:
        tab.open(f"leaderboard?{period}")
        as_csv = _download(tab.page, "CSV", tmp_path)
        tab.open(f"leaderboard?{period}")
        as_excel = _download(tab.page, "Excel", tmp_path)

    counted = _calls_by_agent(demo_app, last_whole_month)
    table, _, _explained = as_csv.read_text(encoding="utf-8-sig").partition("\n\n")
    in_csv = {row["Agent"]: float(row["Calls"]) for row in csv.DictReader(io.StringIO(table))}
    with closing(openpyxl.load_workbook(as_excel, read_only=True)) as book:
        header, *rows = book.active.iter_rows(values_only=True)
    in_excel = {row[header.index("Agent")]: row[header.index("Calls")] for row in rows}
    assert sum(counted.values()) > 100
    assert {name: calls for name, calls in in_csv.items() if calls} == counted
    assert in_excel == in_csv


def _download(page: Page, kind: str, folder: Path) -> Path:
    page.get_by_role("button", name="Download", exact=True).first.click()
    with page.expect_download() as started:
        page.get_by_role("link", name=kind).click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def _calls_by_agent(app: LiveApp, period: Period) -> dict[str, float]:
    """Counted from the calls themselves, not from the sums the screens read."""
    query = (
        select(col(Person.name), func.count())
        .join(Activity, col(Activity.agent_id) == col(Person.id))
        .where(col(Activity.type) == ActivityType.CALL, col(Activity.local_on) >= period.start, col(Activity.local_on) < period.end)
        .group_by(col(Person.name))
    )
    with app.database.reading() as session:
        return {name: float(calls) for name, calls in session.execute(query)}
