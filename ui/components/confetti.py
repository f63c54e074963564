"""A moment of joy: a line that says why, announced politely, and confetti where it is welcome."""

from typing import Final

import streamlit as st

_PAGE: Final = '<p role="status"></p>'
_STYLE: Final = """
p {
    margin: 0;
    padding: 0.5rem 0.75rem;
    border: 1px solid #10B981;
    border-radius: 0.5rem;
    color: var(--st-text-color);
    font: 600 1rem var(--st-font);
}
"""
_SCRIPT: Final = """
const PIECES = 90, SECONDS = 1.8;
const COLORS = ["#0066FF", "#10B981", "#F59E0B", "#E5484D", "#8B5CF6"];
const shown = new Set();

export default function ({ data, parentElement }) {
    const line = parentElement.querySelector("p");
    if (line.textContent !== data.words) requestAnimationFrame(() => { line.textContent = data.words; });
    if (shown.has(data.event)) return;
    shown.add(data.event);
    if (data.confetti && !matchMedia("(prefers-reduced-motion: reduce)").matches) rain();
}

function rain() {
    const canvas = document.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    canvas.style.cssText = "position:fixed;inset:0;width:100%;height:100%;pointer-events:none;z-index:1000000";
    canvas.width = innerWidth;
    canvas.height = innerHeight;
    document.body.append(canvas);
    const pen = canvas.getContext("2d");
    const pieces = Array.from({ length: PIECES }, (_, number) => ({
        x: Math.random() * canvas.width,
        y: -Math.random() * canvas.height * 0.4,
        speed: (0.6 + Math.random() * 0.6) * canvas.height,
        sway: (Math.random() - 0.5) * 160,
        turn: Math.random() * 6,
        color: COLORS[number % COLORS.length],
    }));
    const began = performance.now();
    const draw = (now) => {
        const passed = (now - began) / 1000;
        if (passed > SECONDS || document.hidden) return canvas.remove();
        pen.clearRect(0, 0, canvas.width, canvas.height);
        pen.globalAlpha = Math.min(1, 2 * (1 - passed / SECONDS));
        for (const piece of pieces) {
            pen.save();
            pen.translate(piece.x + piece.sway * passed, piece.y + piece.speed * passed);
            pen.rotate(piece.turn + passed * 5);
            pen.fillStyle = piece.color;
            pen.fillRect(-4, -7, 8, 14);
            pen.restore();
        }
        requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
}
"""


def celebration(words: str, event: str, *, confetti: bool, key: str) -> None:
    """Say the words; with confetti once for each event, never for somebody who asked their device for less motion."""
    joy = st.components.v2.component("pacesetter_confetti", html=_PAGE, css=_STYLE, js=_SCRIPT)
    joy(key=key, data={"words": words, "event": event, "confetti": confetti}, height="content")
