"""Imports end to end on a real database: stored once, updated, refused row by row."""

import threading
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from data import rollups
from data.engine import Database
from data.models import Deal, ImportBatch, ImportRowError, Person
from domain.errors import InputError
from domain.records import DealStatus
from services import imports
from services.imports import FieldMapping, ImportReport, Kind
from tests import builders
from tests.services.imports.files import DEAL_MAPPING, DEALS, NOW, counts, mapping, run, snapshot

pytestmark = pytest.mark.usefixtures("ann")


def test_a_file_comes_in_once(session: Session, ann: Person) -> None:
    first = run(session, DEALS)
    again = run(session, DEALS)

    deals = {deal.external_id: deal for deal in session.scalars(select(Deal))}
    assert counts(first) == (2, 0, 0, 0)
    assert counts(again) == (0, 0, 2, 0)
    assert (deals["D1"].status, deals["D1"].closed_on, deals["D1"].amount_minor) == (DealStatus.WON, date(2026, 2, 3), 10_000)
    assert (deals["D2"].closed_on, deals["D2"].expected_close_on) == (None, date(2026, 5, 1))
    assert (deals["D1"].product, deals["D1"].name, deals["D1"].agent_id) == ("GTX Pro", "GTX Pro", ann.id)


def test_a_newer_export_updates_only_what_it_maps(session: Session) -> None:
    run(session, DEALS)
    session.execute(text("UPDATE deal SET company = 'Kept', name = 'Renamed here' WHERE external_id = 'D2'"))

    report = run(session, DEALS.replace(b"open,50", b"won,75"))

    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D2")).one()
    session.refresh(deal)
    assert counts(report) == (0, 1, 1, 0)
    assert (deal.status, deal.amount_minor, deal.closed_on) == (DealStatus.WON, 7_500, date(2026, 5, 1))
    assert (deal.company, deal.name) == ("Kept", "Renamed here")


def test_rows_without_ids_come_in_once_too(session: Session) -> None:
    how = DEAL_MAPPING.model_copy(update={"fields": {name: entry for name, entry in DEAL_MAPPING.fields.items() if name != "external_id"}})
    twice = DEALS + b"D9,Ann,open,50,2026-01-03,2026-05-01,X\n"

    assert counts(run(session, twice, how)) == (3, 0, 0, 0)
    assert counts(run(session, twice, how)) == (0, 0, 3, 0)


def test_of_two_rows_with_one_id_the_later_counts_and_the_earlier_is_listed(session: Session) -> None:
    report = run(session, b"id,owner,status\nD1,Ann,open\nD1,Ann,open\n", mapping(external_id="id", agent="owner", status="status"))

    assert counts(report) == (1, 0, 0, 1)
    assert (report.errors[0].line, report.errors[0].column) == (2, "id")
    assert "line 3" in report.errors[0].reason


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (b"1,Bob,won,5,2026-01-01,2026-01-02,X", "owner", "Nobody here"),
        (b"1,Ann,signed up,5,2026-01-01,2026-01-02,X", "status", "not mapped"),
        (b"1,Ann,won,five,2026-01-01,2026-01-02,X", "amount", "not an amount"),
        (b"1,Ann,won,\xe2\x82\xac5,2026-01-01,2026-01-02,X", "amount", "counts in USD"),
        (b"1,Ann,won,5,2026-02-30,2026-01-02,X", "created", "no such day"),
        (b"1,Ann,won,5,2026-01-01,,X", "closed", "needs the day"),
        (b"1,Ann,won,5,2026-01-01,2027-01-02,X", "closed", "future"),
        (b"1,Ann,won,5,2026-01-01,2026-01-02,#REF!", "product", "#REF!"),
        (b"1.5E+18,Ann,won,5,2026-01-01,2026-01-02,X", "id", "rounded"),
        (b"1,Ann,,5,2026-01-01,2026-01-02,X", "status", "empty"),
    ],
)
def test_a_row_that_cannot_be_right_is_listed(session: Session, row: bytes, column: str, reason: str) -> None:
    report = run(session, DEALS.splitlines()[0] + b"\n" + row + b"\n")

    stored = session.scalars(select(ImportRowError)).one()
    assert (report.rejected, report.errors[0].line, report.errors[0].column) == (1, 2, column)
    assert reason in report.errors[0].reason
    assert (stored.line, stored.column, stored.reason) == (2, column, report.errors[0].reason)
    assert session.scalar(select(func.count()).select_from(Deal)) == 0


def test_another_currency_is_a_row_error(session: Session) -> None:
    how = mapping(external_id="id", agent="owner", status="status", amount="amount", currency="cur")
    report = run(session, b"id,owner,status,amount,cur\n1,Ann,open,5,EUR\n2,Ann,open,5,usd\n3,Ann,open,5,\n", how)

    assert counts(report) == (2, 0, 0, 1)
    assert "EUR" in report.errors[0].reason
    assert "USD" in report.errors[0].reason


def test_a_preview_stores_nothing(session: Session) -> None:
    before = snapshot(session)
    report = imports.preview(session, None, imports.inspect(DEALS, "x.csv"), DEAL_MAPPING, secret="s", now=NOW)

    assert (report.batch_id, counts(report)) == (None, (2, 0, 0, 0))
    assert snapshot(session) == before
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 0


def test_a_mapping_that_does_not_fit_is_refused_with_what_is_there(session: Session) -> None:
    for how, words in (
        (mapping(external_id="id", agent="owner"), "Open, won or lost"),
        (mapping(status="stage"), "no column “stage”"),
        (mapping(status="status", colour="product"), "no field “colour”"),
        (mapping(status="status", created_on=FieldMapping(column="created", style="backwards")), "no style"),
        (mapping(Kind.PEOPLE, team="owner"), "name, the e-mail or the id"),
    ):
        with pytest.raises(InputError, match=words):
            run(session, DEALS, how)


def test_a_mapping_file_says_what_is_wrong() -> None:
    assert imports.mapping_from_json('{"kind": "deals", "fields": {"status": {"column": "s"}}}').origin == "file"
    for content in (
        "{",
        '{"kind": "cars", "fields": {}}',
        '{"kind": "deals", "origin": "app", "fields": {}}',
        '{"kind":"deals","time_zone":"Mars","fields":{}}',
    ):
        with pytest.raises(InputError, match="The mapping cannot be used"):
            imports.mapping_from_json(content)


def test_two_imports_at_once_store_everything_once(fresh_database: Database) -> None:
    fresh_database.write(lambda session: (builders.organisation(session), builders.person(session, name="Ann")))
    rows = "".join(f"D{number},Ann,won,1,2026-01-02,2026-02-03,X\n" for number in range(500))
    draft = imports.inspect((DEALS.splitlines()[0].decode() + "\n" + rows).encode(), "x.csv")
    reports: list[ImportReport] = []

    def work() -> None:
        reports.append(fresh_database.write(lambda session: imports.run(session, None, draft, DEAL_MAPPING, secret="s", now=NOW)))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts(report) for report in reports) == [(0, 0, 500, 0), (500, 0, 0, 0)]
    with fresh_database.writer.begin() as connection:
        assert rollups.drift(connection) == []
