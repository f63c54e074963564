"""What is said of a deal's chance: a word against the usual one, reasons that weigh something, or why there is none."""

from dataclasses import replace

import pytest

from domain.deals.as_of import NUMBERS, DealAsOf
from domain.deals.deal_chance import Asked, DealChance, Likelihood, NoChance, deal_chances
from domain.deals.win_chances import Silence
from domain.deals.win_learned import Learned
from domain.deals.win_model import Reason
from domain.deals.win_words import LIKELIHOOD_WORDS, NO_CHANCE_WORDS, reason_words, strength_word
from tests.domain.deals.test_win_stored import telling

QUIET = DealAsOf(stage="Offer", age_days=20.0, quiet_days=25.0)


@pytest.fixture(scope="module")
def known() -> Learned:
    return telling()


def deal_chance(known: Learned | None, deal: DealAsOf | None, stage: str, lack: NoChance | None = None) -> DealChance:
    return deal_chances(known, {7: Asked(stage=stage, deal=deal, lack=lack)})[7]


def test_many_deals_are_told_as_each_is_alone(known: Learned) -> None:
    asked = {
        1: Asked(stage="Offer", deal=QUIET),
        2: Asked(stage="Lead", lack=NoChance.TOO_YOUNG),
        3: Asked(stage="Lead", deal=replace(QUIET, stage="Lead", quiet_days=1.0)),
    }
    together = deal_chances(known, asked)
    for deal_id, each in asked.items():
        alone = deal_chances(known, {deal_id: each})[deal_id]
        assert (together[deal_id].chance, together[deal_id].lack) == (pytest.approx(alone.chance), alone.lack)
        assert [reason.fact for reason in together[deal_id].speaks_for] == [reason.fact for reason in alone.speaks_for]
    assert [together[deal_id].lack for deal_id in asked] == [None, NoChance.TOO_YOUNG, None]
    assert deal_chances(known, {}) == {}


def test_a_chance_comes_with_what_speaks_for_and_against_it(known: Learned) -> None:
    quiet, fresh = (deal_chance(known, deal, "Offer") for deal in (QUIET, replace(QUIET, quiet_days=1.0)))
    assert quiet.chance == pytest.approx(0.12, abs=0.06)
    assert fresh.chance == pytest.approx(0.45, abs=0.08)
    assert (quiet.speaks_against[0].fact, fresh.speaks_for[0].fact) == ("quiet_days", "quiet_days")
    assert (quiet.likelihood, fresh.lack, fresh.horizon_days) == (Likelihood.LOW, None, 14)
    assert max(len(each.speaks_for) for each in (quiet, fresh)) <= 3
    assert min(abs(each.log_odds) for each in (*quiet.speaks_for, *quiet.speaks_against)) >= 0.1


@pytest.mark.parametrize(
    ("chance", "word"),
    [(0.10, Likelihood.LOW), (0.12, Likelihood.FAIR), (0.30, Likelihood.FAIR), (0.34, Likelihood.HIGH), (1.0, Likelihood.HIGH)],
)
def test_low_and_high_are_half_and_twice_the_usual_odds(chance: float, word: Likelihood) -> None:
    assert DealChance(chance=chance, usual=0.2).likelihood is word
    assert DealChance(lack=NoChance.TOO_FEW).likelihood is None


def test_priority_counts_a_usual_deal_as_one_half() -> None:
    assert [DealChance(chance=chance, usual=0.05).weight for chance in (0.05, 0.01, 0.4)] == [0.5, pytest.approx(0.1), 1.0]
    assert DealChance(lack=NoChance.TOO_YOUNG).weight is None


def test_without_a_model_the_stage_speaks_with_what_it_rests_on(known: Learned) -> None:
    off = replace(known, chances=replace(known.chances, model=None, silence=Silence.NO_BETTER))
    said = deal_chance(off, QUIET, "Offer")
    assert (said.chance, said.lack, said.speaks_against) == (None, NoChance.NO_BETTER, ())
    assert said.stage_rate == known.stages["Offer"]
    assert deal_chance(off, QUIET, "Brand new").stage_rate is None


def test_a_deal_that_is_not_looked_at_says_why(known: Learned) -> None:
    assert deal_chance(known, None, "Offer", NoChance.TOO_YOUNG).lack is NoChance.TOO_YOUNG
    assert deal_chance(known, QUIET, "Offer", NoChance.TOO_YOUNG).chance is None
    assert deal_chance(known, None, "Lost").lack is NoChance.STAGE_IS_END
    assert deal_chance(None, QUIET, "Offer").lack is NoChance.NOT_LEARNED


def test_every_fact_and_every_lack_has_its_words() -> None:
    full = DealAsOf(**{"stage": "Offer", **dict.fromkeys(NUMBERS, 2.0)})  # type: ignore[arg-type]
    said = {fact: reason_words(fact, full) for fact in NUMBERS}
    assert len(set(said.values())) == len(NUMBERS)
    assert said["quiet_days"] == "It was last worked on 2 days ago"
    assert reason_words("tasks_7d", replace(full, tasks_7d=0.0)) == "No task or meeting in the last seven days"
    assert reason_words("quiet_days", replace(full, quiet_days=None)) == "Nothing was ever done for it"
    assert reason_words("stage", full) == "It stands in “Offer”"
    assert (LIKELIHOOD_WORDS.keys(), NO_CHANCE_WORDS.keys()) == (set(Likelihood), set(NoChance))


def test_a_reason_says_how_much_it_weighs() -> None:
    assert [strength_word(Reason(fact="calls", log_odds=odds)) for odds in (0.2, -0.5, -0.8)] == ["a little", "clearly", "strongly"]
