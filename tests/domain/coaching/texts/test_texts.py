"""The coach's texts by rules: every case of the evaluation says what it must and nothing it must not; nobody's name is in any fact."""

import pytest

from domain.ai.facts import fenced
from domain.ai.grounding import objection
from domain.ai.redaction import Redaction
from domain.coaching.content_kinds import PostChannel, PostIdea
from domain.coaching.content_plan import Suggestion
from domain.coaching.energy import Daypart, EnergyPattern
from domain.coaching.texts.cases.case import NEVER, Case
from domain.coaching.texts.cases.day import ORDER
from domain.coaching.texts.cases.every import CASES
from domain.coaching.texts.cases.patterns import OWN, PATTERN_CASES, TEAM
from domain.coaching.texts.content import DRAFTS, content_text, quotable
from domain.coaching.texts.day import day_text
from domain.coaching.texts.energy import energy_text
from domain.coaching.texts.patterns import patterns_text
from domain.coaching.texts.text import CoachKind

EVERY = [case for cases in CASES.values() for case in cases]


def test_there_are_enough_cases_of_each_kind_and_each_is_itself() -> None:
    assert len(EVERY) >= 40
    assert all(len(cases) >= 7 for cases in CASES.values())
    assert len({case.name for case in EVERY}) == len(EVERY)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_the_rules_say_what_they_must_and_nothing_they_must_not(case: Case) -> None:
    assert case.rules_faults() == ()


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_what_must_not_be_said_is_not_even_told(case: Case) -> None:
    told = fenced(case.text.facts).casefold()
    personal = [each for each in case.must_not_say if not each.isascii() or each[:1].isupper() or "@" in each]
    assert [each for each in personal if each.casefold() in told] == []
    assert ORDER.casefold() not in told


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_cause_and_an_invented_figure_are_refused_in_every_case(case: Case) -> None:
    told, redaction = case.text.facts.cleaned(), Redaction()
    for wrong in ("It is so because of you.", "That is 4,321 more.", "Ask Zelda Quill about it."):
        assert objection((*case.text.sentences, wrong), told, redaction), wrong
    assert case.faults((*case.text.sentences, *NEVER)) == tuple(f"says {each}" for each in NEVER)
    assert case.faults(()) == tuple(f"does not mention {each}" for each in case.must_mention)


def test_without_facts_nothing_is_said() -> None:
    post = Suggestion(key="2026-03-09:own:", week_on=None, idea=PostIdea.OWN, channel=PostChannel.OTHER, topic="", why="")  # type: ignore[arg-type]
    even = EnergyPattern(counts={Daypart.MORNING: 9}, is_too_early=False)
    assert (day_text(()), patterns_text(()), content_text(post), energy_text(even)) == (None, None, None, None)


def test_what_rests_on_ones_own_facts_alone_is_private() -> None:
    kinds = {case.text.kind for case in PATTERN_CASES}
    assert kinds == {CoachKind.PATTERNS, CoachKind.OWN_PATTERNS}
    assert [kind for kind in CoachKind if kind.is_private] == [CoachKind.OWN_PATTERNS, CoachKind.ENERGY]
    assert (TEAM.is_team, OWN.is_team) == (True, False)


def test_only_plain_words_of_the_pipeline_are_quoted_and_every_idea_has_a_draft() -> None:
    assert [word for word in ("Offer", "Home inspection", "R&D", "Élan", "two or three words", "A1", "x", "a@b") if quotable(word)] == [
        "Offer",
        "Home inspection",
        "R&D",
        "Élan",
    ]
    assert set(DRAFTS) == set(PostIdea) - {PostIdea.OWN}
