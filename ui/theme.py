"""The look that .streamlit/config.toml cannot say: colours and axes of charts for light and dark, and the shadow of a card."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import streamlit as st

BRAND: Final = Path(__file__).resolve().parent / "brand"
FONT: Final = '"Source Sans", "Source Sans Pro", sans-serif'


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of marks in a chart. Text colours keep 4.5:1 and marks 3:1 against the background; config.toml holds the same ones."""

    background: str
    text: str
    muted: str
    grid: str
    primary: str
    good: str
    fair: str
    poor: str
    unknown: str
    track: str
    """The empty part of a bar."""
    ramp: tuple[str, ...]
    """From nothing to most, in one hue."""
    on_ramp: str
    """Text on the strong end of the ramp."""
    on_ramp_from: float
    """The share of the ramp from which `on_ramp` reads better than `text`."""


LIGHT: Final = Palette(
    background="#FFFFFF",
    text="#0B0F19",
    muted="#475467",
    grid="#E9EDF3",
    primary="#0066FF",
    good="#10B981",
    fair="#F59E0B",
    poor="#E5484D",
    unknown="#98A2B3",
    track="#E9EDF3",
    ramp=("#F0F5FF", "#BFD7FF", "#70A7FF", "#1F75FF", "#003D99"),
    on_ramp="#FFFFFF",
    on_ramp_from=0.75,
)
DARK: Final = Palette(
    background="#0B0F19",
    text="#F2F5FA",
    muted="#B3BDCC",
    grid="#222B3A",
    primary="#5B9BFF",
    good="#10B981",
    fair="#F5A524",
    poor="#F2666A",
    unknown="#7B8798",
    track="#222B3A",
    ramp=("#111A2B", "#1A3F78", "#2463BD", "#4F90F5", "#B5D2FF"),
    on_ramp="#0B0F19",
    on_ramp_from=0.6,
)

_CARDS: Final = """
<style>
[class*="st-key-card-"] {
    box-shadow: 0 1px 2px rgb(16 24 40 / 6%), 0 2px 6px rgb(16 24 40 / 5%);
}
[class*="st-key-chips"] button {
    border-radius: 999px;
}
.st-key-month-grid button {
    min-height: 3.9rem;
    padding: 0.25rem 0.125rem;
}
.st-key-month-grid button p span {
    display: block;
}
[class*="st-key-card-week-"] p {
    hyphens: auto;
}
@keyframes arrive {
    from { opacity: 0; transform: translateY(4px); }
}
.st-key-heading, [class*="st-key-card-"] {
    animation: arrive 160ms ease-out;
}
:is([class*="st-key-line-"], [class*="st-key-lead-line-"], [class*="st-key-deal-line-"], [class*="st-key-entry-"]) > :nth-child(2) {
    flex: 1 1 50%;
    min-width: 0;
}
:is([class*="st-key-plan-line-"], [class*="st-key-deal-warning-"], [class*="st-key-due-"]) > :first-child {
    flex: 1 1 60%;
    min-width: 0;
}
[data-testid="stButtonGroup"] button[data-selected="true"],
[data-testid="stButtonGroup"] button[data-selected="true"]:hover {
    background-color: #0066FF !important;
    border-color: #0066FF !important;
    color: #FFFFFF !important;
}
[data-testid="stBaseButton-tertiary"]:hover {
    color: inherit !important;
    text-decoration: underline;
}
[data-testid="stSidebarNavLink"]:focus-visible,
[data-testid="stPageLink-NavLink"]:focus-visible {
    outline: 2px solid currentcolor;
    outline-offset: -2px;
}
@media (hover: hover) {
    [data-testid="stSidebarNavLink"] {
        margin-block: 0;
    }
}
[data-testid="stMainBlockContainer"] {
    max-width: 84rem;
}
@media (max-width: 640px) {
    :is([class*="st-key-deal-warning-"], [class*="st-key-due-"]) > :first-child {
        flex-basis: 100%;
    }
    .st-key-month-grid button p {
        font-size: 0.8rem;
    }
    [data-testid="stMainBlockContainer"] {
        padding-left: 1rem;
        padding-right: 1rem;
    }
    [data-testid="stMainBlockContainer"] h1 {
        font-size: 1.4rem;
    }
}
@media (hover: none) {
    [data-testid="stElementToolbar"] {
        display: none;
    }
}
@media (prefers-reduced-motion: reduce) {
    * {
        animation-duration: 0.01ms !important;
        transition-duration: 0.01ms !important;
    }
}
</style>
"""


def apply() -> None:
    """Show the name of the product; give cards their shadow and their way in, chips their shape and phones their margins.

    The styles name only stable keys and test ids.
    """
    st.html(_CARDS)
    st.logo(BRAND / "logo.svg", icon_image=BRAND / "mark.svg", size="large")


def palette() -> Palette:
    """The colours for the mode the browser shows now."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def chart_config(colors: Palette) -> dict[str, Any]:
    """The Vega-Lite config every chart shares: quiet grid, readable labels, one font.

    It is given to each chart and not enabled in Altair's registry, which is one for all sessions of the process: a
    light and a dark screen drawn at the same time would swap their colours.
    """
    axis = {
        "labelColor": colors.muted,
        "titleColor": colors.muted,
        "gridColor": colors.grid,
        "domain": False,
        "ticks": False,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 8,
    }
    return {
        "background": "transparent",
        "font": FONT,
        "axis": axis,
        "axisY": {"labelFlush": False},  # Streamlit's theme pushes the outermost names off their rows
        "legend": {"labelColor": colors.muted, "titleColor": colors.muted, "labelFontSize": 12, "orient": "bottom", "title": None},
        "text": {"color": colors.text, "fontSize": 12},
        "view": {"stroke": None},
    }
