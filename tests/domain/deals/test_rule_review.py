"""The rules' review of a deal: what it says of which facts, in every language, and that no number in it is made up."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.conversations.words import Objection
from domain.deals.facts import DealFacts, Note, Sides, StageMove, Talk, Task, UsualStay
from domain.deals.priority import DealPriority, priority
from domain.deals.review import DealReview, Urgency
from domain.deals.review_values import ReviewBasis
from domain.deals.review_words.languages import LANGUAGES
from domain.deals.review_words.words import Deed, ReviewWords, Say
from domain.deals.rule_deeds import MOST, MOST_URGENT
from domain.deals.rule_review import rule_review
from domain.deals.warnings import WarningRule
from domain.language import Language
from domain.records import EventKind
from tests.builders import NOON, TUESDAY
from tests.domain.deals.test_warnings import DAY, PLANNED, facts, found

NUMBER = re.compile(r"\d+(?:[.,\u00a0]\d+)*")
HELD_UP = facts(
    amount_minor=45_000_000,
    stage_entered_at=NOON - 31 * DAY,
    created_on=TUESDAY - 40 * DAY,
    expected_close_on=TUESDAY - 2 * DAY,
    tasks=(),
    usual_stay=UsualStay(median_days=5, late_days=12.5, count=20),
    talk=Talk(messages=Sides(out=4), touches=4, last_at=NOON - 8 * DAY, unanswered=(NOON - 20 * DAY, NOON - 8 * DAY)),
)


def basis(known: DealFacts, *, chance: float | None = None, is_large: bool | None = None) -> ReviewBasis:
    """With the warnings and the priority these facts have."""
    warned = found(known, is_large=is_large)
    return ReviewBasis(
        facts=known, warnings=tuple(warned.values()), priority=priority(known, warned, None), currency="USD", chance=chance, chance_days=30
    )


def texts(review: DealReview) -> Iterator[str]:
    """Every sentence of a review."""
    yield from (review.situation, *review.strengths, *review.concerns, *review.red_flags, *review.phrases, *review.plan)
    yield from (part for action in review.actions for part in (action.what, action.why, action.how))


def test_a_deal_nobody_answers_in_is_told_with_its_figures_and_what_to_do_first() -> None:
    review = rule_review(basis(HELD_UP))
    assert review.situation == (
        "In “Offer” for 31 days, created 40 days ago, worth $450,000. "
        "The client does not answer: 2 of our calls and messages wait, the first since 18 Feb 2026."
    )
    assert review.red_flags == (
        "No answer since 18 Feb 2026; calls and messages that wait for one: 2.",
        "No activity for 8 days.",
        "The closing day, 8 Mar 2026, passed 2 days ago.",
        "Stuck in “Offer” for 31 days; four of five won deals left it within 12.5 days.",
        "Nothing is planned: no call, meeting or task lies ahead.",
    )
    assert review.concerns == ("It goes one way: 4 calls and messages went out, and none came in.",)
    assert (review.priority, review.strengths) == (DealPriority.HIGH, ())
    first = review.actions[0]
    assert (first.what, first.urgency) == ("Reach the client another way", Urgency.URGENT)
    assert first.why == "2 calls and messages wait for an answer, the first went out 20 days ago. At stake: $450,000."
    assert [each.urgency for each in review.actions] == [Urgency.URGENT] * 3 + [Urgency.THIS_WEEK, Urgency.PLAN]
    assert review.phrases[1] == "We had 8 Mar 2026 in mind. What is still missing for you, and which day is realistic now?"
    assert review.plan[0] == "Today: Reach the client another way"
    assert review.plan[-1] == "The day after: Offer a meeting or a demonstration"


def test_the_same_in_russian_with_its_own_days_and_amounts() -> None:
    review = rule_review(basis(HELD_UP), Language.RUSSIAN)
    assert review.situation.startswith("На этапе «Offer» уже 31 день, создана 40 дней назад, сумма 450\u00a0000\u00a0$.")
    assert "Застряла на этапе «Offer» уже 31 день; четыре из пяти выигранных прошли его не дольше чем за 12,5 дня." in review.red_flags


def test_a_deal_that_moves_is_praised_and_its_next_step_prepared() -> None:
    moving = facts(talk=Talk(last_at=NOON, answered_at=NOON, meetings=2, messages=Sides(incoming=3), touches=5))
    review = rule_review(basis(moving))
    assert review.situation.endswith("It moves, and next is the call on 11 Mar 2026.")
    assert review.strengths == (
        "The client last took part today.",
        "The next step stands in the calendar: the call on 11 Mar 2026.",
        "You have met; meetings so far: 2.",
        "The client gets in touch by themselves; calls and messages that came in: 3.",
    )
    assert (review.red_flags, review.concerns) == ((), ())
    assert [(each.what, each.urgency) for each in review.actions] == [("Prepare the call of 11 Mar 2026", Urgency.THIS_WEEK)]
    assert review.plan == (
        "Today: Prepare the call of 11 Mar 2026",
        "Next working day: Write down what was said, and plan the step that follows",
        "The day after: See what came of it, and move the deal to where it stands now",
    )


def test_what_was_left_for_a_quarter_is_to_be_decided_and_not_called() -> None:
    left = facts(talk=Talk(last_at=NOON - 120 * DAY), tasks=())
    review = rule_review(basis(left, chance=0.04))
    assert [each.what for each in review.actions][:1] == ["Decide whether it is still a deal"]
    assert review.actions[0].why == "No activity for 120 days. Its chance of a sale within 30 days is about 4 %."
    assert "Call the client" not in [each.what for each in review.actions]


@pytest.mark.parametrize(
    ("days", "is_told"),
    [(3, False), (4, True), (6, True), (7, False)],
)
def test_a_pause_is_a_concern_before_it_is_a_warning(days: int, is_told: bool) -> None:  # noqa: FBT001 - a table of cases
    paused = facts(talk=Talk(last_at=NOON - days * DAY, answered_at=NOON - 9 * DAY))
    assert any("they may be losing interest" in each for each in rule_review(basis(paused)).concerns) is is_told


def test_a_note_is_told_by_its_day_and_never_by_its_words() -> None:
    noted = facts(notes=(Note(at=NOON - DAY, text="Ms Lindgren says it is too expensive, call 555 0199"),))
    review = rule_review(basis(noted))
    assert "A note of 9 Mar 2026 has words that deserve a second look." in review.concerns
    assert not any(word in " ".join(texts(review)) for word in ("Lindgren", "expensive", "555"))


def test_objections_without_a_next_step_are_told_by_kind_and_number_and_never_quoted() -> None:
    notes = (
        Note(at=NOON - DAY, text="Ms Lindgren finds it expensive and must ask her husband."),
        Note(at=NOON - 2 * DAY, text="Дорого."),
        Note(at=NOON - 3 * DAY, text="Not too expensive, he says."),
        Note(at=NOON - 4 * DAY, text="If it is not needed now, think about it.", is_ours=True),
    )
    told = "Objections without a next step, with the notes that tell of them: price (2), who decides (1)."

    assert told in rule_review(basis(facts(notes=notes, tasks=()))).concerns
    assert told not in rule_review(basis(facts(notes=notes))).concerns
    assert "цена (2), кто решает (1)" in " ".join(rule_review(basis(facts(notes=notes, tasks=())), Language.RUSSIAN).concerns)


def test_a_closing_day_within_a_week_is_settled_today() -> None:
    review = rule_review(basis(facts(expected_close_on=TUESDAY + 2 * DAY)))
    assert review.actions[0].what == "Settle what is left before the closing day"
    assert review.actions[0].why.startswith("It is to close in 2 days, on 12 Mar 2026.")


@pytest.mark.parametrize("language", Language)
def test_every_language_says_everything_with_the_same_figures(language: Language) -> None:
    words, english = LANGUAGES[language], LANGUAGES[Language.ENGLISH]
    assert (set(words.sentences), set(words.deeds), set(words.kinds)) == (set(Say), set(Deed), set(EventKind))
    assert set(words.objections) == set(Objection)
    assert {say: _names(text) for say, text in words.sentences.items()} == {say: _names(text) for say, text in english.sentences.items()}
    for deed, told in words.deeds.items():
        same = english.deeds[deed]
        assert [_names(part) for part in (told.what, told.why, told.how)] == [_names(part) for part in (same.what, same.why, same.how)]
        assert len(told.phrases) == len(same.phrases) > 0
        assert not told.what.endswith(".")


def _names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


moments = st.integers(0, 400).map(lambda hours: NOON - timedelta(hours=hours * 7))
sides = st.builds(Sides, out=st.integers(0, 9), incoming=st.integers(0, 3), unsaid=st.integers(0, 2))
talks = st.builds(
    Talk,
    calls=sides,
    call_seconds=st.none() | st.integers(0, 90_000),
    messages=sides,
    meetings=st.integers(0, 4),
    touches=st.integers(0, 40),
    last_at=st.none() | moments,
    answered_at=st.none() | moments,
    unanswered=st.lists(moments, max_size=4).map(lambda each: tuple(sorted(each))),
)
tasks = st.lists(
    st.builds(lambda days, kind: replace(PLANNED, kind=kind, starts_at=NOON + days * DAY, ends_at=NOON + days * DAY),
              st.integers(-30, 30), st.sampled_from(EventKind)),
    max_size=3,
).map(lambda each: tuple(sorted(each, key=lambda task: task.starts_at)))  # fmt: skip
deals = st.builds(
    facts,
    stage=st.sampled_from(["", "Offer", "Talk {0}", "Stage %s"]),
    amount_minor=st.none() | st.integers(0, 10**11),
    created_on=st.none() | st.integers(0, 900).map(lambda days: TUESDAY - days * DAY),
    stage_entered_at=st.none() | moments,
    expected_close_on=st.none() | st.integers(-60, 60).map(lambda days: TUESDAY + days * DAY),
    moves=st.lists(st.builds(StageMove, stage=st.just("Talk"), at=moments), max_size=6).map(tuple),
    usual_stay=st.none()
    | st.builds(UsualStay, median_days=st.floats(0, 90), late_days=st.floats(0, 200), count=st.integers(5, 400)),
    talk=talks,
    tasks=tasks,
    pushes=st.none() | st.integers(0, 9),
    contacts=st.none() | st.integers(0, 5),
    notes=st.just(()) | moments.map(lambda at: (Note(at=at, text="on hold, 31337"),))
    | st.integers(1, 40).map(lambda count: (Note(at=NOON, text="Too expensive, 31337"),) * count),
)  # fmt: skip


@given(known=deals, language=st.sampled_from(Language), chance=st.none() | st.floats(0, 1), is_large=st.none() | st.booleans())
def test_every_number_of_a_review_stands_in_the_facts(
    known: DealFacts,
    language: Language,
    chance: float | None,
    is_large: bool | None,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    rests_on = basis(known, chance=chance, is_large=is_large)
    said = " ".join(texts(rule_review(rests_on, language))).replace(known.stage or "\0", "")
    known_numbers = numbers_of(rests_on, LANGUAGES[language])
    assert [each for each in NUMBER.findall(said) if each not in known_numbers] == []
    assert "None" not in said


@given(known=deals, is_large=st.none() | st.booleans())
def test_a_review_has_something_to_do_for_three_days_and_not_too_much(known: DealFacts, is_large: bool | None) -> None:  # noqa: FBT001 - drawn by hypothesis
    review = rule_review(basis(known, is_large=is_large))
    urgencies = [each.urgency for each in review.actions]
    assert 1 <= len(urgencies) <= MOST
    assert urgencies.count(Urgency.URGENT) <= MOST_URGENT
    assert urgencies == sorted(urgencies, key=list(Urgency).index)
    assert 3 <= len(review.plan) <= MOST_URGENT + 2
    assert 1 <= len(review.phrases) <= 3


def numbers_of(rests_on: ReviewBasis, words: ReviewWords) -> set[str]:
    """Every number of the facts and the days counted between them, as the language writes it; reckoned apart from the product."""
    known, talk = rests_on.facts, rests_on.facts.talk
    moments_known = [known.stage_entered_at, talk.last_at, talk.answered_at, *talk.unanswered[:1]]
    moments_known += [task.starts_at for task in known.tasks] + [note.at for note in known.notes]
    dates = [at.date() for at in moments_known if at is not None]
    dates += [day for day in (known.created_on, known.expected_close_on) if day is not None]
    counts = [
        known.pushes,
        known.contacts,
        len(known.moves),
        talk.meetings,
        talk.touches,
        len(talk.unanswered),
        len(known.tasks),
        len(known.notes),
    ]
    counts += [talk.calls.count, talk.calls.incoming + talk.messages.incoming, talk.calls.out + talk.messages.out, 0, 1, 2, 3]
    counts += [round(talk.call_seconds / 60)] if talk.call_seconds is not None else []
    counts += [(NOON - at).days for at in moments_known if at is not None] + [abs((TUESDAY - day).days) for day in dates]
    usual = [known.usual_stay.median_days, known.usual_stay.late_days] if known.usual_stay else []
    numbers = {words.number(round(each, 1)) for each in [*(count for count in counts if count is not None), *usual]}
    numbers |= {str(part) for day in dates for part in (day.day, day.year)}
    numbers |= set(NUMBER.findall(words.money(known.amount_minor, "USD"))) if known.amount_minor is not None else set()
    return numbers | (
        {str(round(rests_on.chance * 100)), "1", "99", f"{rests_on.chance * 100:.0f}", "30"} if rests_on.chance is not None else set()
    )


def test_a_warning_that_is_put_aside_is_not_told() -> None:
    quiet = basis(HELD_UP)
    aside = replace(quiet, warnings=tuple(each for each in quiet.warnings if each.rule is WarningRule.NO_NEXT_STEP))
    assert rule_review(aside).red_flags == ("Nothing is planned: no call, meeting or task lies ahead.",)


def test_a_task_keeps_its_kind_and_not_its_title() -> None:
    titled = facts(tasks=(Task(event_id=1, kind=EventKind.MEETING, title="Dinner with Ms Lindgren", starts_at=NOON + DAY,
                               ends_at=NOON + DAY, status=PLANNED.status, version=1),))  # fmt: skip
    assert "Lindgren" not in " ".join(texts(rule_review(basis(titled))))
