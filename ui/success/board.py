"""The success metrics on screen, each with how many facts it rests on and where it likely lies."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

import clock
from database import database
from domain.formatting import hours_text, span_text
from domain.success.conversion import STEPS
from domain.success.training_effect import FEWEST, WEEKS, Effect
from services.nudges import nudge_results
from services.success import Success, Talks, Training, success
from ui import layout, tables
from ui.filters import Chosen
from ui.session import signed_in_viewer
from ui.success import nudges, words
from ui.turns import fragment
from ui.wording import counted

GOALS_NOTE: Final = (
    "Goals whose last day is in the period. Reached ÷ those reached or missed; a goal with too few facts for a verdict, a paused and a "
    "cancelled one are not in it. The likely range holds the share behind the luck in 8 of 10 cases."
)
CONVERSION_NOTE: Final = "Everybody's work of the period.\n\n" + "\n\n".join(f"**{step.name}** = {step.formula}" for step in STEPS)
CLIMB_NOTE: Final = (
    "From the day an agent reached a level (the lowest one: joined) to the day they reached the next. Those still on their way count for "
    "as long as they have been, so that the slow ones are not left out. Of all time. It takes five rises."
)
SKILL_NOTE: Final = (
    "The same agents at their first and last assessment of the period, at least 90 days apart; everybody's facts added up. It takes five "
    "agents and 20 facts on both sides."
)
TRAINING_NOTE: Final = (
    f"Completed modules of the last year: the {WEEKS} weeks after against the {WEEKS} weeks before, and the same of the three colleagues "
    f"who did most nearly as much before and completed nothing in these weeks. The likely range holds in 95 of 100 cases. It takes "
    f"{FEWEST} completions whose weeks are over and that have such colleagues; n counts them."
)
CAVEAT: Final = (
    "**Not proof.** Who takes training differs from who does not, whatever is matched. Its return is told in events, not in money."
)
TALKS_NOTE: Final = (
    f"1:1s of the last year, by their day alone: the {WEEKS} weeks after against the {WEEKS} weeks before, and the same of the three "
    f"colleagues who did most nearly as much before and had no 1:1 in these weeks. It takes {FEWEST} to compare; n counts them."
)
TALKS_CAVEAT: Final = (
    "**Not proof.** Managers talk with those who need it, and after bad weeks figures rise by themselves. Colleagues with weeks as bad "
    "take a part of that out, not all. What was said in a 1:1 is not looked at."
)


@fragment(key="success")
def show(chosen: Chosen) -> None:
    """The whole screen; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        found = success(session, viewer, chosen.selection.period, chosen.today, clock.now())
        arms = nudge_results(session, viewer, clock.now())
    with layout.section("Goals reached", key="success-goals", note=GOALS_NOTE):
        _goals(found)
    with layout.section("From work to sales", key="success-conversion", note=CONVERSION_NOTE):
        _conversions(found)
    left, right = st.columns(2)
    with left, layout.section("Time to the next level", key="success-levels", note=CLIMB_NOTE):
        _climbs(found)
    with right, layout.section("Skills", key="success-skills", note=SKILL_NOTE):
        _skills(found)
    with layout.section("Training and what followed", key="success-training", note=TRAINING_NOTE):
        _training(found.training)
    with layout.section("1:1s and what followed", key="success-talks", note=TALKS_NOTE):
        _talks(found.talks)
    with layout.section("Nudges", key="success-nudges", note=nudges.NOTE):
        nudges.show(arms)


def _goals(found: Success) -> None:
    every, *kinds = found.goals
    if not every.ended:
        st.markdown(":gray[No goal ended in these days. Goals are set on the Goals screen; each counts here once its last day is over.]")
        return
    unjudged = f", {every.without_verdict:,} more with too few facts for a verdict" if every.without_verdict else ""
    st.markdown(
        f"**{words.percent(every.reached)}** reached, {every.reached.part:,} of {every.reached.whole:,}; "
        f"likely {words.likely(every.reached)}{unjudged}."
    )
    rows = [
        {
            "Goal": each.definition.name,
            "Reached": words.percent(each.reached),
            "Likely range": words.likely(each.reached),
            "With a verdict": f"{each.reached.whole:,}",
            "Ended": f"{each.ended:,}",
        }
        for each in kinds
        if each.definition is not None
    ]
    tables.in_words(rows, key="success-goals", alt_text="Goals that ended, by kind.")


def _conversions(found: Success) -> None:
    rows = [
        {
            "Step": each.step.name,
            "Now": words.percent(each.now),
            "Likely range": words.likely(each.now),
            "Rests on": f"{each.now.sample:,}",
            "Before": words.percent(each.before),
            "Change": words.conversion_verdict(each),
        }
        for each in found.conversions
    ]
    tables.in_words(rows, key="success-steps", alt_text="Steps from work to sales.")
    st.caption(f"Before: {span_text(found.compared_with.start, found.compared_with.last_day)}.")


def _climbs(found: Success) -> None:
    if not found.climbs[0].climbs:
        st.markdown(f":gray[{words.TOO_EARLY}. Nobody was seen to begin a level yet; levels are assessed every day.]")
        return
    rows = [
        {
            "From": words.level_name(each.level),
            "Half have risen after": words.median_text(each),
            "Likely range": words.days_likely(each),
            "Risen": f"{each.rises:,} of {each.climbs:,}",
        }
        for each in found.climbs
    ]
    tables.in_words(rows, key="success-climbs", alt_text="Time to the next level.")


def _skills(found: Success) -> None:
    if not any(each.agents for each in found.skills):
        st.markdown(f":gray[{words.TOO_EARLY}. It takes assessments at least 90 days apart in the period; choose a longer one.]")
        return
    rows = [
        {
            "Skill": words.skill_name(each.skill),
            "First": words.percent(each.then),
            "Last": words.percent(each.now),
            "Agents": f"{each.agents:,}",
            "Change": words.skill_verdict(each),
        }
        for each in found.skills
    ]
    tables.in_words(rows, key="success-skills", alt_text="Skills first and last.")


def _training(training: Training) -> None:
    st.info(CAVEAT, icon=":material/info:")
    if not training.completions:
        st.markdown(":gray[Nobody completed a training module in the last year.]")
        return
    time_spent = hours_text(training.minutes / 60, in_days=False)
    st.markdown(
        f"{counted(training.completions, 'module')} completed by {counted(training.people, 'person', 'people')}: {time_spent} by the "
        "modules' own length."
    )
    _effects(training.effects, "completion", key="success-training", alt_text="What followed training.")


def _talks(talks: Talks) -> None:
    st.info(TALKS_CAVEAT, icon=":material/info:")
    if not talks.held:
        st.markdown(":gray[No 1:1 was held in the last year. Managers find on the 1:1 screen who needs a conversation.]")
        return
    st.markdown(f"{counted(talks.held, 'talk')} held with {counted(talks.people, 'person', 'people')}.")
    _effects(talks.effects, "talk", key="success-talks", alt_text="What followed 1:1s.")


def _effects(effects: Sequence[Effect], of: str, *, key: str, alt_text: str) -> None:
    rows = [
        {
            f"Per {of}": words.FOLLOWED_NAMES[each.key],
            "Own": words.signed(each.own),
            "Peers": words.signed(each.peers),
            "Difference": words.signed(each.difference),
            "Likely range": f"{words.signed(each.interval[0])} to {words.signed(each.interval[1])}" if each.interval else "–",
            "Rests on": f"{each.completions:,}",
            "Verdict": words.effect_verdict(each, of),
        }
        for each in effects
    ]
    tables.in_words(rows, key=key, alt_text=alt_text)
