"""The gallery of achievements on Progress: what was earned, and what is missing for the rest; and the rewards for milestones."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

import clock
from database import database
from domain.coaching.achievements import Achievement, GrantState
from domain.coaching.rewards import ClaimState
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.local_time import local_time
from services import own_achievements, rewards
from services.achievements import Badge, gallery
from services.rewards import Claim, RewardLine, decision
from ui.attempts import attempt
from ui.kept import kept
from ui.layout import section
from ui.play.achievement_words import earned_text, evidence_text, standing_text
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

NOTE: Final = "Worked out from stored records every half hour. What was earned stays; corrected records put it under review."
ASKED: Final = "Who asks reached the milestone. A word is needed to decline."
COLUMNS: Final = 4
CARD_WIDTH: Final = 200
STATES: Final = {
    ClaimState.CLAIMED: ":orange-badge[:material/hourglass_top: Waiting]",
    ClaimState.APPROVED: ":green-badge[:material/check_circle: Approved]",
    ClaimState.DECLINED: ":gray-badge[:material/block: Declined]",
}


@fragment(key="achievements")
def show(agent: AgentChoice) -> None:
    """The agent's achievements, with rewards where it is the viewer; who looks is asked again on every run."""
    viewer, now = signed_in_viewer(), clock.now()
    today = local_time(now, agent.time_zone).on
    about = frozenset({agent.agent_id})
    try:
        badges = kept(viewer, about, ("achievements", today), lambda session: gallery(session, viewer, agent.agent_id, today))
    except NotFoundError:
        return
    is_own = viewer.person_id == agent.agent_id
    earned = sum(badge.is_earned for badge in badges)
    with section("Achievements", key="achievements", note=NOTE, height="content"):
        st.caption(f"{earned} of {len(badges)} earned")
        with st.grid(COLUMNS, min_column_width=CARD_WIDTH, gap="small", key="achievement-cards"):
            for badge in sorted(badges, key=lambda badge: not badge.is_earned):
                _badge(badge, is_own=is_own)
    if is_own:
        with database().reading() as session:
            lines, named = rewards.own_rewards(session, viewer, now), own_achievements.known(session)
        if lines:
            with section("Rewards", key="rewards", note="Promised by your company for a milestone.", height="content"):
                for line in lines:
                    _reward(line, named)


def _badge(badge: Badge, *, is_own: bool) -> None:
    """One achievement as one text: icon, word and figure, never colour alone."""
    achievement, grants = badge.achievement, badge.grants
    is_held = bool(grants) and grants[0].state is GrantState.HELD
    icon = f":green[:material/{achievement.icon}:]" if is_held else ":gray[:material/lock:]"
    worth = f" :small[:gray[{counted(achievement.points, 'point')}]]" if achievement.points else ""
    lines = [f"{icon} **{plain(achievement.name)}**{worth}", f":small[{plain(achievement.about)}]"]
    if earned := earned_text(badge):
        lines.append(f":small[:material/verified: {plain(earned)}]")
    if standing := standing_text(badge, is_own=is_own):
        lines.append(f":small[:gray[{plain(standing)}]]")
    with st.container(border=True, key=f"card-achievement-{achievement.key}", gap="xxsmall", height="stretch"):
        st.markdown("  \n".join(lines), help=evidence_text(grants[0]) or None if grants else None)
        if achievement.is_offered and badge.standing.share and not badge.standing.is_reached:
            st.progress(badge.standing.share)


def milestone_text(play_level: int | None, achievement: str, known: Mapping[str, Achievement]) -> str:
    """What a reward is for."""
    if play_level is not None:
        return f"level of play {play_level}"
    return known[achievement].name if achievement in known else achievement


def _reward(line: RewardLine, named: Mapping[str, Achievement]) -> None:
    reward, claim = line.reward, line.claim
    state = STATES[claim.state] if claim else (":green-badge[:material/redeem: Reached]" if line.is_reached else ":gray[not reached yet]")
    word = f" :small[“{plain(claim.word)}”]" if claim and claim.word else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"reward-{reward.id}"):
        name = plain(reward.name)
        st.markdown(f"**{name}** :small[:gray[for {plain(milestone_text(reward.play_level, reward.achievement, named))}]] {state}{word}")
        if line.can_be_claimed:
            st.button("Claim", key=f"reward-claim-{reward.id}", icon=":material/redeem:", on_click=_claim, args=(reward.id,))


def _claim(reward_id: int) -> None:
    attempt(lambda session, viewer: rewards.claim(session, viewer, reward_id, clock.now()))


@fragment(key="claims")
def claims() -> None:
    """Claims that wait for the viewer's word; nothing where there are none."""
    viewer = signed_in_viewer()
    with database().reading() as session:
        found = rewards.waiting(session, viewer, local_time(clock.now(), viewer.time_zone).on)
    if not found:
        return
    with section("Claims waiting for you", key="claims", note=ASKED, height="content"):
        for each in found:
            _waiting(each)


def _waiting(claim: Claim) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"claim-{claim.id}"):
        st.markdown(f"**{plain(claim.agent)}**: {plain(claim.reward)}")
        st.text_input("A word", key=f"claim-word-{claim.id}", max_chars=300)
        st.button("Approve", key=f"claim-yes-{claim.id}", icon=":material/check:", on_click=_decide, args=(claim.id, True))
        st.button("Decline", key=f"claim-no-{claim.id}", icon=":material/block:", on_click=_decide, args=(claim.id, False))


def _decide(claim_id: int, is_approved: bool) -> None:  # noqa: FBT001 - Streamlit passes what a button was given
    word = st.session_state[f"claim-word-{claim_id}"]
    attempt(lambda session, viewer: rewards.decide(session, viewer, claim_id, decision(is_approved=is_approved, word=word), clock.now()))
