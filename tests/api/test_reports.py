"""Reports as files over HTTP: their types, their names, and what is written down about them."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import AuditEntry
from services.audit import Action
from tests import builders
from tests.api.conftest import By


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session)
        ana = builders.person(session, name="<b>Ana</b>", on=team)
        builders.activity(session, ana)
        return SimpleNamespace(team=team, ana=ana, mia=builders.manager(session, of=team))

    return api_database.write(build)


def test_a_report_is_a_file_nobody_keeps_on_the_way_and_is_written_down(by: By, house: SimpleNamespace, api_database: Database) -> None:
    answer = by("mia", "GET", f"/v1/agents/{house.ana.id}/reports/2026-W11?format=html")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-disposition"] == f'inline; filename="pacesetter-report-agent-{house.ana.id}-2026-W11.html"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert "&lt;b&gt;Ana&lt;/b&gt;" in answer.text
    assert by("program", "GET", f"/v1/teams/{house.team.id}/reports/2026-03").content.startswith(b"%PDF-")
    with api_database.reading() as session:
        noted = session.execute(select(AuditEntry.person_id, AuditEntry.subject).where(AuditEntry.action == Action.EXPORT))
        assert [tuple(row) for row in noted] == [
            (house.mia.id, f"report:agent-{house.ana.id}-2026-W11"),
            (None, f"report:team-{house.team.id}-2026-03"),
        ]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("span", ["2026-W60", "9999-12", "2026-3", "next_week", "2099-01", "..%2F..%2Fetc"])
def test_days_that_cannot_be_reported_are_refused(by: By, span: str) -> None:
    assert by("ana", "GET", f"/v1/agents/me/reports/{span}").status_code in {404, 422}
