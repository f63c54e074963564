"""The timeline on the screen: days, filter, more of it, what it teaches; and that it tells nothing of a stranger."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team
from domain.lead_history import UNDONE
from domain.records import ActivityType, LeadStatus, Outcome
from services import sessions
from tests import builders
from tests.builders import NOON, TUESDAY

Open = Callable[[Person | None], AppTest]


def screen(agent_id: int, month: str) -> None:
    """A screen with the timeline alone, of all time or of one month, among the pages it links to."""
    from datetime import date  # noqa: PLC0415 - AppTest runs the function's text by itself

    import streamlit as st  # noqa: PLC0415

    from domain.facts import AgentChoice  # noqa: PLC0415
    from domain.periods import Grain, containing  # noqa: PLC0415
    from ui import activity_timeline, links  # noqa: PLC0415
    from ui.pages import PAGES  # noqa: PLC0415
    from ui.session import current_viewer  # noqa: PLC0415

    agent = AgentChoice(agent_id=agent_id, name="Ada", time_zone="UTC", working_days=frozenset({1, 2, 3, 4, 5}))

    def timeline() -> None:
        if current_viewer():
            activity_timeline.show(agent, containing(date.fromisoformat(month), Grain.MONTH) if month else None)

    links.note_screens(spec.key for spec in PAGES)
    st.navigation([st.Page(timeline, title="Timeline", url_path="", default=True), *(spec.page() for spec in PAGES)]).run()


def seen_by(app: Open, person: Person, about: Person, month: str = "") -> AppTest:
    app(person)
    at = AppTest.from_function(screen, default_timeout=30, args=(about.id, month)).run()
    assert not at.exception
    return at


def calls(database: Database, agent: Person, number: int) -> None:
    def made(session: Session) -> None:
        for hours in range(number):
            builders.activity(session, agent, at=NOON - timedelta(hours=hours))

    database.write(made)


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.info, *at.error))


def lines(at: AppTest) -> list[str]:
    return [each.value for each in at.markdown if each.value.startswith(":material/")]


def choose(at: AppTest, name: str) -> AppTest:
    at.button_group(key="activities").set_value(name).run()
    assert not at.exception
    return at


def test_a_line_says_what_happened_under_its_day(app: Open, live_database: Database, ada: Person) -> None:
    def made(session: Session) -> None:
        lead = builders.lead(session, ada, name="Grace Hopper")
        sold = {"type": ActivityType.CONVERSION, "subject": "Lead converted", "details": {"lead_id": lead.id, "revenue_minor": 85_000}}
        builders.activity(session, ada, lead_id=lead.id, **sold)
        builders.activity(session, ada, at=NOON - timedelta(days=1), outcome=Outcome.LEFT_MESSAGE, duration_seconds=120)

    live_database.write(made)
    at = seen_by(app, ada, ada)
    converted, call = lines(at)
    assert converted == ":material/verified: **Lead converted** :green-badge[\\$850]  \n:small[:gray[Grace Hopper]]"
    assert call == ":material/call: **Call** :gray-badge[Left message] 2 min"
    days = [each.value for each in at.markdown if each.value.startswith("**")]
    assert days == [f"**{on:%a %-d %b %Y}**" for on in (TUESDAY, TUESDAY - timedelta(days=1))]
    assert [link.proto.label for link in at.get("page_link")] == ["Lead"]


def test_a_lead_that_was_passed_on_is_told_without_a_link(app: Open, live_database: Database, ada: Person) -> None:
    def made(session: Session) -> None:
        lead = builders.lead(session, builders.person(session), name="Grace Hopper")
        builders.activity(session, ada, lead_id=lead.id)

    live_database.write(made)
    at = seen_by(app, ada, ada)
    assert (len(lines(at)), list(at.get("page_link"))) == (1, [])


def test_more_is_shown_on_request_until_there_is_no_more(app: Open, live_database: Database, ada: Person) -> None:
    calls(live_database, ada, 45)
    at, seen = seen_by(app, ada, ada), []
    while more := [button for button in at.button if button.key == "timeline-more-pages"]:
        seen.append(len(lines(at)))
        more[0].click().run()
    assert [*seen, len(lines(at))] == [20, 40, 45]


def test_a_filter_leaves_the_others_out_and_starts_at_its_first_page(app: Open, live_database: Database, ada: Person) -> None:
    calls(live_database, ada, 25)
    live_database.write(lambda session: builders.activity(session, ada, type=ActivityType.EMAIL))
    at = seen_by(app, ada, ada)
    at.button(key="timeline-more-pages").click().run()
    assert len(lines(at)) == 26
    assert lines(choose(at, "Emails")) == [":material/mail: **Email**"]
    assert len(lines(choose(at, "Calls"))) == 20


@pytest.mark.parametrize(
    ("name", "said"),
    [("All", "Nothing yet"), ("Calls", "No calls yet"), ("Emails", "No emails"), ("Meetings", "Book one"), ("Conversions", "Mark a lead")],
)
def test_an_empty_timeline_teaches_what_fills_it(app: Open, ada: Person, name: str, said: str) -> None:
    assert said in words(choose(seen_by(app, ada, ada), name))


def test_a_conversion_taken_back_is_said_to_be_none(app: Open, live_database: Database, ada: Person) -> None:
    details = {UNDONE: True, "revenue_minor": 100}
    live_database.write(lambda session: builders.activity(session, ada, type=ActivityType.CONVERSION, details=details))
    at = seen_by(app, ada, ada)
    assert "taken back" in lines(at)[0]
    assert lines(choose(at, "Conversions")) == []


def test_a_month_shows_its_own_days(app: Open, live_database: Database, ada: Person) -> None:
    calls(live_database, ada, 1)
    assert len(lines(seen_by(app, ada, ada, TUESDAY.isoformat()))) == 1
    assert lines(seen_by(app, ada, ada, "2025-01-01")) == []


def test_other_peoples_words_stay_words(app: Open, live_database: Database, ada: Person) -> None:
    def made(session: Session) -> None:
        lead = builders.lead(session, ada, name="![x](https://evil.example/a.png)", status=LeadStatus.LOST)
        history = {"type": ActivityType.STAGE_CHANGE, "subject": "[here](https://evil.example)"}
        builders.activity(session, ada, lead_id=lead.id, notes="<b>bold</b>", **history)

    live_database.write(made)
    said = words(seen_by(app, ada, ada))
    assert "![x](" not in said
    assert "[here](" not in said


def test_a_manager_sees_their_agents_and_nobody_elses(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    live_database.write(lambda session: builders.activity(session, ada, notes="Secret"))
    boss = live_database.write(lambda session: builders.manager(session, of=team))
    assert "Secret" in words(seen_by(app, boss, ada))
    peer = live_database.write(lambda session: builders.person(session, on=team))
    stranger = live_database.write(lambda session: builders.manager(session, of=builders.team(session)))
    for person in (peer, stranger):
        at = seen_by(app, person, ada)
        assert "no such agent" in words(at)
        assert "Secret" not in str(at)
        assert lines(at) == []


def test_more_ends_with_the_session(app: Open, live_database: Database, ada: Person) -> None:
    calls(live_database, ada, 25)
    at = seen_by(app, ada, ada)
    live_database.write(lambda session: sessions.end_sessions(session, ada.id or 0, clock.now(), by=ada.id or 0))
    at.button(key="timeline-more-pages").click().run()
    assert lines(at) == []
