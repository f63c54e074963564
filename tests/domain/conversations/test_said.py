"""What was said: objections, steps, questions and shares of talk, in both languages, and what must not be counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conversations.languages import LANGUAGES
from domain.conversations.said import CUT, LONGEST_QUOTE, objections, said
from domain.conversations.turns import are_numbered, talk_shares
from domain.conversations.words import Objection
from domain.language import Language
from domain.metrics.measures import Ratio

PRICE, TIMING, COMPETITOR = Objection.PRICE, Objection.TIMING, Objection.COMPETITOR
TRUST, AUTHORITY, NEED = Objection.TRUST, Objection.AUTHORITY, Objection.NEED
PIECES = st.sampled_from(
    [
        "too expensive",
        "not",
        "дорого",
        "не",
        "I'll call you",
        "on Monday",
        "перезвоню",
        "завтра",
        "?",
        ".",
        "\n",
        ":",
        "Client: ",
        "Agent: ",
        "Клиент: ",
        "ё",
        "’",
        "\u2028",
        "İ",
        "a" * 300,
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=40).map(" ".join))


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It is too expensive for us.", PRICE),
        ("The price is a bit high.", PRICE),
        ("We can’t afford it this year.", PRICE),
        ("Client asked for a discount.", PRICE),
        ("Not only is it late, it is not only ugly but too expensive.", PRICE),
        ("Let me think about it.", TIMING),
        ("We don't have time before summer.", TIMING),
        ("Not now.", TIMING),
        ("A competitor offers the same.", COMPETITOR),
        ("We are talking to another supplier.", COMPETITOR),
        ("Honestly, I don't trust online sellers.", TRUST),
        ("We had a bad experience.", TRUST),
        ("I have to ask my wife.", AUTHORITY),
        ("It needs approval.", AUTHORITY),
        ("We don't need it.", NEED),
        ("Thank you, not interested.", NEED),
        ("Для нас это слишком дорого.", PRICE),
        ("У нас нет денег.", PRICE),
        ("Цена высокая.", PRICE),
        ("Мне надо подумать.", TIMING),
        ("Ещё рано об этом говорить.", TIMING),
        ("У конкурентов условия лучше.", COMPETITOR),
        ("Мы выбрали другого поставщика.", COMPETITOR),
        ("Я вам не доверяю.", TRUST),
        ("Сомневаюсь, что получится.", TRUST),
        ("Нужно посоветоваться с мужем.", AUTHORITY),
        ("Решает директор.", AUTHORITY),
        ("Нам это не нужно.", NEED),
        ("Спасибо, неинтересно.", NEED),
        ("Почему так дорого?", PRICE),
    ],
)
def test_an_objection_is_told_with_its_sentence(sentence: str, kind: Objection) -> None:
    found = said(f"Good morning. {sentence} Good bye.").objections

    assert [(each.kind, each.quote.text) for each in found] == [(kind, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not too expensive.",
        "It isn't expensive at all.",
        "I don't think it is too expensive.",
        "Less expensive than I thought.",
        "If it is too expensive, say so.",
        "There is no doubt.",
        "Is it too expensive for you?",
        "You don't need to worry.",
        "The competitor is not a problem.",
        "Это совсем не дорого.",
        "Вовсе не слишком дорого.",
        "Если дорого, скажите.",
        "Без сомнений.",
        "Вам дорого?",
        "Дорогой Иван, добрый день.",
        "Вам не нужно приезжать.",
    ],
)
def test_what_is_denied_supposed_or_asked_of_the_client_is_no_objection(sentence: str) -> None:
    assert said(sentence).objections == ()


def test_what_the_companys_side_says_is_no_objection() -> None:
    found = said("Agent: Others are too expensive.\nClient: It is too expensive, too.\nМенеджер: Это дорого.\n")

    assert [(each.quote.text, each.quote.speaker) for each in found.objections] == [("It is too expensive, too.", "Client")]


def test_a_kind_counts_once_a_sentence_and_again_in_the_next() -> None:
    text = "Too expensive, far too expensive. And a competitor is cheaper elsewhere. Too expensive!"

    assert [each.kind for each in said(text).objections] == [PRICE, COMPETITOR, PRICE]
    assert objections(text) == said(text).objections


@pytest.mark.parametrize(
    ("sentence", "what", "when"),
    [
        ("I'll send the offer on Monday.", "I'll send", "on Monday"),
        ("Client will call back tomorrow.", "Client will call", "tomorrow"),
        ("We agreed to meet on 3 March.", "agreed to meet", "on 3 March"),
        ("Let’s talk next week.", "Let’s talk", "next week"),
        ("We will get back to you.", "We will get back", None),
        ("- Call on Thursday.", "Call", "on Thursday"),
        ("Перезвоню завтра.", "Перезвоню", "завтра"),
        ("Договорились на вторник.", "Договорились", "на вторник"),
        ("Отправить предложение до 5 мая.", "Отправить", "до 5 мая"),
        ("Вышлем договор.", "Вышлем", None),
    ],
)
def test_a_step_says_what_and_when(sentence: str, what: str, when: str | None) -> None:
    (step,) = said(f"Hello. {sentence}").steps

    assert (step.what, step.when, step.quote.text) == (what, when, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Shall we meet on Thursday?",
        "We will not call you on Monday.",
        "If we agree, I'll send it.",
        "He called on Monday.",
        "Meeting on Monday was good.",
        "Встреча в понедельник прошла хорошо.",
        "Call me.",
        "Не перезвоню завтра.",
        "Перезвоните завтра?",
        "Позвонить.",
    ],
)
def test_a_question_a_refusal_and_what_is_over_are_no_step(sentence: str) -> None:
    assert said(sentence).steps == ()


def test_questions_are_told_with_who_asked() -> None:
    found = said("Agent: What do you need? A garden?\nClient: Yes. How large is it?\n").questions

    assert [(each.speaker, each.text) for each in found] == [
        ("Agent", "What do you need?"),
        ("Agent", "A garden?"),
        ("Client", "How large is it?"),
    ]


def test_shares_of_talk_are_words_of_whom_the_lines_name() -> None:
    assert talk_shares("[00:01] Ada: One two three\nfour\n[00:09] Ben: Yes\nAda: Five\nBen: Sure then\n") == {
        "Ada": Ratio(5, 8),
        "Ben": Ratio(3, 8),
    }
    assert talk_shares("Клиент: Раз\nМенеджер: Два три") == {"Менеджер": Ratio(2, 3), "Клиент": Ratio(1, 3)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello, this is Ada. How are you?",
        "Price: too high\nNext step: call",
        "Hello\nAda: Hi\nBen: Hi\nAda: Bye\nBen: Bye",
        "Ada: Hi\nAda: Hi",
    ],
)
def test_who_speaks_is_never_guessed(text: str) -> None:
    assert talk_shares(text) is None


def test_numbers_tell_voices_apart_and_names_tell_whose_they_are() -> None:
    assert are_numbered(["Speaker 1", "Speaker 2"])
    assert not are_numbered(["Speaker 1", "Ada"])


def test_a_long_sentence_is_cut_around_what_matters() -> None:
    (found,) = said("word " * 200 + "too expensive " + "word " * 200).objections

    assert "too expensive" in found.quote.text
    assert len(found.quote.text) <= LONGEST_QUOTE + 2
    assert found.quote.text.startswith(CUT)


def test_every_language_has_words_for_every_kind() -> None:
    assert set(LANGUAGES) == set(Language)
    assert all(set(each.objections) == set(Objection) for each in LANGUAGES.values())


@given(TEXTS)
def test_whatever_comes_in_every_quote_stands_in_it(text: str) -> None:
    found = said(text)
    quotes = [each.quote for each in (*found.objections, *found.steps)] + list(found.questions)

    assert all(each.text.removeprefix(CUT).removesuffix(CUT) in text for each in quotes)
    assert all(each.speaker is None or each.speaker in text for each in quotes)
    assert all(step.what in text and (step.when is None or step.when in text) for step in found.steps)


@given(TEXTS)
def test_shares_add_up_to_all_that_was_said(text: str) -> None:
    shares = talk_shares(text)

    assert shares is None or sum(each.part for each in shares.values()) == next(iter(shares.values())).whole
