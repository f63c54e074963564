"""`python -m benchmarks.first_load [--rounds 7] [--json]`: how long a screen takes to open for the first time.

A browser without any cache opens an empty Streamlit page and an agent's *Daily*, *Weekly* and *Monthly* of the demo company in turn,
each from its own server on this machine. `….seconds` is the median time from the request to the end of the first run, with every chart
drawn: the screen's first screenful, to read and to use. `….whole_seconds` is the time until what lies below it is drawn as well.
`….ratio` and `….whole_ratio` are these over the empty page's, of the same run. Needs Chromium.
"""

import argparse
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from statistics import median
from time import perf_counter
from typing import Any, Final, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from benchmarks.company import SignedInPerson, company, signed_in
from benchmarks.web import Variant, Web, web
from domain.records import Role
from ui import below

PEOPLE: Final = 20
SCREENS: Final = ("daily", "weekly", "monthly")
CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
PATIENCE_MS: Final = 30_000
IS_THERE: Final = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const charts = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
    return app && app.dataset.testScriptState !== "running"
        && document.querySelector('[data-testid="stMainBlockContainer"] h1')
        && !document.querySelector('[data-testid="stSkeleton"]')
        && charts.every((chart) => chart.querySelector("canvas, svg"));
}"""
"""The run is over (another one may have been asked for), the screen has its heading, nothing is left to load, every chart is drawn."""
IS_WHOLE: Final = f"() => !document.querySelector('.st-key-{below.KEY}') && ({IS_THERE})()"
"""Nobody waits any more for what lies below."""


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
        times = measure(browser, empty, product, agent, rounds=chosen.rounds)
        browser.close()
    figures = _figures(times) | {"rounds": chosen.rounds, "load_average": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:16} {value}" for key, value in figures.items()))


class Times(NamedTuple):
    """Seconds since the request."""

    there: float
    whole: float


def measure(browser: Browser, empty: Web, product: Web, agent: SignedInPerson, *, rounds: int) -> Mapping[str, Times]:
    """Times by page, medians of interleaved rounds; one round before them has both servers import what they need."""
    cookie = {"name": product.cookie_name, "value": agent.token, "url": product.url}
    addresses: Mapping[str, tuple[str, list[Any]]] = {
        "empty": (empty.url, []),
        **{each: (f"{product.url}/{each}", [cookie]) for each in SCREENS},
    }
    taken: dict[str, list[Times]] = {name: [] for name in addresses}
    for each in range(rounds + 1):
        for name, (url, cookies) in addresses.items():
            times = _opened(browser, url, cookies)
            if each:
                taken[name].append(times)
    return {name: Times(*(median(column) for column in zip(*times, strict=True))) for name, times in taken.items()}


def _opened(browser: Browser, url: str, cookies: list[Any]) -> Times:
    """Open the address as somebody who was never here before, until it is there, and until it is whole."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_cookies(cookies)
        page = context.new_page()
        started = perf_counter()
        page.goto(url, wait_until="commit")
        page.wait_for_function(IS_THERE, polling="raf", timeout=PATIENCE_MS)
        there = perf_counter() - started
        page.wait_for_function(IS_WHOLE, polling="raf", timeout=PATIENCE_MS)
        return Times(there, perf_counter() - started)


def _figures(times: Mapping[str, Times]) -> dict[str, Any]:
    empty = times["empty"]
    figures: dict[str, Any] = {"empty.seconds": round(empty.there, 3)}
    for screen in SCREENS:
        there, whole = times[screen]
        figures |= {f"{screen}.seconds": round(there, 3), f"{screen}.ratio": round(there / empty.there, 2)}
        figures |= {f"{screen}.whole_seconds": round(whole, 3), f"{screen}.whole_ratio": round(whole / empty.there, 2)}
    return figures


if __name__ == "__main__":
    main()
