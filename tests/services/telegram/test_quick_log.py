"""Logging from a chat: in the words of Daily, nothing guessed, and taken back with a tap."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from domain.bot.languages import WORDS
from domain.language import Language
from domain.local_time import wall_clock
from domain.records import ActivityType, Outcome
from tests import builders
from tests.services.telegram.conftest import Ask, World, activities, speak

ENGLISH = WORDS[Language.ENGLISH]


def test_a_call_is_logged_told_and_taken_back(world: World, ann: Person, ask: Ask) -> None:
    said = ask("/log call connected 12 min: about <price> & time")
    (made,) = activities(world)
    assert (made.agent_id, made.type, made.outcome, made.duration_seconds, made.notes, made.occurred_at) == (
        ann.id,
        ActivityType.CALL,
        Outcome.CONNECTED,
        720,
        "about <price> & time",
        world.clock.at - timedelta(seconds=2),
    )
    assert said == (
        "<b>Logged: Call · Connected · 12 min</b>\n\nabout &lt;price&gt; &amp; time\n\n"
        f"At {made.occurred_at:%H:%M}. /undo_{made.id} takes it back."
    )
    assert ask(f"/undo_{made.id}") == "<b>Taken back: Call · Connected · 12 min</b>"
    assert activities(world) == []
    assert ask(f"/undo_{made.id}") == f"<b>{ENGLISH.log.nothing_to_undo}</b>"


def test_what_was_written_while_nobody_read_happened_when_it_was_written(world: World, ask: Ask) -> None:
    written_at = world.clock.at - timedelta(hours=5)
    ask("/log call", date=int(written_at.timestamp()))
    (made,) = activities(world)
    assert made.occurred_at == written_at.replace(microsecond=0)


def test_a_time_that_is_said_is_when_it_happened_and_what_is_to_come_is_refused(world: World, ann: Person, ask: Ask) -> None:
    local = wall_clock(world.clock.at, ann.time_zone) - timedelta(minutes=30)
    ask(f"/log call {local:%H:%M}: on the road")
    (made,) = activities(world)
    assert (wall_clock(made.occurred_at, ann.time_zone), made.notes) == (local.replace(second=0, microsecond=0), "on the road")
    assert "still to come" in ask(f"/log call {local + timedelta(hours=2):%H:%M}")
    assert len(activities(world)) == 1


def test_the_same_in_russian(world: World, ann: Person) -> None:
    speak(world, ann, Language.RUSSIAN)
    said = world.ask("/log Звонок, не отвечает")
    (made,) = activities(world)
    assert (made.type, made.outcome) == (ActivityType.CALL, Outcome.NO_ANSWER)
    assert said.startswith("<b>Записано: Звонок · Не отвечает</b>")


@pytest.mark.parametrize(
    ("text", "title", "hint"),
    [
        ("/log", "What did you do?", "call, follow-up, email"),
        ("/log cal", "I do not know “cal”", "Did you mean “call”? Nothing was logged."),
        ("/log call <b>", "I do not know “&lt;b&gt;”", "call, follow-up"),
        ("/log call no show", "Call does not go with “No-show”", "It goes with: connected, no answer"),
        ("/log call email", "What did you do?", "a note after a colon"),
    ],
)
def test_words_that_are_not_understood_get_a_helpful_answer_and_log_nothing(
    world: World, ask: Ask, text: str, title: str, hint: str
) -> None:
    said = ask(text)
    assert said.startswith(f"<b>{title}</b>")
    assert hint in said
    assert activities(world) == []


@pytest.mark.parametrize(
    ("name", "title", "hint"),
    [
        ("zebra", "No lead or open deal of yours is called “zebra”", "comes last"),
        ("theirs", "No lead or open deal of yours is called “theirs”", "Nothing was logged"),
        ("cho", "Several are called “cho”", "Cho &amp; Co"),
    ],
)
def test_a_client_nobody_knows_or_several_are_called_is_asked_about(
    world: World, ann: Person, ask: Ask, name: str, title: str, hint: str
) -> None:
    def arrange(session: Session) -> None:
        builders.lead(session, ann, name="Cho & Co")
        builders.lead(session, ann, name="Chow")
        builders.lead(session, builders.person(session), name="Theirs")

    world.database.write(arrange)
    said = ask(f"/log call with {name}")
    assert said.startswith(f"<b>{title}</b>")
    assert hint in said
    assert activities(world) == []


@pytest.mark.parametrize("name", ["cho", "Cho & Co", "CHO"])
def test_work_with_a_client_is_kept_with_them(world: World, ann: Person, ask: Ask, name: str) -> None:
    lead = world.database.write(lambda session: builders.lead(session, ann, name="Cho & Co").id)
    assert ask(f"/log call connected with {name}: the price").startswith("<b>Logged: Call · Connected · Cho &amp; Co</b>\n\nthe price")
    assert [each.lead_id for each in activities(world) if each.type is ActivityType.CALL] == [lead]


def test_where_no_lead_has_the_name_a_deal_may(world: World, ann: Person, ask: Ask) -> None:
    deal_id = world.database.write(lambda session: builders.deal(session, ann, name="Mill").id)
    ask("/log email with mill")
    assert [each.deal_id for each in activities(world)] == [deal_id]


def test_nobody_takes_back_what_somebody_else_did(world: World, ask: Ask) -> None:
    theirs = world.database.write(lambda session: builders.activity(session, builders.person(session)).id)
    assert ask(f"/undo_{theirs}") == f"<b>{ENGLISH.log.nothing_to_undo}</b>"
    assert ask("/undo_999999999999999999") == f"<b>{ENGLISH.log.nothing_to_undo}</b>"
    assert ask("/undo") == f"<b>{ENGLISH.log.nothing_to_undo}</b>"
    assert len(activities(world)) == 1
