"""The Leads screen in tests: making leads, looking at the list, choosing from it."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Lead, Person
from tests import builders

Open = Callable[[Person | None], AppTest]


def make(database: Database, agent: Person | None, **fields: object) -> Lead:
    return database.write(lambda session: builders.lead(session, agent, **fields))


def stored(database: Database, lead: Lead) -> Lead:
    with database.reading() as session:
        return session.get_one(Lead, lead.id)


def names(at: AppTest) -> list[str]:
    return list(at.dataframe[0].value["name"])


def choose(at: AppTest, rows: list[int]) -> AppTest:
    key = at.dataframe[0].key
    at.session_state[key] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    return at.run()


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.info, *at.warning, *at.success, *at.header))


def links(at: AppTest) -> list[str]:
    return [link.proto.url for link in at.get("link_button")]
