"""The analysis in sentences: plain, and with the analysis's own numbers."""

from dataclasses import replace

import pytest

from domain.goals.chain import CHAINS, REVENUE
from domain.goals.plans import analyse
from domain.goals.posterior import DealValues, RatePosterior, deal_values, posteriors
from domain.goals.way import Target
from domain.goals.words import analysis_sentences, time_text
from domain.records import Profile

WHOLE = CHAINS[Profile.REAL_ESTATE]
SHORT = replace(WHOLE, links=tuple(WHOLE.link(key) for key in ("calls", "appointments", "deals_won")))
KNOWN = {"appointments": RatePosterior.exactly(0.1), "deals_won": RatePosterior.exactly(0.25)}
SALE = DealValues.exactly(1_000_000)


def test_five_sales_are_told_with_their_luck_and_their_worth() -> None:
    assert analysis_sentences(analyse(SHORT, Target(key="deals_won", amount=5), KNOWN, SALE), "USD") == (
        "On average luck 200 calls would do, but that is enough only 56 % of the time.",
        "With 268 calls you reach 5 sales four times in five.",
        "In your hands: 268 calls. What clients decide follows: about 27 appointments held and about 6.7 sales on average.",
        "Worth it: it takes about 107 h and costs $4,288, leaves $42,612 on average, and pays with a chance of over 99 %.",
    )


def test_a_goal_of_calls_is_its_own_plan() -> None:
    said = analysis_sentences(analyse(SHORT, Target(key="calls", amount=40), KNOWN, SALE), "USD")
    assert said[0] == "40 calls are the goal and the plan."


def test_what_rests_on_defaults_says_so() -> None:
    values = deal_values([], [], default_minor=WHOLE.deal_value_minor)
    said = analysis_sentences(analyse(WHOLE, Target(key=REVENUE, amount=5_000_000), posteriors(WHOLE, {}), values), "USD")
    assert said[-1] == "6 of the rates are a default, not yours: the plan gets better with your own records."


def test_what_is_out_of_reach_is_said_kindly() -> None:
    said = analysis_sentences(analyse(SHORT, Target(key="deals_won", amount=900_000), KNOWN, SALE), "USD")
    assert said == ("900,000 sales are out of reach on this way: no number of calls within reason leads there.",)


@pytest.mark.parametrize(("workdays", "words"), [(13, "asks for 8.2 h of every working day"), (14, ""), (0, "")])
def test_a_plan_that_no_day_has_room_for_says_so(workdays: int, words: str) -> None:
    plan = analyse(SHORT, Target(key="deals_won", amount=5), KNOWN, SALE).advised
    assert plan is not None
    assert bool(words) == bool(time_text(plan, workdays))
    assert words in time_text(plan, workdays)


def test_what_loses_money_is_not_worth_it() -> None:
    said = analysis_sentences(analyse(SHORT, Target(key="deals_won", amount=5), KNOWN, SALE, {"deal_value": 50_000.0}), "USD")
    assert said[-1].startswith("Not worth it as it stands: it takes about 107 h and costs $4,288, loses $1,943 on average")
