"""Downloads: what is shown, to whom it is shown, and nothing that runs."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import openpyxl
import pytest
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import AuditEntry, Person
from domain.records import ActivityType, Role
from services.exports import VIEWS
from tests import builders
from tests.api.conftest import Ask

Get = Callable[[Person | None, str], Response]
MARCH = "period=custom&from=2026-03-01&to=2026-03-31"
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def get(ask: Ask, cookie_of: Callable[[Person], dict[str, str]]) -> Get:
    """Fetch a download as somebody: `get(person, "agents.csv?…")`, or as a stranger with None."""

    def fetch(person: Person | None, address: str) -> Response:
        return ask("GET", f"/export/{address}", cookies=None if person is None else cookie_of(person))

    return fetch


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Two teams with a manager each; one call a day of Ana's and two of Ben's, on the other team; Ana's name is a formula."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        ana = builders.person(session, on=north, name=EVIL)
        ben = builders.person(session, on=south, name="Ben Secret")
        builders.activity(session, ana, subject="@SUM(A1)", notes="call notes")
        for hours in (0, 1):
            builders.activity(session, ben, at=builders.NOON + timedelta(hours=hours), subject="Bens call")
        return SimpleNamespace(
            ana=ana,
            ben=ben,
            manager=builders.manager(session, of=north),
            other_manager=builders.manager(session, of=south),
            admin=builders.person(session, role=Role.ADMIN),
        )

    return api_database.write(build)


def rows(answer: Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_strangers_get_nothing(get: Get) -> None:
    assert get(None, "records.csv").status_code == 401


@pytest.mark.parametrize("view", ["overview", "agents", "alerts"])
def test_an_agent_has_no_download_of_a_managers_view(get: Get, house: SimpleNamespace, view: str) -> None:
    answer = get(house.ana, f"{view}.csv")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_an_unknown_view_does_not_exist(get: Get, house: SimpleNamespace) -> None:
    assert get(house.admin, "secrets.csv").status_code == 404


def test_another_format_is_refused(get: Get, house: SimpleNamespace) -> None:
    assert get(house.admin, "agents.pdf").status_code == 422


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_view_of_a_manager_is_without_the_other_team(get: Get, house: SimpleNamespace, view: str, ending: str) -> None:
    answer = get(house.manager, f"{view}.{ending}?{MARCH}&agents={house.ben.id}&team=999")
    assert answer.status_code == 200
    text = answer.text if ending == "csv" else "\n".join(cell for row in _cells(answer) for cell in row)
    assert "Ben Secret" not in text
    assert "Bens call" not in text


@pytest.mark.parametrize("view", ["leaderboard", "heatmap", "trend", "weekly", "monthly", "sources", "records", "timeline"])
def test_an_agent_gets_nobody_elses_data(get: Get, house: SimpleNamespace, view: str) -> None:
    text = get(house.ana, f"{view}.csv?{MARCH}&agents={house.ben.id}").text
    assert "Ben" not in text


def test_the_table_of_agents_has_their_figures(get: Get, house: SimpleNamespace) -> None:
    found = rows(get(house.admin, f"agents.csv?{MARCH}"))
    calls = found[0].index("Calls")
    assert {row[0]: row[calls] for row in found[1:3]} == {"'" + EVIL: "1", "Ben Secret": "2"}


def test_the_heatmap_of_everybody_says_which_day_it_is_of(get: Get, house: SimpleNamespace) -> None:
    found = rows(get(house.admin, f"heatmap-agents.csv?{MARCH}&across=weekdays"))
    assert found[0] == ["Agent", "Weekday", "Calls", "Conversations"]
    assert sum(int(row[2]) for row in found[1 : found.index([])]) == 3
    assert ["# Days of the week", "Monday"] in rows(get(house.admin, f"heatmap-agents.csv?{MARCH}&on=Mon"))
    assert ["# Days of the week", "all"] in rows(get(house.admin, f"heatmap-agents.csv?{MARCH}&on=All+days"))


def test_a_choice_of_people_is_kept(get: Get, house: SimpleNamespace) -> None:
    found = rows(get(house.admin, f"agents.csv?{MARCH}&agents={house.ben.id}"))
    assert [row[0] for row in found[1 : found.index([])]] == ["Ben Secret"]
    assert ["# Agents", "Ben Secret"] in found


def test_the_file_names_its_filters_and_definitions(get: Get, house: SimpleNamespace) -> None:
    found = {row[0]: row[1] for row in rows(get(house.admin, f"overview.csv?{MARCH}")) if len(row) == 2}
    assert found["# Period"] == "1 – 31 Mar 2026"
    assert found["# Calls"] == "How many calls were made? Number of calls dated in the period. Every call, in or out, answered or not."


def test_records_are_the_facts_behind_the_number(get: Get, house: SimpleNamespace) -> None:
    found = rows(get(house.admin, f"records.csv?{MARCH}&metric=calls&weekday=2&hour=13"))
    assert found[1][:5] == ["2026-03-10", "13", "2026-03-10 13:00", "Ben Secret", "call"]
    assert found[2] == []


def test_all_pages_of_records_are_in_the_file(
    get: Get, api_database: Database, house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.record_sheets.ROWS_AT_ONCE", 2)
    api_database.write(lambda session: [builders.activity(session, house.ana, type=ActivityType.EMAIL) for _ in range(5)])
    assert rows(get(house.ana, f"records.csv?{MARCH}")).index([]) == 1 + 6


def test_a_part_of_a_share_is_told_from_its_whole(get: Get, api_database: Database, house: SimpleNamespace) -> None:
    api_database.write(lambda session: builders.lead(session, house.ana, converted_on=builders.TUESDAY, status="converted"))
    api_database.write(lambda session: builders.lead(session, house.ana))
    found = rows(get(house.ana, f"records.csv?{MARCH}&metric=conversion_rate"))
    assert (found[0][-1], sorted(row[-1] for row in found[1:3])) == ("Counts", ["no", "yes"])


def test_deals_show_exact_amounts_and_unknown_ones_empty(get: Get, api_database: Database, house: SimpleNamespace) -> None:
    for amount in (1_234_567_890_12, None):
        api_database.write(
            lambda session, amount=amount: builders.deal(
                session, house.ana, status="won", closed_on=builders.TUESDAY, amount_minor=amount, created_on=builders.TUESDAY
            )
        )
    found = rows(get(house.ana, f"records.csv?{MARCH}&metric=deals_won"))
    assert sorted(row[found[0].index("Amount")] for row in found[1:3]) == ["", "1234567890.12"]


def test_sources_have_their_leads_sales_and_revenue(get: Get, api_database: Database, house: SimpleNamespace) -> None:
    def made(session: Session) -> None:
        lead = builders.lead(session, house.ana, source=EVIL, on=builders.TUESDAY, status="converted", converted_on=builders.TUESDAY)
        builders.deal(session, house.ana, lead_id=lead.id, source=EVIL, status="won", closed_on=builders.TUESDAY, amount_minor=85_050)
        builders.lead(session, house.ben, source="Bens fair", on=builders.TUESDAY)

    api_database.write(made)
    found = rows(get(house.ana, f"sources.csv?{MARCH}"))
    assert (found[1][:4], found[1][6:], found[2]) == (["'" + EVIL, "1", "1", "1"], ["1", "850.50"], [])
    assert "Bens fair" not in get(house.manager, f"sources.csv?{MARCH}").text


def test_a_timeline_is_one_persons(get: Get, house: SimpleNamespace) -> None:
    assert get(house.admin, f"timeline.csv?{MARCH}&agents={house.ana.id},{house.ben.id}").status_code == 422
    found = rows(get(house.admin, f"timeline.csv?{MARCH}&agents={house.ana.id}"))
    assert found[1][7:9] == ["'@SUM(A1)", "call notes"]


@pytest.mark.parametrize(
    "address", ["records.csv?metric=nonsense", "trend.csv?metric=nonsense", "heatmap.csv?period=someday", "agents.csv?agents=x"]
)
def test_unusable_parameters_are_named_before_anything_is_sent(get: Get, house: SimpleNamespace, address: str) -> None:
    answer = get(house.admin, address)
    assert answer.status_code == 422
    assert answer.json()["error"]["message"]


def test_no_name_is_a_formula_in_excel(get: Get, house: SimpleNamespace) -> None:
    page = openpyxl.load_workbook(io.BytesIO(get(house.admin, f"agents.xlsx?{MARCH}").content)).worksheets[0]
    assert (page["A2"].value, page["A2"].data_type) == (EVIL, "s")


def test_the_file_is_not_kept_anywhere_and_named_by_its_days(get: Get, house: SimpleNamespace) -> None:
    headers = get(house.admin, f"agents.xlsx?{MARCH}").headers
    assert headers["content-disposition"] == 'attachment; filename="pacesetter-agents-2026-03-01-2026-03-31.xlsx"'
    assert headers["cache-control"] == "private, no-store"


def test_every_download_is_recorded(get: Get, api_database: Database, house: SimpleNamespace) -> None:
    get(house.manager, f"agents.xlsx?{MARCH}")
    with api_database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).one()
    assert (entry.person_id, entry.subject, entry.details) == (house.manager.id, "view:agents", {"format": "xlsx"})


def _cells(answer: Response) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [[str(cell.value) for cell in row] for page in book.worksheets for row in page.iter_rows()]
