"""The bot in the jobs process: off without a token, answering with one, and no hindrance to an orderly end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

import clock
from data.engine import Database
from data.models import TelegramBot
from domain.bot.languages import WORDS
from domain.language import Language
from jobs.work import answer_telegram, deliver
from jobs.worker import FINISH_SECONDS, Worker
from secret_key import secret_key
from services.telegram.reading import WAIT_SECONDS
from settings import settings
from tests.fakes.http import running
from tests.fakes.telegram import TOKEN, Telegram
from tests.waiting import until
from ways_out import telegram_updates, ways_out

PATIENCE_SECONDS = 20
CACHES = (settings, secret_key, ways_out, telegram_updates)


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Telegram]:
    with running(Telegram()) as world:
        assert isinstance(world, Telegram)
        monkeypatch.setenv("PACESETTER_TELEGRAM_BASE", world.url)
        monkeypatch.setenv("PACESETTER_HOME", str(tmp_path))
        _forget()
        yield world
    _forget()


def _forget() -> None:
    for each in CACHES:
        each.cache_clear()


def test_without_a_token_nobody_asks_telegram(telegram: Telegram, fresh_database: Database) -> None:
    assert answer_telegram.answer_telegram(fresh_database, "one", clock.now, lambda: False) == 0
    assert telegram.requests == []
    with fresh_database.reading() as session:
        assert session.scalars(select(TelegramBot)).all() == []


def test_a_stranger_is_answered_within_a_moment_and_the_process_ends_in_time(
    telegram: Telegram, start: Callable[..., Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACESETTER_TELEGRAM_TOKEN", TOKEN)
    _forget()
    worker = start(loops=(answer_telegram.LOOP, deliver.LOOP), now=clock.now)
    until(lambda: any(each.path.endswith("/getUpdates") for each in telegram.requests), within=PATIENCE_SECONDS)
    telegram.write("hello", chat=500)
    until(lambda: telegram.texts == [f"<b>{WORDS[Language.ENGLISH].chat.stranger}</b>"], within=PATIENCE_SECONDS)
    worker.stop()


def test_a_wait_is_over_before_a_process_that_ends_is_out_of_patience() -> None:
    assert WAIT_SECONDS < FINISH_SECONDS
