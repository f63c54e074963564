"""The Calendar screen: days, booking, closing, and nobody else's plans.

AppTest knows no fragment runs: what opens a form is clicked again together with what is filled in.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Activity, CalendarEvent, CalendarFeed, Person, Team
from domain.access import Selection
from domain.calendar.series import Reach
from domain.facts import EventEntry
from domain.periods import Grain, containing
from domain.records import EventKind, EventStatus, Outcome
from services import calendar, event_series
from services.access import viewer
from services.calendar import Booked
from services.event_input import new_event
from tests import builders
from tests.ui.visits import opened

Open = Callable[[Person | None], AppTest]
TEN = datetime(2026, 3, 10, 10, 0)  # noqa: DTZ001 - what the agent's clock shows


def booked(database: Database, person: Person, **fields: object) -> Booked:
    said = {"agent_id": person.id, "kind": EventKind.SHOWING, "title": "12 Oak Street", "starts": TEN} | fields
    return database.write(lambda session: calendar.book_event(session, viewer(session, person.id or 0), new_event(**said)))


def open_calendar(app: Open, person: Person, **params: str) -> AppTest:
    return opened(app(person), "calendar", **({"day": "2026-03-10"} | params))


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.success, *at.error, *at.info, *at.warning))


def day_labels(at: AppTest) -> dict[str, str]:
    return {button.key: button.label for button in at.button if button.key and button.key.startswith("day-")}


def event(database: Database) -> CalendarEvent:
    with database.reading() as session:
        return session.scalars(select(CalendarEvent)).one()


def test_the_month_counts_what_is_planned_and_done(app: Open, live_database: Database, agent: Person) -> None:
    booked(live_database, agent)
    live_database.write(lambda session: [builders.activity(session, agent) for _ in range(2)])
    labels = day_labels(open_calendar(app, agent))
    assert labels["day-2026-03-10"] == "10 :small[●1 ○2]"
    assert (min(labels), max(labels), len(labels)) == ("day-2026-02-23", "day-2026-04-05", 42)


def test_a_day_is_chosen_and_kept_in_the_address(app: Open, live_database: Database, agent: Person) -> None:
    booked(live_database, agent, starts=TEN.replace(day=12), title="Chosen visit")
    at = open_calendar(app, agent)
    assert "Chosen visit" not in words(at)
    at.button(key="day-2026-03-12").click().run()
    assert "Chosen visit" in words(at)
    assert (at.query_params["day"], at.query_params["month"]) == ("2026-03-12", "2026-03")


def test_a_month_in_the_address_is_shown(app: Open, agent: Person) -> None:
    assert "**December 2025**" in words(opened(app(agent), "calendar", month="2025-12"))


def test_stepping_leads_to_the_next_month(app: Open, agent: Person) -> None:
    at = open_calendar(app, agent)
    at.button(key="step-month-on").click().run()
    assert at.query_params["month"] == "2026-04"


def test_the_week_shows_what_is_planned_each_day(app: Open, live_database: Database, agent: Person) -> None:
    booked(live_database, agent, starts=TEN.replace(day=12), title="Thursday visit")
    at = open_calendar(app, agent, view="Week")
    assert len(day_labels(at)) == 7
    assert "10:00 Thursday visit" in words(at)


def test_time_is_booked_and_an_overlap_is_said(app: Open, live_database: Database, agent: Person) -> None:
    at = open_calendar(app, agent)
    submit(at, title="Viewing")
    assert (event(live_database).title, event(live_database).local_on) == ("Viewing", TEN.date())
    submit(at, title="Second")
    assert "It overlaps with 1 other entry" in " ".join(warning.value for warning in at.warning)


def test_a_booking_without_a_title_says_what_is_missing(app: Open, agent: Person) -> None:
    at = open_calendar(app, agent)
    submit(at, title="")
    assert "Title" in " ".join(error.value for error in at.error)


def test_a_manager_sees_their_teams_entries_and_one_agents(app: Open, live_database: Database, team: Team, agent: Person) -> None:
    other = live_database.write(lambda session: builders.person(session, name="Bo Agent", on=team))
    manager = live_database.write(lambda session: builders.manager(session, of=team, name="Mara"))
    booked(live_database, agent, title="Visit of Ada")
    booked(live_database, other, title="Visit of Bo")
    assert "Visit of Ada" in words(open_calendar(app, manager))
    only = words(open_calendar(app, manager, agent=str(other.id)))
    assert "Visit of Bo" in only
    assert "Visit of Ada" not in only


def test_a_foreign_agent_in_the_address_shows_nothing(app: Open, live_database: Database, agent: Person) -> None:
    stranger = live_database.write(lambda session: builders.person(session, name="Olga Stranger"))
    booked(live_database, stranger, title="Secret visit")
    at = open_calendar(app, agent, agent=str(stranger.id))
    assert "no such agent" in words(at)
    assert "Secret" not in str(at)
    assert "Olga" not in str(at)
    assert "Secret" not in str(open_calendar(app, agent))


def test_an_unplanned_day_says_how_to_book(app: Open, agent: Person) -> None:
    assert "Nothing is planned" in words(open_calendar(app, agent))


def test_a_click_on_what_was_called_off_meanwhile_changes_nothing(app: Open, live_database: Database, agent: Person) -> None:
    entry = booked(live_database, agent).event
    with live_database.reading() as session:
        who = viewer(session, agent.id or 0)
    at = open_calendar(app, agent)
    live_database.write(lambda session: calendar.cancel_event(session, who, entry.id, entry.version))
    choose(at, entry.id, "Nobody came")
    assert event(live_database).status is EventStatus.CANCELLED
    assert "Cancelled" in words(at)


def test_nobody_came_is_written_down(app: Open, live_database: Database, agent: Person) -> None:
    entry = booked(live_database, agent).event
    choose(open_calendar(app, agent), entry.id, "Nobody came")
    with live_database.reading() as session:
        assert session.scalars(select(Activity)).one().outcome is Outcome.NO_SHOW
    assert event(live_database).status is EventStatus.NO_SHOW


def test_an_entry_is_completed_with_its_outcome(app: Open, live_database: Database, agent: Person) -> None:
    entry = booked(live_database, agent).event
    at = choose(open_calendar(app, agent), entry.id, "Done")
    at.menu_button(key=f"event-menu-{entry.id}-1").click("Done")
    at.button_group(key=f"done-{entry.id}").set_value(Outcome.INTERESTED)
    at.button(key="done-log").click().run()
    with live_database.reading() as session:
        assert session.scalars(select(Activity)).one().outcome is Outcome.INTERESTED
    assert event(live_database).status is EventStatus.COMPLETED


def test_what_is_planned_now_is_started_where_its_clock_runs(app: Open, live_database: Database, agent: Person) -> None:
    now = clock.now().replace(tzinfo=None)
    entry = booked(live_database, agent, starts=now).event
    at = choose(open_calendar(app, agent, day=now.date().isoformat()), entry.id, "Start")
    assert not at.exception
    assert "Showing under way" in words(at)
    other = booked(live_database, agent, starts=now + timedelta(days=2)).event
    at = open_calendar(app, agent, day=other.local_on.isoformat())
    assert "Start" not in at.menu_button(key=f"event-menu-{other.id}-1").options


def test_an_entry_is_moved(app: Open, live_database: Database, agent: Person) -> None:
    entry = booked(live_database, agent).event
    at = choose(open_calendar(app, agent), entry.id, "Edit")
    at.menu_button(key=f"event-menu-{entry.id}-1").click("Edit")
    at.datetime_input(key=f"event-{entry.id}-1-starts").set_value(TEN.replace(day=11, hour=15))
    at.button(key="event-save").click().run()
    assert (event(live_database).local_on, event(live_database).version) == (TEN.date().replace(day=11), 2)


def test_a_training_is_booked_every_week_with_its_module(app: Open, live_database: Database, agent: Person) -> None:
    module = live_database.write(lambda session: builders.training_module(session, title="First calls"))
    at = open_calendar(app, agent)
    at.button(key="book").click().run()
    at.button(key="book").click()
    at.button_group(key="event-new-kind").set_value(EventKind.TRAINING)
    at.selectbox(key="event-new-repeats").set_value("weekly").run()
    at.button(key="book").click()
    at.text_input(key="event-new-title").set_value("Role play")
    at.selectbox(key="event-new-module").set_value(module.id)
    at.selectbox(key="event-new-ends").set_value("After some times").run()
    at.button(key="book").click()
    at.number_input(key="event-new-times").set_value(3)
    at.button(key="event-book").click().run()
    with live_database.reading() as session:
        stored = session.scalars(select(CalendarEvent).order_by(CalendarEvent.local_on)).all()  # type: ignore[arg-type]
    assert [(each.local_on.day, each.module_id) for each in stored] == [(10, module.id), (17, module.id), (24, module.id)]
    assert "in the calendar, 3 entries so far" in words(at)
    assert "repeats every Tuesday, 3 times" in words(at)


def repeated(database: Database, person: Person) -> list[EventEntry]:
    """Three Tuesdays at ten."""
    new = new_event(agent_id=person.id, kind=EventKind.SHOWING, title="Round", starts=TEN)
    with database.reading() as session:
        who = viewer(session, person.id or 0)
    database.write(lambda session: event_series.book_series(session, who, new, "FREQ=WEEKLY;COUNT=3", TEN.date()))
    month = Selection(period=containing(TEN.date(), Grain.MONTH))
    with database.reading() as session:
        return calendar.events_in(session, who, month)


def test_a_series_is_renamed_from_an_entry_on(app: Open, live_database: Database, agent: Person) -> None:
    second = repeated(live_database, agent)[1]
    at = choose(open_calendar(app, agent, day="2026-03-17"), second.id, "Edit")
    at.menu_button(key=f"event-menu-{second.id}-1").click("Edit")
    at.button_group(key=f"event-{second.id}-1-reach").set_value(Reach.FOLLOWING)
    at.text_input(key=f"event-{second.id}-1-title").set_value("Evening round")
    at.button(key="event-save").click().run()
    assert [each.title for each in events(live_database)] == ["Round", "Evening round", "Evening round"]


def test_calling_off_a_series_asks_how_far(app: Open, live_database: Database, agent: Person) -> None:
    second = repeated(live_database, agent)[1]
    at = choose(open_calendar(app, agent, day="2026-03-17"), second.id, "Call off")
    at.menu_button(key=f"event-menu-{second.id}-1").click("Call off")
    at.button_group(key=f"off-{second.id}-reach").set_value(Reach.FOLLOWING)
    at.button(key="event-off").click().run()
    assert [each.status for each in events(live_database)] == [EventStatus.PLANNED, EventStatus.CANCELLED, EventStatus.CANCELLED]
    assert "2 entries called off" in words(at)


def test_a_conflict_is_said_in_words_on_the_day_and_in_the_week(app: Open, live_database: Database, agent: Person) -> None:
    booked(live_database, agent, title="Viewing", minutes=60)
    booked(live_database, agent, title="Call", starts=TEN.replace(minute=30))
    said = words(open_calendar(app, agent, view="Week"))
    assert "Overlaps] Viewing 10:00–11:00" in said
    assert "10:30 Call :orange[:material/warning: overlaps]" in said


def test_the_list_has_the_month_day_by_day_and_leads_to_a_day(app: Open, live_database: Database, team: Team, agent: Person) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=team, name="Mara"))
    booked(live_database, agent, starts=TEN.replace(day=12), title="Chosen visit")
    at = open_calendar(app, manager, view="List")
    assert "10:00 Chosen visit · Ada Agent" in words(at)
    assert list(day_labels(at)) == ["day-2026-03-12"]
    at.button(key="day-2026-03-12").click().run()
    assert (at.query_params["day"], at.query_params["view"]) == ("2026-03-12", "Day")
    assert "**10:00–10:30**" in words(at)


def test_a_day_is_stepped_through_alone(app: Open, live_database: Database, agent: Person) -> None:
    booked(live_database, agent, starts=TEN.replace(day=11), title="Wednesday visit")
    at = open_calendar(app, agent, view="Day")
    assert day_labels(at) == {}
    at.button(key="step-day-on").click().run()
    assert "Wednesday visit" in words(at)


def test_a_private_address_is_shown_once_renewed_and_closed(app: Open, live_database: Database, agent: Person) -> None:
    at = open_calendar(app, agent)
    at.button(key="feed-make").click().run()
    (address,) = [code.value for code in at.code]
    assert re.fullmatch(r"http://localhost:\d+/cal/[\w-]{43}\.ics", address)
    assert not open_calendar(app, agent).code
    at.toggle(key="feed-clients").set_value(True).run()
    at.button(key="feed-renew").click().run()
    assert [code.value for code in at.code] != [address]
    with live_database.reading() as session:
        (feed,) = session.scalars(select(CalendarFeed))
    assert (feed.with_clients, feed.person_id) == (True, agent.id)
    at.button(key="feed-close").click().run()
    assert not at.code
    with live_database.reading() as session:
        assert session.scalars(select(CalendarFeed)).all() == []


def test_a_file_is_brought_in_and_what_is_not_taken_is_listed(app: Open, live_database: Database, agent: Person) -> None:
    day = f"{clock.now():%Y%m%d}"
    taken, refused = (
        f"BEGIN:VEVENT\r\nUID:{name}\r\nDTSTART:{start}\r\nSUMMARY:{name}\r\nEND:VEVENT\r\n"
        for name, start in (("Visit", f"{day}T120000Z"), ("Old", "20010101T120000Z"))
    )
    at = open_calendar(app, agent)
    at.file_uploader(key="ics-file-0").upload("mine.ics", f"BEGIN:VCALENDAR\r\n{taken}{refused}END:VCALENDAR\r\n".encode()).run()
    at.button(key="ics-go").click().run()
    assert "1 entry added, 0 changed, 0 called off, 0 as before." in words(at)
    assert at.dataframe[0].value.to_dict("records") == [
        {"Entry": "Old", "When": "2001-01-01 12:00", "Why not": "It is too long ago, or too far ahead."}
    ]
    assert (event(live_database).title, event(live_database).kind) == ("Visit", EventKind.BLOCKED)


def events(database: Database) -> list[CalendarEvent]:
    with database.reading() as session:
        return list(session.scalars(select(CalendarEvent).order_by(CalendarEvent.starts_at)))  # type: ignore[arg-type]


def submit(at: AppTest, *, title: str) -> None:
    at.button(key="book").click().run()
    at.button(key="book").click()
    at.text_input(key="event-new-title").set_value(title)
    at.button(key="event-book").click().run()


def choose(at: AppTest, event_id: int, choice: str) -> AppTest:
    return at.menu_button(key=f"event-menu-{event_id}-1").click(choice).run()
