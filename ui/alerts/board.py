"""The Alerts screen: what fires now with its next step, what is silenced or seen once, what was, and from when on a team hears of it."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

import clock
from database import database
from domain.alerts.finding import AlertRule
from domain.alerts.words import ENDING_WORDS, PRIORITY_WORDS
from domain.features import Feature
from services import alerts
from services.access import Viewer
from services.alerts import AlertBoard, AlertShown
from ui import layout, outcome, tables
from ui.alerts import card, deeds, thresholds, words
from ui.attempts import show_refusal
from ui.empty import CARD
from ui.links import page_link
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

TEAM: Final = "team"
ALERT: Final = "alert"
"""Parameters of the address: one team's alerts alone, and the alert a message led to."""
NOW_NOTE: Final = (
    "Every hour each team is looked at. What holds twice in a row is told; what is gone twice in a row is resolved. Figures of a week are "
    "asked for by the working days gone, less holidays and absences."
)
PAST_NOTE: Final = "The last 30. Comments can still be added to what fires; what is over stays as it was."


@fragment(key="alerts")
def show() -> None:
    """The whole screen; who looks is asked again on every run."""
    viewer, now = signed_in_viewer(), clock.now()
    if not viewer.may_use(Feature.ALERTS):
        return
    team_id = _chosen_team(viewer)
    with database().reading() as session:
        found = alerts.board(session, viewer, now, team_id=team_id)
    outcome.show()
    show_refusal()
    if not found.teams:
        _no_team()
        return
    _team_choice(found)
    params = {TEAM: str(team_id)} if team_id is not None else {}
    with layout.section("Now", key="alerts-now", note=NOW_NOTE, view="alerts", params=params):
        _firing(found, viewer)
    if found.silenced:
        with layout.section("Silenced", key="alerts-silenced", note="Nobody is told of these until their silence is over."):
            _cards(found.silenced, viewer)
    if found.pending:
        with layout.section("Seen once", key="alerts-pending", note="If it still holds at the next look, within the hour, it fires."):
            _pending(found.pending)
    with layout.section("Over", key="alerts-past", note=PAST_NOTE):
        _past(found.past, viewer)
    with layout.section("When each team hears of it", key="alerts-thresholds", note=thresholds.NOTE):
        thresholds.show(viewer, found.teams, team_id)
    deeds.open_asked()


def _chosen_team(viewer: Viewer) -> int | None:
    """The team of the address; any other than the viewer's own narrows to nothing and is left out."""
    asked = st.query_params.get(TEAM, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < len(str(2**31))):
        return None
    with database().reading() as session:
        return int(asked) if int(asked) in alerts.teams(session, viewer) else None


def _team_choice(found: AlertBoard) -> None:
    """A pill for each team, where there are several."""
    if len(found.teams) < 2:  # noqa: PLR2004 - one team is no choice
        return
    chosen = st.query_params.get(TEAM, "")
    st.session_state["alerts-team"] = int(chosen) if chosen.isdigit() and int(chosen) in found.teams else None
    st.pills("Team", list(found.teams), key="alerts-team", format_func=lambda key: plain(found.teams[key]), on_change=_team_picked)


def _team_picked() -> None:
    picked = st.session_state["alerts-team"]
    if picked is None:
        st.query_params.pop(TEAM, None)
    else:
        st.query_params[TEAM] = str(picked)


def _firing(found: AlertBoard, viewer: Viewer) -> None:
    if not found.firing:
        st.markdown("**Nothing needs doing right now.** :gray[Every team is looked at each hour; what comes up stands here and is told.]")
        st.caption("Add a Slack channel for a team under *Your account* or *Settings*, and its alerts are posted there as they change.")
        return
    st.caption(f"{counted(len(found.firing), 'alert')}, the most pressing first.")
    _cards(found.firing, viewer)


def _cards(shown: Sequence[AlertShown], viewer: Viewer) -> None:
    """A card for each rule; the alert a message led to comes first, with its like."""
    asked, now = st.query_params.get(ALERT, ""), clock.now()
    by_rule: dict[AlertRule, list[AlertShown]] = {}
    for alert in sorted(shown, key=lambda each: str(each.id) != asked):
        by_rule.setdefault(alert.rule, []).append(alert)
    for alerts_of_rule in by_rule.values():
        card.show(alerts_of_rule, viewer, now, asked)


def _pending(pending: Sequence[AlertShown]) -> None:
    for alert in pending:
        st.markdown(f"{words.badge(alert.priority)} **{plain(alert.team)}** {plain(alert.sentence, limit=400)}")


def _past(past: Sequence[AlertShown], viewer: Viewer) -> None:
    if not past:
        st.markdown(":gray[Nothing is over yet. What was resolved is listed here, with when and how.]")
        return
    rows = [
        {
            "Team": each.team,
            "Alert": each.sentence,
            "Priority": PRIORITY_WORDS[each.priority],
            "Fired": words.moment_text(each.fired_at or each.noticed_at, viewer.time_zone),
            "Over": words.moment_text(each.resolved_at or each.noticed_at, viewer.time_zone),
            "How": ENDING_WORDS[each.ending] if each.ending else "",
            "Taken on by": each.assignee or "",
        }
        for each in past
    ]
    tables.in_words(rows, key="alerts-past", alt_text="Alerts that are over, the latest first.")


def _no_team() -> None:
    with st.container(border=True, key=CARD):
        st.header("No team to look after yet", anchor=False)
        st.markdown(
            "Alerts are about teams: few calls in a week, partner lists past due, an agent who may need a hand. As soon as there is a team "
            "you look after, it is looked at every hour."
        )
        page_link("people", "Make a team", {}, icon=":material/group_add:")
