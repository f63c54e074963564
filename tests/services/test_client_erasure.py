"""Erasing a client: nothing says who it was, no sum changes, only who looks after them may, and no file brings them back."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from data import rollups
from data.models import AuditEntry, ImportRowError, Lead, MustDo, Person, Recording
from data.models.daily_metrics import daily_metrics
from data.personal.clients import DELETED, MENTIONS, WITHOUT_WORDS
from domain.access import Selection
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.periods import Grain, containing
from domain.records import ActivityType, Role
from services import access, client_erasure, erasure, imports
from services.access import Viewer
from services.imports import FieldMapping, ImportReport, Kind, Mapping
from services.leads import LeadWords
from services.summaries import summary
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.fakes.full_person import names_in

SECRET = "a secret of the tests"
NAME, EMAIL, PHONE = "Gráinne O'Quill-Bexley", "grainne@example.com", "+353 1 555 01 99"
MARCH = Selection(period=containing(TUESDAY, Grain.MONTH))
REASON = "This client asked to be forgotten on 10 Mar 2026."
LEADS_FILE = "id,name,email,phone,who,made\n"


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    """Nora of North with a client everything is known about, her manager, another one, and an admin."""
    builders.organisation(session)
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    nora = builders.person(session, on=north, name="Nora")
    lead = builders.lead(
        session, nora, name=NAME, company="Quill Ltd", email=EMAIL, phone=PHONE, origin="crm", external_id="L1", source="Web form"
    )
    deal = builders.deal(
        session,
        nora,
        lead_id=lead.id,
        name=f"{NAME} – house",
        company="Quill Ltd",
        status="won",
        closed_on=TUESDAY,
        amount_minor=70_000,
        origin="crm",
        external_id="D1",
    )
    call = builders.activity(session, nora, lead_id=lead.id, subject=NAME, notes="Her mother is ill.", origin="crm", external_id="A1")
    return SimpleNamespace(
        nora=nora,
        lead=lead,
        deal=deal,
        call=call,
        manager=viewer_of(session, builders.manager(session, of=north)),
        stranger=viewer_of(session, builders.manager(session, of=south)),
        admin=viewer_of(session, builders.person(session, role=Role.ADMIN, password_hash="x")),
    )


def viewer_of(session: Session, person: Person) -> Viewer:
    return access.viewer(session, person.id or 0)


def erase(session: Session, who: Viewer, lead: Lead, typed: str = NAME) -> Lead:
    return client_erasure.erase_client(session, who, lead.id or 0, typed, secret=SECRET, now=NOON)


def import_rows(session: Session, kind: Kind, content: str, *, create: bool = False, **columns: str) -> ImportReport:
    fields = {name: FieldMapping(column=column) for name, column in columns.items()}
    how = Mapping(kind=kind, origin="crm", fields=fields, create_people=create)
    return imports.run(session, None, imports.inspect(content.encode(), "file.csv"), how, secret=SECRET, now=NOON)


def import_leads(session: Session, *rows: str) -> ImportReport:
    columns = {"external_id": "id", "name": "name", "email": "email", "phone": "phone", "agent": "who", "created_at": "made"}
    return import_rows(session, Kind.LEADS, LEADS_FILE + "\n".join(rows) + "\n", **columns)


def refusals(report: ImportReport) -> list[str]:
    return [each.reason for each in report.errors]


def test_nothing_says_who_the_client_was(session: Session, house: SimpleNamespace) -> None:
    builders.event(session, house.nora, lead_id=house.lead.id, title=f"Viewing with {NAME}", notes="Ring twice")
    builders.must_do(session, house.nora, deal_id=house.deal.id, title=f"Call {NAME}", reason="She waits")
    builders.vision_card(session, house.nora, lead_id=house.lead.id, title=NAME, note="Flowers")
    builders.activity(session, house.nora, notes=f"Not hers, but {NAME.upper()} ({EMAIL}, {PHONE}) was there.")
    builders.recording(session, house.nora, activity_id=house.call.id)

    left = erase(session, house.manager, house.lead, f" {EMAIL.upper()} ")

    nameless = f"Former client {house.lead.id}"
    assert (left.name, left.company, left.email, left.phone, left.external_id, left.wants_no_contact) == (nameless, "", "", "", None, True)
    assert names_in(session, NAME, EMAIL, PHONE) == set()
    session.refresh(house.call)
    assert (house.call.subject, house.call.notes, house.call.external_id) == ("", "", None)
    assert (house.deal.name, house.deal.company, house.deal.external_id) == (nameless, "", None)
    assert session.scalars(select(Recording)).all() == []
    assert session.scalars(select(MustDo)).one().reason == ""


def test_every_sum_is_what_it_was(session: Session, house: SimpleNamespace) -> None:
    before = (summary(session, house.admin, MARCH, TUESDAY, "monthly"), session.execute(select(daily_metrics)).all())
    erase(session, house.admin, house.lead)
    assert (summary(session, house.admin, MARCH, TUESDAY, "monthly"), session.execute(select(daily_metrics)).all()) == before
    assert rollups.drift(session.connection()) == []
    session.refresh(house.deal)
    assert (house.deal.amount_minor, house.deal.closed_on, house.lead.source) == (70_000, TUESDAY, "Web form")


def test_every_table_that_points_at_a_client_is_told() -> None:
    pointing = {
        table.name for table in SQLModel.metadata.tables.values() for key in table.foreign_keys if key.column.table.name in {"lead", "deal"}
    }
    assert pointing - {each.table for each in MENTIONS} - WITHOUT_WORDS - DELETED == set()


def test_what_the_product_wrote_about_its_moves_stays(session: Session, house: SimpleNamespace) -> None:
    moved = builders.activity(
        session, house.nora, lead_id=house.lead.id, type=ActivityType.STAGE_CHANGE, subject="Moved on: new → contacted", outcome=None
    )
    erase(session, house.admin, house.lead)
    session.refresh(moved)
    assert moved.subject == "Moved on: new → contacted"


@pytest.mark.parametrize("namesake", ["client", "company of a client", "colleague"])
def test_a_namesake_keeps_the_name(session: Session, house: SimpleNamespace, namesake: str) -> None:
    note = builders.activity(session, house.nora, notes=f"Spoke to {NAME}")
    if namesake == "colleague":
        builders.person(session, name=NAME)
    else:
        builders.lead(session, house.nora, **{"name" if namesake == "client" else "company": f"{NAME} Junior"})
    erase(session, house.admin, house.lead)
    session.refresh(note)
    assert note.notes == f"Spoke to {NAME}"


def test_a_word_that_sorts_records_stays(session: Session, house: SimpleNamespace) -> None:
    austin = builders.lead(session, house.nora, name="Austin")
    other = builders.lead(session, house.nora, name="Ben", source="Austin")
    note = builders.activity(session, house.nora, notes="Austin rang about Austin's house.", category="Austin")
    erase(session, house.admin, austin, "austin")
    session.refresh(note)
    session.refresh(other)
    assert (other.source, note.category) == ("Austin", "Austin")
    assert note.notes == f"Former client {austin.id} rang about Former client {austin.id}'s house."


def test_only_who_looks_after_the_client_erases(session: Session, house: SimpleNamespace) -> None:
    with pytest.raises(AccessError):
        erase(session, viewer_of(session, house.nora), house.lead)
    with pytest.raises(NotFoundError):
        erase(session, house.stranger, house.lead)
    nobodys = builders.lead(session, None, name="Nobody's")
    with pytest.raises(NotFoundError):
        erase(session, house.manager, nobodys, "Nobody's")
    assert (house.lead.name, nobodys.name) == (NAME, "Nobody's")


@pytest.mark.parametrize("typed", ["", "Gráinne", "Quill Ltd"])
def test_nothing_happens_until_the_name_or_e_mail_is_typed(session: Session, house: SimpleNamespace, typed: str) -> None:
    with pytest.raises(InputError, match="neither the name nor the e-mail"):
        erase(session, house.admin, house.lead, typed)
    assert house.lead.name == NAME


def test_it_is_done_once_and_the_audit_log_tells_it_by_numbers(session: Session, house: SimpleNamespace) -> None:
    nameless = erase(session, house.manager, house.lead).name
    with pytest.raises(ConflictError, match="erased already"):
        erase(session, house.manager, house.lead, nameless)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.person_id, entry.action, entry.subject, set(entry.details)) == (
        house.manager.person_id,
        "client_erased",
        f"lead:{house.lead.id}",
        {"records"},
    )


def test_what_is_remembered_says_nothing_without_the_secret(session: Session, house: SimpleNamespace) -> None:
    erase(session, house.admin, house.lead)
    kept = session.execute(text("SELECT digest FROM forgotten")).scalars().all()
    assert len(kept) == 7
    assert all(len(each) == 64 for each in kept)
    with pytest.raises(ConflictError, match="10 Mar 2026"):
        client_erasure.refuse_forgotten_lead(session, SECRET, LeadWords(columns={"email": EMAIL}))
    client_erasure.refuse_forgotten_lead(session, "another secret", LeadWords(columns={"email": EMAIL}))


def test_a_later_import_refuses_the_client_row_by_row(session: Session, house: SimpleNamespace) -> None:
    erase(session, house.admin, house.lead)
    report = import_leads(
        session,
        f"L1,{NAME},,,Nora,2026-03-01",
        f"L2,{NAME},{EMAIL.upper()},,Nora,2026-03-01",
        f"L3,{NAME},,01 555 0199,Nora,2026-03-01",
        "L4,Ada,ada@example.com,5550199,Nora,2026-03-01",
    )
    assert (report.inserted, refusals(report)) == (1, [REASON] * 3)
    assert names_in(session, NAME, EMAIL) == set()
    assert [each.value for each in session.scalars(select(ImportRowError))] == [""] * 3


def test_deals_and_activities_of_the_client_are_refused_with_the_same_reason(session: Session, house: SimpleNamespace) -> None:
    erase(session, house.admin, house.lead)
    deals = import_rows(
        session,
        Kind.DEALS,
        f"id,name,who,status,closed\nD1,{NAME},Nora,won,2026-03-10\nD2,Other,Nora,won,2026-03-10\n",
        external_id="id",
        name="name",
        agent="who",
        status="status",
        closed_on="closed",
    )
    activities = import_rows(
        session,
        Kind.ACTIVITIES,
        f"id,type,who,at,notes,lead\nA1,call,Nora,2026-03-10 09:00,{NAME},\nA2,call,Nora,2026-03-10 09:00,{NAME},L1\n",
        external_id="id",
        type="type",
        agent="who",
        occurred_at="at",
        notes="notes",
        lead="lead",
    )
    assert (deals.inserted, refusals(deals)) == (1, [REASON])
    assert (activities.inserted, refusals(activities)) == (0, [REASON] * 2)
    assert names_in(session, NAME) == set()


def test_an_address_somebody_else_has_as_well_is_not_remembered(session: Session, house: SimpleNamespace) -> None:
    sister = builders.lead(session, house.nora, name="Orla", email=EMAIL.upper(), phone="01 / 555 0199")
    erase(session, house.admin, house.lead)
    report = import_leads(session, f"L7,Orla,{EMAIL},{PHONE},Nora,2026-03-01")
    assert (report.inserted, refusals(report)) == (1, [])
    session.refresh(sister)
    assert (sister.email, sister.phone) == (EMAIL.upper(), "01 / 555 0199")


def test_the_copies_an_earlier_import_kept_lose_the_client_too(session: Session, house: SimpleNamespace) -> None:
    import_leads(session, f"L1,{NAME},new@example.com,,Nora,2026-03-01")
    session.refresh(house.lead)
    assert names_in(session, EMAIL) == {("import_change", "before")}
    erase(session, house.admin, house.lead)
    assert names_in(session, EMAIL) == set()


def test_an_import_before_of_others_can_still_be_undone(session: Session, house: SimpleNamespace) -> None:
    report = import_leads(session, "L8,Ada,ada@example.com,,Nora,2026-03-01")
    erase(session, house.admin, house.lead)
    assert imports.undo(session, None, report.batch_id or 0, NOON + timedelta(hours=1)).deleted == 1


@pytest.mark.parametrize("how", ["name", "email", "id"])
def test_an_erased_person_is_not_made_again_by_a_file(session: Session, house: SimpleNamespace, how: str) -> None:
    zoe = builders.person(session, name="Zoë Quill", email="zoe@example.com", external_id="77")
    erasure.erase_person(session, house.admin, zoe.id or 0, "Zoë Quill", secret=SECRET, now=NOON)
    named = {"name": "zoë  quill", "email": "Zoe@Example.com", "id": "77"}[how]
    facts = import_rows(
        session,
        Kind.ACTIVITIES,
        f"id,type,who,at\nX1,call,{named},2026-03-10 09:00\n",
        create=True,
        external_id="id",
        type="type",
        agent="who",
        occurred_at="at",
    )
    column = {"name": "name", "email": "email", "id": "external_id"}[how]
    people = import_rows(session, Kind.PEOPLE, f"{how},team\n{named},Brand New\n", **{column: how, "team": "team"})
    why = "This person was erased on 10 Mar 2026. If they are back, invite them on People."
    assert (refusals(facts), refusals(people)) == ([why], [why])
    assert (people.people_created, people.teams_created) == (0, 0)
    assert [each.value for each in session.scalars(select(ImportRowError))] == ["", ""]
    assert names_in(session, "Zoë Quill", "zoe@example.com") == set()
