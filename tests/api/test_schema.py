"""The API keeps its own description: tried over every route with bodies made from it, right ones and wrong ones.

Bounded and the same every time. What a schema cannot say (an agent of somebody else, a day to come) is a 404, 409 or 422 of the
documented shape, so 422 counts as an answer to a body that fits the schema.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from data.engine import Database
from data.models import Person
from domain.records import Role
from tests import builders
from tests.api.conftest import OUR_OWN, Issue, bearing
from tests.api.whole import whole_api

EXAMPLES: Final = 6
"""Of each kind, for each route and caller: a minute for all of them."""
READS_ALL: Final = "admin"
"""Whom no route turns away before it has read what is wrong with a question: wrong ones are asked as nobody else."""
CALLERS: Final = (READS_ALL, "agent", "service_token")
NOT_READY: Final = "503"
"""No fault where it is described: no jobs process runs beside these tests, and /health/jobs says so."""
ACCEPTED: Final = ["2xx", "401", "403", "404", "409", "422", NOT_READY]
API = whole_api()
CHECKS: Final = {
    "positive_data_acceptance": {"expected-statuses": ACCEPTED},
    "not_a_server_error": {"expected-statuses": ["2xx", "3xx", "4xx", NOT_READY]},
}
CONFIG = schemathesis.Config.from_dict({"checks": CHECKS})
SCHEMA = schemathesis.openapi.from_dict(API.openapi(), config=CONFIG)
SCHEMA.app = API
ENDLESS: Final = {"GET /events"}
"""Answers that go on for as long as somebody listens; their own tests listen for a while."""
OPERATIONS = {each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if each.ok().label not in ENDLESS}


@pytest.mark.usefixtures("cheap_hashes")
@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_as_described(
    label: str, who: str, api_database: Database, issue: Issue, token_of: Callable[[Person], str]
) -> None:
    headers = _headers(who, api_database, issue, token_of)
    operation = OPERATIONS[label]
    can_be_wrong = operation.body or any(operation.iter_parameters())
    for mode in (GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if can_be_wrong and who == READS_ALL else [])):

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=_cases(label, mode))
        def tried(case: Any) -> None:
            case.call_and_validate(headers=headers)

        tried()


@cache
def _cases(label: str, mode: GenerationMode) -> Any:
    """Questions to a route; working out what its description lets one ask takes longer than asking."""
    return OPERATIONS[label].as_strategy(generation_mode=mode)


def _headers(who: str, database: Database, issue: Issue, token_of: Callable[[Person], str]) -> dict[str, str]:
    if who == "service_token":
        return bearing(issue())
    return OUR_OWN | bearing(token_of(database.write(lambda session: _person(session, who))))


def _person(session: Any, who: str) -> Person:
    builders.organisation(session)
    return builders.person(session, role=Role(who), on=builders.team(session), password_hash="x")
