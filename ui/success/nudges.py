"""What each wording of a nudge is worth, against the days that were held out."""

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from domain.coaching.nudge_experiment import FEWEST, WORDINGS, Arm, ArmResult
from domain.formatting import share_text
from ui import tables

NOTE: Final = (
    "Which wording an agent gets is left to chance by agent and day; one day in ten is held out and told nothing. What is compared was "
    "fixed before: work logged in the two hours after. The lift is the difference to the days held out, with the range it lies in in 95 "
    f"of 100 cases; it takes {FEWEST} days on both sides. A wording after which more people switch nudges off, beyond luck, is stopped by "
    "itself. Of the last half year, of everybody."
)
NAMES: Final[Mapping[Arm, str]] = {
    Arm.HELD_OUT: "Held out, told nothing",
    Arm.PLAIN: "The two numbers",
    Arm.NEXT_STEP: "… and the next must-do",
    Arm.SMALL_STEP: "… and one small step",
}


def show(arms: Sequence[ArmResult]) -> None:
    """A line for every wording; a sentence while there is nothing to tell."""
    if not any(each.days for each in arms):
        st.markdown(
            ":gray[There is no nudge yet whose two hours are over. It takes ten days of a weekday before anything is called usual.]"
        )
        return
    rows = [
        {
            "Wording": NAMES[each.arm],
            "Days": f"{each.days:,}",
            "Logged in 2 h": "–" if each.mean is None else f"{each.mean:.2f}",
            "Lift": _lift(each),
            "Likely range": "–" if each.interval is None else f"{each.interval[0]:+.2f} to {each.interval[1]:+.2f}",
            "Switched off after": _opt_outs(each),
            "State": _state(each),
        }
        for each in arms
    ]
    tables.in_words(rows, key="success-nudges", alt_text="Wordings of nudges against the days held out.")


def _lift(result: ArmResult) -> str:
    if result.arm is Arm.HELD_OUT:
        return "compared with"
    return "too early to tell" if result.lift is None else f"{result.lift:+.2f}"


def _opt_outs(result: ArmResult) -> str:
    if result.arm not in WORDINGS or not result.days:
        return "–"
    return f"{result.opt_outs:,} ({share_text(result.opt_outs / result.days)})"


def _state(result: ArmResult) -> str:
    if result.arm is Arm.HELD_OUT:
        return "always"
    return "⚠ stopped" if result.is_stopped else "running"
