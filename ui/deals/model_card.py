"""How good the chances of deals are: what they were learnt from, how they did in weeks they had not seen, and why they are on or off."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

import clock
from database import database
from domain.deals.deal_chance import NoChance
from domain.deals.judged import Group, Judged
from domain.deals.win_chances import FEWEST_LOST, FEWEST_WON, BackTest, Silence
from domain.deals.win_learned import Learned
from domain.deals.win_words import NO_CHANCE_WORDS
from domain.formatting import chance_text, day_text, share_text
from domain.metrics.intervals import Interval
from services import win_learning
from services.access import Viewer
from services.win_learning import ModelCard
from ui import tables
from ui.deals.words import moment_text
from ui.wording import counted, plain

TITLE: Final = "How good are these chances?"
ON: Final = (
    ":green-badge[:material/check: On] It foresaw weeks it had not seen better than stage and age alone, by more than luck. "
    "The night it no longer does, it switches itself off."
)
_LACKS: Final = {Silence.TOO_FEW: NoChance.TOO_FEW, Silence.NO_BETTER: NoChance.NO_BETTER}
NOTHING_YET: Final = (
    "Nothing was learnt yet. Each night the product looks at how the deals of each pipeline stood on past days and what became of "
    f"them. With {FEWEST_WON} deals won and {FEWEST_LOST} not won in two years, and their stages known since they began, it tries whether "
    "a chance can be told."
)
_PLACES: Final = 3


def show(viewer: Viewer) -> None:
    """Of each pipeline the viewer looks after open deals in, one at a time; folded, because it is asked for once, not every morning."""
    with database().reading() as session:
        found = win_learning.model_cards(session, viewer, clock.now())
    with st.expander(TITLE, icon=":material/verified:", key="deals-model"):
        if not found:
            st.markdown(NOTHING_YET)
            return
        _card(_chosen(found), viewer.time_zone)


def _chosen(found: Sequence[ModelCard]) -> ModelCard:
    by_name = {each.pipeline: each for each in found}
    if len(found) == 1:
        return found[0]
    name = st.selectbox("Pipeline", list(by_name), format_func=_name, key="deals-model-of")
    return by_name.get(name or "", found[0])


def _card(card: ModelCard, zone: str) -> None:
    known = card.learned
    silence, tried = known.chances.silence, known.chances.back_test
    st.markdown(f"**{plain(_name(card.pipeline))}**")
    st.markdown(ON if silence is None else f":gray-badge[:material/block: Off] {NO_CHANCE_WORDS[_LACKS[silence]]}")
    st.caption(
        f"Learnt on {moment_text(card.learned_at, zone)} from {counted(known.deals, 'deal')}, {known.won:,} of them won within "
        f"{known.chances.horizon_days} days of a look and {known.lost:,} not. They were looked at {counted(known.looks, 'time')}, as they "
        f"stood between {day_text(known.first_on)} and {day_text(known.last_on)}."
    )
    if tried is not None:
        _figures(tried)
        _calibration(known, tried.model)


def _figures(tried: BackTest) -> None:
    st.markdown(f"**Weeks it had not seen**: {counted(tried.model.count, 'look')}, each foreseen from what had ended before.")
    rows = [_figure("This model", tried.model), _figure("Stage and age alone", tried.rates)]
    tables.in_words(rows, key="deals-model-figures", alt_text="How well the model and stage and age alone foresaw later weeks")
    st.caption(
        "Brier score: the mean squared distance of the chance from what came. Log-loss: the mean surprise. Lower is better in both. "
        "Tells apart: how often a deal that was won had the higher chance of two; 0.5 is blind. Off by: how far what was said is from what "
        f"came, on average. The model's log-loss is lower by {tried.gain:.{_PLACES}f}, give or take {tried.gain_error:.{_PLACES}f}; it "
        "speaks only where the gain is more than the give and take."
    )


def _figure(name: str, judged: Judged) -> dict[str, str]:
    return {
        "Foreseen by": name,
        "Brier score": f"{judged.brier:.{_PLACES}f}",
        "Log-loss": f"{judged.log_loss:.{_PLACES}f}",
        "Tells apart": tables.UNKNOWN if judged.auc is None else f"{judged.auc:.2f}",
        "Off by": f"{judged.calibration_error * 100:.1f} points",
    }


def _calibration(known: Learned, judged: Judged) -> None:
    st.markdown("**What was said, and what came**")
    rows = [_group(group, known.luck(group)) for group in judged.groups]
    tables.in_words(rows, key="deals-model-calibration", alt_text="By tenths of the chances: what was said and how many were won")
    st.caption(
        "A tenth of the looks a row, from the least to the most likely. Where what was said lies within what luck allows, a chance means "
        "what it says."
    )


def _group(group: Group, luck: Interval) -> dict[str, str]:
    return {
        "Chance said": chance_text(group.said_share),
        "Won": share_text(group.won_share),
        "Luck allows": f"{share_text(luck[0])} to {share_text(luck[1])}",
        "Looks": f"{group.count:,}",
    }


def _name(pipeline: str) -> str:
    return pipeline or "Deals without a pipeline"
