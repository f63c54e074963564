"""Achievements, rewards and their claims on screen, with what admins set up, and the week's card."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, PointEntry, RewardClaim, Team
from domain.coaching.own_achievements import Span
from domain.coaching.rewards import ClaimState
from domain.records import Role
from services import points, rewards
from services.access import viewer
from tests import builders
from tests.ui.visits import opened

Open = Callable[[Person | None], AppTest]


def page(app: Open, person: Person, name: str, **params: str) -> AppTest:
    return opened(app(person), name, **params)


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.error))


def test_the_gallery_shows_what_is_earned_and_what_is_missing(app: Open, live_database: Database, agent: Person, team: Team) -> None:
    live_database.write(lambda session: builders.achievement_grant(session, agent))
    at = page(app, agent, "progress")
    assert not at.exception
    assert "1 of 15 earned" in words(at)
    assert ":green[:material/celebration:] **First sale**" in words(at)
    assert "10 more sales\\." in words(at)
    stranger = live_database.write(lambda session: builders.person(session, on=team))
    foreign = words(page(app, stranger, "progress", agent=str(agent.id)))
    assert "earned" not in foreign
    assert "First sale" not in foreign


def test_a_reward_is_claimed_by_the_agent_and_approved_by_the_manager(
    app: Open, live_database: Database, agent: Person, team: Team
) -> None:
    reward = live_database.write(lambda session: builders.reward(session, name="Lunch")).id
    before = clock.now().date().replace(day=1)
    made = {"day": before, "reason": "calls", "points": 1_500, "created_at": clock.now()}
    live_database.write(lambda session: session.add(PointEntry(agent_id=agent.id, **made)))
    at = page(app, agent, "progress")
    at.button(key=f"reward-claim-{reward}").click().run()
    assert "Waiting" in words(at)
    boss = live_database.write(lambda session: builders.manager(session, of=team))
    with live_database.reading() as session:
        (claim,) = rewards.waiting(session, viewer(session, boss.id), clock.now().date())
    at = page(app, boss, "progress")
    at.button(key=f"claim-no-{claim.id}").click().run()
    assert "say in a word why not" in words(at)
    at.text_input(key=f"claim-word-{claim.id}").set_value("Enjoy it")
    at.button(key=f"claim-yes-{claim.id}").click().run()
    with live_database.reading() as session:
        found = session.get_one(RewardClaim, claim.id)
    assert (found.state, found.word, found.decided_by) == (ClaimState.APPROVED, "Enjoy it", boss.id)


def test_an_admin_sets_values_and_promises_rewards(app: Open, live_database: Database, team: Team) -> None:
    del team
    admin = live_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x"))
    at = page(app, admin, "settings")
    at.text_input(key="promise-name").set_value("A [day](x) off")
    at.button(key="promise-save").click().run()
    assert "A \\[day\\]\\(x\\) off" in words(at)
    assert (at.number_input(key="point-points-calls").value, at.number_input(key="point-most-calls").value) == (2, 100)
    at.number_input(key="point-points-calls").set_value(9)
    at.button(key="point-save").click().run()
    first = at.date_input(key="point-from").value
    with live_database.reading() as session:
        assert {each.key: each.points for each in points.values(session, first)}["calls"] == 9


def test_an_admin_defines_an_achievement_after_seeing_how_many_would_hold_it(
    app: Open, live_database: Database, agent: Person, team: Team
) -> None:
    live_database.write(lambda session: builders.activity(session, agent, at=clock.now()))
    admin = live_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x"))
    at = page(app, admin, "settings")
    at.number_input(key="own-new-least").set_value(1)
    at.selectbox(key="own-new-metric").set_value("calls")
    at.selectbox(key="own-new-span").set_value(Span.EVER)
    at.button(key="own-new-preview").click().run()
    assert "1 person would hold it today." in [each.value for each in at.info]
    at.text_input(key="own-new-name").set_value("Brave [start](x)")
    at.button(key="own-new-save").click().run()
    assert "Brave \\[start\\]\\(x\\)" in words(at)
    shown = page(app, agent, "progress")
    assert "Brave \\[start\\]\\(x\\)" in words(shown)
    boss = live_database.write(lambda session: builders.manager(session, of=team))
    with pytest.raises(ValueError, match="settings"):
        page(app, boss, "settings")


def test_the_week_shows_its_points_and_badges(app: Open, live_database: Database, agent: Person) -> None:
    live_database.write(lambda session: builders.activity(session, agent, at=clock.now()))
    live_database.write(lambda session: builders.achievement_grant(session, agent, granted_at=clock.now()))
    shown = words(page(app, agent, "weekly"))
    assert "**2** points · 1 badge: :material/celebration: First sale" in shown
