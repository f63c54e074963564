"""The one list of what is kept: complete, and true to what is deleted when."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.personal.holdings import HOLDINGS
from services import retention
from services.privacy import DOCUMENT, KEPT, kept, refreshed
from settings import Settings
from tests.builders import NOON


def test_every_table_with_rows_about_people_is_told_once() -> None:
    told = [table for each in KEPT for table in each.tables]
    assert sorted(told) == sorted(each.table for each in HOLDINGS)


def test_the_page_of_the_documentation_is_the_same_list() -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    assert refreshed(page) == page
    assert all(f"| {each.about} | {each.what} | {each.why} | {each.how_long} |" in page for each in KEPT)


def test_what_goes_by_itself_is_told_with_its_days(session: Session) -> None:
    pruned = set(retention.prune(session, NOON))
    about_people = {each.table for each in HOLDINGS}
    # A ticket lives for minutes, and recordings go on their own day.
    assert pruned & about_people == {*retention.SPANS, "sign_in_ticket", "recording"}
    told = {table: each.how_long for each in KEPT for table in each.tables}
    assert [table for table, span in retention.SPANS.items() if _words(span) not in told[table]] == []


def _words(span: timedelta) -> str:
    return "a day" if span == timedelta(days=1) else f"{span.days} days"


@pytest.mark.parametrize(("days", "words"), [(30, "30 days; sooner"), (1, "a day; sooner")])
def test_the_days_of_recordings_are_the_administrators(days: int, words: str) -> None:
    (calls,) = [each for each in kept(days) if "recording" in each.tables]
    assert calls.how_long.startswith(words)
    assert [each.about for each in kept(days)] == [each.about for each in KEPT]


def test_the_documentation_tells_the_days_of_recordings_nobody_set() -> None:
    (calls,) = [each for each in KEPT if "recording" in each.tables]
    assert calls.how_long.startswith(f"{Settings.model_fields['recording_days'].default} days, or what your administrator set")
