"""What all answers have in common: nobody keeps them, one address each, one shape for what cannot be read."""

import pytest

from tests.api.conftest import Ask, Issue, bearing


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("GET", "/v1/people", 200),
        ("GET", "/v1/leads/1", 404),
        ("POST", "/v1/leads", 201),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/me", 403),
    ],
)
def test_no_browser_or_proxy_keeps_an_answer(ask: Ask, issue: Issue, method: str, address: str, status: int) -> None:
    answer = ask(method, address, headers=bearing(issue()), **({"json": {"name": "Ada"}} if method == "POST" else {}))
    assert (answer.status_code, answer.headers["cache-control"]) == (status, "no-store")


def test_what_says_itself_how_long_it_may_be_kept_is_left_alone(ask: Ask, issue: Issue) -> None:
    answer = ask("GET", "/docs/swagger-ui.css", headers=bearing(issue()))
    assert answer.headers["cache-control"] == "private, max-age=86400"


@pytest.mark.parametrize("content_type", [None, "application/x-www-form-urlencoded", "text/plain", "application/xml"])
def test_whoever_forgets_the_content_type_is_told_so(ask: Ask, issue: Issue, content_type: str | None) -> None:
    headers = bearing(issue()) | ({"Content-Type": content_type} if content_type else {})
    answer = ask("POST", "/v1/leads", headers=headers, content=b'{"name": "Ada"}')
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "not_json")
    assert "Content-Type: application/json" in answer.json()["error"]["message"]


def test_what_is_no_json_is_told_where_it_breaks(ask: Ask, issue: Issue) -> None:
    headers = bearing(issue()) | {"Content-Type": "application/json"}
    answer = ask("POST", "/v1/leads", headers=headers, content=b'{"name": "Ada" "phone": 5}')
    assert answer.status_code == 422
    assert answer.json()["error"]["message"] == "body: is not JSON at character 15: Expecting ',' delimiter"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_slash_too_many_is_answered_and_leads_nowhere(ask: Ask, issue: Issue, method: str) -> None:
    answer = ask(method, "/v1/leads/", headers=bearing(issue()))
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert "location" not in answer.headers
