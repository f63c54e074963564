"""The Pipeline screen shows figures, what is ahead, volume against target, and its parts one at a time."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from services.deal_snapshots import snapshot_deals
from tests import builders
from tests.ui.visits import Open, charts, metrics, visit


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """Ana signed this week, has a list overdue and lost a deal that was open nine nights ago; Eve, on another team, has the same."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        team, other = builders.team(session), builders.team(session)
        ana, eve = builders.person(session, on=team, name="Ana"), builders.person(session, on=other, name="Eve")
        today = clock.now().date()
        for agent in (ana, eve):
            builders.activity(session, agent, at=clock.now())
            lost = builders.deal(session, agent, created_on=today - timedelta(days=30))
            builders.deal(
                session,
                agent,
                name=f"List of {agent.name}",
                created_on=today - timedelta(days=30),
                proposal_on=today - timedelta(days=25),
                agreement_on=today,
                partner_list_due_on=today - timedelta(days=1),
            )
            snapshot_deals(session, today - timedelta(days=9))
            lost.status, lost.closed_on = "lost", today
        builders.activity(session, ana, at=clock.now())
        return SimpleNamespace(ana=ana, eve=eve, manager=builders.manager(session, of=team))

    return live_database.write(build)


def words(app: Open, person: object, **params: str) -> str:
    at = visit(app, person, "pipeline", period="last_30_days", **params)
    return " ".join(each.value for each in at.markdown)


def test_the_cards_and_the_lists_are_the_managers_own(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "pipeline", period="last_30_days")
    assert (metrics(at)["Calls"], metrics(at)["Agreements"]) == ("2", "1")
    told = " ".join(each.value for each in at.markdown)
    assert "1 overdue" in told
    assert "List of Ana" in told
    assert "List of Eve" not in told


def test_an_agent_sees_their_own_whatever_the_address_says(app: Open, house: SimpleNamespace) -> None:
    told = words(app, house.eve, agents=str(house.ana.id))
    assert "List of Eve" in told
    assert "List of Ana" not in told


def test_what_changed_is_told_as_a_waterfall_that_adds_up(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "pipeline", period="last_30_days")
    shown = next(each for each in charts(at) if each.startswith("Open pipeline"))
    assert shown.endswith("Open then 2; Lost −1; Open now 1.")


def test_conversions_say_how_sure_they_are(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "pipeline", period="last_30_days", part="Conversions")
    table = next(each.value for each in at.dataframe if "Step" in each.value)
    row = table[table["Step"] == "Proposal → agreement"].to_dict("records")[0]
    assert (row["Move on"], row["Entered"]) == ("100 % · too early", "1")


def test_a_chart_of_volume_names_the_latest_figure(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "pipeline", period="last_30_days", volume="Agreements", by="Month")
    assert any(each.startswith("Agreements over time: from") for each in charts(at))


def test_a_chart_of_lists_out_names_the_latest_figure(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    today = clock.now().date()
    live_database.write(lambda session: builders.deal(session, house.ana, partner_list_sent_on=today, partner_list_size=4))
    at = visit(app, house.manager, "pipeline", period="last_30_days", volume="Lists out", by="Month")
    assert any(each.startswith("Lists out over time: from") and "highest" in each and " 1." in each for each in charts(at))


def test_without_a_kept_night_the_screen_says_what_it_waits_for(app: Open, live_database: Database) -> None:
    def build(session: Session) -> object:
        agent = builders.person(session)
        builders.activity(session, agent, at=clock.now())
        return agent

    assert "kept each night" in words(app, live_database.write(build))


def test_an_empty_company_is_told_how_numbers_get_in(app: Open, live_database: Database) -> None:
    agent = live_database.write(builders.person)
    at = visit(app, agent, "pipeline")
    assert [title.value for title in at.header] == ["No numbers yet"]
