"""A deal's probability: learnt from what had ended, straightened, and silent where it foresees no better than stage and age."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from domain.deals.as_of import DealAsOf
from domain.deals.encoding import learnt
from domain.deals.judged import judged
from domain.deals.win_chances import BackTest, Silence, WinChances, win_chances
from domain.deals.win_model import Example, Straightening, model, models, straightened

FIRST = date(2026, 1, 1)
HORIZON = 14
NEW = DealAsOf(stage="Offer", age_days=10.0, quiet_days=1.0, amount=1_000.0)


def examples(count: int, *, effect: float, seed: int = 3) -> list[Example]:
    """Deals over 200 days; those that were quiet for weeks are won less by some log-odds, those of two stages differ anyway."""
    dice = np.random.default_rng(seed)
    found = []
    for number in range(count):
        is_quiet, is_late = dice.random() < 0.5, dice.random() < 0.5
        deal = DealAsOf(
            stage="Offer" if is_late else "Lead",
            age_days=float(dice.uniform(0, 60)),
            quiet_days=25.0 if is_quiet else 1.0,
            calls=float(dice.poisson(3)),
            amount=float(dice.lognormal(8, 1)),
            labels={"source": str(dice.choice(["web", "fair"]))},
        )
        log_odds = -0.8 + 0.8 * is_late - effect * is_quiet
        won = bool(dice.random() < 1 / (1 + np.exp(-log_odds)))
        found.append(Example(deal_id=number, on=FIRST + timedelta(days=int(dice.integers(200))), deal=deal, won=won))
    return found


@pytest.fixture(scope="module")
def telling() -> WinChances:
    return win_chances(examples(2_000, effect=1.5), HORIZON)


def test_what_matters_is_found_and_said_first(telling: WinChances) -> None:
    quiet = replace(NEW, quiet_days=25.0)
    fresh_chance, quiet_chance = telling.chances([NEW, quiet])
    assert (telling.silence, telling.back_test is not None and telling.back_test.is_better) == (None, True)
    assert (fresh_chance, quiet_chance) == (pytest.approx(0.5, abs=0.08), pytest.approx(0.18, abs=0.08))
    strongest = telling.reasons([quiet])[0][0]
    assert (strongest.fact, strongest.log_odds < 0) == ("quiet_days", True)


def test_the_reasons_together_are_the_distance_from_the_average_deal(telling: WinChances) -> None:
    made = telling.model
    assert made is not None
    straight = made.straightening
    average = straight.shift + straight.slope * (made.logistic.intercept + float(made.means @ made.logistic.weights))
    total = average + sum(reason.log_odds for reason in telling.reasons([NEW])[0])
    assert 1 / (1 + np.exp(-total)) == pytest.approx(float(telling.chances([NEW])[0]))


def test_models_made_together_say_what_each_made_alone_says() -> None:
    known = examples(400, effect=1.5)
    for penalty, made in models(known, (3.0, 300.0)).items():
        assert made.chances([NEW]) == pytest.approx(model(known, penalty).chances([NEW]), abs=1e-12)


def test_a_column_is_one_where_the_deal_is_in_its_band_and_rare_labels_have_none() -> None:
    known = [each.deal for each in examples(400, effect=1.5)]
    encoding = learnt(known)
    rare = replace(NEW, labels={"source": "letter"})
    for deal, row in zip([NEW, rare], encoding.matrix([NEW, rare]), strict=True):
        said = {(column.fact, column.band, column.stage) for column, inside in zip(encoding.columns, row, strict=True) if inside}
        assert {each for each in said if each[0] in {"stage", "quiet_days", "source"}} == {
            ("stage", deal.stage, None),
            ("quiet_days", 1, None),
            ("quiet_days", 1, deal.stage),
        }


@pytest.mark.parametrize("seed", range(2))
def test_facts_that_tell_nothing_leave_the_word_to_stage_and_age(seed: int) -> None:
    found = win_chances(examples(1_500, effect=0.0, seed=seed), HORIZON)
    assert found.silence is Silence.NO_BETTER
    assert found.reasons([NEW]) == [[]]
    assert float(found.chances([NEW])[0]) == pytest.approx(0.5, abs=0.12)


def test_few_deals_are_too_few_for_a_model() -> None:
    known = examples(3_000, effect=1.5)
    won, lost = [each for each in known if each.won], [each for each in known if not each.won]
    assert win_chances([*won[:49], *lost], HORIZON).silence is Silence.TOO_FEW
    assert win_chances([*won, *lost[:149]], HORIZON).silence is Silence.TOO_FEW


def test_a_deal_looked_at_often_is_one_deal() -> None:
    """Forty deals, each seen on eighty days, are forty."""
    often = [replace(each, deal_id=number % 40) for number, each in enumerate(examples(3_200, effect=1.5))]
    assert win_chances(often, HORIZON).silence is Silence.TOO_FEW


def test_no_look_ahead_knows_what_ended_later() -> None:
    """On the last day everything turns round; nothing said of earlier days may change by that."""
    known = examples(900, effect=1.5)
    last = max(each.on for each in known)
    turned = [replace(each, won=not each.won) if each.on == last else each for each in known]
    before, after = (win_chances(each, HORIZON).back_test for each in (known, turned))
    assert before is not None
    assert after is not None
    assert (after.model.count, after.model.groups[0].said_share) == (before.model.count, before.model.groups[0].said_share)


def test_an_unknown_is_learnt_from_as_such() -> None:
    known = examples(1_500, effect=1.5)
    hidden = [replace(each, deal=replace(each.deal, quiet_days=None if each.deal.quiet_days == 25.0 else 1.0)) for each in known]
    never, lately = model(hidden, 3.0).chances([replace(NEW, quiet_days=None), NEW])
    assert never < lately - 0.15


def test_a_stage_nobody_knows_is_like_the_average(telling: WinChances) -> None:
    assert 0.1 < float(telling.chances([replace(NEW, stage="Brand new", labels={"source": "never seen"})])[0]) < 0.6


def test_probabilities_that_were_too_high_are_straightened() -> None:
    dice = np.random.default_rng(5)
    said = dice.normal(0, 1, 4_000)
    came = dice.random(4_000) < 1 / (1 + np.exp(-(0.5 * said - 1)))
    found = straightened(said, came)
    assert (found.shift, found.slope) == (pytest.approx(-1, abs=0.1), pytest.approx(0.5, abs=0.1))
    few = straightened(said[:3], came[:3])
    assert (few.shift, few.slope) == (pytest.approx(0, abs=0.1), pytest.approx(1, abs=0.1))
    assert float(Straightening().chances(np.array([0.0]))[0]) == 0.5


def test_a_gain_within_luck_is_no_gain() -> None:
    seen = judged(np.array([0.2, 0.8]), [False, True])
    assert not BackTest(model=seen, rates=seen, gain=0.010, gain_error=0.011).is_better
    assert BackTest(model=seen, rates=seen, gain=0.012, gain_error=0.011).is_better
