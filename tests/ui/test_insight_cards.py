"""The card of insights: what stands out, the records behind it, putting aside; and that it tells nothing of a stranger."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qsl

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import InsightDismissal, Person, Team
from domain.records import DealStatus
from services import sessions
from tests import builders
from tests.ui.visits import visit

Open = Callable[[Person | None], AppTest]


def screen(agent_id: int, day: str) -> None:
    """A screen with the card alone, among the pages it links to."""
    from datetime import date  # noqa: PLC0415 - AppTest runs the function's text by itself

    import streamlit as st  # noqa: PLC0415

    from domain.facts import AgentChoice  # noqa: PLC0415
    from ui import insight_cards, links  # noqa: PLC0415
    from ui.pages import PAGES  # noqa: PLC0415
    from ui.session import current_viewer  # noqa: PLC0415

    agent = AgentChoice(agent_id=agent_id, name="Ada", time_zone="UTC", working_days=frozenset({1, 2, 3, 4, 5}))

    def card() -> None:
        if current_viewer():
            insight_cards.show(agent, date.fromisoformat(day))

    links.note_screens(spec.key for spec in PAGES)
    st.navigation([st.Page(card, title="Card", url_path="", default=True), *(spec.page() for spec in PAGES)]).run()


def today() -> date:
    return clock.now().date()


def seen_by(app: Open, person: Person, about: Person) -> AppTest:
    app(person)
    at = AppTest.from_function(screen, default_timeout=30, args=(about.id, today().isoformat())).run()
    assert not at.exception
    return at


def waiting(database: Database, agent: Person, name: str = "Grace") -> None:
    at = clock.now() - timedelta(days=3)
    database.write(lambda session: builders.lead(session, agent, on=at.date(), assigned_at=at, name=name))


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.info, *at.error))


def links(at: AppTest) -> dict[str, str]:
    return {link.proto.label: f"{link.proto.page}?{link.proto.query_string}" for link in at.get("page_link")}


def keys(at: AppTest, start: str) -> list[str]:
    return [button.key for button in at.button if str(button.key).startswith(start)]


def test_nothing_to_tell_teaches_what_is_looked_at(app: Open, ada: Person) -> None:
    at = seen_by(app, ada, ada)
    assert "Nothing stands out right now" in words(at)
    assert "a new lead without a first contact for more than a day" in words(at)
    assert "Revenue is compared once there are 10 sales in 24 weeks; so far there are none" in words(at)


def test_a_waiting_lead_is_told_and_opened(app: Open, live_database: Database, ada: Person) -> None:
    waiting(live_database, ada)
    at = seen_by(app, ada, ada)
    assert "1 new lead has waited 3 days for a first contact" in words(at)
    assert "Worth a look" in words(at)
    opened = links(at)
    assert opened["New leads"] == f"leads?status=new&agent={ada.id}"
    assert opened["Grace · 3 days"].startswith("leads?lead=")


def test_more_records_than_can_be_named_are_counted(app: Open, live_database: Database, ada: Person) -> None:
    for number in range(7):
        waiting(live_database, ada, f"Lead {number}")
    at = seen_by(app, ada, ada)
    assert sum(label.startswith("Lead") for label in links(at)) == 5
    assert "and 2 more" in words(at)


def test_figures_lead_to_their_records(app: Open, live_database: Database, ada: Person) -> None:
    at = clock.now() - timedelta(days=30)
    live_database.write(lambda session: builders.deal(session, ada, created_on=at.date(), last_activity_at=at, amount_minor=100_00))
    opened = links(seen_by(app, ada, ada))["Records"]
    assert opened.startswith("records?period=custom")
    assert f"from={at.date()}" in opened
    assert f"agents={ada.id}&metric=deals_created" in opened
    page, _, said = opened.partition("?")
    assert "1 record" in " ".join(each.value for each in visit(app, ada, page, **dict(parse_qsl(said))).header)


def test_what_is_put_aside_is_brought_back(app: Open, live_database: Database, ada: Person) -> None:
    waiting(live_database, ada)
    at = seen_by(app, ada, ada)
    at.button(key=keys(at, "put-aside")[0]).click().run()
    assert "Nothing else stands out right now" in words(at)
    assert [expander.label for expander in at.expander] == ["Too early to tell", "1 put aside"]
    at.button(key=keys(at, "bring-back")[0]).click().run()
    assert len(keys(at, "put-aside")) == 1


def test_only_so_many_at_first(app: Open, live_database: Database, ada: Person) -> None:
    waiting(live_database, ada)

    def more(session: object) -> None:
        old = clock.now() - timedelta(days=25)
        builders.activity(session, ada, at=old)
        builders.deal(session, ada, created_on=old.date(), last_activity_at=old)
        for _ in range(25):
            builders.deal(session, ada, status=DealStatus.WON, closed_on=today() - timedelta(days=20), amount_minor=100_00)
        builders.deal(session, ada, status=DealStatus.LOST, closed_on=today() - timedelta(days=400))
        for _ in range(3):
            builders.lead(session, ada, on=old.date(), status="converted", converted_on=old.date())

    live_database.write(more)
    at = seen_by(app, ada, ada)
    assert len(keys(at, "put-aside")) == 5
    assert [expander.label for expander in at.expander] == ["1 more", "Too early to tell"]


def test_other_peoples_words_stay_words(app: Open, live_database: Database, ada: Person) -> None:
    waiting(live_database, ada, "![x](https://evil.example/a.png) **hi**")
    at = seen_by(app, ada, ada)
    assert not any("![x](" in label for label in links(at))


def test_a_manager_sees_their_agents_and_nobody_elses(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    waiting(live_database, ada, "Secret")
    boss = live_database.write(lambda session: builders.manager(session, of=team))
    assert "1 new lead" in words(seen_by(app, boss, ada))
    peer = live_database.write(lambda session: builders.person(session, on=team))
    stranger = live_database.write(lambda session: builders.manager(session, of=builders.team(session)))
    for person in (peer, stranger):
        at = seen_by(app, person, ada)
        assert "no such agent" in words(at)
        assert "Secret" not in str(at)
        assert not keys(at, "put-aside")


def test_putting_aside_ends_with_the_session(app: Open, live_database: Database, ada: Person) -> None:
    waiting(live_database, ada)
    at = seen_by(app, ada, ada)
    live_database.write(lambda session: sessions.end_sessions(session, ada.id or 0, clock.now(), by=ada.id or 0))
    at.button(key=keys(at, "put-aside")[0]).click().run()
    with live_database.reading() as session:
        assert session.scalars(select(InsightDismissal)).all() == []
