"""The check for deals without activity: who is told of which, how often, and what to do."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Notification, Urgency
from domain.language import Language
from domain.records import Role
from services import stale_deals
from services.access import viewer
from tests import builders
from tests.builders import NOON, TUESDAY

DAY = timedelta(days=1)


def test_each_agent_is_told_of_their_own_stale_deals_once_a_day(session: Session) -> None:
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north), builders.person(session, on=south, language=Language.RUSSIAN)
    mia = viewer(session, builders.manager(session, of=north).id)
    for name, ago in (("Roof", 12), ("Wall", 5), ("Door", 4)):
        builders.deal(session, nora, name=name, created_on=TUESDAY - 30 * DAY, last_activity_at=NOON - ago * DAY)
    builders.deal(session, sven, name="Other", created_on=TUESDAY - 30 * DAY, last_activity_at=NOON - 12 * DAY)

    found = stale_deals.check(session, mia, 5, NOON)
    assert ([each.listed.name for each in found.deals], found.in_all, found.told) == (["Roof", "Wall"], 2, 2)
    stale_deals.check(session, mia, 5, NOON + timedelta(hours=3))

    told = session.scalars(select(Notification).where(col(Notification.person_id) == nora.id)).one()
    assert (told.title, told.link, told.urgency) == ("🚨 Quiet for 5 days or more: 2", "/deals?quiet=5", Urgency.URGENT)
    assert told.body.startswith("🟡 Roof\n   30 days old · quiet for 12 days\n")
    assert "🔥 Call the client\n   How: " in told.body

    stale_deals.check(session, viewer(session, sven.id), 5, NOON)
    russian = session.scalars(select(Notification).where(col(Notification.person_id) == sven.id)).one()
    assert russian.title == "🚨 Без активности 5 дн. и дольше: 1"
    assert russian.body.startswith("🟡 Other\n   30 дн. в работе · 12 дн. без активности\n")
    assert not any(word in russian.body for word in ("quiet", "Call", "How"))


def test_managers_hear_once_a_day_of_their_teams_with_what_to_do_and_not_when_an_agent_asks(session: Session) -> None:
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
    mia = builders.manager(session, of=north)
    max_ = builders.manager(session, of=south, language=Language.RUSSIAN)
    ann = builders.person(session, role=Role.ADMIN)
    for agent, name in ((nora, "Roof"), *((sven, f"Other {number}") for number in range(6))):
        builders.deal(session, agent, name=name, created_on=TUESDAY - 30 * DAY, last_activity_at=NOON - 12 * DAY)

    stale_deals.check(session, viewer(session, nora.id), 3, NOON)
    assert [row.person_id for row in session.scalars(select(Notification))] == [nora.id]
    for days in (3, 5):
        stale_deals.check(session, viewer(session, ann.id), days, NOON)

    english = session.scalars(select(Notification).where(col(Notification.person_id) == mia.id)).one()
    assert (english.title, english.urgency, english.link) == ("🚨 Quiet for 3 days or more: 1", Urgency.URGENT, "/deals?quiet=3")
    assert english.body.startswith("🟡 Roof\n   30 days old · quiet for 12 days · Nora\n")
    assert "🔥 Call the client\n   How: " in english.body
    russian = session.scalars(select(Notification).where(col(Notification.person_id) == max_.id)).one()
    assert russian.title == "🚨 Без активности 3 дн. и дольше: 6"
    assert "Roof" not in russian.body
    assert russian.body.endswith("и ещё 1")
