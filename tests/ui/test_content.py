"""What to post, on Weekly: planned from a suggestion, marked as posted, read by nobody else."""

from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import ContentPost, Person
from domain.coaching.content_kinds import PostState
from tests import builders
from tests.ui.visits import Open, visit

TODAY = clock.now().date()


def agent_of(database: Database) -> Person:
    database.write(builders.organisation)
    return database.write(
        lambda session: builders.person(session, name="Ada", on=builders.team(session), working_days=[1, 2, 3, 4, 5, 6, 7])
    )


def deals(database: Database, agent: Person) -> None:
    database.write(lambda session: [builders.deal(session, agent, stage="Offer") for _ in range(3)])


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.success, *at.error, *at.caption))


def stored(database: Database) -> list[tuple[str, PostState]]:
    with database.reading() as session:
        return [(post.topic, post.state) for post in session.query(ContentPost).all()]


def test_a_suggestion_becomes_a_planned_post(app: Open, live_database: Database) -> None:
    ada = agent_of(live_database)
    deals(live_database, ada)
    at = visit(app, ada, "weekly")
    assert "3 of your 3 open deals stand at" in words(at)
    plan = next(button for button in at.button if (button.key or "").startswith("content-plan-"))
    key = plan.key
    plan.click().run()
    at.button(key=key).click()
    at.button(key="content-plan-save").click().run()
    assert not at.exception
    assert [state for _, state in stored(live_database)] == [PostState.PLANNED]


def test_what_is_put_aside_is_gone(app: Open, live_database: Database) -> None:
    ada = agent_of(live_database)
    deals(live_database, ada)
    at = visit(app, ada, "weekly")
    next(button for button in at.button if (button.key or "").startswith("content-dismiss-")).click().run()
    assert "3 of your 3 open deals" not in words(at)
    assert [state for _, state in stored(live_database)] == [PostState.DISMISSED]


def test_a_topic_is_shown_as_words_and_a_colleagues_not_at_all(app: Open, live_database: Database) -> None:
    ada = agent_of(live_database)
    other = live_database.write(lambda session: builders.person(session, name="Zoe"))
    live_database.write(lambda session: builders.content_post(session, ada, on=TODAY, topic="![x](http://evil.example/x.png)"))
    live_database.write(lambda session: builders.content_post(session, other, on=TODAY, topic="Secret campaign"))
    at = visit(app, ada, "weekly", agents=str(other.id))
    assert ("![x](http" in words(at), "Secret campaign" in words(at)) == (False, False)
    assert "evil" in words(at)
