"""Asking for something else: of whom, which figure, per what, how much, from which day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import streamlit as st

import clock
from database import database
from domain.formatting import period_text, value_text
from domain.periods import Grain, containing
from services import target_setting
from services.access import Viewer
from services.target_setting import ASKABLE, FURTHEST_AHEAD, TargetBoard, TargetPlace, Wanted
from ui.cards import asked_text
from ui.goals.fields import target_field
from ui.outcome import save
from ui.targets import words
from ui.wording import plain

NOTE: Final = (
    "A target is what each agent is asked for; a team is asked for the sum. By working days: who is away, or came in the middle of it, is "
    "asked for less. What was asked until the day before stays as it was."
)
RAMP_HELP: Final = "For somebody who has just joined: half of it from that day on, three quarters after four weeks, all of it after eight."
FROM_HELP: Final = "That day included. From the first of this month on: months that are over stay as they were asked."
FIELD_WIDTH: Final = 200
_SHORT: Final = (Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed, and which of the buttons was pressed."""

    target: Decimal | None
    from_on: date
    is_asked: bool
    is_ramp: bool
    is_over: bool


def show(viewer: Viewer, found: TargetBoard, today: date) -> None:
    """The form, and what is asked there now."""
    holders = _holders(found)
    if not holders:
        st.markdown(":gray[You look after no team yet, so there is nobody to ask.]")
        return
    place = _place(holders)
    st.markdown(_standing(viewer, found, place, today))
    typed = _typed(found, place, today)
    if typed.is_over:
        _keep(viewer, Wanted(place=place, target=None, from_on=typed.from_on), holders[place.team_id, place.agent_id], found.currency)
    elif typed.is_asked or typed.is_ramp:
        if typed.target is None:
            st.warning("Name how much.", icon=":material/edit:")
            return
        wanted = Wanted(place=place, target=typed.target, from_on=typed.from_on, as_ramp=typed.is_ramp)
        _keep(viewer, wanted, holders[place.team_id, place.agent_id], found.currency)


def _typed(found: TargetBoard, place: TargetPlace, today: date) -> _Typed:
    metric, asked = ASKABLE[place.metric_key], found.asked(place)
    key = f"target-{place.team_id}-{place.agent_id}-{place.metric_key}-{place.grain}"
    with st.form(key, border=False):
        with st.grid(2, min_column_width=FIELD_WIDTH, gap="small"):
            target = target_field(metric, float(asked.target) if asked else None, currency=found.currency, key=f"{key}-amount")
            earliest, latest = target_setting.earliest(today), today + FURTHEST_AHEAD
            from_on = st.date_input(
                "From", value=today, min_value=earliest, max_value=latest, key=f"{key}-from", help=FROM_HELP, format="YYYY-MM-DD"
            )
        with st.container(horizontal=True, gap="small"):
            is_asked = st.form_submit_button("Ask for it", type="primary", key=f"{key}-ask")
            may_ramp = place.agent_id is not None and metric.prorated
            is_ramp = may_ramp and st.form_submit_button("Lead up to it", help=RAMP_HELP, key=f"{key}-ramp")
            is_over = st.form_submit_button("Ask for nothing from then on", key=f"{key}-end", disabled=asked is None)
    return _Typed(target=target, from_on=from_on, is_asked=is_asked, is_ramp=is_ramp, is_over=is_over)


def _holders(found: TargetBoard) -> dict[tuple[int | None, int | None], str]:
    """Whom the viewer may ask: everybody, teams, agents."""
    everybody: dict[tuple[int | None, int | None], str] = {(None, None): words.EVERYBODY} if found.may_ask_everybody else {}
    teams = {(team_id, None): f"{name} (team)" for team_id, name in found.teams.items()}
    return everybody | teams | {(None, agent_id): name for agent_id, name in found.agents.items()}


def _place(holders: dict[tuple[int | None, int | None], str]) -> TargetPlace:
    with st.grid(3, min_column_width=FIELD_WIDTH, gap="small"):
        team_id, agent_id = st.selectbox("Of whom", list(holders), format_func=holders.__getitem__, key="target-holder")
        key = st.selectbox("Figure", list(ASKABLE), index=_first(), format_func=lambda each: ASKABLE[each].name, key="target-metric")
        grain = Grain.MONTH
        if ASKABLE[key].prorated:
            grain = st.selectbox("Per", _SHORT, index=1, format_func=lambda each: each.value.capitalize(), key="target-grain")
    return TargetPlace(metric_key=key, grain=Grain(grain), team_id=team_id, agent_id=agent_id)


def _first() -> int:
    return list(ASKABLE).index("calls")


def _standing(viewer: Viewer, found: TargetBoard, place: TargetPlace, today: date) -> str:
    """What is asked there now, and what all targets of the figure come to this month for these people."""
    metric, asked = ASKABLE[place.metric_key], found.asked(place)
    now = (
        f"Now: **{plain(words.amount(metric, asked.target, found.currency))}** {words.row(asked, found.currency)['Per']}, "
        f"since {words.day(asked.from_on)}."
        if asked
        else "No target here yet."
    )
    with database().reading() as session:
        aim = target_setting.asked_this_month(session, viewer, place, today)
    if aim is None:
        return now
    month = period_text(containing(today, Grain.MONTH))
    text = asked_text if metric.prorated else value_text
    return f"{now} :gray[With what else holds for them, {month} comes to {plain(text(metric, aim.target, found.currency))}.]"


def _keep(viewer: Viewer, wanted: Wanted, holder: str, currency: str) -> None:
    metric = ASKABLE[wanted.place.metric_key]
    said = "is asked for nothing of it" if wanted.target is None else f"is asked for {words.amount(metric, wanted.target, currency)}"
    if wanted.as_ramp:
        said += " in eight weeks, half of it at first"
    save(
        lambda session: target_setting.set_target(session, viewer, wanted, clock.now()),
        f"{metric.name}: from {words.day(wanted.from_on)} on {holder} {said}.",
    )
