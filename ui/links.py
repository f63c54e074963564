"""Ways from a figure to what it is made of."""

from collections.abc import Mapping

import streamlit as st

from domain.metrics.behind import BEHIND
from domain.metrics.catalog import METRICS
from ui.pages import PAGES
from ui.wording import plain

RECORDS = "records"


def page_link(key: str, label: str, params: Mapping[str, str], *, icon: str | None = None, help_text: str | None = None) -> None:
    """A link to another screen with parameters; nothing where there is no such screen."""
    spec = next((page for page in PAGES if page.key == key), None)
    if spec is not None:
        st.page_link(spec.page(), label=label, icon=icon, help=help_text, query_params=dict(params))


def records_link(metric_key: str, params: Mapping[str, str], *, label: str = "Records", agent_id: int | None = None) -> None:
    """A link to the records behind a metric, within the same filters; nothing for a metric that has no records of its own."""
    if metric_key in BEHIND:
        params_of = records_params(metric_key, params, agent_id=agent_id)
        page_link(RECORDS, plain(label), params_of, icon=":material/list:", help_text=f"What stands behind {METRICS[metric_key].name}")


def records_params(metric_key: str, params: Mapping[str, str], *, agent_id: int | None = None) -> dict[str, str]:
    """The parameters of the records behind a metric; an agent takes the place of all the people chosen."""
    narrowed = {"agents": str(agent_id)} if agent_id is not None else {}
    return dict(params) | narrowed | {"metric": metric_key}
