"""Ways from a figure to what it is made of."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

import streamlit as st

from domain.metrics.behind import BEHIND
from domain.metrics.catalog import METRICS
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from ui.pages import PAGES
from ui.wording import plain

RECORDS = "records"
_LISTED_AS: Final = {MEDIAN_RESPONSE_TIME.key: "response_time"}
"""A median is of the same first contacts as the mean, whose records can be listed."""
_SCREENS: Final = "screens"


def note_screens(keys: Iterable[str]) -> None:
    """Remember which screens exist for the viewer, for the links of this run and of its fragments."""
    st.session_state[_SCREENS] = frozenset(keys)


def page_link(key: str, label: str, params: Mapping[str, str], *, icon: str | None = None, help_text: str | None = None) -> None:
    """A link to another screen with parameters; nothing where the viewer has no such screen."""
    if key in st.session_state.get(_SCREENS, ()):
        st.page_link(_target(key), label=label, icon=icon, help=help_text, query_params=dict(params))


@cache
def _target(key: str) -> st.Page:
    """The screen a link leads to. Made once: a screen has dozens of links, and nothing of their target changes."""
    return next(page for page in PAGES if page.key == key).page()


def records_link(metric_key: str, params: Mapping[str, str], *, label: str = "Records", agent_id: int | None = None) -> None:
    """A link to the records behind a metric, within the same filters; nothing for a metric that has no records of its own."""
    listed = _LISTED_AS.get(metric_key, metric_key)
    if listed in BEHIND:
        params_of = records_params(listed, params, agent_id=agent_id)
        page_link(RECORDS, plain(label), params_of, icon=":material/list:", help_text=f"What stands behind {METRICS[listed].name}")


def records_params(metric_key: str, params: Mapping[str, str], *, agent_id: int | None = None) -> dict[str, str]:
    """The parameters of the records behind a metric; an agent takes the place of all the people chosen."""
    narrowed = {"agents": str(agent_id)} if agent_id is not None else {}
    return dict(params) | narrowed | {"metric": metric_key}
