"""The demo company is the same for the same day on every machine, and is worth looking at."""

import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from data.demo.business import BUSINESSES
from data.demo.cast import PLAYERS, SIGN_IN_AGENT, Size, Story
from data.demo.company import Company, found
from data.demo.rhythm import UNTIL
from data.demo.rows import DealRow, MoveRow
from domain.local_time import local_time
from domain.records import DealStatus, EventKind, EventStatus, LeadStatus, Profile, Role

TODAY = date(2026, 3, 10)
ROOT = Path(__file__).resolve().parents[3]
DIGEST = (
    "import hashlib; from datetime import date; from data.demo.company import found; from data.demo.cast import Size;"
    "print(hashlib.sha256(repr(found(date(2026, 3, 10), Size.SMALL)).encode()).hexdigest())"
)


@pytest.fixture(scope="module")
def company() -> Company:
    return found(TODAY, Size.DEFAULT)


def members_of(company: Company, office: str) -> set[int]:
    return {member.number for member in company.members if office in {stint.office.name for stint in member.stints}}


def number_of(company: Company, story: Story, profile: Profile = Profile.REAL_ESTATE) -> int:
    return next(member.number for member in company.members if member.player.story is story and member.stints[-1].office.profile is profile)


def won(company: Company, days: int = 365) -> Counter[int]:
    since = TODAY - timedelta(days=days)
    return Counter(
        deal.agent for deal in company.facts.deals if deal.status is DealStatus.WON and deal.closed_on and deal.closed_on > since
    )


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_zone_and_hash_seed_of_the_machine_make_no_difference(zone: str) -> None:
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(len(zone))}
    printed = subprocess.run([sys.executable, "-c", DIGEST], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    here = hashlib.sha256(repr(found(TODAY, Size.SMALL)).encode()).hexdigest()
    assert printed.stdout.strip() == here


def test_about_thirty_agents_in_four_teams_with_managers_and_an_admin(company: Company) -> None:
    roles = Counter(member.player.role for member in company.members)
    assert 28 <= roles[Role.AGENT] <= 34
    assert (roles[Role.MANAGER], roles[Role.ADMIN]) == (3, 1)
    assert len({stint.office.name for member in company.members for stint in member.stints}) == 4
    managed = [name for member in company.members for name in member.player.manages]
    assert len(managed) == len(set(managed)) == 4


def test_people_are_spread_over_zones(company: Company) -> None:
    assert len({member.player.zone for member in company.members if member.player.role is Role.AGENT}) >= 4


def test_the_bdr_team_has_the_volume_the_specification_asks_for(company: Company) -> None:
    bdrs, since = members_of(company, "Partner Outreach"), TODAY - timedelta(days=90)
    facts = company.facts
    deals = [deal for deal in facts.deals if deal.agent in bdrs and deal.created.on > since]
    calls = [
        event.starts.on
        for event in facts.events
        if event.agent in bdrs and event.kind is EventKind.CALL and event.status is EventStatus.PLANNED
    ]
    activities = [activity for activity in facts.activities if activity.agent in bdrs and activity.when.on > since]
    assert 1_150 <= len(deals) <= 1_900
    assert 2_300 <= len(activities) <= 3_800
    assert 15 <= len(calls) <= 90
    assert TODAY < max(calls) <= TODAY + timedelta(days=31)


def test_nobody_is_booked_twice_at_the_same_time(company: Company) -> None:
    planned = sorted(
        ((event.agent, event.starts.local, event.minutes) for event in company.facts.events if event.status is EventStatus.PLANNED),
        key=lambda each: each[:2],
    )
    twice = [(one, other) for one, other in pairwise(planned) if one[0] == other[0] and one[1] + timedelta(minutes=one[2]) > other[1]]
    assert len(planned) > 200
    assert twice == []


def test_partner_lists_have_three_to_twenty_names_and_every_name_becomes_a_pipeline_item(company: Company) -> None:
    sizes = [deal.partner_list_size for deal in company.facts.deals if deal.partner_list_size is not None]
    assert (min(sizes), max(sizes)) == (3, 20)
    assert sum(sizes) == len(company.facts.contacts) == sum(deal.contact is not None for deal in company.facts.deals)


def test_some_lists_are_overdue_and_some_are_due_ahead(company: Company) -> None:
    waiting = [deal.partner_list_due_on for deal in company.facts.deals if deal.partner_list_due_on and not deal.partner_list_sent_on]
    assert any(due < TODAY for due in waiting)
    assert any(due >= TODAY for due in waiting)


def test_every_stage_of_the_list_out_pipeline_is_in_use(company: Company) -> None:
    stages = {deal.stage for deal in company.facts.deals if deal.agent in members_of(company, "Partner Outreach")}
    assert {*BUSINESSES[Profile.BDR].stages, "FREE_QA_OFFERED"} <= stages


def test_sales_of_a_year_reach_into_every_level(company: Company) -> None:
    sales = won(company)
    agents = [member.number for member in company.members if member.player.role is Role.AGENT]
    bands = Counter(sum(sales[agent] >= floor for floor in (5, 20, 50, 100)) for agent in agents)
    assert set(bands) == {0, 1, 2, 3, 4}


def test_early_in_the_day_nothing_lies_ahead() -> None:
    now = datetime(2026, 3, 10, 12, 45, tzinfo=UTC)
    facts = found(TODAY, Size.SMALL, now).facts
    lead_steps = [step for lead in facts.leads for step in (lead.assigned, lead.contacted, lead.interested, lead.converted) if step]
    happened = [*lead_steps, *(row.when for rows in (facts.activities, facts.moves, facts.stages) for row in rows)]
    assert TODAY - timedelta(days=1) <= max(happened, key=lambda each: each.at).on <= TODAY
    assert max(each.at for each in happened) <= now
    assert all(event.starts.at <= now for event in facts.events if event.status is EventStatus.COMPLETED)


def test_history_reaches_back_fourteen_months(company: Company) -> None:
    assert min(activity.when.on for activity in company.facts.activities) <= TODAY - timedelta(days=420)


def test_nothing_has_happened_after_todays_hour(company: Company) -> None:
    latest = max(activity.when.local for activity in company.facts.activities)
    assert latest.date() == TODAY
    assert latest.time() < UNTIL
    leads = [step for lead in company.facts.leads for step in (lead.assigned, lead.contacted, lead.interested, lead.converted) if step]
    assert max(step.on for step in leads) <= TODAY
    assert max(deal.closed_on for deal in company.facts.deals if deal.closed_on) <= TODAY


@pytest.mark.parametrize("today", [date(2026, 3, 8), date(2026, 3, 14), date(2026, 7, 1)])
def test_the_printed_agent_has_a_day_to_look_at_on_any_day_of_the_week(today: date) -> None:
    facts = found(today, Size.SMALL).facts
    agent = PLAYERS.index(SIGN_IN_AGENT)
    assert any(activity.agent == agent and activity.when.on == today for activity in facts.activities)


def test_local_days_are_those_of_each_persons_zone(company: Company) -> None:
    zones = {member.number: member.player.zone for member in company.members}
    for activity in company.facts.activities[::500]:
        shown = local_time(activity.when.at, zones[activity.agent])
        assert (shown.on, shown.hour) == (activity.when.on, activity.when.local.hour)


def test_the_newcomer_rises(company: Company) -> None:
    rising = number_of(company, Story.RISING)
    days = [activity.when.on for activity in company.facts.activities if activity.agent == rising]
    assert min(days) >= TODAY - timedelta(days=150)
    latest = sum(day > TODAY - timedelta(days=30) for day in days)
    first = sum(day <= TODAY - timedelta(days=120) for day in days)
    assert latest > 1.3 * first


def test_the_slump_shows_in_the_last_six_weeks(company: Company) -> None:
    slump = number_of(company, Story.SLUMP)
    days = [activity.when.on for activity in company.facts.activities if activity.agent == slump]
    late = sum(day > TODAY - timedelta(days=42) for day in days)
    before = sum(TODAY - timedelta(days=168) < day <= TODAY - timedelta(days=126) for day in days)
    assert late < 0.8 * before


def test_the_strong_closer_answers_slowly(company: Company) -> None:
    slow = number_of(company, Story.SLOW_CLOSER)
    team = members_of(company, "Harbor Homes")

    def median_wait(agents: set[int]) -> float:
        waits = sorted(lead.response_seconds for lead in company.facts.leads if lead.agent in agents and lead.response_seconds is not None)
        return waits[len(waits) // 2]

    def share_won(agents: set[int]) -> float:
        leads = [lead for lead in company.facts.leads if lead.agent in agents]
        return sum(lead.status is LeadStatus.CONVERTED for lead in leads) / len(leads)

    assert median_wait({slow}) > 3 * median_wait(team - {slow})
    assert share_won({slow}) > 1.3 * share_won(team - {slow})


def test_somebody_was_away_for_two_weeks(company: Company) -> None:
    away = number_of(company, Story.AWAY)
    gone = {TODAY - timedelta(days=days) for days in range(8, 22)}
    assert not any(activity.agent == away and activity.when.on in gone for activity in company.facts.activities)
    member = next(member for member in company.members if member.number == away)
    assert any((span.end - span.start).days == 14 for span in member.absences)


def test_somebody_moved_team_and_works_in_the_new_one(company: Company) -> None:
    (moved,) = (member for member in company.members if len(member.stints) > 1)
    assert moved.stints[0].span.end == moved.stints[1].span.start == TODAY - timedelta(days=120)
    kinds = {deal.stage for deal in company.facts.deals if deal.agent == moved.number and deal.created.on >= moved.stints[1].span.start}
    assert kinds <= {*BUSINESSES[Profile.B2B].stages}


def test_sources_convert_differently(company: Company) -> None:
    leads = [lead for lead in company.facts.leads if lead.agent in members_of(company, "Harbor Homes")]

    def share(source: str) -> float:
        chosen = [lead for lead in leads if lead.source == source]
        return sum(lead.status is LeadStatus.CONVERTED for lead in chosen) / len(chosen)

    assert share("Referral") > 1.5 * share("Listing portal")


def test_stages_follow_one_another_in_time(company: Company) -> None:
    latest: dict[int, DealRow] = {deal.key: deal for deal in company.facts.deals}
    moments: dict[int, list[object]] = {}
    for change in company.facts.stages:
        moments.setdefault(change.deal, []).append(change.when.at)
        assert change.from_stage != change.to_stage
    assert set(moments) == set(latest)
    assert all(times == sorted(times) for times in moments.values())  # type: ignore[type-var]


def test_every_lead_has_a_history_that_ends_where_it_stands(company: Company) -> None:
    told: dict[int, list[MoveRow]] = defaultdict(list)
    for move in company.facts.moves:
        told[move.lead].append(move)
    for lead in company.facts.leads:
        first, *rest = told[lead.key]
        assert (first.after, first.when, first.agent) == (None, lead.assigned, lead.agent)
        assert (rest[-1].after if rest else LeadStatus.NEW) is lead.status
        assert [move.before for move in rest] == [LeadStatus.NEW, *(move.after for move in rest)][: len(rest)]
        assert [move.when.at for move in told[lead.key]] == sorted(move.when.at for move in told[lead.key])


def test_a_conversion_of_the_history_is_the_sale_it_tells_of(company: Company) -> None:
    deals = {deal.key: deal for deal in company.facts.deals}
    sales = [(move, deals[move.deal]) for move in company.facts.moves if move.deal]
    assert len(sales) > 500
    assert all((deal.status, deal.closed_on, deal.lead) == (DealStatus.WON, move.when.on, move.lead) for move, deal in sales)
    assert all(deal.amount_minor == move.revenue_minor for move, deal in sales)


def test_no_move_lies_ahead(company: Company) -> None:
    latest = max(move.when.local for move in company.facts.moves)
    assert (latest.date(), latest.time() < UNTIL) == (TODAY, True)
