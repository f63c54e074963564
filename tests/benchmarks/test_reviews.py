"""The rules review the made-up deals well enough, and the cases notice a review that does not."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.reviews import figures
from domain.deals.priority import DealPriority
from domain.deals.review_cases.case import ReviewCase
from domain.deals.review_cases.every import CASES
from domain.deals.rule_review import rule_review
from domain.language import Language

PROMISED = 0.8


def test_the_rules_review_four_of_five_deals_as_a_sales_manager_would() -> None:
    found = figures()
    assert found["cases"] == 50
    assert found["sound_share"] >= PROMISED, found["faults"]
    assert found["right_priority"] >= PROMISED * found["cases"]


def test_every_priority_has_cases_and_every_case_its_own_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
    assert min(Counter(case.priority for case in CASES).values()) >= 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_can_be_said_in_every_language(case: ReviewCase) -> None:
    assert [rule_review(case.basis, language).priority for language in Language] == [case.basis.priority] * len(Language)


def test_a_review_that_misses_the_point_is_faulty() -> None:
    case = CASES[0]
    good = rule_review(case.basis)
    assert case.faults(good) == ()
    easy = replace(good, priority=DealPriority.LOW, actions=())
    assert case.faults(easy) == ("is low, not high", "asks for nothing today")
    silent = replace(good, situation="", red_flags=(), actions=good.actions[1:], phrases=(), plan=(), strengths=(), concerns=())
    assert "does not mention $45,000" in case.faults(silent)
