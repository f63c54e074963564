"""What the work of a period was made of."""

from sqlalchemy.orm import Session

from domain.access import Selection
from domain.periods import Grain, containing
from domain.records import ActivityType, Outcome
from services.access import viewer
from services.activity_mix import activity_mix
from tests import builders
from tests.builders import TUESDAY

MARCH = Selection(period=containing(TUESDAY, Grain.MONTH))


def test_types_are_listed_most_frequent_first_and_only_what_was_done(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    for kind in (ActivityType.EMAIL, ActivityType.CALL, ActivityType.CALL, ActivityType.NOTE):
        builders.activity(session, agent, type=kind)
    builders.activity(session, agent, type=ActivityType.MEETING, outcome=Outcome.NO_SHOW)
    builders.activity(session, other, type=ActivityType.TASK)
    mix = activity_mix(session, viewer(session, agent.id or 0), MARCH)
    assert [(metric.key, count) for metric, count in mix] == [("calls", 2), ("emails", 1)]
