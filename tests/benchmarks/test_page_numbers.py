"""What the benchmarks compare are the same numbers, for every role."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks import raw, rolled_up
from benchmarks.generated import TODAY
from benchmarks.timing import interleaved
from data.demo.volume import Volume, write
from data.models import Person
from domain.periods import Period
from domain.records import Role
from services import access

AMOUNT = Volume(agents=22, days=35, activities_per_day=3, leads_per_day=1)


@pytest.mark.parametrize("role", list(Role))
def test_the_roll_up_and_the_raw_facts_give_equal_pages(session: Session, role: Role) -> None:
    cursor: Any = session.connection().connection.cursor()
    write(cursor, today=TODAY, volume=AMOUNT, progress=lambda *_: None)
    person = session.scalars(select(col(Person.id)).where(col(Person.role) == role).order_by(col(Person.id)).limit(1)).one()
    scope = access.viewer(session, person or 0).scope
    period = Period(TODAY - timedelta(days=9), TODAY + timedelta(days=1))
    page = rolled_up.page_data(session, scope, period, TODAY)
    assert page == raw.page_data(session, scope, period, TODAY)
    assert len(page.now) == {Role.AGENT: 1, Role.MANAGER: 20, Role.ADMIN: 22}[role]
    assert sum(counters.activities for counters in page.by_day.values()) == len(page.now) * 10 * AMOUNT.activities_per_day


def test_interleaved_runs_take_turns() -> None:
    order: list[str] = []
    interleaved([lambda: order.append("a"), lambda: order.append("b")], rounds=2, repeats=[2, 1])
    assert order == ["a", "a", "b", "a", "a", "b"]
