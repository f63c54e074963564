"""Reviews as messages: the seed's example word for word, many deals at a glance, an alarm, and what Telegram is sent of it."""

from dataclasses import fields, replace
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from domain.deals.facts import DealFacts, Sides, Talk
from domain.deals.messages.alarm import alert
from domain.deals.messages.glance import MOST, stale, summary
from domain.deals.messages.headline import DealHeadline, DealMessage, headline
from domain.deals.messages.languages import TEMPLATES
from domain.deals.messages.layout import ICONS, Icon, MessageLayout, Section
from domain.deals.messages.whole import detailed
from domain.deals.priority import DealPriority
from domain.deals.review import DealReview, Urgency
from domain.language import Language
from domain.records import DealStatus
from integrations.plain import units
from integrations.sender import Message
from integrations.telegram import PIECES_MOST, parts
from tests.builders import NOON, TUESDAY
from tests.domain.deals.messages.examples import (
    ENGLISH_FIGURES,
    ENGLISH_REVIEW,
    EXAMPLES,
    REVIEWED_AT,
    RUSSIAN_FIGURES,
    RUSSIAN_REVIEW,
)

GOLDEN = Path(__file__).parent / "golden"
CALM = DealReview(situation="", strengths=(), concerns=(), red_flags=(), priority=DealPriority.LOW, actions=(), phrases=(), plan=())
BARE = DealHeadline(
    name="Mill",
    amount_minor=None,
    currency="USD",
    chance=None,
    agent_name=None,
    age_days=None,
    calls=0,
    call_minutes=None,
    touches=0,
    quiet_days=None,
    reviewed_at=REVIEWED_AT,
)


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8").rstrip("\n")


def written(message: DealMessage) -> str:
    return f"{message.title}\n\n{message.body}"


def sent(message: DealMessage, link: str = "") -> list[dict[str, Any]]:
    """What Telegram is sent, piece by piece."""
    return [rich for rich, _ in parts("77", Message(title=message.title, body=message.body, link=link, dedupe_key="k"))]


@pytest.mark.parametrize("language", Language)
def test_the_seeds_example_word_for_word(language: Language) -> None:
    assert written(detailed(*EXAMPLES[language], language)) == golden(f"detailed.{language}.txt")


def test_telegram_is_sent_the_example_in_one_piece_with_a_bold_head_and_every_word_escaped() -> None:
    (piece,) = sent(detailed(ENGLISH_REVIEW, ENGLISH_FIGURES, Language.ENGLISH))
    assert piece["text"].startswith("<b>🔴 DEAL REVIEW</b>\n\n📋 Deal: Equipment for “Horns &amp; Hooves”\n💰 Budget: $450,000\n")
    assert piece["parse_mode"] == "HTML"


def test_a_long_review_is_broken_at_blank_lines_below_what_telegram_takes() -> None:
    long = replace(RUSSIAN_REVIEW, phrases=tuple(f"{number}: " + "слово " * 60 for number in range(9)), situation="🔴 " * 900)
    message = detailed(long, RUSSIAN_FIGURES, Language.RUSSIAN)
    pieces = [each["text"] for each in sent(message)]
    assert 1 < len(pieces) <= PIECES_MOST
    assert all(units(piece) < 4096 for piece in pieces)
    assert "\n\n".join(pieces).removeprefix(f"<b>{message.title}</b>\n\n").replace("&quot;", '"') == message.body.strip()


def test_what_nobody_knows_and_what_is_empty_is_left_out() -> None:
    assert written(detailed(CALM, BARE, Language.ENGLISH)) == (
        "🟢 DEAL REVIEW\n\n📋 Deal: Mill\n\n📞 Calls: 0\n💬 Touches: 0\n\n🤖 Reviewed on 2025-10-24 21:57"
    )


@pytest.mark.parametrize(
    ("chance", "shown"), [(0.0, "under 1%"), (0.009, "under 1%"), (0.01, "1%"), (0.656, "66%"), (0.99, "99%"), (1.0, "over 99%")]
)
def test_no_chance_is_certain(chance: float, shown: str) -> None:
    assert f"Chance of closing: {shown}" in detailed(CALM, replace(BARE, chance=chance), Language.ENGLISH).body


def test_calls_whose_length_nobody_knows_have_no_minutes() -> None:
    assert "📞 Calls: 3\n" in detailed(CALM, replace(BARE, calls=3), Language.ENGLISH).body


def test_sections_and_signs_are_an_installations_choice() -> None:
    hidden = frozenset(Section) - {Section.DEAL, Section.PLAN, Section.ACTIONS}
    layout = MessageLayout(hidden=hidden, icons={Icon.HIGH: "❗", Icon.DEAL: "", Icon.STEP: "→"})
    message = detailed(ENGLISH_REVIEW, ENGLISH_FIGURES, Language.ENGLISH, layout)
    assert message.title == "❗ DEAL REVIEW"
    assert message.body.startswith("Deal: Equipment")
    assert message.body.endswith(
        "🎯 PLAN (2-3 days):\n  → Call before six today\n  → Agree on the demonstration\n  → Send the case and the new offer"
    )
    assert not any(words in message.body for words in ("Touches", "ASSESSMENT", "GOOD", "WATCH", "CRITICAL", "SAY", "Reviewed"))


def test_many_deals_at_a_glance_the_worst_first() -> None:
    reviewed = [
        (replace(CALM, priority=DealPriority.LOW), replace(BARE, name="Спокойная", agent_name="Мария")),
        (
            replace(RUSSIAN_REVIEW, priority=DealPriority.MEDIUM, red_flags=()),
            replace(RUSSIAN_FIGURES, name="Средняя", chance=None, quiet_days=0),
        ),
        (RUSSIAN_REVIEW, replace(RUSSIAN_FIGURES, name="Малая", amount_minor=10_000, quiet_days=3)),
        (RUSSIAN_REVIEW, RUSSIAN_FIGURES),
    ]
    assert written(summary(reviewed, Language.RUSSIAN)) == golden("summary.ru.txt")


def test_whose_a_deal_is_goes_without_saying_where_all_are_one_agents() -> None:
    assert "Ivan" not in summary([(ENGLISH_REVIEW, ENGLISH_FIGURES)] * 2, Language.ENGLISH).body


def test_that_no_chance_is_told_is_said_only_beside_deals_of_which_one_is() -> None:
    told = (replace(BARE, name=name, chance=chance) for name, chance in (("Mill", None), ("Roof", 0.999)))
    mill, roof = [(CALM, each) for each in told]
    assert "chance" not in summary([mill], Language.ENGLISH).body
    both = stale([mill, roof], Language.ENGLISH, days=3, count=2).body
    assert "Mill\n   no chance told" in both
    assert "Roof\n   chance over 99%" in both


def test_an_agent_is_not_told_that_their_own_deals_are_theirs() -> None:
    reviewed = [(ENGLISH_REVIEW, ENGLISH_FIGURES)]
    assert "Ivan" in stale(reviewed, Language.ENGLISH, days=3, count=1).body
    assert "Ivan" not in stale(reviewed, Language.ENGLISH, days=3, count=1, is_own=True).body


def test_more_deals_than_somebody_acts_on_are_counted() -> None:
    message = summary([(ENGLISH_REVIEW, ENGLISH_FIGURES)] * (MOST + 3), Language.ENGLISH)
    assert message.title == "📋 Deals reviewed: 13"
    assert message.body.startswith("🔴 13 · 🟡 0 · 🟢 0\n\n")
    assert message.body.endswith("\n\nand 3 more")
    assert message.body.count("Equipment") == MOST


def test_without_a_deal_the_summary_says_so() -> None:
    assert written(summary([], Language.RUSSIAN)) == "📋 Проанализировано сделок: 0\n\nОткрытых сделок нет."


def test_an_alarm_tells_what_goes_wrong_and_what_is_urgent_alone() -> None:
    assert written(alert(ENGLISH_REVIEW, ENGLISH_FIGURES, Language.ENGLISH)) == golden("alert.en.txt")


def test_an_alarm_without_a_red_flag_tells_the_assessment_and_the_first_thing_to_do() -> None:
    later = replace(RUSSIAN_REVIEW, red_flags=(), actions=RUSSIAN_REVIEW.actions[1:])
    body = alert(later, RUSSIAN_FIGURES, Language.RUSSIAN).body
    assert RUSSIAN_REVIEW.situation in body
    assert "⏰ НА ЭТОЙ НЕДЕЛЕ\n1. Организовать" in body
    assert "ЗАПЛАНИРОВАТЬ" not in body


def test_the_figures_are_those_of_the_facts() -> None:
    facts = DealFacts(
        deal_id=1,
        name="Mill",
        company="",
        lead_id=None,
        agent_id=2,
        agent_name="Ann",
        time_zone="UTC",
        pipeline="",
        stage="Talks",
        status=DealStatus.OPEN,
        amount_minor=100,
        at=NOON,
        today=TUESDAY,
        created_on=TUESDAY.replace(day=1),
        stage_entered_at=None,
        expected_close_on=None,
        talk=Talk(calls=Sides(out=2, incoming=1), call_seconds=2700, touches=7, last_at=NOON.replace(day=6)),
    )
    made = headline(facts, currency="EUR", chance=0.5, reviewed_at=REVIEWED_AT)
    assert (made.name, made.agent_name, made.amount_minor, made.currency, made.chance) == ("Mill", "Ann", 100, "EUR", 0.5)
    assert (made.age_days, made.calls, made.call_minutes, made.touches, made.quiet_days) == (9, 3, 45, 7, 4)


def test_other_peoples_braces_are_words() -> None:
    assert "📋 Deal: {agent.__class__}" in detailed(CALM, replace(BARE, name="{agent.__class__}"), Language.ENGLISH).body


@pytest.mark.parametrize("language", Language)
def test_a_language_leaves_the_same_open_and_names_every_urgency(language: Language) -> None:
    assert set(TEMPLATES[language].urgencies) == set(Urgency)
    for each in fields(TEMPLATES[language]):
        ours, english = getattr(TEMPLATES[language], each.name), getattr(TEMPLATES[Language.ENGLISH], each.name)
        if isinstance(ours, str):
            assert _open(ours) == _open(english), each.name
            assert ours


def _open(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_everything_has_a_sign() -> None:
    assert set(ICONS) == set(Icon)
