"""An import is taken back whole, or not at all."""

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data import rollups
from data.models import Activity, Deal, DealSnapshot, Lead, Person, StageChange, Team, TeamMembership
from domain.errors import ConflictError
from domain.pipeline.stages import Meaning
from domain.records import LeadStatus
from services import leads
from services.imports import Kind
from services.leads import LeadWords
from tests import builders
from tests.services.imports.files import ACTIVITIES, DEALS, NOW, PEOPLE, mapping, run, seen_by, snapshot, undo

pytestmark = pytest.mark.usefixtures("ann")


def test_a_deal_that_a_file_has_in_another_stage_has_moved_and_undoing_takes_the_move_back(session: Session, manager: Person) -> None:
    how = mapping(external_id="id", agent="owner", status="status", stage="stage", created_on="created")
    head = b"id,owner,status,stage,created\n"
    run(session, head + b"D1,Mia,open,CALL_BOOKED,2026-01-02\nD2,Mia,open,CALL_BOOKED,2026-01-02\n", how, manager)
    report = run(session, head + b"D1,Mia,open,CALL_CONDUCTED,2026-01-02\nD2,Mia,open,CALL_BOOKED,2026-01-02\n", how, manager)

    (move,) = session.scalars(select(StageChange))
    moved = session.scalars(select(Deal).where(col(Deal.external_id) == "D1")).one()
    assert (move.deal_id, move.from_stage, move.to_stage, move.changed_by) == (moved.id, "CALL_BOOKED", "CALL_CONDUCTED", manager.id)
    assert moved.stage_entered_at == move.changed_at
    undo(session, report, manager)
    session.refresh(moved)
    assert (moved.stage, list(session.scalars(select(StageChange)))) == ("CALL_BOOKED", [])


def test_an_import_can_be_taken_back_after_its_moves_were_given_a_meaning(session: Session) -> None:
    run(session, DEALS)
    how = mapping(Kind.STAGE_CHANGES, deal="deal", to_stage="stage", changed_at="at")
    report = run(session, b"deal,stage,at\nD1,Won,2026-02-03 10:00\n", how)
    session.execute(update(StageChange).values(meaning=Meaning.PROPOSAL))
    assert undo(session, report).deleted == 1


def test_undoing_brings_everything_back(session: Session) -> None:
    start = snapshot(session)
    people = run(session, b"name,mail,id,team\nAnn B,,7,North\nBo,bo@example.com,8,North\n", PEOPLE)
    with_people = snapshot(session)
    deals = run(session, DEALS.replace(b",Ann,", b",7,"))
    with_deals = snapshot(session)
    newer = run(session, DEALS.replace(b",Ann,", b",8,").replace(b"open,50", b"won,75"))
    with_newer = snapshot(session)
    work = run(session, b"id,who,type,at,took,deal\nA1,8,call,2026-03-01 20:00,,D2\n", ACTIVITIES)

    for report, expected in ((work, with_newer), (newer, with_deals), (deals, with_people), (people, start)):
        undo(session, report)
        assert snapshot(session) == expected
    assert rollups.drift(session.connection()) == []
    with pytest.raises(ConflictError, match="already"):
        undo(session, people)


def test_undoing_is_refused_when_later_imports_touched_the_same(session: Session) -> None:
    first = run(session, DEALS)
    run(session, DEALS.replace(b"open,50", b"open,51"))

    with pytest.raises(ConflictError, match="Undo that one first"):
        undo(session, first)


def test_undoing_is_refused_when_somebody_edited_or_used_the_records(session: Session, ann: Person) -> None:
    first = run(session, DEALS)
    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D1")).one()
    logged = builders.activity(session, ann, deal_id=deal.id)
    with pytest.raises(ConflictError, match="1 activities belong"):
        undo(session, first)

    session.delete(logged)
    session.execute(text("UPDATE deal SET company = 'Edited' WHERE external_id = 'D1'"))
    with pytest.raises(ConflictError, match="changed or deleted since"):
        undo(session, first)


def test_a_lead_moved_there_and_back_goes_with_its_history(session: Session, ann: Person) -> None:
    start = snapshot(session)
    how = mapping(Kind.LEADS, external_id="id", name="n", agent="who", created_at="c")
    report = run(session, b"id,n,who,c\nL1,Grace,Ann,2026-01-02 10:00\n", how)
    lead = session.scalars(select(Lead)).one()
    assert session.scalars(select(Activity)).all() == []
    for status in (LeadStatus.CONTACTED, LeadStatus.NEW):
        leads.change(session, seen_by(session, ann), lead.id or 0, LeadWords(status=status), NOW)
    assert len(session.scalars(select(Activity)).all()) == 2

    undo(session, report)

    assert snapshot(session) == start


def test_what_jobs_worked_out_from_deals_goes_with_them(session: Session) -> None:
    start = snapshot(session)
    report = run(session, DEALS)
    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D2")).one()
    session.add(DealSnapshot(day=NOW.date(), deal_id=deal.id or 0, status=deal.status))
    session.flush()

    undo(session, report)

    assert snapshot(session) == start
    assert session.scalar(select(func.count()).select_from(DealSnapshot)) == 0


def test_people_who_are_in_use_stay_with_their_team(session: Session) -> None:
    people = run(session, b"name,mail,id,team\nBo,,8,North\nCy,,9,South\n", PEOPLE)
    bo = session.scalars(select(Person).where(col(Person.external_id) == "8")).one()
    builders.activity(session, bo)

    undone = undo(session, people)

    assert undone.kept == 2
    assert session.scalars(select(col(Team.name))).all() == ["North"]
    assert session.scalars(select(col(TeamMembership.person_id))).all() == [bo.id]
