"""The place of a reading: whatever amoCRM cannot answer, everything is read, and little of it twice."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from data.models import CrmCursor, CrmStream
from integrations.amocrm.client import Page
from services.amocrm import streams
from tests.fakes import amocrm as fake

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass
class Source:
    """So many records, some changed within one second, and how many of them are given at once."""

    records: int
    most: int = 250
    odds: float = 0.0
    """Of an answer that does not come."""
    dice: Random = field(default_factory=lambda: Random(1))  # noqa: S311 - dice, not secrets
    requests: int = 0
    failed: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def rows(self, stream: CrmStream) -> list[dict[str, Any]]:
        rows = [{"id": number, "updated_at": number // 7 + 1, "created_at": number // 7 + 1} for number in range(self.records)]
        return rows[::-1] if stream is CrmStream.MOVES else rows

    def read(self, stream: CrmStream, *, fails_at: int | None = None) -> CrmCursor:
        """From the beginning to the end, a request at a time."""
        cursor = CrmCursor(stream=stream)
        streams.begin(cursor, NOW)
        rows = self.rows(stream)
        while not cursor.is_done:
            self.requests += 1
            assert self.requests < 5_000
            if cursor.size > self.most or self.requests == fails_at or self.dice.random() < self.odds:
                self.failed += 1
                streams.shrink(cursor)
                continue
            page = self.page(rows, cursor)
            self.seen.update(str(each["id"]) for each in page.records)
            streams.advance(cursor, page)
        return cursor

    def page(self, rows: list[dict[str, Any]], cursor: CrmCursor) -> Page:
        query: dict[str, list[str]] = {}
        for name, value in [*streams.query(cursor), ("page", cursor.page), ("limit", cursor.size)]:
            query.setdefault(name, []).append(str(value))
        query.pop("filter[note_type][]", None)
        found = fake.select(rows, query)
        start = (cursor.page - 1) * cursor.size
        return Page(records=tuple(found[start : start + cursor.size]), has_more=len(found) > start + cursor.size)

    @property
    def is_whole(self) -> bool:
        return set(self.seen) == {str(number) for number in range(self.records)}


STREAMS = [CrmStream.DEALS, CrmStream.TASKS, CrmStream.MOVES]


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("fails_at", [1, 2, 9, 30])
def test_one_answer_that_does_not_come_costs_a_few_requests(stream: CrmStream, fails_at: int) -> None:
    smooth, failing = Source(10_000), Source(10_000)
    smooth.read(stream)
    cursor = failing.read(stream, fails_at=fails_at)
    assert failing.is_whole
    assert failing.requests - smooth.requests <= 6
    assert cursor.size == streams.STREAMS[stream].size


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("most", [10, 17, 62, 99, 249])
def test_a_server_that_never_gives_so_many_is_read_whole_and_hardly_ever_asked_for_them(stream: CrmStream, most: int) -> None:
    source = Source(5_000, most=most)
    source.read(stream)
    assert source.is_whole
    assert source.failed <= 12
    assert source.requests <= 5_000 / most * 2 + 20


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("seed", range(12))
def test_whatever_does_not_come_everything_is_read(stream: CrmStream, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - as above
    source = Source(dice.randrange(3_000), most=dice.choice([10, 31, 100, 250]), odds=dice.choice([0.03, 0.2, 0.5]), dice=dice)
    source.read(stream)
    assert source.is_whole


def test_where_ten_are_too_many_nothing_moves() -> None:
    cursor = CrmCursor(stream=CrmStream.TASKS)
    streams.begin(cursor, NOW)
    for _ in range(5):
        assert streams.shrink(cursor)
    assert (streams.shrink(cursor), cursor.size, cursor.page) == (False, streams.SMALLEST, 1)


def test_what_was_read_before_a_page_of_another_size_is_not_asked_for_again() -> None:
    cursor = CrmCursor(stream=CrmStream.TASKS, size=250, page=5)
    streams.shrink(cursor)
    assert (cursor.size, cursor.page) == (125, 9)
