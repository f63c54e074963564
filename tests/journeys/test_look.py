"""The look that was asked for, as the browser draws it: near-black on white, one blue, quiet cards, screens that glide in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from data import demo
from domain.records import Role
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser
NEAR_BLACK, WHITE, ELECTRIC_BLUE = "rgb(11, 15, 25)", "rgb(255, 255, 255)", "rgb(0, 102, 255)"
WATCH = """
window.arrived = [];
document.addEventListener("animationstart", event => window.arrived.push(
    [event.animationName, event.target.className, getComputedStyle(event.target).animationDuration]), true);
"""


@pytest.fixture(params=["no-preference", "reduce"])
def screen(request: pytest.FixtureRequest, browser: Browser, demo_app: LiveApp) -> Iterator[Page]:
    """An agent's window in the light, that notes which parts glide in."""
    context = browser.new_context(color_scheme="light", reduced_motion=request.param)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{demo_app.url}/goals")
    page.get_by_label("E-mail", exact=True).fill(next(each.email for each in demo.sign_ins() if each.role is Role.AGENT))
    page.get_by_label("Password", exact=True).fill(demo.DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Set goals").wait_for()
    yield page
    context.close()


def test_a_screen_is_near_black_on_white_with_one_blue_and_glides_in(screen: Page) -> None:
    title = screen.get_by_role("heading", name="Goals", level=1)
    assert (style(title, "color"), style(screen.get_by_test_id("stApp"), "backgroundColor")) == (NEAR_BLACK, WHITE)
    assert style(screen.get_by_role("button", name="Set goals"), "backgroundColor") == ELECTRIC_BLUE

    screen.evaluate("window.arrived = []")
    screen.get_by_role("link", name="Progress").click()
    screen.get_by_role("heading", name="Progress", level=1).wait_for()
    card = screen.locator('[class*="st-key-card-"]').first
    card.wait_for()
    assert style(card, "boxShadow").startswith("rgba(16, 24, 40, 0.06)")

    screen.wait_for_function("window.arrived.some(each => each[1].includes('st-key-card-'))")
    is_calm = screen.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
    durations = {took for name, _, took in screen.evaluate("window.arrived") if name == "arrive"}
    assert durations == {"1e-05s" if is_calm else "0.16s"}


@pytest.fixture
def phone(browser: Browser, demo_app: LiveApp) -> Iterator[Page]:
    """An agent's phone, on the list of deals."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{demo_app.url}/deals")
    page.get_by_label("E-mail", exact=True).fill(next(each.email for each in demo.sign_ins() if each.role is Role.AGENT))
    page.get_by_label("Password", exact=True).fill(demo.DEMO_PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Needs you today").wait_for()
    yield page
    context.close()


def test_on_a_phone_a_deals_history_has_each_time_beside_its_line(phone: Page) -> None:
    phone.locator('[class*="st-key-deals-open-"]').first.get_by_role("button").click()
    lines = phone.locator('[class*="st-key-deal-line-"]')
    lines.first.wait_for()
    assert all(lines.evaluate_all("all => all.map(each => each.children[0].offsetTop === each.children[1].offsetTop)"))


def style(element: Locator, name: str) -> str:
    """What the browser made of a property."""
    return str(element.evaluate(f"element => getComputedStyle(element).{name}"))
