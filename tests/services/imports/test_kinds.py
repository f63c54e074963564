"""Each kind of record from a file: whose day it is, what it is tied to, what is kept and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Deal, Lead, Person, StageChange
from domain.records import LeadStatus
from services.imports import AmbiguousDatesError, Kind
from tests import builders
from tests.services.imports.files import ACTIVITIES, DEALS, NOW, PEOPLE, counts, mapping, run

pytestmark = pytest.mark.usefixtures("ann")


def test_days_are_the_agents_and_times_the_importers(session: Session) -> None:
    run(session, DEALS)
    content = b"id,who,type,at,took,deal\nA1,ann,call,2026-03-01 20:00,00:04:10,D2\nA2,7,email,2026-03-02,,\n"
    report = run(session, content, ACTIVITIES)

    found = {row.external_id: row for row in session.scalars(select(Activity))}
    deal = session.scalars(select(Deal).where(col(Deal.external_id) == "D2")).one()
    session.refresh(deal)
    assert counts(report) == (2, 0, 0, 0)
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

    assert counts(run(session, content, ACTIVITIES)) == (0, 0, 1, 0)


def test_leads_keep_the_steps_a_file_does_not_know(session: Session) -> None:
    how = mapping(Kind.LEADS, external_id="id", name="n", agent="who", created_at="c", contacted_at="k", phone="p")
    content = b"id,n,who,c,k,p\n1,NA,Ann,2026-01-02 10:00,,+0044\n2,Null,Ann,2026-01-02 10:00,2026-01-02 11:00,\n"
    run(session, content, how)
    session.execute(text("UPDATE lead SET status = 'contacted', contacted_at = now(), contacted_on = '2026-01-05' WHERE external_id = '1'"))

    assert counts(run(session, content, how)) == (0, 0, 2, 0)
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
    assert counts(report) == (2, 0, 0, 1)
    assert [tuple(move) for move in moves] == [(None, "New"), ("New", "Won")]
    assert counts(run(session, content, how)) == (0, 0, 2, 1)


def test_people_and_teams_come_from_a_file(session: Session) -> None:
    content = b"name,mail,id,team\nAnn,,7,North\nBo,Bo@Example.com,8,North\n,,9,South\n,,,\nCy,bo@example.com,,South\n"
    report = run(session, content, PEOPLE)

    people = {person.external_id: person for person in session.scalars(select(Person))}
    assert (report.inserted, report.updated, report.people_created, report.teams_created) == (2, 2, 2, 2)
    assert (people["8"].name, people["8"].email, people["9"].name) == ("Cy", "bo@example.com", "Agent 9")
    assert people["8"].time_zone == "America/New_York"
    again = run(session, b"name,mail,id,team\nAnn,,7,North\n,,9,South\n", PEOPLE)
    assert counts(again) == (0, 0, 2, 0)


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
