"""Streamlit's page goes out with what it would find out step by step; nothing else changes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from api.middleware.page_head import DRAWN_WITH, NEEDED, WHERE, PageHead, told_beforehand
from api.middleware.policy import inline_script_hashes

STATIC = Path(st.__file__).parent / "static"
PAGE = STATIC / "index.html"
OTHER = "<html><head><title>Other</title></head></html>"
BROWSER = {"Accept": "text/html,*/*", "Accept-Encoding": "gzip"}


def page(_request: Request) -> FileResponse:
    return FileResponse(PAGE)


def other(_request: Request) -> HTMLResponse:
    return HTMLResponse(OTHER)


def words(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("words")


@pytest.fixture
def client() -> Iterator[TestClient]:
    """Streamlit's page behind Streamlit's own packing, as the app has it."""
    routes = [Route("/daily", page), Route("/other", other), Route("/words", words), Route("/api/page", page)]
    told = Middleware(PageHead, plain=PAGE.read_bytes(), told=told_beforehand(PAGE).encode())
    with TestClient(Starlette(routes=routes, middleware=[told, Middleware(GZipMiddleware, minimum_size=100)])) as client:
        yield client


def test_the_page_says_where_its_server_is_and_what_it_needs(client: TestClient) -> None:
    answer = client.get("/daily", headers=BROWSER)
    assert answer.status_code == 200
    assert answer.text == told_beforehand(PAGE)
    assert answer.text.index(WHERE) < answer.text.index("modulepreload") < answer.text.index("<title>")
    assert answer.headers["content-length"] == str(len(answer.content))


def test_every_script_named_is_one_that_this_streamlit_has() -> None:
    before, told = PAGE.read_text(encoding="utf-8"), told_beforehand(PAGE)
    added = [line.split('href="./')[1].rstrip('">') for line in told.splitlines() if "modulepreload" in line and line.strip() not in before]
    assert all((STATIC / path).is_file() for path in added)
    assert {Path(path).name.split(".")[0] for path in added} >= set(DRAWN_WITH)
    assert len(added) == len(set(added)) < 40


def test_nothing_that_these_scripts_need_is_left_for_the_browser_to_find_out() -> None:
    told = told_beforehand(PAGE)
    named = set(re.findall(r"static/js/([^\"]+\.js)", told)) - set(re.findall(r"static/js/([^\"]+\.js)", PAGE.read_text(encoding="utf-8")))
    needed = {each for name in named for each in NEEDED.findall((STATIC / "static" / "js" / name).read_text(encoding="utf-8"))}
    assert needed
    assert [each for each in needed if each not in told] == []


def test_a_browser_that_has_streamlits_page_is_given_ours(client: TestClient) -> None:
    plain = client.get("/api/page", headers=BROWSER)
    asked = BROWSER | {"If-None-Match": plain.headers["etag"], "If-Modified-Since": plain.headers["last-modified"]}
    answer = client.get("/daily", headers=asked)
    assert (answer.status_code, WHERE in answer.text) == (200, True)
    assert "etag" not in answer.headers


@pytest.mark.parametrize(("path", "text"), [("/other", OTHER), ("/words", "words"), ("/api/page", PAGE.read_text(encoding="utf-8"))])
def test_everything_else_passes_as_it_is(client: TestClient, path: str, text: str) -> None:
    assert client.get(path, headers=BROWSER).text == text


def test_the_added_script_may_run_by_its_hash(tmp_path: Path) -> None:
    bare = tmp_path / "index.html"
    bare.write_text("<head><title>x</title></head>", encoding="utf-8")
    assert len(inline_script_hashes(told_beforehand(bare))) == 1
    assert len(inline_script_hashes(told_beforehand(PAGE))) == 2
