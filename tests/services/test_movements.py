"""What moved in somebody's work: months read once, seen only as far as the viewer may."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Person, Team
from domain.access import Selection
from domain.coaching.patterns.pattern import Tier
from domain.periods import Grain, add_months, containing
from domain.records import DealStatus, Role
from services.access import viewer
from services.movements import Moved, what_moved
from tests import builders

TODAY = date(2026, 3, 31)
MONTH = containing(TODAY, Grain.MONTH)
MONTHS = [containing(add_months(MONTH.start, -back), Grain.MONTH) for back in range(8, 0, -1)]


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session, country=builders.NO_HOLIDAYS)
    made: Team = builders.team(session)
    return made


@pytest.fixture
def ada(session: Session, team: Team) -> Person:
    """Ten calls a month, then thirty; one sale in January, three in February."""
    agent: Person = builders.person(session, on=team, name="Ada", working_days=[1, 2, 3, 4, 5, 6, 7])
    for place, month in enumerate(MONTHS):
        at = datetime(month.start.year, month.start.month, 1, 12, tzinfo=UTC)
        for number in range(10 if place < 4 else 30):
            builders.activity(session, agent, at=at + timedelta(days=number % 28))
    for day in (date(2026, 1, 10), date(2026, 2, 10), date(2026, 2, 11), date(2026, 2, 12)):
        builders.deal(session, agent, status=DealStatus.WON, closed_on=day, amount_minor=100_000)
    return agent


def moved(session: Session, who: Person, agent: Person, month: date = date(2026, 2, 1)) -> Moved:
    selection = Selection(period=containing(month, Grain.MONTH), agent_ids=frozenset({agent.id or 0}))
    return what_moved(session, viewer(session, who.id or 0), selection, TODAY)


def test_the_months_calls_are_a_step_and_the_sales_come_with_it(session: Session, ada: Person) -> None:
    found = moved(session, ada, ada)
    first = found.trends[0]
    assert (first.metric.key, first.tier, first.months) == ("calls", Tier.CLEAR, 8)
    assert first.line is not None
    assert first.line.since == MONTHS[4].start
    assert found.change is not None
    assert (found.change.parts.key, found.change.parts.before, found.change.parts.now) == ("revenue", 100_000, pytest.approx(300_000))
    assert [part.key for part in found.change.parts.parts] == ["workdays", "calls", "deals_won", "revenue"]


def test_a_month_that_runs_is_compared_with_the_same_days_of_the_one_before(session: Session, ada: Person) -> None:
    builders.activity(session, ada, at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    builders.deal(session, ada, status=DealStatus.WON, closed_on=date(2026, 3, 5), amount_minor=100_000)
    seen = Selection(period=MONTH, agent_ids=frozenset({ada.id or 0}))
    change = what_moved(session, viewer(session, ada.id or 0), seen, date(2026, 3, 11)).change
    assert change is not None
    assert (change.now.last_day, change.before.last_day, change.parts.before) == (date(2026, 3, 11), date(2026, 2, 11), 200_000)


def test_a_month_without_a_sale_gives_way_to_three_months(session: Session, ada: Person) -> None:
    builders.deal(session, ada, status=DealStatus.WON, closed_on=date(2025, 10, 10), amount_minor=100_000)
    change = moved(session, ada, ada, date(2026, 1, 1)).change
    assert change is not None
    assert (change.before.start, change.now.start, change.now.last_day) == (date(2025, 8, 1), date(2025, 11, 1), date(2026, 1, 31))


def test_nobody_is_told_of_days_they_may_not_see(session: Session, team: Team, ada: Person) -> None:
    strangers = [builders.person(session, on=team), builders.manager(session, of=builders.team(session))]
    for stranger in strangers:
        found = moved(session, stranger, ada)
        assert (found.change, {each.facts for each in found.trends}) == (None, {0})
    for one in (builders.manager(session, of=team), builders.person(session, role=Role.ADMIN)):
        assert moved(session, one, ada).change == moved(session, ada, ada).change


def test_somebody_without_records_hears_that_it_is_too_early(session: Session, team: Team) -> None:
    newcomer = builders.person(session, on=team)
    found = moved(session, newcomer, newcomer)
    assert (found.change, {each.tier for each in found.trends}) == (None, {Tier.TOO_EARLY})
