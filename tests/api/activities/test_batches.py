"""Activities a thousand at a time, each with what became of it."""

from collections.abc import AsyncIterator
from types import SimpleNamespace

import pytest

from data.engine import Database
from tests.api.activities.calls import CALL, Send, stored
from tests.api.conftest import Ask, Issue, bearing


def test_a_batch_stores_what_it_can_and_names_the_rest(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    known = CALL | {"external_id": "1"}
    send("POST", "/v1/activities", known)
    answer = send(
        "POST",
        "/v1/activities/batch",
        {
            "activities": [
                known,
                CALL | {"external_id": "2"},
                CALL | {"agent_email": "nobody@example.com"},
                known | {"outcome": "busy"},
                CALL | {"lead_id": 10**12},
                CALL | {"occurred_at": "2199-01-01T00:00:00Z"},
                CALL | {"agent_email": "sven@example.com", "deal_id": house.deal.id},
                CALL,
            ]
        },
    )
    told = answer.json()
    assert answer.status_code == 200
    assert (told["created"], told["updated"], told["unchanged"], told["refused"]) == (2, 1, 1, 4)
    assert [(one["index"], one["result"], one["code"]) for one in told["items"]] == [
        (0, "unchanged", None),
        (1, "created", None),
        (2, "refused", "not_found"),
        (3, "updated", None),
        (4, "refused", "not_found"),
        (5, "refused", "future_activity"),
        (6, "refused", "not_found"),
        (7, "created", None),
    ]
    assert [(one.external_id, one.outcome) for one in stored(api_database)] == [("1", "busy"), (None, "connected"), ("2", "connected")]


def test_later_words_about_the_same_call_win_within_a_batch(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    rung = CALL | {"external_id": "7", "outcome": "no_answer"}
    told = send("POST", "/v1/activities/batch", {"activities": [rung, rung | {"outcome": "connected"}]}).json()
    assert [one["result"] for one in told["items"]] == ["created", "updated"]
    assert told["items"][0]["id"] == told["items"][1]["id"]
    assert [one.outcome for one in stored(api_database)] == ["connected"]


def test_a_malformed_item_refuses_the_batch_and_is_named(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    answer = send("POST", "/v1/activities/batch", {"activities": [CALL, CALL | {"duration": 5}, {"type": "stage_change"}]})
    message = answer.json()["error"]["message"]
    assert answer.status_code == 422
    assert "activities.1.duration: Extra inputs are not permitted" in message
    assert "activities.2.type: this kind is written by the product itself" in message
    assert stored(api_database) == []


def test_a_batch_has_at_most_a_thousand_items(send: Send) -> None:
    assert send("POST", "/v1/activities/batch", {"activities": [{"type": "call"}] * 1001}).status_code == 422


@pytest.mark.parametrize("announced", ["announced", "in parts"])
def test_a_body_beyond_the_limit_is_refused(ask: Ask, issue: Issue, announced: str) -> None:
    async def in_parts() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 100_000

    content = b"x" * 5_000_000 if announced == "announced" else in_parts()
    answer = ask("POST", "/v1/activities", headers=bearing(issue()) | {"Content-Type": "application/json"}, content=content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
