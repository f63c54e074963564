"""What a language model is told of a deal: its figures and what rules found, without a name, a title or a note.

The name of its stage goes along as somebody else's words; the rules' sentences leave it out, so that no order can hide in it.
"""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from domain.ai.facts import Fact, Facts
from domain.deals.review import DealReview
from domain.deals.review_values import ReviewBasis, values
from domain.deals.review_words.en import ENGLISH
from domain.deals.rule_review import rule_review
from domain.deals.warnings import WarningRule
from domain.pipeline.steps import words as stage_words

ABOUT: Final = MappingProxyType(
    {
        "amount": ("worth", ""),
        "created_ago": ("created", ""),
        "quiet_days": ("without activity", ""),
        "answered_ago": ("the client last took part", ""),
        "stage_span": ("in its stage", ""),
        "usual_late": ("four of five won deals left this stage within", ""),
        "usual_median": ("half of the won deals left this stage within", ""),
        "close_day": ("closing day", ""),
        "close_in": ("it is to close", ""),
        "close_ago": ("its closing day passed", ""),
        "calls": ("said so far", "calls"),
        "call_minutes": ("on calls whose length is known", "min"),
        "outgoing": ("went out", "calls and messages"),
        "incoming": ("came in", "calls and messages"),
        "meetings": ("held so far", "meetings"),
        "touches": ("so far", "touches"),
        "unanswered": ("without an answer", "calls and messages"),
        "unanswered_day": ("the first of them went out on", ""),
        "unanswered_ago": ("the first of them went out", ""),
        "overdue": ("past their time", "tasks"),
        "overdue_day": ("the oldest of them is from", ""),
        "pushes": ("the closing day was put off", "times"),
        "contacts": ("known on the other side", "people"),
        "next_day": ("the next step is planned for", ""),
        "note_day": ("a note with words that deserve a second look is of", ""),
        "objections": ("came up in notes of the last thirty days, and in how many of them", ""),
    }
)
"""How each figure is told, and what it counts."""
DAYS: Final = Fact(name="days that may be named without a date", words="today, tomorrow, this week, next week")
VERDICTS: Final = ("not worth it", "unclear whether it pays", "give up on it")
"""Whether a deal is to be given up is for whoever works on it."""
MUST_SAY: Final = MappingProxyType(
    {
        WarningRule.GHOSTED: "unanswered_day",
        WarningRule.NO_ACTIVITY: "quiet_days",
        WarningRule.CLOSE_OVERDUE: "close_day",
    }
)
"""The figure without which a warning would be glossed over."""
UNNAMED_STAGE: Final = "its stage"


def review_facts(basis: ReviewBasis) -> Facts:
    """All that a model's review may say."""
    unnamed = replace(basis, facts=replace(basis.facts, stage=UNNAMED_STAGE if basis.facts.stage else ""), chance=None, chance_days=None)
    known = values(unnamed, ENGLISH)
    figures = (Fact(name=about, figure=known[name], words=counted) for name, (about, counted) in ABOUT.items() if name in known)
    stage = [Fact(name="stage", words=stage_words(basis.facts.stage), is_foreign=True)] if basis.facts.stage else []
    must = tuple(known[name] for rule, name in MUST_SAY.items() if basis.warns(rule) and name in known)
    told = (*figures, *stage, *_found(rule_review(unnamed)), DAYS)
    return Facts(facts=told, must_say=must, must_not_say=VERDICTS)


def without_days(facts: Facts) -> Facts:
    """The same for what is said of the deal, which names days by their date; what must be said may be said elsewhere."""
    return replace(facts, facts=tuple(each for each in facts.facts if each != DAYS), must_say=())


def _found(review: DealReview) -> Iterator[Fact]:
    """What the rules say, for the model to weigh."""
    lists = {"goes well": review.strengths, "may go wrong": review.concerns, "goes wrong already": review.red_flags}
    yield from (Fact(name=name, words=sentence) for name, sentences in lists.items() for sentence in sentences)
    for action in review.actions:
        yield Fact(name=f"advised, {action.urgency.value}", words=f"{action.what}. {action.why} {action.how}")
