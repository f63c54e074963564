"""Colours that can be read: WCAG AA in light and dark, in text, badges and charts."""

import tomllib
from typing import Any

import pytest

from settings import PROJECT
from ui.theme import DARK, LIGHT, Palette, chart_config

MODES = ("light", "dark")
PALETTES = {"light": LIGHT, "dark": DARK}


def theme(mode: str) -> dict[str, Any]:
    return tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][mode]


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("hue", ["green", "red", "orange", "blue", "gray"])
def test_a_badge_can_be_read(mode: str, hue: str) -> None:
    colors = theme(mode)
    assert contrast(colors[f"{hue}TextColor"], colors[f"{hue}BackgroundColor"]) >= 4.5
    assert contrast(colors[f"{hue}TextColor"], colors["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_text_links_and_primary_buttons_can_be_read(mode: str) -> None:
    colors = theme(mode)
    assert contrast(colors["textColor"], colors["backgroundColor"]) >= 7
    assert contrast(colors["linkColor"], colors["backgroundColor"]) >= 4.5
    assert contrast(colors["dataframeHeaderTextColor"], colors["dataframeHeaderBackgroundColor"]) >= 4.5
    assert contrast("#FFFFFF", colors["primaryColor"]) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=MODES)
def test_axes_and_figures_of_charts_can_be_read(palette: Palette) -> None:
    assert contrast(chart_config(palette)["axis"]["labelColor"], palette.background) >= 4.5
    assert contrast(palette.text, palette.ramp[2]) >= 4.5
    assert contrast(palette.on_ramp, palette.ramp[-1]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_charts_and_screens_share_their_colours(mode: str) -> None:
    colors, palette = theme(mode), PALETTES[mode]
    assert (palette.background, palette.text) == (colors["backgroundColor"], colors["textColor"])
    assert (palette.good, palette.fair, palette.poor) == (colors["greenColor"], colors["orangeColor"], colors["redColor"])


def test_the_product_has_its_own_blue_and_emerald() -> None:
    assert (theme("light")["primaryColor"], theme("light")["greenColor"], theme("light")["greenTextColor"]) == (
        "#0066FF",
        "#10B981",
        "#047857",
    )
