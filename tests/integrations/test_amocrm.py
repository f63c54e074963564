"""The client of amoCRM against its counterpart on loopback: every refusal has its name and says what to do."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from integrations.amocrm import errors
from integrations.amocrm.client import App, Client, Pace, exchange
from tests.fakes.amocrm import TOKEN, Amo, fill, problem, slow_down
from tests.fakes.http import HANG, Response, running

APP = App(client_id="id", client_secret="client-secret", redirect_uri="https://sales.example")


@pytest.fixture
def amo() -> Iterator[Amo]:
    account = Amo()
    with running(account):
        yield account


def client(amo: Amo, *, token: str = TOKEN, seconds: float = 5) -> Client:
    return Client(amo.url, token, Pace(wait=lambda _: None), seconds=seconds)


def test_pages_follow_each_other_to_the_end_which_has_no_content(amo: Amo) -> None:
    fill(amo, 7)
    asking = client(amo)
    first, second = (asking.page("leads", (), number=each, size=5) for each in (1, 2))
    assert ([len(first.records), len(second.records)], first.has_more, second.has_more) == ([5, 2], True, False)
    assert asking.page("leads", (), number=3, size=5) == asking.page("tasks", [("filter[id][]", 1)], number=1, size=5)


def test_records_asked_for_by_number_come_by_halves_where_so_many_do_not(amo: Amo) -> None:
    fill(amo, 70)
    amo.faults = lambda _number, _path: Response(504, "<html>") if amo.requests[-1].path.count("filter") > 7 else None
    found = client(amo).by_ids("leads", range(60, 80))
    assert [each["id"] for each in found] == list(range(60, 71))
    amo.faults = lambda _number, _path: Response(504, "<html>")
    with pytest.raises(errors.TooMuchError):
        client(amo).by_ids("leads", [1, 2])


@pytest.mark.parametrize(
    ("answer", "error", "pause"),
    [
        (problem(401, "Unauthorized"), errors.KeyRefusedError, None),
        (problem(402, "Payment required"), errors.UnpaidError, timedelta(hours=1)),
        (problem(403, "Forbidden"), errors.ForbiddenError, timedelta(minutes=10)),
        (problem(404, "Not found"), errors.MissingError, None),
        (problem(400, "Bad filter"), errors.NotTakenError, None),
        (slow_down(7), errors.TooFastError, timedelta(seconds=7)),
        (Response(504, "<html>Gateway Time-out</html>"), errors.TooMuchError, None),
        (Response(500, "oops"), errors.NoAnswerError, None),
        (Response(200, "<html>"), errors.NoAnswerError, None),
        (Response(200, "[]"), errors.NoAnswerError, None),
        (Response(200, json.dumps({"_embedded": {"leads": "no list"}})), errors.NoAnswerError, None),
        (Response(302, "", {"Location": "http://127.0.0.1:1/"}), errors.NoAnswerError, None),
        (Response(manner="close"), errors.NoAnswerError, None),
    ],
)
def test_what_goes_wrong_has_a_name_and_a_sentence(
    amo: Amo, answer: Response, error: type[errors.AmoError], pause: timedelta | None
) -> None:
    amo.say(answer)
    with pytest.raises(error) as raised:
        client(amo).page("leads", (), number=1, size=50)
    assert raised.value.pause == pause
    assert str(raised.value).endswith(".")
    assert amo.url not in str(raised.value)
    assert TOKEN not in str(raised.value)


def test_silence_ends_with_the_time_limit(amo: Amo) -> None:
    amo.say(Response(manner=HANG))
    with pytest.raises(errors.NoAnswerError, match="no answer in time"):
        client(amo, seconds=0.3).account()


def test_there_are_never_more_than_five_requests_a_second() -> None:
    passed = [0.0]
    pace = Pace(clock=lambda: passed[0], wait=lambda seconds: passed.__setitem__(0, passed[0] + seconds))
    began = []
    for _ in range(30):
        pace.take()
        began.append(passed[0])
    assert max(sum(start <= each < start + 1 - 1e-9 for each in began) for start in began) == 5


def test_a_code_and_a_refresh_token_are_each_good_once(amo: Amo) -> None:
    first = exchange(amo.url, APP, code="code")
    second = exchange(amo.url, APP, refresh=first.refresh)
    assert client(amo, token=second.access).account()["name"] == "Acme"
    with pytest.raises(errors.KeyRefusedError):
        exchange(amo.url, APP, refresh=first.refresh)


def test_more_ids_than_an_address_holds_are_asked_for_in_turns(amo: Amo) -> None:
    fill(amo, 70)
    assert {each["id"] for each in client(amo).by_ids("leads", range(1, 71))} == set(range(1, 71))
    assert len(amo.requests) == 2
    assert client(amo).by_ids("leads", []) == []


def test_why_something_was_not_taken_is_told_in_its_own_words(amo: Amo) -> None:
    amo.say(problem(400, "Bad\nfilter."))
    with pytest.raises(errors.NotTakenError, match=r"amoCRM did not take it: Bad filter\."):
        client(amo).account()
