"""The vision board on Weekly: dragging, the form that does the same, and who may only read it."""

from datetime import date

from sqlalchemy import select, update
from sqlmodel import col
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team, VisionBoard, VisionCard
from domain.coaching.vision import BoardView, CardState
from domain.periods import Grain, containing
from tests import builders
from tests.ui.visits import Open, visit

TODAY = clock.now().date()
WEEK = containing(TODAY, Grain.WEEK)


def cards(database: Database, agent: Person, *titles: str, on: date = TODAY) -> None:
    def make(session: object) -> None:
        for place, title in enumerate(titles):
            builders.vision_card(session, agent, on=on, title=title, position=place)  # type: ignore[arg-type]

    database.write(make)


def states(database: Database) -> dict[str, CardState]:
    with database.reading() as session:
        return {row.title: row.state for row in session.scalars(select(VisionCard).order_by(col(VisionCard.id)))}


def drag(at: AppTest, agent: Person, version: int, **columns: list[str]) -> None:
    """What the browser sends after a drop."""
    names = {"todo": "To do", "doing": "Doing", "done": "Done"}
    said = [{"header": name, "items": columns.get(key, [])} for key, name in names.items()]
    at.session_state[f"vision-{agent.id}-{WEEK.start}-{BoardView.STATE}-{version}-0"] = said
    at.run()


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.error, *at.success))


def test_a_dragged_card_stays_where_it_was_dropped(app: Open, live_database: Database, ada: Person) -> None:
    cards(live_database, ada, "Call Bob", "Write offer")
    at = visit(app, ada, "weekly")
    drag(at, ada, 1, todo=["Write offer"], done=["Call Bob"])
    assert not at.exception
    assert states(live_database) == {"Call Bob": CardState.DONE, "Write offer": CardState.TODO}


def test_a_drop_on_a_board_that_changed_is_refused_with_a_kind_word(app: Open, live_database: Database, ada: Person) -> None:
    cards(live_database, ada, "Call Bob")
    at = visit(app, ada, "weekly")
    live_database.write(lambda session: session.execute(update(VisionBoard).values(version=7)))
    drag(at, ada, 1, done=["Call Bob"])
    assert "The board changed meanwhile" in words(at)
    assert states(live_database) == {"Call Bob": CardState.TODO}


def test_words_a_browser_was_not_given_move_nothing(app: Open, live_database: Database, ada: Person) -> None:
    cards(live_database, ada, "Call Bob")
    at = visit(app, ada, "weekly")
    drag(at, ada, 1, done=["Call Bob", "Somebody else's"])
    assert "does not have these cards" in words(at)
    assert states(live_database) == {"Call Bob": CardState.TODO}


def test_the_form_does_what_dragging_does(app: Open, live_database: Database, ada: Person) -> None:
    cards(live_database, ada, "Call Bob", "Write offer")
    at = visit(app, ada, "weekly")
    at.button(key="vision-move").click().run()
    first = at.selectbox(key="vision-which").value
    at.button(key="vision-move").click()
    at.selectbox(key=f"vision-column-{first}").select("doing").run()
    at.button(key="vision-move").click()
    at.button(key="vision-move-save").click().run()
    assert not at.exception
    assert states(live_database) == {"Call Bob": CardState.DOING, "Write offer": CardState.TODO}


def test_a_manager_reads_the_board_and_can_only_suggest(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    cards(live_database, ada, "Call *Bob*")
    boss = live_database.write(lambda session: builders.manager(session, of=team, name="Boss"))
    at = visit(app, boss, "weekly", agents=str(ada.id))
    keys = {button.key for button in at.button}
    assert ("vision-suggest" in keys, keys & {"vision-add", "vision-move", "vision-carry"}) == (True, set())
    assert "Call \\*Bob\\*" in words(at)


def test_an_agent_never_sees_a_colleagues_board(app: Open, live_database: Database, team: Team, ada: Person) -> None:
    other = live_database.write(lambda session: builders.person(session, name="Zoe", on=team))
    cards(live_database, other, "Secret plan")
    at = visit(app, ada, "weekly", agents=str(other.id))
    assert "Secret plan" not in words(at)
    assert "Nothing is on the board yet" in words(at)
