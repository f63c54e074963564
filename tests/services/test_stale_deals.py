"""The check for deals without activity: who is told of which, how often, and what to do."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Notification
from services import stale_deals
from services.access import viewer
from tests import builders
from tests.builders import NOON, TUESDAY

DAY = timedelta(days=1)


def test_each_agent_is_told_of_their_own_stale_deals_once_a_day(session: Session) -> None:
    builders.organisation(session)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north), builders.person(session, on=south)
    mia = viewer(session, builders.manager(session, of=north).id)
    for name, ago in (("Roof", 12), ("Wall", 5), ("Door", 4)):
        builders.deal(session, nora, name=name, created_on=TUESDAY - 30 * DAY, last_activity_at=NOON - ago * DAY)
    builders.deal(session, sven, name="Other", created_on=TUESDAY - 30 * DAY, last_activity_at=NOON - 12 * DAY)

    found = stale_deals.check(session, mia, 5, NOON)
    assert ([each.listed.name for each in found.deals], found.in_all, found.told) == (["Roof", "Wall"], 2, 1)
    stale_deals.check(session, mia, 5, NOON + timedelta(hours=3))

    (told,) = session.scalars(select(Notification)).all()
    assert (told.person_id, told.title, told.link) == (nora.id, "2 deals have been quiet for 5 days or more", "/deals?quiet=5")
    assert told.body.splitlines()[0] == (
        "🟡 Roof: quiet for 12 days. Call with something of use to them and agree on the next step, or close the deal."
    )
