"""Sources of leads and revenue as those who may see them do."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Person, TeamMembership
from data.queries import daily
from domain.access import Selection
from domain.metrics.sources import SourceRow
from domain.periods import Grain, containing
from domain.records import DealStatus, Role
from services.access import viewer
from services.lead_sources import lead_sources
from tests import builders
from tests.builders import TUESDAY

MARCH = containing(TUESDAY, Grain.MONTH)
FEBRUARY = date(2026, 2, 20)


def leads(session: Session, agent: Person | None, source: str, *, number: int, converted: int = 0, on: date = TUESDAY) -> None:
    for n in range(number):
        builders.lead(session, agent, on=on, source=source, converted_on=on + timedelta(days=40) if n < converted else None)


def sale(session: Session, agent: Person, amount: int | None, **fields: object) -> None:
    builders.deal(session, agent, **{"status": DealStatus.WON, "closed_on": TUESDAY, "amount_minor": amount} | fields)


def seen(session: Session, by: Person, **narrowed: frozenset[int] | frozenset[str]) -> tuple[SourceRow, ...]:
    return lead_sources(session, viewer(session, by.id), Selection(period=MARCH, **narrowed))  # type: ignore[arg-type]


def test_the_seeds_sources_come_out_as_the_seed_has_them(session: Session) -> None:
    agent = builders.person(session)
    leads(session, agent, "Referrals", number=18, converted=14)
    leads(session, agent, "Web Forms", number=15, converted=8)
    sale(session, agent, 540_000, source="Referrals")
    sale(session, agent, 320_000, source="Web Forms")

    found = seen(session, agent)

    rows = [(row.source, row.leads, round(100 * (row.conversion.value or 0)), row.revenue_minor) for row in found]
    assert rows == [("Referrals", 18, 78, 540_000), ("Web Forms", 15, 53, 320_000)]


def test_a_sale_belongs_to_the_source_of_its_lead_then_to_its_own_then_to_none(session: Session) -> None:
    agent = builders.person(session)
    known, unknown = (builders.lead(session, agent, on=FEBRUARY, source=source) for source in ("Fair", ""))
    sale(session, agent, 1, lead_id=known.id, source="Web form")
    sale(session, agent, 20, lead_id=unknown.id, source="Web form")
    sale(session, agent, 300, source="Web form")
    sale(session, agent, 4000, lead_id=unknown.id)
    sale(session, agent, None)

    rows = {row.source: (row.sales, row.revenue_minor) for row in seen(session, agent)}

    assert rows == {"Fair": (1, 1), "Web form": (2, 320), "": (1, 4000), None: (1, 0)}


def test_the_column_adds_up_to_the_revenue_everywhere_else(session: Session) -> None:
    agent = builders.person(session)
    lead = builders.lead(session, agent, source="Fair")
    for number in range(5):
        sale(session, agent, 1000 + number, lead_id=lead.id if number % 2 else None, category="A" if number < 2 else "B")
    builders.deal(session, agent, status=DealStatus.LOST, closed_on=TUESDAY, amount_minor=5)
    builders.deal(session, agent, amount_minor=7)
    builders.deal(session, None, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=11)
    builders.lead(session, None, source="Fair")
    admin = builders.person(session, role=Role.ADMIN, password_hash="x")

    for narrowed in ({}, {"categories": frozenset({"B"})}):
        selection = Selection(period=MARCH, **narrowed)
        sums = daily.totals(session, viewer(session, admin.id).scope, selection)
        rows = lead_sources(session, viewer(session, admin.id), selection)
        added = [sum(getattr(row, name) for row in rows) for name in ("revenue_minor", "sales", "leads")]
        assert added == [sums.revenue_minor, sums.deals_won, sums.leads_assigned]


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    """Nora, who moved from North to South on TUESDAY, and Sven of South; a lead and a sale of each before and after."""
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north), builders.person(session, on=south)
    session.scalars(select(TeamMembership).where(TeamMembership.person_id == nora.id)).one().until_on = TUESDAY
    session.add(TeamMembership(person_id=nora.id, team_id=south.id, from_on=TUESDAY))
    for agent, name in ((nora, "Nora"), (sven, "Sven")):
        for on, when in ((TUESDAY - timedelta(days=1), "before"), (TUESDAY, "after")):
            leads(session, agent, f"{name} {when}", number=1, on=on)
            sale(session, agent, 100, source=f"{name} {when}", closed_on=on)
    return SimpleNamespace(
        nora=nora,
        sven=sven,
        south=south,
        north_manager=builders.manager(session, of=north),
        south_manager=builders.manager(session, of=south),
        admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
    )


@pytest.mark.parametrize(
    ("who", "sources"),
    [
        ("nora", ["Nora after", "Nora before"]),
        ("sven", ["Sven after", "Sven before"]),
        ("north_manager", ["Nora before"]),
        ("south_manager", ["Nora after", "Sven after", "Sven before"]),
        ("admin", ["Nora after", "Nora before", "Sven after", "Sven before"]),
    ],
)
def test_nobody_sees_a_source_of_somebody_they_do_not_look_after(
    session: Session, house: SimpleNamespace, who: str, sources: list[str]
) -> None:
    found = seen(session, getattr(house, who))
    assert [(row.source, row.leads, row.sales) for row in found] == [(source, 1, 1) for source in sources]


def test_asking_for_somebody_elses_sources_gives_none(session: Session, house: SimpleNamespace) -> None:
    assert seen(session, house.nora, agent_ids=frozenset({house.sven.id})) == ()
    assert seen(session, house.north_manager, agent_ids=frozenset({house.sven.id})) == ()
    assert [row.source for row in seen(session, house.admin, team_ids=frozenset({house.south.id}))] == [
        "Nora after",
        "Sven after",
        "Sven before",
    ]
