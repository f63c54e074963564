"""How likely a deal is to be won, and why; where no chance may be told, how many deals of its stage were won."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import streamlit as st

from domain.deals.deal_chance import DealChance, Likelihood
from domain.deals.win_model import Reason
from domain.deals.win_words import LIKELIHOOD_WORDS, NO_CHANCE_WORDS, reason_words, strength_word
from domain.formatting import chance_text, share_text
from domain.metrics.status import Tone
from domain.pipeline.steps import words as stage_words
from ui.deals.words import stage_text
from ui.layout import section
from ui.wording import counted, plain, tone_color

NOTE: Final = (
    "From what became of other deals of the pipeline that once stood as this one does now; nobody's opinion, and no language model's. "
    "Fair is between half and twice the usual odds. What speaks for or against a deal goes together with how such deals end; it need "
    "not be why."
)
TONES: Final[Mapping[Likelihood, Tone]] = MappingProxyType(
    {Likelihood.LOW: Tone.WARNING, Likelihood.FAIR: Tone.QUIET, Likelihood.HIGH: Tone.GOOD}
)
ICONS: Final[Mapping[Likelihood, str]] = MappingProxyType(
    {Likelihood.LOW: "trending_down", Likelihood.FAIR: "trending_flat", Likelihood.HIGH: "trending_up"}
)
_WIDTH: Final = 240


def show(chance: DealChance, stage: str) -> None:
    """The chance with its reasons, or why there is none."""
    with section("How likely", key="deal-likely", note=NOTE, height="content"):
        if chance.chance is None:
            _none(chance, stage)
        else:
            _told(chance, chance.chance)


def likelihood_badge(likelihood: Likelihood) -> str:
    """How the chance compares with the usual one: icon, word and colour together."""
    return f":{tone_color(TONES[likelihood])}-badge[:material/{ICONS[likelihood]}: {LIKELIHOOD_WORDS[likelihood]}]"


def _told(chance: DealChance, value: float) -> None:
    badge = likelihood_badge(chance.likelihood) if chance.likelihood else ""
    st.markdown(f"{badge} **{chance_text(value)}** to be won within {_days(chance)}.")
    with st.grid(2, min_column_width=_WIDTH, gap="small"):
        _reasons("Speaks for it", "add", chance.speaks_for, chance)
        _reasons("Speaks against it", "remove", chance.speaks_against, chance)
    st.caption(
        f"Held against the average of the pipeline: {share_text(chance.usual)} of the deals open on a day were won within "
        f"{_days(chance)}. Learnt from {counted(chance.deals or 0, 'deal')}; how good such chances proved is told below the list of deals."
    )


def _reasons(title: str, icon: str, reasons: Sequence[Reason], chance: DealChance) -> None:
    with st.container(gap="xxsmall"):
        st.markdown(f"**{title}**")
        if chance.seen is None or not reasons:
            st.caption("Nothing in particular.")
            return
        for reason in reasons:
            st.markdown(f":material/{icon}: {plain(reason_words(reason.fact, chance.seen))} :gray[· {strength_word(reason)}]")


def _none(chance: DealChance, stage: str) -> None:
    if chance.lack is not None:
        st.markdown(NO_CHANCE_WORDS[chance.lack])
    if chance.horizon_days is None:
        return
    name, rate = plain(stage_words(stage_text(stage))), chance.stage_rate
    if rate is None:
        st.caption(f"No deal was seen in the stage {name} for long enough to say how many are won from there.")
        return
    low, high = rate.interval
    st.markdown(
        f"Of {counted(rate.count, 'deal')} seen in the stage {name}, **{rate.won:,}** were won within {_days(chance)}: "
        f"**{share_text(rate.won / rate.count)}**, between {share_text(low)} and {share_text(high)} once luck is taken off."
    )


def _days(chance: DealChance) -> str:
    return counted(chance.horizon_days or 0, "day")
