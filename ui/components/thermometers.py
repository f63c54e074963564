"""Thermometers drawn in the browser: the fluid rises to where it is now from where it was, unless the reader asks for less motion.

Words reach the browser as data and become text there, never markup.
"""

from collections.abc import Sequence
from typing import Final, TypedDict

import streamlit as st

_PAGE: Final = '<div class="thermometers"></div>'
_STYLE: Final = """
.thermometers { display: flex; flex-wrap: wrap; font-family: var(--st-font); gap: 12px 24px; padding-left: 8px; }
.thermometer {
    align-items: center; color: var(--st-text-color); display: flex; flex: 1 1 150px; font-size: 14px; gap: 16px; line-height: 1.35;
}
.glass { flex: none; height: 92px; margin-bottom: 18px; position: relative; width: 14px; }
.tube { background: var(--track); border-radius: 7px 7px 0 0; inset: 0; overflow: hidden; position: absolute; }
.fluid { background: var(--fluid); bottom: 0; height: 0; left: 0; position: absolute; transition: height 0.9s ease-out; width: 100%; }
.due { background: currentColor; height: 2px; left: -5px; position: absolute; width: 24px; }
.bulb { background: var(--fluid); border-radius: 50%; bottom: -16px; height: 22px; left: -4px; position: absolute; width: 22px; }
b, span { display: block; }
.state { font-size: 13px; opacity: 0.85; }
@media (prefers-reduced-motion: reduce) { .fluid { transition: none; } }
"""
_SCRIPT: Final = """
const part = (kind, name, parent) => {
    const made = document.createElement(kind);
    made.className = name;
    return parent.appendChild(made);
};

const build = (root) => {
    const one = part("div", "thermometer", root);
    one.setAttribute("role", "img");
    const glass = part("div", "glass", one);
    part("div", "fluid", part("div", "tube", glass));
    part("div", "due", glass);
    part("div", "bulb", glass);
    const words = part("div", "words", one);
    part("b", "name", words);
    part("span", "figure", words);
    part("span", "state", words);
    return one;
};

export default function ({ data, parentElement }) {
    const root = parentElement.querySelector(".thermometers");
    while (root.children.length > data.gauges.length) root.lastChild.remove();
    data.gauges.forEach((gauge, place) => {
        const one = root.children[place] ?? build(root);
        one.setAttribute("aria-label", gauge.sentence);
        one.title = gauge.sentence;
        one.style.setProperty("--fluid", gauge.color);
        one.style.setProperty("--track", data.track);
        one.querySelector(".name").textContent = gauge.name;
        one.querySelector(".figure").textContent = gauge.figure;
        one.querySelector(".state").textContent = gauge.state;
        const due = one.querySelector(".due");
        due.hidden = gauge.due_share === null;
        due.style.bottom = `${100 * (gauge.due_share ?? 0)}%`;
        requestAnimationFrame(() => requestAnimationFrame(() => {
            one.querySelector(".fluid").style.height = `${100 * gauge.share}%`;
        }));
    });
}
"""


class Shown(TypedDict):
    """One thermometer as the browser gets it; shares from 0 to 1."""

    name: str
    figure: str
    state: str
    sentence: str
    """All of it, for a screen reader."""
    share: float
    due_share: float | None
    color: str


def show(gauges: Sequence[Shown], track: str, *, key: str) -> None:
    """All of them in one element; `track` is the colour of an empty tube."""
    drawn = st.components.v2.component("pacesetter_thermometers", html=_PAGE, css=_STYLE, js=_SCRIPT)
    drawn(key=key, data={"gauges": list(gauges), "track": track}, height="content")
