"""amoCRM on Settings: connected, decided about and read, all from the screen."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from crm_link import crm_link
from data.engine import Database
from data.models import CrmConnection, CrmUserLink, Person
from settings import settings
from tests.fakes.amocrm import TOKEN, Amo, fill
from tests.fakes.http import running
from tests.services import amocrm_world as world
from tests.ui.visits import visit

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def amo(live_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Amo]:
    del live_database
    account = Amo()
    with running(account):
        monkeypatch.setenv("PACESETTER_AMOCRM_BASE", account.url)
        settings.cache_clear()
        crm_link.cache_clear()
        yield account
    crm_link.cache_clear()


def text(at: AppTest) -> str:
    """What is read on the screen, without the signs that make it literal."""
    shown = "\n".join(each.value for each in [*at.markdown, *at.caption, *at.warning, *at.error, *at.success])
    return shown.replace("\\", "").replace("\u2060", "")


def test_an_account_is_connected_read_and_explained_from_settings(app: Open, live_database: Database, amo: Amo) -> None:
    fill(amo, 50)
    viewer = world.people(live_database)
    with live_database.reading() as session:
        admin = session.get_one(Person, viewer.person_id)
    at = visit(app, admin, "settings")
    assert "nobody logs anything twice" in text(at)
    at.text_input(key="crm-address").set_value("https://evil.example")
    at.text_input(key="crm-token").set_value(TOKEN)
    at.button(key="crm-save").click().run()
    assert f"this installation reaches amoCRM by {amo.url} alone" in text(at)
    at.text_input(key="crm-address").set_value(amo.url)
    at.text_input(key="crm-token").set_value(TOKEN)
    at.button(key="crm-save").click().run()
    assert "Acme answers: 3 users, 1 pipeline with 4 stages, amounts in USD." in text(at)
    assert TOKEN not in text(at)

    world.read(live_database, crm_link())
    at = visit(app, admin, "settings")
    assert "50 deals · 43 clients" in text(at).replace(", ", " · ")
    assert [each.label for each in at.expander if "amoCRM" in each.label or "refused" in each.label] == [
        "Who is who: 1 user of amoCRM is nobody here yet",
        "What was refused: 1 record",
    ]
    at.selectbox(key="crm-user-503").set_value(admin.id)
    at.button(key="crm-users-save").click().run()
    assert "It is saved who is who." in text(at)
    at.toggle(key="crm-writes").set_value(True).run()
    with live_database.reading() as session:
        assert session.get_one(CrmUserLink, 503).person_id == admin.id
        assert session.scalars(select(CrmConnection)).one().writes_back
    assert not at.exception
