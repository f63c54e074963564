"""Words that would be a script, a form or a link to elsewhere, wherever somebody may write: the browser shows them and does nothing."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

import clock
from data.models import Person, Team
from domain.records import Role
from tests import builders
from tests.fakes.hostile_words import HOSTILE
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp
from tests.journeys.screens import Tab

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RUN_ME = (
    "<script>window.__xss = 1</script>",
    "<img src=x onerror='window.__xss = 1'>",
    "<svg onload='window.__xss = 1'>",
    "<form action=https://evil.example><input autofocus onfocus='window.__xss = 1'></form>",
    "![x](https://evil.example/a.png) [here](https://evil.example) https://evil.example/b",
    "x" * 100,
)
STORED = [words for words in (*RUN_ME, *HOSTILE) if words.isprintable() or "\u202e" in words]
"""What a database takes."""
SCREENS = {
    Role.AGENT: ("daily", "weekly", "activity", "leads", "deals", "pipeline", "calendar", "records"),
    Role.MANAGER: ("overview", "alerts", "leaderboard"),
}
"""Where they are shown."""
LEADS_AWAY = """host => [...document.querySelectorAll("a[href], form[action], img[src], iframe[src], link[href], script[src]")]
    .map(element => new URL(element.href || element.action || element.src, document.baseURI))
    .filter(address => !["data:", "blob:"].includes(address.protocol) && address.host !== host)
    .map(address => address.href)"""


def write(session: Session, team: Team, agent: Person) -> None:
    """Everything of the agent is named so."""
    now = clock.now()
    for words in STORED:
        lead = builders.lead(session, agent, on=now.date(), name=words, company=words, source=words[:60])
        deal = builders.deal(session, agent, name=words, company=words, created_on=now.date(), lead_id=lead.id)
        builders.activity(session, agent, at=now, subject=words, notes=words, lead_id=lead.id, deal_id=deal.id)
        builders.event(session, agent, at=now, title=words)
    for words in RUN_ME:
        builders.vision_card(session, agent, on=now.date(), title=words)
        builders.content_post(session, agent, on=now.date(), topic=words)
    builders.alert(session, team, agent_id=agent.id, at=now, sentence=RUN_ME[0])


@pytest.mark.parametrize("role", SCREENS)
def test_no_screen_does_what_the_words_on_it_say(live_app: LiveApp, page: Page, role: Role) -> None:
    """I2, I11."""
    team = live_app.database.write(lambda session: builders.team(session, name=RUN_ME[0]))
    agent = live_app.person(name=RUN_ME[1], on=team)
    live_app.database.write(lambda session: write(session, team, agent))
    viewer = agent if role is Role.AGENT else live_app.person(name=RUN_ME[2], role=role, manages=team)
    host, tab, asked, dialogs = urlsplit(live_app.url).netloc, Tab(page, live_app.url), list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    sign_in(page, live_app, viewer)

    said, wide, leading_away = "", [], {}
    for screen in SCREENS[role]:
        tab.open(screen)
        said += page.inner_text("body")
        wide += [screen] if tab.scrolls_sideways() else []
        leading_away |= {screen: found} if (found := page.evaluate(LEADS_AWAY, host)) else {}
        assert page.evaluate("window.__xss") is None, screen

    assert [words for words in RUN_ME[:2] if words not in said] == []
    assert (dialogs, wide, leading_away) == ([], [], {})
    assert {urlsplit(url).netloc for url in asked if urlsplit(url).scheme not in {"data", "blob"}} == {host}
