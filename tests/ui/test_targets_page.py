"""The Targets screen: what is asked of whom, and asking for something else; agents do not have it."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import KpiTarget
from domain.periods import Grain
from tests import builders
from tests.builders import BEGINNING
from tests.ui.visits import Open, visit


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        for team, target in ((north, 40), (south, 77)):
            session.add(KpiTarget(metric_key="calls", grain=Grain.WEEK, team_id=team.id, target=target, from_on=BEGINNING))
        nora = builders.person(session, on=north, name="Nora")
        return SimpleNamespace(north=north, nora=nora, mia=builders.manager(session, of=north, name="Mia"))

    return live_database.write(build)


def test_a_manager_reads_their_teams_targets_and_asks_for_another(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    at = visit(app, house.mia, "targets")
    shown = at.dataframe[0].value.to_dict("records")
    assert [(row["For"], row["Figure"], row["Target"], row["Per"]) for row in shown] == [("North", "Calls", "40", "a week")]
    assert list(at.selectbox(key="target-holder").options) == ["North (team)", "Nora"]
    key = f"target-{house.north.id}-None-calls-week"
    at.number_input(key=f"{key}-amount").set_value(45.0)
    at.button(key=f"{key}-ask").click().run()
    assert not at.exception
    for _ in range(2):  # the second run stands for the live one that word of the change brings
        (said,) = [each.value for each in at.success]
        assert "is asked for 45" in said
        at.run()
    with live_database.reading() as session:
        mine = session.scalars(select(KpiTarget).where(KpiTarget.team_id == house.north.id, KpiTarget.until_on.is_(None))).one()  # type: ignore[union-attr,arg-type]
    assert (mine.target, mine.created_by) == (Decimal(45), house.mia.id)


def test_agents_do_not_have_the_page(app: Open, house: SimpleNamespace) -> None:
    at = app(house.nora)
    at.run()
    with pytest.raises(ValueError, match="targets"):
        at.switch_page("../pages/targets.py")
