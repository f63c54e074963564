"""The words of a quick log, and the commands of the bot."""

from dataclasses import fields, is_dataclass, replace
from datetime import time
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.bot.commands import Asked, Command, asked
from domain.bot.languages import NAMES, WORDS
from domain.bot.quick_log import NothingSaid, QuickLog, Understood, UnknownWord, WrongOutcome, understood
from domain.contact import OUTCOMES
from domain.deals.warnings import WarningRule
from domain.language import Language, language_of
from domain.records import ActivityType, Outcome
from ui.activity_words import ACTIVITIES
from ui.activity_words import OUTCOMES as OUTCOME_NAMES

CALL, NO_ANSWER, CONNECTED = ActivityType.CALL, Outcome.NO_ANSWER, Outcome.CONNECTED


def quick(kind: ActivityType, outcome: Outcome | None = None, minutes: int | None = None, note: str = "") -> QuickLog:
    return QuickLog(kind=kind, outcome=outcome, minutes=minutes, note=note)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("call", quick(CALL)),
        ("Call, no answer", quick(CALL, NO_ANSWER)),
        ("no-answer CALL", quick(CALL, NO_ANSWER)),
        ("call call back", quick(CALL, Outcome.CALL_BACK)),
        ("call left a message", quick(CALL, Outcome.LEFT_MESSAGE)),
        ("call connected 12 min: about 5: the price", quick(CALL, CONNECTED, 12, "about 5: the price")),
        ("12m call and spoke", quick(CALL, CONNECTED, 12)),
        ("follow-up 5", quick(ActivityType.FOLLOW_UP, None, 5)),
        ("email", quick(ActivityType.EMAIL, Outcome.COMPLETED)),
        ("note: they moved\nto Oslo", quick(ActivityType.NOTE, None, None, "they moved\nto Oslo")),
        ("звонок не отвечает", quick(CALL, NO_ANSWER)),
        ("Встреча 45 минут: договорились", quick(ActivityType.MEETING, Outcome.COMPLETED, 45, "договорились")),
        ("показ не пришёл", quick(ActivityType.SHOWING, Outcome.NO_SHOW)),
        ("call connected 12 with Acme Ltd.: price", replace(quick(CALL, CONNECTED, 12, "price"), client="Acme Ltd.")),
        ("Звонок 5 мин со Смирновым с юга", replace(quick(CALL, None, 5), client="Смирновым с юга")),
        ("call 14:30", replace(quick(CALL), at=time(14, 30))),
        (
            "call no answer at 9:05 3 min with Acme: again at 16:00",
            replace(quick(CALL, NO_ANSWER, 3, "again at 16:00"), at=time(9, 5), client="Acme"),
        ),
        ("звонок в 14:30: цена", replace(quick(CALL, None, None, "цена"), at=time(14, 30))),
        ("call: 14:30 suits them", quick(CALL, None, None, "14:30 suits them")),
        ("call 14:30 15:30", UnknownWord(word="15:30", near=None)),
        ("call 25:10", UnknownWord(word="25:10", near=None)),
        ("call with", UnknownWord(word="with", near=None)),
        ("", NothingSaid()),
        ("no answer", NothingSaid()),
        ("call email", NothingSaid()),
        ("call busy connected", NothingSaid()),
        ("cal", UnknownWord(word="cal", near="call")),
        ("call zebra 5", UnknownWord(word="zebra", near=None)),
        ("call 5 min 6 min", UnknownWord(word="6", near=None)),
        ("call 1441", UnknownWord(word="1441", near=None)),
        ("звонк", UnknownWord(word="звонк", near="звонок")),
        ("email busy", WrongOutcome(kind=ActivityType.EMAIL, outcome=Outcome.BUSY)),
    ],
)
def test_what_is_said_is_understood_or_the_first_word_that_is_not_is_told(words: str, meant: Understood) -> None:
    assert understood(words, NAMES) == meant


@given(st.text(max_size=200))
def test_whatever_is_said_gets_an_answer_and_what_is_logged_is_possible(words: str) -> None:
    found = understood(words, NAMES)
    if isinstance(found, QuickLog):
        assert found.outcome is None or found.outcome in OUTCOMES[found.kind]
        assert found.minutes is None or 0 <= found.minutes <= 1440


def test_english_says_the_words_of_the_buttons_on_daily() -> None:
    field = WORDS[Language.ENGLISH].field
    assert dict(field.activities) == {kind: ACTIVITIES[kind].name for kind in OUTCOMES}
    assert dict(field.outcomes) == dict(OUTCOME_NAMES)


@pytest.mark.parametrize("language", Language)
def test_a_language_has_a_word_for_everything_and_each_means_one_thing(language: Language) -> None:
    field = WORDS[language].field
    assert (set(field.activities), set(field.outcomes), set(field.warnings)) == (set(OUTCOMES), set(Outcome), set(WarningRule))
    said = [*field.activities.values(), *field.outcomes.values()]
    assert len({each.casefold() for each in said}) == len(said)
    assert (len(field.weekdays), len(field.months)) == (7, 12)


def test_no_word_means_two_things_in_two_languages() -> None:
    alone = [dict(field.activities) | dict(field.outcomes) for field in (words.field for words in WORDS.values())]
    assert len(NAMES) >= sum(map(len, alone))


def templates(words: Any, path: str = "") -> dict[str, set[str]]:
    """Every sentence by its place, with what it leaves open."""
    found = {}
    for each in fields(words):
        value, place = getattr(words, each.name), f"{path}.{each.name}"
        if is_dataclass(value):
            found |= templates(value, place)
        elif isinstance(value, str):
            found[place] = {name for _, name, _, _ in Formatter().parse(value) if name}
    return found


def test_every_language_fills_in_the_same() -> None:
    assert templates(WORDS[Language.RUSSIAN]) == templates(WORDS[Language.ENGLISH])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/today", Asked(command=Command.TODAY)),
        (" /TODAY@pace_bot ", Asked(command=Command.TODAY)),
        ("/log  call\nnow", Asked(command=Command.LOG, rest="call\nnow")),
        ("/undo_12", Asked(command=Command.UNDO, number=12)),
        ("/undo_12@pace_bot", Asked(command=Command.UNDO, number=12)),
        ("/start abc-_", Asked(command=Command.START, rest="abc-_")),
        ("/nothing", Asked(command=None)),
        ("today", Asked(command=None, rest="today")),
        ("/", Asked(command=None, rest="/")),
        ("", Asked(command=None)),
    ],
)
def test_a_command_is_a_word_after_a_stroke(text: str, meant: Asked) -> None:
    assert asked(text) == meant


@pytest.mark.parametrize(
    ("code", "language"), [("ru", Language.RUSSIAN), ("ru-RU", Language.RUSSIAN), ("en-GB", Language.ENGLISH), ("", Language.ENGLISH)]
)
def test_a_language_without_templates_is_english(code: str, language: Language) -> None:
    assert language_of(code) is language
