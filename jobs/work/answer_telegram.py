"""answer_telegram — what do people ask the bot?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data.engine import Database
from jobs.definition import Loop
from services.telegram.reading import read_bot
from ways_out import telegram_updates, ways_out


def answer_telegram(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Wait a little for what people write, and return how much was answered; nothing where there is no bot."""
    updates = telegram_updates()
    return 0 if updates is None else read_bot(database, updates, ways_out(), worker=worker, now=now, stopping=stopping)


LOOP: Final = Loop(
    name="answer_telegram",
    does="Answers what people write to the bot in Telegram, where one is set up; one process reads at a time.",
    every=timedelta(seconds=1),
    turn=answer_telegram,
)
