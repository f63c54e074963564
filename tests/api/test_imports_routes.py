"""Templates and refused rows leave only for those who may have them."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

import clock
from data.engine import Database
from data.models import Person
from domain.records import Role
from services import imports, sessions
from services.access import viewer as viewer_of
from services.imports import FieldMapping, Kind, Mapping
from settings import settings
from tests import builders
from tests.api.whole import whole_api

LEADS = b"id,name\n1,Ada\n2,\n3,=1+1\x00\n"
MAPPING = Mapping(kind=Kind.LEADS, fields={"external_id": FieldMapping(column="id"), "name": FieldMapping(column="name")})


@pytest.fixture
def live(api_database: Database) -> Database:
    """A company that imports."""
    api_database.write(builders.organisation)
    return api_database


@pytest.fixture
def client(live: Database) -> Callable[[Person | None], TestClient]:
    def signed_in_as(person: Person | None) -> TestClient:
        browser = TestClient(whole_api(), base_url="http://localhost")
        if person is not None:
            token = live.write(lambda session: sessions.open_session(session, person_id=person.id, user_agent="test", now=clock.now()))
            browser.cookies.set(settings().cookie_name, token)
        return browser

    return signed_in_as


@pytest.fixture
def admin(live: Database) -> Person:
    return live.write(lambda session: builders.person(session, role=Role.ADMIN))


def _imported(live: Database, person: Person) -> int:
    draft = imports.inspect(LEADS, "leads.csv")
    report = live.write(lambda session: imports.run(session, viewer_of(session, person.id), draft, MAPPING, secret="s", now=clock.now()))
    assert report.batch_id is not None
    return report.batch_id


def test_the_refused_rows_come_with_line_column_and_reason(
    live: Database, client: Callable[[Person | None], TestClient], admin: Person
) -> None:
    answer = client(admin).get(f"/imports/{_imported(live, admin)}/rejected.csv")

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer.headers["content-type"].startswith("text/csv")
    assert lines == ["Line,Column,Value,Reason", '3,name,,"This is empty, and every row needs it."']


def test_other_peoples_imports_do_not_exist(live: Database, client: Callable[[Person | None], TestClient], admin: Person) -> None:
    batch_id = _imported(live, admin)
    others = live.write(lambda session: [builders.manager(session, of=builders.team(session)), builders.person(session)])

    assert client(others[0]).get(f"/imports/{batch_id}/rejected.csv").status_code == 404
    assert client(others[1]).get(f"/imports/{batch_id}/rejected.csv").status_code == 403
    assert client(None).get(f"/imports/{batch_id}/rejected.csv").status_code == 401
    assert client(admin).get("/imports/999/rejected.csv").status_code == 404


@pytest.mark.parametrize("kind", list(Kind))
def test_a_template_is_understood_by_the_import_itself(client: Callable[[Person | None], TestClient], admin: Person, kind: Kind) -> None:
    answer = client(admin).get(f"/imports/template/{kind}.csv")

    draft = imports.inspect(answer.content, "template.csv")
    assert answer.status_code == 200
    assert draft.rows == 1
    assert client(None).get(f"/imports/template/{kind}.csv").status_code == 401
