"""An agent's progression: the level and why, the requirements of the next, skills, plan, history and training."""

from typing import Final

import streamlit as st

import clock
from domain.access import Selection
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.formatting import share_text
from domain.local_time import local_time
from domain.periods import Grain, Period, containing
from domain.progression.assessment import LevelFound
from domain.progression.levels import STEPS
from domain.progression.outlook import sales_at
from domain.progression.requirements import Requirement
from domain.progression.skills import SkillScore, Verdict
from domain.progression.wording import requirement_basis
from services.assessments import Assessed
from services.filters import params_from
from services.progression import Progression, progression_of
from services.progression_facts import days_behind
from ui import links
from ui.kept import kept
from ui.layout import section
from ui.progress import modules, plan, words
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

COLUMNS: Final = 2
CARD_WIDTH: Final = 320
TEXT: Final = 600


@fragment(key="progress")
def show(agent: AgentChoice) -> None:
    """Everything about the agent's progression; who looks is asked again on every run."""
    viewer, today = signed_in_viewer(), local_time(clock.now(), agent.time_zone).on
    about = frozenset({agent.agent_id})
    try:
        found = kept(viewer, about, ("progress", today), lambda session: progression_of(session, viewer, agent.agent_id, today))
    except NotFoundError as error:
        st.info(plain(str(error)), icon=":material/person_off:")
        return
    if found.assessed is None:
        st.info(
            "Only some of this agent's days are yours to see, so there is no level to show before the next morning's assessment.",
            icon=":material/visibility_off:",
        )
    else:
        _found(found, found.assessed)
    modules.training(viewer, agent)


def _found(found: Progression, assessed: Assessed) -> None:
    with st.grid(COLUMNS, min_column_width=CARD_WIDTH, gap="small", key="progress-top"):
        with section("Level", key="progress-level", note=words.LEVEL_NOTE):
            _level(found, assessed)
        with section(_asked_title(assessed.found), key="progress-requirements", note=words.NEXT_NOTE):
            for asked in assessed.found.requirements:
                _requirement(asked, found)
    with section("Skills", key="progress-skills", note=words.SKILL_NOTE, height="content"):
        _skills(found)
    with section("Plan", key="progress-plan", note=words.PLAN_NOTE, height="content"):
        plan.show(found)
    if found.history:
        with section("History", key="progress-history", note="As it was assessed then, at the end of each month.", height="content"):
            st.markdown("\n".join(f"- {_past(found, place)}" for place in range(len(found.history))))


def _level(found: Progression, assessed: Assessed) -> None:
    level, sales = assessed.found, assessed.facts.ladder.sales_12_months
    st.markdown(f"## {plain(STEPS[level.level].name)}")
    st.markdown(words.level_badge(level.level, is_at_risk=level.is_at_risk) + f" :small[:gray[{plain(STEPS[level.level].about)}]]")
    st.markdown(f":small[{words.ladder_text(level.level)}]")
    if found.is_partly_seen:
        st.caption("Only some of the last twelve months are yours to see: the level is the stored one, and there is no progress to show.")
        return
    still = sales_at(assessed.facts.sales_by_month, containing(found.today, Grain.QUARTER).end)
    st.markdown(plain(words.why_text(level, sales, still), limit=TEXT))
    if level.progress_share is not None:
        st.progress(level.progress_share, text=plain(words.next_text(level)))
    else:
        st.caption(plain(words.next_text(level)))
    if ahead := words.outlook_text(assessed.outlook):
        st.caption(plain(ahead))
    st.caption(plain(_all_time(assessed)))


def _all_time(assessed: Assessed) -> str:
    since = f" since {assessed.facts.known_since:%B %Y}, when your data begins" if assessed.facts.known_since else ""
    is_told = words.has_sales_of_next(assessed.found, assessed.facts.ladder.sales_12_months)
    held = "" if is_told else f" Work of the level held in {words.held_text(assessed.found)}."
    return f"{counted(assessed.facts.lifetime_sales, 'sale')} in all{since}.{held}"


def _asked_title(found: LevelFound) -> str:
    return f"What {STEPS[found.following].name} asks" if found.following else f"What {STEPS[found.level].name} asks"


def _requirement(asked: Requirement, found: Progression) -> None:
    """A bar with its figure; without one where nothing could be measured, because unknown is not zero."""
    mark = ":green[:material/check_circle:]" if asked.is_held else ":gray[:material/pending:]"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"requirement-{asked.kind}"):
        st.markdown(f"{mark} {plain(words.requirement_text(asked))}", help=plain(requirement_basis(asked)), width="stretch")
        links.records_link(asked.metric_key, _params(days_behind(found.today, requirement=asked.kind)), agent_id=found.agent_id)
    if asked.share is not None:
        st.progress(asked.share, text=f":small[{share_text(asked.share)} of what is asked]")
    else:
        st.caption("Too little to measure yet.")


def _skills(found: Progression) -> None:
    strengths = [each.link.name for each in found.skills if each.verdict is Verdict.STRENGTH]
    gaps = [each.link.name for each in found.skills if each.verdict is Verdict.GAP]
    clear = "No skill stands out clearly yet, in either direction."
    if strengths or gaps:
        st.markdown(f"**Strengths:** {plain(', '.join(strengths) or '–')}  \n**To develop:** {plain(', '.join(gaps) or '–')}")
    else:
        st.caption(clear)
    for score in found.skills:
        _skill(score, found)


def _skill(score: SkillScore, found: Progression) -> None:
    shown, color = words.VERDICTS[score.verdict]
    volume = " · high volume, low rate" if score.verdict is Verdict.GAP and score.is_high_volume else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"skill-{score.skill}"):
        st.markdown(
            f"**{plain(score.link.name)}** :{color}-badge[{shown.symbol} {shown.name}]  \n"
            f":small[:gray[{plain(words.skill_text(score) + volume)}]]",
            help=f"= {plain(score.link.formula)}",
            width="stretch",
        )
        days = days_behind(found.today, needs_time=score.link.needs_time)
        links.records_link(score.link.metric_key, _params(days), agent_id=found.agent_id)


def _past(found: Progression, place: int) -> str:
    each = found.history[place]
    share = f" · {share_text(each.progress_share)} to the next" if each.progress_share is not None else ""
    earlier = found.history[place + 1] if place + 1 < len(found.history) else None
    came = f" · from {STEPS[earlier.level].name}" if earlier is not None and earlier.level is not each.level else ""
    return f"{each.day:%B %Y}: {words.level_badge(each.level, is_at_risk=each.is_at_risk)} :gray[{plain(share + came)}]"


def _params(days: Period) -> dict[str, str]:
    return params_from(Selection(period=days), None)
