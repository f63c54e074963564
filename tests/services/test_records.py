"""The list behind a number has exactly the facts the number counts."""

from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from data.queries import daily
from domain.access import Selection
from domain.errors import InputError
from domain.facts import ActivityEntry, DealEntry, Fact
from domain.metrics.behind import BEHIND, HourOfWeek
from domain.metrics.catalog import METRICS
from domain.metrics.index import INDEX_WEIGHTS
from domain.periods import Grain, containing
from domain.records import ActivityType, DealStatus, LeadStatus, Outcome, Role
from services import records, timeline
from services.access import Viewer, viewer
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.plans import explained, many_facts

MARCH = Selection(period=containing(TUESDAY, Grain.MONTH))


def as_viewer(session: Session, who: Person) -> Viewer:
    return viewer(session, who.id or 0)


def busy_month(session: Session, agent: Person) -> None:
    """Facts of every kind in and around March, the same every time."""
    random = Random(7)  # noqa: S311 - the same every time, and no secret
    days = [TUESDAY + timedelta(days=offset) for offset in range(-15, 30)]
    for number in range(65):
        moment = NOON.replace(hour=random.randrange(24)) + timedelta(days=random.randrange(-15, 30))
        kind, outcome = list(ActivityType)[number % len(ActivityType)], random.choice([None, *Outcome])
        builders.activity(session, agent, at=moment, type=kind, outcome=outcome, duration_seconds=random.choice([None, 60]))
    for _ in range(30):
        assigned = random.choice(days)
        reached = [assigned + timedelta(days=random.randrange(3)) if random.random() < share else None for share in (0.8, 0.5, 0.4)]
        rating = random.choice([None, 3, 5])
        builders.lead(
            session,
            agent,
            on=assigned,
            contacted_on=reached[0],
            interested_on=reached[1],
            converted_on=reached[2],
            response_seconds=random.choice([600, 7200]) if reached[0] else None,
            satisfaction=rating,
            rated_on=assigned if rating else None,
            status=LeadStatus.CONVERTED if reached[2] else LeadStatus.NEW,
        )
    for _ in range(30):
        status = random.choice(list(DealStatus))
        day = random.choice(days)
        builders.deal(
            session,
            agent,
            created_on=day,
            status=status,
            closed_on=None if status is DealStatus.OPEN else day,
            amount_minor=random.choice([None, 0, 125_000]),
            proposal_on=random.choice([None, day]),
            agreement_on=random.choice([None, day]),
            partner_list_sent_on=random.choice([None, day]),
            partner_list_size=7,
            first_sale_on=random.choice([None, day]),
        )


def every_page(session: Session, who: Viewer, key: str, selection: Selection = MARCH, *, at: HourOfWeek | None = None) -> list[Fact]:
    found, page = [], ""
    while True:
        shown = records.records(session, who, key, selection, at=at, page=page, limit=4)
        found += shown.facts
        if shown.next_page is None:
            return found
        page = shown.next_page


def test_every_metric_can_be_opened_by_itself_or_by_its_parts() -> None:
    assert set(METRICS) - set(BEHIND) == {"performance_index"}
    assert set(INDEX_WEIGHTS) <= set(BEHIND)
    assert [records.has_records(key) for key in ("performance_index", "calls")] == [False, True]


def test_the_index_is_accounted_for_by_its_components(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent)
    builders.deal(session, agent, status=DealStatus.WON, closed_on=TUESDAY)
    found = records.account(session, as_viewer(session, agent), MARCH)
    assert [(each.key, each.units, each.points) for each in found.components if each.units] == [("calls", 1, 1), ("deals_won", 1, 5)]


@pytest.mark.parametrize("key", sorted(BEHIND))
def test_the_list_has_as_many_facts_as_the_number_counts(session: Session, key: str) -> None:
    agent = builders.person(session)
    busy_month(session, agent)
    who = as_viewer(session, agent)
    listed = every_page(session, who, key)
    shown = records.records(session, who, key, MARCH)
    assert len({fact.entry.id for fact in listed}) == len(listed) == shown.count > 0
    totals, part = daily.totals(session, who.scope, MARCH), BEHIND[key].part
    if part is not None:
        assert sum(fact.counts for fact in listed) == getattr(totals, part)
        assert shown.has_part


@pytest.mark.parametrize("key", ["calls", "conversations", "deals_won", "conversions", "leads_assigned"])
def test_a_count_is_the_length_of_its_list(session: Session, key: str) -> None:
    agent = builders.person(session)
    busy_month(session, agent)
    who = as_viewer(session, agent)
    assert records.records(session, who, key, MARCH).measure.value == len(every_page(session, who, key))


def test_revenue_is_the_sum_of_its_list(session: Session) -> None:
    agent = builders.person(session)
    busy_month(session, agent)
    who = as_viewer(session, agent)
    amounts = [fact.entry.amount_minor or 0 for fact in every_page(session, who, "revenue") if isinstance(fact.entry, DealEntry)]
    assert records.records(session, who, "revenue", MARCH).measure.value == sum(amounts) > 0


def test_a_share_marks_its_successes(session: Session) -> None:
    agent = builders.person(session)
    builders.deal(session, agent, name="Won", status=DealStatus.WON, closed_on=TUESDAY)
    builders.deal(session, agent, name="Lost", status=DealStatus.LOST, closed_on=TUESDAY)
    builders.deal(session, agent, name="Open", created_on=TUESDAY)
    marked = {
        fact.entry.name: fact.counts
        for fact in every_page(session, as_viewer(session, agent), "win_rate")
        if isinstance(fact.entry, DealEntry)
    }
    assert marked == {"Won": True, "Lost": False}


def test_pages_run_newest_first_without_gap_or_repeat(session: Session) -> None:
    agent = builders.person(session)
    made = [builders.activity(session, agent, at=NOON - timedelta(minutes=minutes // 2)).id for minutes in range(11)]
    listed = [fact.entry.id for fact in every_page(session, as_viewer(session, agent), "calls")]
    assert sorted(listed) == sorted(made)
    moments = [
        fact.entry.occurred_at for fact in every_page(session, as_viewer(session, agent), "calls") if isinstance(fact.entry, ActivityEntry)
    ]
    assert moments == sorted(moments, reverse=True)


def test_the_day_is_the_agents_own(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent, at=NOON.replace(month=4, day=1, hour=3), local_on=date(2026, 3, 31), local_hour=20)
    assert len(every_page(session, as_viewer(session, agent), "calls")) == 1


def test_foreign_facts_are_not_listed_whoever_is_named(session: Session) -> None:
    agent, other = builders.person(session), builders.person(session)
    for who in (agent, other):
        busy_month(session, who)
    asked = Selection(period=MARCH.period, agent_ids=frozenset({other.id or 0}))
    for key in BEHIND:
        shown = records.records(session, as_viewer(session, agent), key, asked)
        assert (shown.facts, shown.count) == ((), 0)


def test_a_manager_lists_their_team_only_on_the_days_on_it(session: Session) -> None:
    team = builders.team(session)
    manager, joiner = builders.manager(session, of=team), builders.person(session, on=team, since=TUESDAY)
    for day in (9, 10):
        builders.activity(session, joiner, at=NOON.replace(day=day))
        builders.deal(session, joiner, status=DealStatus.WON, closed_on=NOON.replace(day=day).date())
    who = as_viewer(session, manager)
    assert [fact.entry.local_on for fact in every_page(session, who, "calls") if isinstance(fact.entry, ActivityEntry)] == [TUESDAY]
    assert [fact.entry.dated_on for fact in every_page(session, who, "deals_won") if isinstance(fact.entry, DealEntry)] == [TUESDAY]


def test_category_filters_the_list_as_it_filters_the_number(session: Session) -> None:
    admin, agent = builders.person(session, role=Role.ADMIN), builders.person(session)
    builders.activity(session, agent, category="Buyers")
    builders.activity(session, agent, category="Sellers")
    asked = Selection(period=MARCH.period, categories=frozenset({"Buyers"}))
    shown = records.records(session, as_viewer(session, admin), "calls", asked)
    assert (shown.count, [fact.entry.category for fact in shown.facts]) == (1, ["Buyers"])


def test_a_cell_of_the_heatmap_opens_its_calls(session: Session) -> None:
    agent = builders.person(session)
    for hour in (9, 10, 10):
        builders.activity(session, agent, at=NOON.replace(hour=hour), outcome=Outcome.CONNECTED)
    builders.activity(session, agent, at=NOON.replace(day=11, hour=10))
    who = as_viewer(session, agent)
    at = HourOfWeek(weekday=2, hour=10)
    shown = records.records(session, who, "conversation_rate", MARCH, at=at)
    assert (shown.count, shown.measure.value, len(every_page(session, who, "calls", at=at))) == (2, 1.0, 2)


def test_an_hour_without_calls_is_an_empty_list(session: Session) -> None:
    shown = records.records(session, as_viewer(session, builders.person(session)), "calls", MARCH, at=HourOfWeek(weekday=1, hour=3))
    assert (shown.count, shown.facts, shown.next_page) == (0, (), None)


@pytest.mark.parametrize(
    ("key", "page", "code"),
    [
        ("cals", "", "unknown_metric"),
        ("performance_index", "", "composite_metric"),
        ("calls", "yesterday~4", "broken_cursor"),
        ("calls", "2026-03-10~4", "broken_cursor"),
        ("calls", "2026-03-10T12:00:00Z~x", "broken_cursor"),
        ("calls", "2026-03-10T12:00:00Z~99999999999999999999", "broken_cursor"),
        ("deals_won", "2026-03-10T12:00:00Z~4", "broken_cursor"),
    ],
)
def test_what_cannot_be_listed_says_why(session: Session, key: str, page: str, code: str) -> None:
    with pytest.raises(InputError) as raised:
        records.records(session, as_viewer(session, builders.person(session)), key, MARCH, page=page)
    assert raised.value.code == code


def test_only_calls_are_kept_by_hour(session: Session) -> None:
    with pytest.raises(InputError, match="not kept by hour"):
        records.records(session, as_viewer(session, builders.person(session)), "emails", MARCH, at=HourOfWeek(weekday=1, hour=3))


def test_an_hour_of_the_week_is_read_from_the_address() -> None:
    assert records.hour_of_week({"weekday": "2", "hour": "10"}) == HourOfWeek(weekday=2, hour=10)
    assert records.hour_of_week({"metric": "calls"}) is None
    for wrong in ({"weekday": "8", "hour": "1"}, {"weekday": "1"}, {"weekday": "1", "hour": "24"}, {"weekday": "x", "hour": "1"}):
        with pytest.raises(InputError):
            records.hour_of_week(wrong)


def test_a_day_and_a_page_come_from_the_index_without_sorting(session: Session) -> None:
    agent_id = many_facts(session)[0].id or 0
    who = viewer(session, agent_id)
    for plan in (
        explained(session, lambda: timeline.day_of(session, who, agent_id, TUESDAY)),
        explained(session, lambda: records.records(session, who, "calls", MARCH)),
    ):
        assert "ix_activity_agent_occurred" in plan
        assert "Seq Scan on activity" not in plan
