"""What warns of a deal: each with its evidence, since when, what helps, and what can be done with it."""

from datetime import date, datetime, timedelta

import streamlit as st

import clock
from domain.deals.warning_life import LONGEST_SNOOZE, WarningState
from domain.deals.warning_words import WARNING_WORDS
from domain.deals.warnings import WarningRule
from domain.formatting import day_text
from domain.local_time import local_time, wall_clock
from services import deal_warnings
from services.access import Viewer
from services.deal_card import DealCard
from services.deal_warnings import WarningShown
from ui.attempts import attempt
from ui.deals.words import RULE_ICONS, moment_text
from ui.layout import section
from ui.wording import BadgeColor, plain

NOTE = (
    "A warning goes by itself once what it is about is gone. Put one aside until a day, or say that it is dealt with: then it comes "
    "back only when it happens anew."
)


def show(viewer: Viewer, found: DealCard, now: datetime) -> None:
    """Open warnings, then those put aside."""
    living = [each for each in found.warnings if each.state is not WarningState.RESOLVED]
    with section("What to look at", key="deal-warnings", note=NOTE, height="content"):
        if not living:
            st.markdown(":green-badge[:material/check: Fine] Nothing warns of this deal.")
        for warning in living:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"deal-warning-{warning.rule}"):
                _said(viewer, found, warning)
                if warning.state is WarningState.SNOOZED:
                    _awake(found.facts.deal_id, warning)
                else:
                    _buttons(viewer, found.facts.deal_id, warning, now)


def _said(viewer: Viewer, found: DealCard, warning: WarningShown) -> None:
    words, zone = WARNING_WORDS[warning.rule], viewer.time_zone
    with st.container(gap="xxsmall", width="stretch"):
        color: BadgeColor = "orange" if warning.state is WarningState.OPEN else "gray"
        st.badge(words.name, icon=f":material/{RULE_ICONS[warning.rule]}:", color=color, help=plain(warning.evidence, limit=500))
        since = f" Since {day_text(wall_clock(warning.since, found.facts.time_zone).date())}." if warning.since else ""
        aside = f" Put aside until {moment_text(warning.snoozed_until, zone)}." if warning.snoozed_until else ""
        reason = f" {plain(warning.reason)}" if warning.reason else ""
        st.caption(f"{plain(warning.evidence, limit=500)}{since}{aside}{reason} **{words.do}**")


def _buttons(viewer: Viewer, deal_id: int, warning: WarningShown, now: datetime) -> None:
    today, key = local_time(now, viewer.time_zone).on, f"{deal_id}-{warning.rule}"
    with st.popover("Put aside", key=f"deal-aside-{key}"):
        ahead = (today + timedelta(days=1), today + LONGEST_SNOOZE)
        st.date_input(
            "Until", today + timedelta(days=7), min_value=ahead[0], max_value=ahead[1], key=f"deal-until-{key}", format="YYYY-MM-DD"
        )
        st.text_input("Why", max_chars=200, key=f"deal-why-{key}", placeholder="They are on holiday.")
        st.button("Put it aside", key=f"deal-snooze-{key}", on_click=_snooze, args=(deal_id, warning.rule))
    st.button("Dealt with", key=f"deal-resolve-{key}", type="tertiary", on_click=_resolve, args=(deal_id, warning.rule))


def _awake(deal_id: int, warning: WarningShown) -> None:
    st.button("Look again", key=f"deal-awake-{deal_id}-{warning.rule}", type="tertiary", on_click=_reopen, args=(deal_id, warning.rule))


def _snooze(deal_id: int, rule: WarningRule) -> None:
    until: date = st.session_state[f"deal-until-{deal_id}-{rule}"]
    why: str = st.session_state[f"deal-why-{deal_id}-{rule}"]
    attempt(lambda session, viewer: deal_warnings.snooze(session, viewer, deal_id, rule, until, why, clock.now()))


def _resolve(deal_id: int, rule: WarningRule) -> None:
    attempt(lambda session, viewer: deal_warnings.resolve(session, viewer, deal_id, rule, "", clock.now()))


def _reopen(deal_id: int, rule: WarningRule) -> None:
    attempt(lambda session, viewer: deal_warnings.reopen(session, viewer, deal_id, rule, clock.now()))
