"""What was learnt comes back from plain JSON as it went in: the same probabilities, reasons, figures and tables."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from domain.deals.as_of import DealAsOf
from domain.deals.judged import Group
from domain.deals.win_chances import Silence
from domain.deals.win_learned import Learned, learned
from domain.deals.win_model import Example
from domain.deals.win_stored import FORM, restored, stored

HORIZON = 14
days = some.one_of(some.none(), some.integers(0, 400).map(float))
deals = some.builds(
    DealAsOf,
    stage=some.sampled_from(["Offer", "Lead", "Ärger “…”", ""]),
    age_days=some.integers(3, 400).map(float),
    days_in_stage=days,
    quiet_days=days,
    moves=days,
    calls=days,
    calls_7d=days,
    messages_7d=days,
    tasks_7d=days,
    amount=some.one_of(some.none(), some.floats(0, 1e9)),
    labels=some.dictionaries(some.sampled_from(["source", "product"]), some.text(max_size=5), max_size=2),
)
examples = some.builds(
    Example,
    deal_id=some.integers(1, 20),
    on=some.integers(0, 300).map(lambda number: date(2026, 1, 1) + timedelta(days=number)),
    deal=deals,
    won=some.booleans(),
)


def telling(count: int = 1_500) -> Learned:
    """A pipeline in which silence costs sales."""
    dice = np.random.default_rng(7)
    found = []
    for number in range(count):
        is_quiet = bool(dice.random() < 0.5)
        deal = DealAsOf(
            stage=str(dice.choice(["Lead", "Offer"])), age_days=float(dice.integers(3, 60)), quiet_days=25.0 if is_quiet else 1.0
        )
        won = bool(dice.random() < (0.12 if is_quiet else 0.45))
        found.append(Example(deal_id=number, on=date(2026, 1, 1) + timedelta(days=int(dice.integers(200))), deal=deal, won=won))
    made = learned(found, HORIZON)
    assert made is not None
    return made


@pytest.fixture(scope="module")
def known() -> Learned:
    return telling()


def again(known: Learned) -> Learned:
    """Written and read as a database does."""
    back = restored(json.loads(json.dumps(stored(known))))
    assert back is not None
    return back


@given(asked=some.lists(deals, min_size=1, max_size=5))
@settings(max_examples=50)
def test_a_model_says_the_same_of_every_deal_afterwards(known: Learned, asked: list[DealAsOf]) -> None:
    back = again(known).chances
    assert known.chances.model is not None
    assert np.array_equal(back.chances(asked), known.chances.chances(asked))
    assert back.reasons(asked) == known.chances.reasons(asked)


@given(seen=some.lists(examples, min_size=1, max_size=30), asked=some.lists(deals, min_size=1, max_size=5))
@settings(max_examples=50)
def test_so_do_the_plain_shares_of_a_pipeline_with_few_deals(seen: list[Example], asked: list[DealAsOf]) -> None:
    made = learned(seen, HORIZON)
    assert made is not None
    assert made.chances.silence is Silence.TOO_FEW
    assert again(made) == made
    assert np.array_equal(again(made).chances.chances(asked), made.chances.chances(asked))


def test_how_good_it_proved_is_kept_with_its_table(known: Learned) -> None:
    back, tried = again(known), known.chances.back_test
    assert tried is not None
    assert back.chances.back_test == tried
    assert sum(group.count for group in tried.model.groups) == tried.model.count
    assert (back.stages, back.deals, back.won, back.looks) == (known.stages, 1_500, known.won, 1_500)
    assert (back.first_on, back.last_on, back.chances.horizon_days) == (known.first_on, known.last_on, HORIZON)


def test_luck_reaches_further_where_deals_are_looked_at_often(known: Learned) -> None:
    group = Group(said_share=0.3, won=30, count=100)
    often = replace(known, looks=10 * known.deals)
    (near, far), (nearer, further) = often.luck(group), known.luck(group)
    assert (nearer, further) == group.interval
    assert near < nearer - 0.08
    assert far > further + 0.08


def test_another_form_is_not_read(known: Learned) -> None:
    assert restored(stored(known) | {"form": FORM + 1}) is None
    assert restored({}) is None
