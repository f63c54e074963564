"""The webhook of amoCRM over real requests: taken at once, believed in nothing but where to look."""

from collections.abc import Callable
from datetime import UTC, datetime

from httpx import Response
from sqlalchemy import select

from data.engine import Database
from data.models import CrmConnection, CrmHint
from services.amocrm.hooks import digest

Ask = Callable[..., Response]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def connected(database: Database) -> None:
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    made = CrmConnection(base_url="https://acme.kommo.com", hook_digest=digest("the-key"), connected_at=at)
    database.write(lambda session: session.add(made))


def test_a_change_is_noted_and_only_its_numbers_are(ask: Ask, api_database: Database) -> None:
    connected(api_database)
    body = "leads[status][0][id]=77&leads[status][0][status_id]=142&leads[status][0][price]=1000000"
    answer = ask("POST", "/v1/hooks/amocrm/the-key", headers=FORM, content=body)
    assert (answer.status_code, answer.json()) == (200, {"noted": 1})
    with api_database.reading() as session:
        assert [(each.stream, each.number) for each in session.scalars(select(CrmHint))] == [("deals", 77)]


def test_words_that_are_no_webhook_are_taken_too_so_that_amocrm_does_not_send_them_again(ask: Ask, api_database: Database) -> None:
    connected(api_database)
    assert ask("POST", "/v1/hooks/amocrm/the-key", headers=FORM, content=b"\xff\x00=&&").json() == {"noted": 0}


def test_an_address_somebody_guessed_is_none(ask: Ask, api_database: Database) -> None:
    assert ask("POST", "/v1/hooks/amocrm/guess", headers=FORM, content="leads[add][0][id]=1").status_code == 404
    connected(api_database)
    assert ask("POST", "/v1/hooks/amocrm/guess", headers=FORM, content="leads[add][0][id]=1").status_code == 404
