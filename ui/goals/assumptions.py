"""What an analysis rests on, each number with where it comes from, and a field to say it better."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Final

import streamlit as st

from domain.goals.cost import Assumption, AssumptionUnit
from domain.goals.words import SOURCES
from domain.money import from_minor, to_minor
from ui.wording import counted, plain

WIDTH: Final = 200
_UNITS: Final = {AssumptionUnit.SHARE: "%", AssumptionUnit.MINUTES: "min"}
_PER_CENT: Final = 100


def said(key: str) -> dict[str, float]:
    """What was said so far instead of what is known, by the assumption's key."""
    found: dict[str, float] = st.session_state.setdefault(key, {})
    return found


def fields(assumptions: Sequence[Assumption], currency: str, key: str) -> None:
    """A field for each assumption; what is typed holds until it is reset."""
    changed = len(said(key))
    label = "What this rests on" + (f" ({counted(changed, 'number')} of yours)" if changed else "")
    with st.expander(label, icon=":material/tune:"):
        st.caption("Change any number: the plans, the cost and the chart follow at once. It changes nothing that is counted.")
        with st.grid(3, min_column_width=WIDTH, gap="small"):
            for each in assumptions:
                _field(each, currency, key)
        if changed:
            st.button("Back to what is known", key=f"{key}-reset", on_click=_reset, args=(key, [each.key for each in assumptions]))


def forget(key: str) -> None:
    """Take back what was refused."""
    st.session_state[key] = {}


def _field(known: Assumption, currency: str, key: str) -> None:
    unit = _UNITS.get(known.unit, currency if known.unit is AssumptionUnit.MONEY else f"{currency} per hour")
    name = f"{key}-{known.key}"
    detail = f" ({known.detail})" if known.detail else ""
    st.number_input(
        f"{plain(known.name)} ({unit})",
        min_value=0.0,
        value=round(float(_typed(known, currency)), 2),
        step=1.0,
        format="%.2f" if known.unit is AssumptionUnit.SHARE else "%.0f",
        help=plain(f"From: {SOURCES[known.source]}{detail}"),
        key=name,
        on_change=partial(_say, key, name, known, currency),
    )
    st.caption(plain(f"{SOURCES[known.source]}{detail}"))


def _say(key: str, name: str, known: Assumption, currency: str) -> None:
    typed = st.session_state.get(name)
    if typed is not None:
        said(key)[known.key] = _meant(known, float(typed), currency)


def _typed(known: Assumption, currency: str) -> float:
    match known.unit:
        case AssumptionUnit.SHARE:
            return known.value * _PER_CENT
        case AssumptionUnit.MINUTES:
            return known.value
    return float(from_minor(round(known.value), currency))


def _meant(known: Assumption, typed: float, currency: str) -> float:
    match known.unit:
        case AssumptionUnit.SHARE:
            return typed / _PER_CENT
        case AssumptionUnit.MINUTES:
            return typed
    return float(to_minor(Decimal(str(typed)), currency))


def _reset(key: str, names: Sequence[str]) -> None:
    st.session_state[key] = {}
    for name in names:
        st.session_state.pop(f"{key}-{name}", None)


def overrides(key: str) -> Mapping[str, float]:
    """A copy of what was said."""
    return dict(said(key))
