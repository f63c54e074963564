"""Chances on the Deals screens: told with reasons where they proved good, else why not and how the stage does, and to nobody else."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person
from domain.records import ActivityType
from services import win_learning
from tests import builders
from tests.builders import NO_HOLIDAYS
from tests.services import win_world
from tests.ui.visits import Open, visit

DAY = timedelta(days=1)


def house(session: Session, *, effect: float, deals: int = 600) -> SimpleNamespace:
    """Sven's year of deals, what it taught, and two open deals of Nora's: one she works on, one she leaves alone."""
    builders.organisation(session, country=NO_HOLIDAYS)
    north, south = builders.team(session), builders.team(session)
    nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
    now = clock.now()
    win_world.write(session, sven, now.date(), effect=effect, deals=deals)
    win_learning.learn(session, now.date() - DAY, now)
    worked, quiet = (_deal(session, nora, name, now) for name in ("Worked on", "Left alone"))
    for ago in range(0, 18, 3):
        _call(session, nora, worked, now, ago)
    _call(session, nora, quiet, now, 18)
    return SimpleNamespace(nora=nora, sven=sven, mia=builders.manager(session, of=north), worked=worked, quiet=quiet)


def _deal(session: Session, agent: Person, name: str, now: datetime) -> int:
    entered = {"stage": "Offer", "stage_entered_at": now - 12 * DAY, "created_on": now.date() - 18 * DAY}
    return builders.deal(session, agent, name=name, pipeline=win_world.PIPELINE, amount_minor=100_000, **entered).id or 0


def _call(session: Session, agent: Person, deal_id: int, now: datetime, ago: int) -> None:
    at = now - ago * DAY
    builders.activity(session, agent, at=at, type=ActivityType.CALL, deal_id=deal_id)


def texts(at: Any) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info))


@pytest.fixture
def telling(live_database: Database) -> SimpleNamespace:
    return live_database.write(lambda session: house(session, effect=1.0))


def test_a_chance_stands_in_the_list_on_the_deals_page_and_in_the_card_of_the_model(app: Open, telling: SimpleNamespace) -> None:
    at = visit(app, telling.nora, "deals")
    rows = {row["name"]: row["chance"] for row in at.dataframe[0].value.to_dict("records")}
    assert rows["Worked on"] > rows["Left alone"] + 30
    (card,) = [each for each in at.expander if each.label == "How good are these chances?"]
    said = "\n".join(element.value for element in (*card.markdown, *card.caption))
    assert "On] It foresaw weeks it had not seen better" in said
    assert "Log-loss: the mean surprise" in said
    figures, table = (each.value.to_dict("records") for each in card.dataframe)
    assert [row["Foreseen by"] for row in figures] == ["This model", "Stage and age alone"]
    assert figures[0]["Log-loss"] < figures[1]["Log-loss"]
    assert len(table) == 10

    at = visit(app, telling.nora, "deals", order="likely")
    assert [row["name"] for row in at.dataframe[0].value.to_dict("records")] == ["Worked on", "Left alone"]
    assert "the likeliest first" in texts(at)

    at = visit(app, telling.nora, "deals", deal=str(telling.quiet))
    said = texts(at)
    assert "Low]" in said
    assert "to be won within 30 days." in said
    assert "It was last worked on 18 days ago" in said
    assert "of the deals open on a day were won within 30 days" in said

    assert "There is no such deal" in texts(visit(app, telling.sven, "deals", deal=str(telling.quiet)))
    assert "How likely" in [header.value for header in visit(app, telling.mia, "deals", deal=str(telling.worked)).header]


def test_where_nothing_foresees_anything_the_stage_speaks_and_says_why(app: Open, live_database: Database) -> None:
    found = live_database.write(lambda session: house(session, effect=0.0))
    at = visit(app, found.nora, "deals")
    assert "chance" not in at.dataframe[0].value.columns
    (card,) = [each for each in at.expander if each.label == "How good are these chances?"]
    assert "Off] No chance of its own: looking at silence" in card.markdown[1].value
    said = texts(visit(app, found.nora, "deals", deal=str(found.worked)))
    assert "so nothing is made up" in said
    assert "seen in the stage Offer, **" in said
    assert "once luck is taken off" in said


def test_few_deals_say_what_it_takes_and_nothing_learnt_teaches(app: Open, live_database: Database) -> None:
    found = live_database.write(lambda session: house(session, effect=1.0, deals=60))
    assert "it takes 50 deals that were won and 150 that were not" in texts(visit(app, found.nora, "deals", deal=str(found.worked)))

    def other(session: Session) -> int:
        return builders.deal(session, found.nora, pipeline="Bridges", created_on=clock.now().date() - 9 * DAY).id or 0

    fresh = live_database.write(other)
    assert "Nothing was learnt from this pipeline yet" in texts(visit(app, found.nora, "deals", deal=str(fresh)))


def test_a_company_without_learning_is_told_what_will_come(app: Open, live_database: Database) -> None:
    def build(session: Session) -> Person:
        builders.organisation(session)
        nora = builders.person(session, on=builders.team(session))
        builders.deal(session, nora, created_on=clock.now().date() - DAY)
        return nora

    nora = live_database.write(build)
    assert "Each night the product looks at how the deals" in texts(visit(app, nora, "deals"))
