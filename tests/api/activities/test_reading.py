"""Activities in pages, narrowed, and only for those who may read."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from domain.api_scopes import ApiScope
from tests import builders
from tests.api.activities.calls import CALL, WHEN, Send
from tests.api.conftest import Ask, Issue, bearing


def test_pages_show_everything_once_while_more_arrives(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    def fill(session: Session) -> list[int]:
        return [builders.activity(session, house.nora, at=builders.NOON + timedelta(minutes=n // 2)).id for n in range(7)]

    ids = api_database.write(fill)
    seen, cursor = [], ""
    while cursor is not None:
        page = send("GET", f"/v1/activities?limit=3{cursor and f'&cursor={cursor}'}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        send("POST", "/v1/activities", {"agent_id": house.sven.id, "type": "call", "occurred_at": WHEN})
    assert seen == ids[::-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=email", ["mail"]),
        ("outcome=busy", ["busy"]),
        ("from=2026-03-11", ["late"]),
        ("to=2026-03-10&agent=2", ["busy", "mail"]),
        ("agent=1", []),
        ("lead=1", ["mail"]),
        ("deal=1", []),
        ("origin=aircall&external_id=5", ["busy"]),
        ("team=1", ["late", "busy", "mail"]),
        ("team=2", ["sven"]),
    ],
)
def test_filters_narrow_the_list(send: Send, api_database: Database, house: SimpleNamespace, query: str, found: list[str]) -> None:
    def fill(session: Session) -> None:
        builders.activity(session, house.nora, subject="mail", type="email", lead_id=house.lead.id)
        builders.activity(session, house.nora, subject="busy", outcome="busy", origin="aircall", external_id="5")
        builders.activity(session, house.nora, subject="late", at=builders.NOON + timedelta(days=1))
        builders.activity(session, house.sven, subject="sven", at=builders.NOON - timedelta(days=9))

    api_database.write(fill)
    query = query.replace("agent=2", f"agent={house.nora.id}").replace("agent=1", f"agent={house.admin.id}")
    assert [one["subject"] for one in send("GET", f"/v1/activities?{query}").json()["items"]] == found


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "cursor=!", "cursor=MQ", "cursor=eH4x", "agent=x", "from=today", "agnet=1"])
def test_a_query_that_cannot_be_read_is_refused(send: Send, query: str) -> None:
    assert send("GET", f"/v1/activities?{query}").status_code == 422


def test_a_program_that_only_reports_does_not_read(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    del house
    token = issue(ApiScope.ACTIVITIES_WRITE)
    assert ask("POST", "/v1/activities", headers=bearing(token), json=CALL).status_code == 201
    assert ask("GET", "/v1/activities", headers=bearing(token)).status_code == 403
