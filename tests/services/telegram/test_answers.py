"""What people are answered: each within what they may see, strangers one sentence."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, Notification, Person
from domain.bot.languages import WORDS
from domain.deals.priority import DealPriority
from domain.deals.warnings import WarningRule
from domain.language import Language
from domain.records import Role
from tests import builders
from tests.builders import NOON
from tests.services.telegram.conftest import CHAT, Ask, World, activities, speak

ENGLISH, RUSSIAN = WORDS[Language.ENGLISH], WORDS[Language.RUSSIAN]
COMMANDS = ("/today", "/deals", "/log call", "/undo_1", "/help", "/start", "/stop", "hello", "/nothing", "")


def test_a_code_connects_the_chat_and_the_bot_says_what_it_can_do(world: World) -> None:
    person = world.database.write(lambda session: builders.person(session, name="Ann & <Bob>"))
    said = world.connect(person)
    assert said.startswith("<b>This chat is yours now</b>\n\nHello Ann &amp; &lt;Bob&gt;.")
    assert "/log call connected" in said
    assert [each.person_id for each in world.channels()] == [person.id]


@pytest.mark.parametrize("text", COMMANDS)
def test_strangers_get_one_sentence_and_nothing_else(world: World, ann: Person, text: str) -> None:
    del ann
    assert world.ask(text, chat=500) == f"<b>{ENGLISH.chat.stranger}</b>"
    assert activities(world) == []


def test_a_stranger_is_spoken_to_in_their_own_language_and_once_a_look(world: World) -> None:
    for _ in range(5):
        world.telegram.write("привет", chat=500, language="ru-RU")
    world.read()
    assert world.telegram.texts == [f"<b>{RUSSIAN.chat.stranger}</b>"]


@pytest.mark.parametrize("code", ["wrong", "x" * 4_000, "<b>", "'; DROP TABLE person"])
def test_a_code_that_is_no_good_says_how_to_get_another(world: World, code: str) -> None:
    assert world.ask(f"/start {code}") == f"<b>{ENGLISH.chat.bad_code}</b>"
    assert world.channels() == []


def test_groups_are_never_answered(world: World, ask: Ask) -> None:
    assert ask("/today", chat=-100, kind="supergroup") == ""
    assert world.kept().trouble == ""


def test_stop_disconnects_and_the_chat_is_a_strangers_again(world: World, ask: Ask) -> None:
    assert ask("/stop") == f"<b>{ENGLISH.chat.disconnected}</b>"
    assert world.channels() == []
    assert ask("/today") == f"<b>{ENGLISH.chat.stranger}</b>"


@pytest.mark.parametrize("is_told", [True, False])
def test_a_chat_that_blocked_the_bot_is_nobodys_any_more(world: World, ann: Person, *, is_told: bool) -> None:
    """Told by Telegram at once, or noticed when the next message is refused with 403."""
    if is_told:
        world.telegram.block(CHAT)
        world.read()
    else:
        world.telegram.write("/help")
        world.read()
        world.telegram.blocking.add(CHAT)
        world.deliver()
    (channel,) = world.channels()
    assert (channel.chat_digest, channel.broken_at is not None) == (None, True)
    with world.database.reading() as session:
        (told,) = session.scalars(select(Notification).where(col(Notification.person_id) == ann.id))
    assert told.kind == "channel_broken"
    world.telegram.blocking.clear()
    assert world.ask("/today") == f"<b>{ENGLISH.chat.stranger}</b>"
    world.connect(ann)
    assert [(each.id, each.broken_at) for each in world.channels()] == [(channel.id, None)]


def test_somebody_who_left_is_a_stranger(world: World, ann: Person, ask: Ask) -> None:
    change = update(Person).where(col(Person.id) == ann.id).values(active=False, deactivated_at=NOON)
    world.database.write(lambda session: session.execute(change))
    assert ask("/today") == f"<b>{ENGLISH.chat.stranger}</b>"


def test_whoever_must_choose_a_new_password_is_told_nothing_before(world: World, ann: Person, ask: Ask) -> None:
    change = update(Person).where(col(Person.id) == ann.id).values(must_change_password=True)
    world.database.write(lambda session: session.execute(change))
    assert ask("/deals") == f"<b>{ENGLISH.chat.sign_in_first}</b>"


def test_a_chat_that_was_switched_off_says_so(world: World, ask: Ask) -> None:
    world.database.write(lambda session: session.execute(update(Channel).values(active=False)))
    assert ask("/deals") == f"<b>{ENGLISH.chat.switched_off}</b>"


def test_words_that_are_no_command_are_answered_with_what_is(ask: Ask) -> None:
    assert ask("hello") == f"<b>{ENGLISH.chat.unknown}</b>\n\n{ENGLISH.chat.help}"


@pytest.mark.parametrize("text", COMMANDS[:5])
def test_every_answer_is_in_the_persons_language(world: World, ann: Person, text: str) -> None:
    speak(world, ann, Language.RUSSIAN)
    said = world.ask(text)
    assert any("а" <= letter <= "я" for letter in said)


def test_today_tells_the_plan_and_the_figures(world: World, ann: Person, ask: Ask) -> None:
    def arrange(session: Session) -> None:
        builders.lead(session, ann, name="Cho & Co", status="new")
        builders.activity(session, ann)

    world.database.write(arrange)
    said = ask("/today")
    assert said.startswith("<b>Tuesday, 10 March</b>")
    assert "Cho &amp; Co" in said
    assert "So far today: Calls 1" in said
    assert " done" in said


def test_today_of_somebody_who_leads_a_team_is_how_far_its_people_are(world: World) -> None:
    def arrange(session: Session) -> Person:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        north = builders.team(session)
        ben = builders.person(session, name="Ben", on=north)
        builders.must_do(session, ben)
        builders.person(session, name="Cem", on=north)
        builders.person(session, name="Stranger", on=builders.team(session))
        return builders.manager(session, of=north)

    boss = world.database.write(arrange)
    world.connect(boss)
    said = world.ask("/today")
    assert "Ben: 0 of 1 done\nCem: no plan" in said
    assert "Stranger" not in said


def deal(session: Session, agent: Person, rule: WarningRule = WarningRule.NO_ACTIVITY, **fields: Any) -> None:
    made = builders.deal(session, agent, **{"created_on": NOON.date() - timedelta(days=9)} | fields)
    builders.deal_warning(session, agent, deal_id=made.id, rule=rule, priority=DealPriority.HIGH)


def test_deals_that_need_somebody_come_with_mark_amount_and_warnings(world: World, ann: Person, ask: Ask) -> None:
    def arrange(session: Session) -> None:
        deal(session, ann, name="Mill <3", amount_minor=4_500_000, stage="Talks")
        builders.deal(session, ann, name="Calm one")
        deal(session, builders.person(session), name="Not yours")

    world.database.write(arrange)
    assert ask("/deals") == ("<b>Deals that need you today</b>\n\n🔴 Mill &lt;3 · $45,000 · Talks\n   ⚠️ Quiet, quiet for 9 days")
    speak(world, ann, Language.RUSSIAN)
    assert ask("/deals").endswith("🔴 Mill &lt;3 · $45,000 · Talks\n   ⚠️ Тишина, дней без активности: 9")


def test_without_a_pressing_deal_it_says_so(ask: Ask) -> None:
    assert ask("/deals") == f"<b>{ENGLISH.deals.none_title}</b>\n\n{ENGLISH.deals.none}"


def test_more_deals_than_somebody_reads_are_counted(world: World, ann: Person, ask: Ask) -> None:
    world.database.write(lambda session: [deal(session, ann, name=f"Deal {number:02}") for number in range(12)])
    said = ask("/deals")
    assert said.count("🔴") == 10
    assert said.endswith("and 2 more in Pacesetter")


def test_an_answer_counts_for_no_limit_and_asks_for_no_quiet_hours(world: World, ann: Person, ask: Ask) -> None:
    del ann
    world.clock.at = NOON.replace(hour=23)
    assert ENGLISH.chat.help_title in ask("/help")
    with world.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Notification)) == 0


def test_a_manager_sees_their_teams_deals_with_whose_they_are(world: World) -> None:
    def arrange(session: Session) -> Person:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        north = builders.team(session)
        deal(session, builders.person(session, name="Ben", on=north), name="Mill", stage="")
        return builders.person(session, role=Role.MANAGER, manages=north)

    world.connect(world.database.write(arrange))
    assert "🔴 Mill · Ben" in world.ask("/deals")
