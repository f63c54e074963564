"""`python docs/pictures.py http://localhost:8501` takes the pictures of docs/walkthrough.md from a running demo company.

Signs in as the demo's administrator and looks at the team that calls for partner lists, so that every stage is in use.
"""  # noqa: INP001 - a script, no package

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER: Final = Path(__file__).resolve().parent / "images" / "walkthrough"
WHO: Final = "amara.whitfield@example.com"
PASSWORD: Final = "pacesetter-demo"  # noqa: S105 - the demo company's, told by the terminal
TEAM: Final = "team=3"
"""Partner Outreach, the third team of the demo company."""
SIZE: Final = {"width": 1280, "height": 860}
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


def main() -> None:
    """Take them all."""
    url = sys.argv[1].rstrip("/")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
        page.goto(url)
        page.get_by_label("E-mail").fill(WHO)
        page.get_by_label("Password").first.fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Sign out").wait_for()
        for picture in PICTURES:
            _take(page, url, picture)
        browser.close()


def _take(page: Page, url: str, picture: Picture) -> None:
    page.goto(f"{url}/{picture.address}")
    page.locator("h1").first.wait_for()
    _settle(page)
    if picture.part:
        heading = page.get_by_role("heading", name=picture.part, exact=True)
        heading.evaluate("heading => heading.scrollIntoView({ block: 'start' })")
        page.mouse.wheel(0, -60)
        _settle(page)
    shot = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(SHADES)
    shot.save(FOLDER / f"{picture.name}.png", optimize=True)


def _settle(page: Page) -> None:
    """Until the script has run twice: what is below the first screenful comes in a second step."""
    for _ in range(2):
        page.wait_for_function(RUNNING)
        page.wait_for_timeout(REST)


if __name__ == "__main__":
    main()
