"""The Overview shows a manager's own people, right, explained, and with the way to what is behind."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import KpiTarget
from domain.metrics.catalog import METRICS
from domain.periods import Grain
from domain.records import ActivityType, Outcome
from tests import builders
from tests.ui.visits import Open, charts, metrics, visit

MARCH = {"period": "custom", "from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """Ana made three calls on 10 March 2026, Ben one; Eve works on another team."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team, other = builders.team(session, name="North"), builders.team(session, name="South")
        ana, ben = builders.person(session, on=team, name="Ana *Lima*"), builders.person(session, on=team, name="Ben")
        eve = builders.person(session, on=other, name="Eve Elsewhere")
        for minutes in range(3):
            builders.activity(session, ana, at=builders.NOON + timedelta(minutes=minutes), outcome=Outcome.CONNECTED, category="Homes")
        builders.activity(session, ben)
        builders.activity(session, eve, type=ActivityType.CALL)
        session.add(KpiTarget(metric_key="calls", grain=Grain.MONTH, target=2, from_on=builders.TUESDAY.replace(month=1)))
        return SimpleNamespace(ana=ana, ben=ben, eve=eve, team=team, other=other, manager=builders.manager(session, of=team))

    return live_database.write(build)


def test_the_cards_count_the_managers_people_only(app: Open, house: SimpleNamespace) -> None:
    assert metrics(visit(app, house.manager, "overview", **MARCH))["Calls"] == "4"


def test_a_card_explains_itself_from_the_catalogue(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH)
    card = next(metric for metric in at.metric if metric.label == "Calls")
    assert "How many calls were made?" in card.help
    assert METRICS["calls"].formula in card.help


def test_a_status_is_a_word_and_not_only_a_colour(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH)
    assert any("check_circle: Reached]" in text.value and "of target 4" in text.value for text in at.markdown)


def test_charts_say_in_words_what_they_show(app: Open, house: SimpleNamespace) -> None:
    found = charts(visit(app, house.manager, "overview", **MARCH))
    assert "Calls over time: from 1 Mar 0, to 31 Mar 0, highest 10 Mar 4; target lately 0.2." in found
    assert any(text.startswith("Calls: 4 of target 4 (100 %) · Reached") for text in found)


def test_the_table_has_a_line_per_agent(app: Open, house: SimpleNamespace) -> None:
    table = visit(app, house.manager, "overview", **MARCH).dataframe[0].value
    assert dict(zip(table["name"], table["calls"], strict=True)) == {"Ana *Lima*": 3, "Ben": 1}


def test_a_foreign_agent_in_the_address_is_left_out_and_said_so(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH, agents=str(house.eve.id), team=str(house.other.id))
    assert [notice.value for notice in at.info] == ["Some people or teams in this link are not among yours; they were left out."]
    assert metrics(at)["Calls"] == "4"
    assert "Eve Elsewhere" not in str(at)


def test_one_agent_can_be_looked_at_alone(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH, agents=str(house.ana.id))
    assert metrics(at)["Calls"] == "3"
    assert [button.label for button in at.button if (button.key or "").startswith("chip-")] == [r"Ana \*Lima\*"]


def test_a_chip_takes_its_filter_away(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH, agents=str(house.ana.id))
    next(button for button in at.button if button.key == "chip-0-agents").click().run()
    assert metrics(at)["Calls"] == "4"
    assert "agents" not in at.query_params


def test_people_are_chosen_from_the_managers_own(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH)
    agents = next(choice for choice in at.multiselect if choice.key == "filter-agents")
    assert sorted(agents.options) == ["Ana *Lima*", "Ben"]
    agents.select("Ben").run()
    assert at.query_params["agents"] == str(house.ben.id)
    assert metrics(at)["Calls"] == "1"


def test_a_category_narrows_the_figures(app: Open, house: SimpleNamespace) -> None:
    assert metrics(visit(app, house.manager, "overview", **MARCH, category="Homes"))["Calls"] == "3"


def test_choosing_a_period_changes_the_address(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH)
    next(choice for choice in at.get("button_group") if choice.key == "filter-period").set_value("Last 12 months").run()
    assert at.query_params["period"] == "last_12_months"
    assert "from" not in at.query_params


def test_an_address_that_cannot_be_read_is_explained(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", period="someday")
    assert "There is no period called" in at.warning[0].value


def test_days_without_data_offer_the_last_month_with_data(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", period="custom", **{"from": "2025-01-01", "to": "2025-01-31"})
    assert [title.value for title in at.header] == ["Your first ten minutes", "Nothing in these days"]
    assert "your data runs 10 Mar 2026" in " ".join(text.value for text in at.markdown)
    next(button for button in at.button if button.label == "Show March 2026").click().run()
    assert metrics(at)["Calls"] == "4"


def test_a_house_without_any_data_says_how_to_get_some(app: Open, live_database: Database) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=builders.team(session)))
    at = visit(app, manager, "overview")
    assert [title.value for title in at.header] == ["Your first ten minutes", "No numbers yet"]


def test_someone_gone_quiet_is_worth_a_look(app: Open, live_database: Database, house: SimpleNamespace) -> None:
    today = clock.now()

    def work(session: Session) -> None:
        for back in range(60):
            for person in (house.ana, house.ben):
                if person is house.ben or back > 20:
                    builders.activity(session, person, at=today - timedelta(days=back))

    live_database.write(work)
    at = visit(app, house.manager, "overview", period="last_30_days")
    flagged = [text.value for text in at.markdown if ":material/flag:" in text.value]
    assert len(flagged) == 1
    assert r"Ana \*Lima\*" in flagged[0]
    assert "No activity for" in flagged[0]


def test_the_forecast_is_of_the_managers_people_and_says_where_the_month_ends(
    app: Open, live_database: Database, house: SimpleNamespace
) -> None:
    def called(session: Session) -> None:
        for back in range(70):
            at = clock.now() - timedelta(days=back)
            builders.activity(session, house.ana, at=at)
            builders.activity(session, house.eve, at=at)

    live_database.write(called)
    at = visit(app, house.manager, "overview")
    (way,) = [text for text in charts(at) if text.startswith("Calls, so far and to come.")]
    assert "ends at about" in way
    so_far = int(metrics(at)["Calls"])
    assert so_far <= int(way.split("ends at about ")[1].split(" ")[0]) <= so_far + 45
    assert any("months ended inside their range" in text.value or "can be looked back on yet" in text.value for text in at.markdown)


def test_without_recent_records_the_forecast_says_that_there_is_none(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "overview", **MARCH)
    assert any("forecast of calls" in text.value for text in at.markdown)
    assert not any("so far and to come" in text for text in charts(at))
