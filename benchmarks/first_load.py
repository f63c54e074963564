"""`python -m benchmarks.first_load [--rounds 7] [--json]`: how long a screen takes to open for the first time.

A browser without any cache opens an empty Streamlit page and an agent's *Daily*, *Weekly* and *Monthly* of the demo company in turn,
each from its own server on this machine. `….seconds` is the median time from the request to the end of the run, with every chart
drawn; `….ratio` is that over the empty page's, of the same run. Needs Chromium.
"""

import argparse
import json
import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from benchmarks.company import SignedInPerson, company, signed_in
from benchmarks.timing import interleaved
from benchmarks.web import Variant, Web, web
from domain.records import Role

PEOPLE: Final = 20
SCREENS: Final = ("daily", "weekly", "monthly")
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE_MS: Final = 30_000
IS_THERE: Final = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
    return app?.dataset.testScriptState === "notRunning"
        && document.querySelector('[data-testid="stMainBlockContainer"] h1')
        && !document.querySelector('[data-testid="stSkeleton"]')
        && charts.every((chart) => chart.querySelector("canvas, svg"));
}"""
"""The run is over, the screen has its heading, nothing is left to load, and every chart is drawn."""


def main() -> None:
    """Start both servers, open the screens in turn, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_load", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        database = stack.enter_context(company(PEOPLE))
        empty = stack.enter_context(web(database, Variant(app="benchmarks.empty_page:app"), ready="/_stcore/health"))
        product = stack.enter_context(web(database, Variant()))
        agent = next(each for each in signed_in(database, PEOPLE) if each.role is Role.AGENT)
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        seconds = measure(browser, empty, product, agent, rounds=chosen.rounds)
        browser.close()
    figures = _figures(seconds) | {"rounds": chosen.rounds, "load_average": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:16} {value}" for key, value in figures.items()))


def measure(browser: Browser, empty: Web, product: Web, agent: SignedInPerson, *, rounds: int) -> Mapping[str, float]:
    """Seconds by page, medians of interleaved rounds; one round before them has both servers import what they need."""
    cookie = {"name": product.cookie_name, "value": agent.token, "url": product.url}
    opens = {"empty": _opens(browser, empty.url, [])} | {each: _opens(browser, f"{product.url}/{each}", [cookie]) for each in SCREENS}
    interleaved(list(opens.values()), rounds=1)
    taken = interleaved(list(opens.values()), rounds=rounds)
    return {name: milliseconds / 1000 for name, milliseconds in zip(opens, taken, strict=True)}


def _opens(browser: Browser, url: str, cookies: list[Any]) -> Callable[[], None]:
    """Open the address as somebody who was never here before, until it is there."""

    def open_it() -> None:
        with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
            context.add_cookies(cookies)
            page = context.new_page()
            page.goto(url, wait_until="commit")
            page.wait_for_function(IS_THERE, polling="raf", timeout=PATIENCE_MS)

    return open_it


def _figures(seconds: Mapping[str, float]) -> dict[str, Any]:
    figures: dict[str, Any] = {"empty.seconds": round(seconds["empty"], 3)}
    for screen in SCREENS:
        figures |= {f"{screen}.seconds": round(seconds[screen], 3), f"{screen}.ratio": round(seconds[screen] / seconds["empty"], 2)}
    return figures


if __name__ == "__main__":
    main()
