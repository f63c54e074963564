"""Imports end to end on a real database: stored once, updated, refused row by row, undone whole."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data import rollups
from data.engine import Database
from data.models import (
    Activity,
    AuditEntry,
    Deal,
    DealSnapshot,
    ImportBatch,
    ImportRowError,
    Lead,
    Person,
    StageChange,
    Team,
    TeamManager,
    TeamMembership,
)
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.pipeline.stages import Meaning
from domain.records import DealStatus, LeadStatus
from services import imports, leads
from services.access import Viewer
from services.access import viewer as viewer_of
from services.imports import AmbiguousDatesError, FieldMapping, ImportReport, Kind, Mapping
from services.leads import LeadWords
from tests import builders

pytestmark = pytest.mark.usefixtures("ann")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DEALS = (
    b"id,owner,status,amount,created,closed,product\nD1,Ann,won,100,2026-01-02,2026-02-03,GTXPro\nD2,Ann,open,50,2026-01-03,2026-05-01,X\n"
)


def mapping(
    kind: Kind = Kind.DEALS, *, create: bool = False, zone: str = "", default_team: str = "", **columns: str | FieldMapping
) -> Mapping:
    fields = {name: column if isinstance(column, FieldMapping) else FieldMapping(column=column) for name, column in columns.items()}
    return Mapping(kind=kind, origin="crm", fields=fields, create_people=create, time_zone=zone, team=default_team)


DEAL_MAPPING = mapping(
    external_id="id",
    agent="owner",
    status="status",
    amount="amount",
    created_on="created",
    closed_on="closed",
    product=FieldMapping(column="product", values={"gtxpro": "GTX Pro"}),
)


@pytest.fixture
def ann(session: Session) -> Person:
    builders.organisation(session, currency="USD", time_zone="America/New_York")
    return builders.person(session, name="Ann", time_zone="Asia/Kolkata", external_id="7")


def run(session: Session, content: bytes, how: Mapping = DEAL_MAPPING, who: Person | None = None) -> ImportReport:
    viewer = _viewer(session, who) if who else None
    report = imports.run(session, viewer, imports.inspect(content, "file.csv"), how, secret="s", now=NOW)
    assert report.accepted + report.rejected == report.rows
    assert report.inserted + report.updated + report.unchanged == report.accepted
    assert rollups.drift(session.connection()) == []
    return report


def _viewer(session: Session, person: Person) -> Viewer:
    return viewer_of(session, person.id or 0)


def _counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.inserted, report.updated, report.unchanged, report.rejected


def _snapshot(session: Session) -> list[str]:
    """Every record, without what only says when it was touched."""
    session.expire_all()
    tables = ("person", "team", "team_membership", "lead", "deal", "activity", "stage_change", "daily_metrics")
    query = " UNION ALL ".join(f"SELECT '{table}' || (to_jsonb(t) - 'updated_at')::text FROM {table} t" for table in tables)
    return sorted(session.execute(text(query)).scalars())


def test_a_file_comes_in_once(session: Session, ann: Person) -> None:
    first = run(session, DEALS)
    again = run(session, DEALS)

    deals = {deal.external_id: deal for deal in session.scalars(select(Deal))}
    assert _counts(first) == (2, 0, 0, 0)
    assert _counts(again) == (0, 0, 2, 0)
    assert (deals["D1"].status, deals["D1"].closed_on, deals["D1"].amount_minor) == (DealStatus.WON, date(2026, 2, 3), 10_000)
    assert (deals["D2"].closed_on, deals["D2"].expected_close_on) == (None, date(2026, 5, 1))
    assert (deals["D1"].product, deals["D1"].name, deals["D1"].agent_id) == ("GTX Pro", "GTX Pro", ann.id)


def test_a_newer_export_updates_only_what_it_maps(session: Session) -> None:
    run(session, DEALS)
    session.execute(text("UPDATE deal SET company = 'Kept', name = 'Renamed here' WHERE external_id = 'D2'"))

    report = run(session, DEALS.replace(b"open,50", b"won,75"))

    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D2")).one()
    session.refresh(deal)
    assert _counts(report) == (0, 1, 1, 0)
    assert (deal.status, deal.amount_minor, deal.closed_on) == (DealStatus.WON, 7_500, date(2026, 5, 1))
    assert (deal.company, deal.name) == ("Kept", "Renamed here")


def test_rows_without_ids_come_in_once_too(session: Session) -> None:
    how = DEAL_MAPPING.model_copy(update={"fields": {name: entry for name, entry in DEAL_MAPPING.fields.items() if name != "external_id"}})
    twice = DEALS + b"D9,Ann,open,50,2026-01-03,2026-05-01,X\n"

    assert _counts(run(session, twice, how)) == (3, 0, 0, 0)
    assert _counts(run(session, twice, how)) == (0, 0, 3, 0)


def test_of_two_rows_with_one_id_the_later_counts_and_the_earlier_is_listed(session: Session) -> None:
    report = run(session, b"id,owner,status\nD1,Ann,open\nD1,Ann,open\n", mapping(external_id="id", agent="owner", status="status"))

    assert _counts(report) == (1, 0, 0, 1)
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

    assert _counts(report) == (2, 0, 0, 1)
    assert "EUR" in report.errors[0].reason
    assert "USD" in report.errors[0].reason


ACTIVITIES = mapping(Kind.ACTIVITIES, external_id="id", agent="who", type="type", occurred_at="at", duration_seconds="took", deal="deal")


def test_days_are_the_agents_and_times_the_importers(session: Session) -> None:
    run(session, DEALS)
    content = b"id,who,type,at,took,deal\nA1,ann,call,2026-03-01 20:00,00:04:10,D2\nA2,7,email,2026-03-02,,\n"
    report = run(session, content, ACTIVITIES)

    found = {row.external_id: row for row in session.scalars(select(Activity))}
    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D2")).one()
    session.refresh(deal)
    assert _counts(report) == (2, 0, 0, 0)
    assert found["A1"].occurred_at == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert (found["A1"].local_on, found["A1"].local_hour, found["A1"].duration_seconds) == (date(2026, 3, 2), 6, 250)
    assert (found["A2"].local_on, found["A2"].local_hour) == (date(2026, 3, 2), 0)
    assert deal.last_activity_at == found["A1"].occurred_at


def test_activities_ahead_or_of_unknown_deals_are_refused(session: Session) -> None:
    ahead = NOW + timedelta(days=1, hours=6)
    content = f"id,who,type,at,took,deal\nA1,ann,call,{ahead:%Y-%m-%dT%H:%MZ},,\nA2,ann,call,2026-03-02,,D404\nA3,,call,2026-03-02,,\n"
    report = run(session, content.encode(), ACTIVITIES)

    assert [(error.line, error.column) for error in report.errors] == [(2, "at"), (3, "deal"), (4, "who")]


def test_history_stays_where_it_was_when_an_agent_moves(session: Session, ann: Person) -> None:
    content = b"id,who,type,at,took,deal\nA1,ann,call,2026-03-01 20:00,,\n"
    run(session, content, ACTIVITIES)
    ann.time_zone = "America/Los_Angeles"
    session.flush()

    assert _counts(run(session, content, ACTIVITIES)) == (0, 0, 1, 0)


def test_leads_keep_the_steps_a_file_does_not_know(session: Session) -> None:
    how = mapping(Kind.LEADS, external_id="id", name="n", agent="who", created_at="c", contacted_at="k", phone="p")
    content = b"id,n,who,c,k,p\n1,NA,Ann,2026-01-02 10:00,,+0044\n2,Null,Ann,2026-01-02 10:00,2026-01-02 11:00,\n"
    run(session, content, how)
    session.execute(text("UPDATE lead SET status = 'contacted', contacted_at = now(), contacted_on = '2026-01-05' WHERE external_id = '1'"))

    assert _counts(run(session, content, how)) == (0, 0, 2, 0)
    leads = {lead.external_id: lead for lead in session.scalars(select(Lead))}
    assert (leads["1"].name, leads["1"].phone, leads["1"].status) == ("NA", "+0044", LeadStatus.CONTACTED)
    assert (leads["2"].response_seconds, leads["2"].status, leads["2"].assigned_on) == (3600, LeadStatus.CONTACTED, date(2026, 1, 2))


def test_ratings_and_conversions_need_their_day(session: Session) -> None:
    how = mapping(Kind.LEADS, external_id="id", name="n", status="s", satisfaction="r", rated_on="ro", converted_at="cv", lost_on="l")
    content = (
        b"id,n,s,r,ro,cv,l\n1,A,converted,,,,\n2,B,new,5,,,\n3,C,converted,4,,2026-01-05,\n4,D,lost,,,,2026-01-06\n5,E,new,6,2026-01-01,,\n"
    )
    report = run(session, content, how)

    assert [(error.line, error.column) for error in report.errors] == [(2, "cv"), (3, "ro"), (6, "r")]
    rated = session.scalars(select(Lead).where(col(Lead.external_id) == "3")).one()
    assert (rated.satisfaction, rated.rated_on) == (4, date(2026, 1, 5))


def test_stage_moves_know_what_they_came_from(session: Session) -> None:
    run(session, DEALS)
    how = mapping(Kind.STAGE_CHANGES, deal="deal", to_stage="stage", changed_at="at", changed_by="by")
    content = b"deal,stage,at,by\nD1,Won,2026-02-03 10:00,Ann\nD1,New,2026-01-02 10:00,\nD9,New,2026-01-02,\n"
    report = run(session, content, how)

    moves = session.execute(select(col(StageChange.from_stage), col(StageChange.to_stage)).order_by(col(StageChange.changed_at))).all()
    assert _counts(report) == (2, 0, 0, 1)
    assert [tuple(move) for move in moves] == [(None, "New"), ("New", "Won")]
    assert _counts(run(session, content, how)) == (0, 0, 2, 1)


def test_a_deal_that_a_file_has_in_another_stage_has_moved_and_undoing_takes_the_move_back(session: Session, manager: Person) -> None:
    how = mapping(external_id="id", agent="owner", status="status", stage="stage", created_on="created")
    head = b"id,owner,status,stage,created\n"
    run(session, head + b"D1,Mia,open,CALL_BOOKED,2026-01-02\nD2,Mia,open,CALL_BOOKED,2026-01-02\n", how, manager)
    report = run(session, head + b"D1,Mia,open,CALL_CONDUCTED,2026-01-02\nD2,Mia,open,CALL_BOOKED,2026-01-02\n", how, manager)

    (move,) = session.scalars(select(StageChange))
    moved = session.scalars(select(Deal).where(col(Deal.external_id) == "D1")).one()
    assert (move.deal_id, move.from_stage, move.to_stage, move.changed_by) == (moved.id, "CALL_BOOKED", "CALL_CONDUCTED", manager.id)
    assert moved.stage_entered_at == move.changed_at
    _undo(session, report, manager)
    session.refresh(moved)
    assert (moved.stage, list(session.scalars(select(StageChange)))) == ("CALL_BOOKED", [])


def test_an_import_can_be_taken_back_after_its_moves_were_given_a_meaning(session: Session) -> None:
    run(session, DEALS)
    how = mapping(Kind.STAGE_CHANGES, deal="deal", to_stage="stage", changed_at="at")
    report = run(session, b"deal,stage,at\nD1,Won,2026-02-03 10:00\n", how)
    session.execute(update(StageChange).values(meaning=Meaning.PROPOSAL))
    assert _undo(session, report).deleted == 1


PEOPLE = mapping(Kind.PEOPLE, name="name", email="mail", external_id="id", team="team")


def test_people_and_teams_come_from_a_file(session: Session) -> None:
    content = b"name,mail,id,team\nAnn,,7,North\nBo,Bo@Example.com,8,North\n,,9,South\n,,,\nCy,bo@example.com,,South\n"
    report = run(session, content, PEOPLE)

    people = {person.external_id: person for person in session.scalars(select(Person))}
    assert (report.inserted, report.updated, report.people_created, report.teams_created) == (2, 2, 2, 2)
    assert (people["8"].name, people["8"].email, people["9"].name) == ("Cy", "bo@example.com", "Agent 9")
    assert people["8"].time_zone == "America/New_York"
    again = run(session, b"name,mail,id,team\nAnn,,7,North\n,,9,South\n", PEOPLE)
    assert _counts(again) == (0, 0, 2, 0)


def test_people_with_one_name_must_be_told_apart(session: Session) -> None:
    builders.person(session, name="ANN ")
    report = run(session, DEALS)

    assert report.rejected == 2
    assert "2 people are called" in report.errors[0].reason


def test_deals_can_bring_their_agents(session: Session) -> None:
    content = b"id,owner,status,team\n1,New Person,open,West\n2,x@example.com,open,\n3,10862,open,\n4,new  person,open,\n"
    report = run(session, content, mapping(create=True, external_id="id", agent="owner", status="status", agent_team="team"))

    assert (report.rejected, report.people_created, report.teams_created) == (0, 3, 1)
    assert {person.name for person in session.scalars(select(Person))} == {"Ann", "New Person", "x", "Agent 10862"}


def test_dates_that_could_be_two_days_need_a_decision(session: Session) -> None:
    how = mapping(external_id="id", agent="owner", status="status", created_on="created")
    content = b"id,owner,status,created\n1,Ann,open,03/04/2026\n"

    with pytest.raises(AmbiguousDatesError, match="created"):
        run(session, content, how)
    run(session, content, how.with_field("created_on", style="month_first"))
    assert session.scalars(select(col(Deal.created_on))).one() == date(2026, 3, 4)


@pytest.fixture
def manager(session: Session, ann: Person) -> Person:  # noqa: ARG001 - the organisation comes with Ann
    team = builders.team(session, name="Mine")
    builders.person(session, name="Mia", on=team)
    return builders.manager(session, of=team, name="Max")


def test_a_manager_imports_for_their_own_teams_only(session: Session, manager: Person) -> None:
    how = mapping(external_id="id", agent="owner", status="status")
    run(session, b"id,owner,status\n5,Ann,open\n", how)
    report = run(session, b"id,owner,status\n1,Mia,open\n2,Ann,open\n3,,open\n4,Max,open\n5,Mia,open\n", how, manager)

    assert [error.line for error in report.errors] == [3, 4, 6]
    assert all("outside your teams" in error.reason or "only an admin" in error.reason for error in report.errors)
    entry = session.scalars(select(AuditEntry).where(col(AuditEntry.person_id) == manager.id)).one()
    assert (entry.action, entry.details) == ("import", {"kind": "deals", "rows": 5, "rejected": 3})


def test_new_people_of_a_manager_need_a_team_of_theirs(session: Session, manager: Person) -> None:
    builders.team(session, name="Foreign")
    how = mapping(create=True, external_id="id", agent="owner", status="status", agent_team="team")
    content = b"id,owner,status,team\n1,P1,open,\n2,P2,open,Foreign\n3,P3,open,Fresh\n4,P4,open,mine\n"
    report = run(session, content, how, manager)

    fresh = session.scalars(select(Team).where(col(Team.name) == "Fresh")).one()
    assert [error.line for error in report.errors] == [2, 3]
    assert session.scalars(select(col(TeamManager.person_id)).where(col(TeamManager.team_id) == fresh.id)).all() == [manager.id]
    assert run(session, content.replace(b"1,P1", b"9,P9"), how.model_copy(update={"team": "Mine"}), manager).rejected == 1


def test_a_manager_changes_no_foreign_people(session: Session, manager: Person) -> None:
    report = run(session, b"name,mail,id,team\nAnn,,7,Mine\nMia,,8,Mine\nZoe,,9,\n", PEOPLE, manager)

    assert [error.line for error in report.errors] == [2, 4]
    assert report.updated == 1


def test_agents_do_not_import(session: Session, ann: Person) -> None:
    with pytest.raises(AccessError):
        run(session, DEALS, who=ann)


def test_a_preview_stores_nothing(session: Session) -> None:
    before = _snapshot(session)
    report = imports.preview(session, None, imports.inspect(DEALS, "x.csv"), DEAL_MAPPING, secret="s", now=NOW)

    assert (report.batch_id, _counts(report)) == (None, (2, 0, 0, 0))
    assert _snapshot(session) == before
    assert session.scalar(select(func.count()).select_from(ImportBatch)) == 0


def _undo(session: Session, report: ImportReport, who: Person | None = None) -> imports.Undone:
    return imports.undo(session, _viewer(session, who) if who else None, report.batch_id or 0, NOW)


def test_undoing_brings_everything_back(session: Session) -> None:
    start = _snapshot(session)
    people = run(session, b"name,mail,id,team\nAnn B,,7,North\nBo,bo@example.com,8,North\n", PEOPLE)
    with_people = _snapshot(session)
    deals = run(session, DEALS.replace(b",Ann,", b",7,"))
    with_deals = _snapshot(session)
    newer = run(session, DEALS.replace(b",Ann,", b",8,").replace(b"open,50", b"won,75"))
    with_newer = _snapshot(session)
    work = run(session, b"id,who,type,at,took,deal\nA1,8,call,2026-03-01 20:00,,D2\n", ACTIVITIES)

    for report, expected in ((work, with_newer), (newer, with_deals), (deals, with_people), (people, start)):
        _undo(session, report)
        assert _snapshot(session) == expected
    assert rollups.drift(session.connection()) == []
    with pytest.raises(ConflictError, match="already"):
        _undo(session, people)


def test_undoing_is_refused_when_later_imports_touched_the_same(session: Session) -> None:
    first = run(session, DEALS)
    run(session, DEALS.replace(b"open,50", b"open,51"))

    with pytest.raises(ConflictError, match="Undo that one first"):
        _undo(session, first)


def test_undoing_is_refused_when_somebody_edited_or_used_the_records(session: Session, ann: Person) -> None:
    first = run(session, DEALS)
    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D1")).one()
    logged = builders.activity(session, ann, deal_id=deal.id)
    with pytest.raises(ConflictError, match="1 activities belong"):
        _undo(session, first)

    session.delete(logged)
    session.execute(text("UPDATE deal SET company = 'Edited' WHERE external_id = 'D1'"))
    with pytest.raises(ConflictError, match="changed or deleted since"):
        _undo(session, first)


def test_a_lead_moved_there_and_back_goes_with_its_history(session: Session, ann: Person) -> None:
    start = _snapshot(session)
    how = mapping(Kind.LEADS, external_id="id", name="n", agent="who", created_at="c")
    report = run(session, b"id,n,who,c\nL1,Grace,Ann,2026-01-02 10:00\n", how)
    lead = session.scalars(select(Lead)).one()
    assert session.scalars(select(Activity)).all() == []
    for status in (LeadStatus.CONTACTED, LeadStatus.NEW):
        leads.change(session, _viewer(session, ann), lead.id or 0, LeadWords(status=status), NOW)
    assert len(session.scalars(select(Activity)).all()) == 2

    _undo(session, report)

    assert _snapshot(session) == start


def test_what_jobs_worked_out_from_deals_goes_with_them(session: Session) -> None:
    start = _snapshot(session)
    report = run(session, DEALS)
    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D2")).one()
    session.add(DealSnapshot(day=NOW.date(), deal_id=deal.id or 0, status=deal.status))
    session.flush()

    _undo(session, report)

    assert _snapshot(session) == start
    assert session.scalar(select(func.count()).select_from(DealSnapshot)) == 0


def test_people_who_are_in_use_stay_with_their_team(session: Session) -> None:
    people = run(session, b"name,mail,id,team\nBo,,8,North\nCy,,9,South\n", PEOPLE)
    bo = session.scalars(select(Person).where(col(Person.external_id) == "8")).one()
    builders.activity(session, bo)

    undone = _undo(session, people)

    assert undone.kept == 2
    assert session.scalars(select(col(Team.name))).all() == ["North"]
    assert session.scalars(select(col(TeamMembership.person_id))).all() == [bo.id]


def test_only_ones_own_imports_can_be_undone(session: Session, manager: Person) -> None:
    theirs = run(session, DEALS)

    with pytest.raises(NotFoundError):
        _undo(session, theirs, manager)


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

    assert sorted(_counts(report) for report in reports) == [(0, 0, 500, 0), (500, 0, 0, 0)]
    with fresh_database.writer.begin() as connection:
        assert rollups.drift(connection) == []
