"""The filters above a screen: period, people, team and category, kept in the address and shown as chips that can be removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import streamlit as st

import clock
from database import database
from domain.access import Selection
from domain.errors import InputError
from domain.local_time import local_time
from domain.periods import Period, Preset
from services import filters
from services.access import Viewer
from services.choices import Choices, filter_choices, within
from ui.period_words import PRESETS, period_label
from ui.wording import counted, plain

_MEMORY: Final = "filters"
"""Session key of the parameters the viewer last set, so that they travel along to the next screen."""
_CUSTOM_LABEL: Final = "Custom"
_NARROWING: Final = (filters.TEAM, filters.AGENTS, filters.CATEGORY)
MAX_CHIPS: Final = 6
"""More chips than this fill a phone's first screen; the rest are named together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the viewer looks at, the preset it came from (None for days of their own), and what they could choose."""

    selection: Selection
    preset: Preset | None
    offered: Choices
    today: date

    @property
    def label(self) -> str:
        """The period in words."""
        return period_label(self.selection.period, self.preset, self.today)

    @property
    def params(self) -> dict[str, str]:
        """The choice as parameters of an address, for links to records and exports."""
        return filters.params_from(self.selection, self.preset)


def today(viewer: Viewer) -> date:
    """The day it is where the viewer is."""
    return local_time(clock.now(), viewer.time_zone).on


def bar(viewer: Viewer, *, default: Preset = filters.DEFAULT_PRESET, with_period: bool = True, with_choices: bool = True) -> Chosen:
    """Draw the filters and return what they choose; an address that cannot be read is explained and this month shown instead.

    Screens that step through weeks or months themselves leave the choice of a period out; boards that are always about
    everybody leave out that of people, teams and categories.
    """
    _recall()
    chosen = read(viewer, default=default)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="chips-filters"):
        if with_period:
            _period_popover(chosen)
        if with_choices:
            _choice_popover(chosen)
            _chips(chosen)
    return chosen


def read(viewer: Viewer, *, default: Preset = filters.DEFAULT_PRESET) -> Chosen:
    """What the address chooses, cut down to the viewer's scope."""
    day = today(viewer)
    params = {filters.PERIOD: default.value} | st.query_params.to_dict()
    if filters.FROM in st.query_params and filters.PERIOD not in st.query_params:
        params[filters.PERIOD] = filters.CUSTOM
    try:
        asked, preset = filters.selection_from(params, day), _preset(params)
    except InputError as error:
        st.warning(f"{plain(str(error))} Showing {PRESETS[default].lower()} instead.", icon=":material/info:")
        params = {filters.PERIOD: default.value}
        asked, preset = filters.selection_from(params, day), default
    with database().reading() as session:
        offered = filter_choices(session, viewer, asked.period)
    allowed = within(asked, offered)
    if (allowed.agent_ids, allowed.team_ids) != (asked.agent_ids, asked.team_ids):
        st.info("Some people or teams in this link are not among yours; they were left out.", icon=":material/info:")
    return Chosen(selection=allowed, preset=preset, offered=offered, today=day)


def show_period(period: Period) -> None:
    """Change the address to a period of its own days, keeping the other filters; for buttons' `on_click`, in a fragment too."""
    _write({filters.PERIOD: filters.CUSTOM, filters.FROM: period.start.isoformat(), filters.TO: period.last_day.isoformat()})
    st.rerun()


def is_narrowed() -> bool:
    """Whether the address narrows the view to some people, teams or categories."""
    return any(name in st.query_params for name in _NARROWING)


def clear() -> None:
    """Take every narrowing but the period out of the address; for buttons' `on_click`, in a fragment too."""
    _write(dict.fromkeys(_NARROWING, ""))
    st.rerun()


def _preset(params: Mapping[str, str]) -> Preset | None:
    name = params.get(filters.PERIOD, "")
    return None if name == filters.CUSTOM else filters.preset_from(name)


def _recall() -> None:
    """Bring the filters the viewer set on another screen along, unless the address has its own."""
    kept: dict[str, str] = st.session_state.get(_MEMORY, {})
    if kept and not any(name in st.query_params for name in filters.NAMES):
        st.query_params.update(kept)


def _write(changes: Mapping[str, str]) -> None:
    """Put parameters into the address and remember them; an empty value removes one."""
    current = {name: st.query_params[name] for name in filters.NAMES if name in st.query_params}
    if filters.PERIOD in changes:
        current = {name: value for name, value in current.items() if name not in {filters.FROM, filters.TO}}
    wanted = {name: value for name, value in (current | dict(changes)).items() if value}
    for name in filters.NAMES:
        if name in st.query_params and name not in wanted:
            del st.query_params[name]
    st.query_params.update(wanted)
    st.session_state[_MEMORY] = wanted


def _period_popover(chosen: Chosen) -> None:
    with st.popover(chosen.label, icon=":material/calendar_month:"):
        labels = [*PRESETS.values(), _CUSTOM_LABEL]
        _set("filter-period", PRESETS[chosen.preset] if chosen.preset else _CUSTOM_LABEL)
        st.pills("Period", labels, key="filter-period", required=True, on_change=_period_picked, args=(chosen.selection.period,))
        if chosen.preset is None:
            _set("filter-days", (chosen.selection.period.start, chosen.selection.period.last_day))
            st.date_input("From – to, both included", key="filter-days", format="YYYY-MM-DD", on_change=_days_picked)


def _period_picked(current: Period) -> None:
    label = st.session_state["filter-period"]
    if label == _CUSTOM_LABEL:
        show_period(current)
    else:
        _write({filters.PERIOD: next(preset.value for preset, words in PRESETS.items() if words == label)})


def _days_picked() -> None:
    days = st.session_state["filter-days"]
    if isinstance(days, tuple) and len(days) == len(("from", "to")):
        _write({filters.PERIOD: filters.CUSTOM, filters.FROM: days[0].isoformat(), filters.TO: days[1].isoformat()})


def _choice_popover(chosen: Chosen) -> None:
    lists: dict[str, tuple[str, dict[Any, str]]] = {
        filters.TEAM: ("Teams", chosen.offered.teams),
        filters.AGENTS: ("Agents", chosen.offered.agents),
        filters.CATEGORY: ("Categories", _category_names(chosen)),
    }
    useful = {name: parts for name, parts in lists.items() if len(parts[1]) > 1}
    if not useful:
        return
    with st.popover("Filters", icon=":material/tune:"):
        for name, (label, names) in useful.items():
            key = f"filter-{name}"
            _set(key, [choice for choice in names if choice in _picked(chosen, name)])
            st.multiselect(
                label,
                list(names),
                key=key,
                format_func=names.__getitem__,
                placeholder=f"All {label.lower()}",
                on_change=_choices_picked,
                args=(name,),
            )


def _category_names(chosen: Chosen) -> dict[str, str]:
    names = dict.fromkeys([*chosen.offered.categories, *sorted(chosen.selection.categories)])
    return {name: name for name in names}


def _choices_picked(name: str) -> None:
    picked = st.session_state[f"filter-{name}"]
    _write({name: filters.joined(picked)})


def _set(key: str, value: object) -> None:
    """Let the address decide what a widget shows; the address is the only memory of a choice."""
    st.session_state[key] = value


def _chips(chosen: Chosen) -> None:
    """A button for every narrowing, that takes it away."""
    chips = _narrowings(chosen)
    for number, (name, value, words) in enumerate(chips[:MAX_CHIPS]):
        left = {name: filters.joined(sorted(_picked(chosen, name) - {value}))}
        st.button(
            plain(words, limit=40),
            key=f"chip-{number}-{name}",
            icon=":material/close:",
            icon_position="right",
            help="Remove this filter",
            on_click=_write,
            args=(left,),
        )
    if len(chips) > MAX_CHIPS:
        st.caption(f"and {counted(len(chips) - MAX_CHIPS, 'more filter')}")
    if len(chips) > 1:
        st.button("Clear all", key="chip-clear", type="tertiary", on_click=clear)


def _narrowings(chosen: Chosen) -> list[tuple[str, Any, str]]:
    selection, offered = chosen.selection, chosen.offered
    teams = [(filters.TEAM, key, name) for key, name in offered.teams.items() if key in selection.team_ids]
    agents = [(filters.AGENTS, key, name) for key, name in offered.agents.items() if key in selection.agent_ids]
    return [*teams, *agents, *((filters.CATEGORY, name, name) for name in sorted(selection.categories))]


def _picked(chosen: Chosen, name: str) -> frozenset[Any]:
    selection = chosen.selection
    return {filters.TEAM: selection.team_ids, filters.AGENTS: selection.agent_ids, filters.CATEGORY: selection.categories}[name]
