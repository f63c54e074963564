"""`python docs/pictures.py http://localhost:8501` takes the pictures of README.md and docs/walkthrough.md from a running demo company.

Those of the walk are the demo's administrator's, who looks at the team that calls for partner lists, so that every stage is in use; those
of the front page a manager's and an agent's. Everybody skips their first ten minutes on the way.
"""  # noqa: INP001 - a script, no package

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES: Final = Path(__file__).resolve().parent / "images"
FOLDER: Final = IMAGES / "walkthrough"
WHO: Final = "amara.whitfield@example.com"
MANAGER: Final = "elena.marchetti@example.com"
AGENT: Final = "maya.okafor@example.com"
PASSWORD: Final = "pacesetter-demo"  # noqa: S105 - the demo company's, told by the terminal
TEAM: Final = "team=3"
"""Partner Outreach, the third team of the demo company."""
SIZE: Final = {"width": 1280, "height": 860}
PHONE: Final = {"width": 390, "height": 844}
SHADES: Final = 192
"""Enough for a screen's flat colours; a picture takes a quarter of the room."""
RUNNING: Final = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning"
    && !document.querySelector('[data-testid="stSkeleton"]')"""
REST: Final = 1_500
"""Milliseconds in which a chart has drawn itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One screen, from the part with this heading on where it is not from its top."""

    name: str
    address: str
    part: str = ""


PICTURES: Final = (
    Picture(name="1-overview", address=f"overview?{TEAM}"),
    Picture(name="2-alerts", address="alerts"),
    Picture(name="3-pipeline", address=f"pipeline?{TEAM}"),
    Picture(name="4-what-changed", address=f"pipeline?{TEAM}", part="What changed since then"),
    Picture(name="5-forecast", address=f"overview?{TEAM}", part="Forecast"),
    Picture(name="6-leaderboard", address=f"leaderboard?{TEAM}"),
    Picture(name="7-heatmap", address=f"heatmap?{TEAM}"),
    Picture(name="8-targets", address="targets"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A picture of the front page: whose screen, on what."""

    who: str
    address: str
    name: str
    is_phone: bool = False
    """A phone's, and dark."""


FRONT: Final = (
    Front(who=MANAGER, address="overview", name="overview"),
    Front(who=MANAGER, address="heatmap", name="heatmap"),
    Front(who=AGENT, address="daily", name="daily"),
    Front(who=AGENT, address="daily", name="daily-phone", is_phone=True),
)


def main() -> None:
    """Take them all."""
    url = sys.argv[1].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for front in FRONT:
            _open(_signed_in(browser, url, front.who, is_phone=front.is_phone), f"{url}/{front.address}", IMAGES / f"{front.name}.png")
        page = _signed_in(browser, url, WHO)
        for picture in PICTURES:
            _open(page, f"{url}/{picture.address}", FOLDER / f"{picture.name}.png", part=picture.part)
        browser.close()


def _signed_in(browser: Browser, url: str, who: str, *, is_phone: bool = False) -> Page:
    page = browser.new_context(
        viewport=PHONE if is_phone else SIZE, color_scheme="dark" if is_phone else "light", reduced_motion="reduce"
    ).new_page()
    page.goto(url)
    page.get_by_label("E-mail").fill(who)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("h1").filter(has_not_text="Sign in").wait_for()
    _settle(page)
    skip = page.get_by_role("button", name="Skip", exact=True)
    if skip.count():
        skip.click()
        _settle(page)
    return page


def _open(page: Page, address: str, file: Path, *, part: str = "") -> None:
    page.goto(address)
    page.locator("h1").first.wait_for()
    _settle(page)
    if part:
        heading = page.get_by_role("heading", name=part, exact=True)
        heading.evaluate("heading => heading.scrollIntoView({ block: 'start' })")
        page.mouse.wheel(0, -60)
        _settle(page)
    Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(SHADES).save(file, optimize=True)


def _settle(page: Page) -> None:
    """Until the script has run twice: what is below the first screenful comes in a second step."""
    for _ in range(2):
        page.wait_for_function(RUNNING)
        page.wait_for_timeout(REST)


if __name__ == "__main__":
    main()
