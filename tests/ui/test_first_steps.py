"""The card of the first ten minutes on the landing screens, and the headings of the menu."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Person
from domain.first_steps import OF_ROLE
from domain.records import Role
from tests import builders
from ui.first_steps import WORDS
from ui.pages import PAGES, Group, page_spec, pages_for

Open = Callable[[Person], AppTest]
MOST = 6
"""Entries under one heading of the menu."""


def buttons(at: AppTest) -> list[str]:
    return [button.key or "" for button in at.button]


@pytest.mark.parametrize("role", list(Role))
def test_the_landing_screen_shows_them_until_they_are_skipped_and_the_account_brings_them_back(
    app: Open, live_database: Database, role: Role
) -> None:
    somebody = live_database.write(lambda session: builders.person(session, role=role))
    at = app(somebody).run()
    assert "Your first ten minutes" in [header.value for header in at.header]

    at.button(key="first-steps-skip").click().run()
    assert "Your first ten minutes" not in [header.value for header in at.header]
    at.switch_page("../pages/account.py").run()
    at.button(key="first-steps-back").click().run()
    assert "first-steps-back" not in buttons(at)
    at = app(somebody).run()
    assert "first-steps-skip" in buttons(at)


def test_a_manager_who_looks_at_an_agents_day_does_not_see_a_checklist_there(app: Open, live_database: Database) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=builders.team(session)))
    at = app(manager).run().switch_page("../pages/daily.py").run()
    assert "first-steps-skip" not in buttons(at)


def test_every_step_leads_to_a_screen_that_whoever_has_the_step_has_too() -> None:
    assert all(role in page_spec(WORDS[step].screen).roles for role, steps in OF_ROLE.items() for step in steps)


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_has_each_group_in_one_piece_and_none_too_long(role: Role) -> None:
    groups = [spec.group for spec in pages_for(role) if spec.group]

    assert list(dict.fromkeys(groups)) == [group for group in Group if group in groups]
    assert groups == sorted(groups, key=list(Group).index)
    assert max(groups.count(group) for group in Group) <= MOST


def test_what_is_not_in_the_menu_is_reached_from_another_screen() -> None:
    assert [spec.key for spec in PAGES if spec.group is None] == ["privacy"]
