"""The company into the database, in the caller's transaction: its people, their plans, and by `tables` what they did."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from psycopg import Cursor

from data.demo import ambitions, lessons, named, plans, snapshots, tables, talks
from data.demo.cast import COMPANY, HOME_ZONE, OFFICES, PASSWORD_HASH, Player
from data.demo.company import OPEN_END, Company, Member
from data.demo.copying import Keys, copy, next_ids
from data.demo.rhythm import moment
from data.demo.rows import LeadRow

Progress = Callable[[float, str], None]
"""Told how far a load has come, from 0 to 1, and what it is at."""
TARGETS_FROM: Final = date(2020, 1, 1)
LEAVING_SECOND: Final = 17 * 3600
ANALYZE: Final = "ANALYZE person, team_membership, lead, deal, deal_snapshot, stage_change, activity, calendar_event, daily_metrics"
"""Fresh statistics, without which the first pages after a load are planned badly."""


def store(cursor: Cursor[Any], company: Company, progress: Progress) -> None:
    """Write everything, then refresh the planner's statistics of the big tables."""
    found_organisation(cursor)
    keys = _keys(cursor, company)
    _people(cursor, company, keys)
    steps: list[tuple[float, str, Callable[[], None]]] = [
        (0.5, "Leads and deals", lambda: tables.write_pipeline(cursor, company.facts, keys)),
        (0.65, "Activities", lambda: tables.write_activities(cursor, company.facts.activities, keys)),
        (0.92, "History of leads", lambda: tables.write_moves(cursor, company.facts.moves, keys)),
        (0.95, "Calendar", lambda: tables.write_events(cursor, company.facts.events, keys)),
        (0.96, "Past states of deals", lambda: snapshots.write_snapshots(cursor, company.facts.today, keys)),
        (0.98, "Targets", lambda: _targets(cursor, company, keys)),
        (0.99, "Goals", lambda: ambitions.write_goals(cursor, company, keys)),
        (0.99, "Training", lambda: lessons.write_lessons(cursor, company, keys)),
        (0.99, "1:1s", lambda: talks.write_talks(cursor, company, keys)),
        (0.99, "Who is named", lambda: named.write_choices(cursor, company, keys)),
    ]
    for share, words, step in steps:
        progress(share, words)
        step()
    cursor.execute(ANALYZE)


def found_organisation(cursor: Cursor[Any]) -> None:
    """The demo's organisation, unless a real one is there."""
    cursor.execute(
        "INSERT INTO organisation (id, name, currency, time_zone, country, profile, is_demo) "
        "SELECT 1, %s, 'USD', %s, 'US', 'real_estate', true WHERE NOT EXISTS (SELECT FROM organisation)",
        (COMPANY, HOME_ZONE),
    )


def _keys(cursor: Cursor[Any], company: Company) -> Keys:
    facts = company.facts
    people = next_ids(cursor, "person", len(company.members))
    teams = next_ids(cursor, "team", len(OFFICES))
    return Keys(
        people={member.number: key for member, key in zip(company.members, people, strict=True)},
        teams={office.name: key for office, key in zip(OFFICES, teams, strict=True)},
        leads=_as_they_came(next_ids(cursor, "lead", len(facts.leads)), facts.leads),
        deals=next_ids(cursor, "deal", len(facts.deals)),
        sublists=next_ids(cursor, "sublist", len(facts.sublists)),
        contacts=next_ids(cursor, "sublist_contact", len(facts.contacts)),
    )


def _as_they_came(ids: Sequence[int], leads: Sequence[LeadRow]) -> list[int]:
    """An id for each lead, lower for one that was assigned earlier, as it would be had they been entered day by day."""
    by_arrival = sorted(range(len(leads)), key=lambda position: leads[position].assigned.at)
    return [key for _, key in sorted(zip(by_arrival, ids, strict=True))]


def _people(cursor: Cursor[Any], company: Company, keys: Keys) -> None:
    members = company.members
    copy(cursor, "team", "id name profile", ((keys.teams[office.name], office.name, office.profile.value) for office in OFFICES))
    copy(
        cursor,
        "person",
        "id name email role password_hash time_zone working_days active deactivated_at joined_on is_demo",
        (_person(member, keys.people[member.number]) for member in members),
    )
    copy(
        cursor,
        "team_membership",
        "person_id team_id from_on until_on",
        (
            (keys.people[member.number], keys.teams[stint.office.name], stint.span.start, _until(stint.span.end))
            for member in members
            for stint in member.stints
        ),
    )
    copy(
        cursor,
        "team_manager",
        "team_id person_id",
        ((keys.teams[name], keys.people[member.number]) for member in members for name in member.player.manages),
    )
    copy(
        cursor,
        "absence",
        "person_id from_on until_on reason",
        (
            (
                keys.people[member.number],
                gone.start,
                gone.end,
                "Holiday" if gone.end - gone.start != timedelta(days=14) else "Parental leave",
            )
            for member in members
            for gone in member.absences
        ),
    )


def _person(member: Member, key: int) -> Sequence[Any]:
    player: Player = member.player
    left = moment(member.left_on, LEAVING_SECOND, player.zone).at if member.left_on else None
    days = list(player.days)
    return (key, player.name, player.email, player.role.value, PASSWORD_HASH, player.zone, days, left is None, left, member.joined_on, True)


def _until(end: date) -> date | None:
    return None if end == OPEN_END else end


def _targets(cursor: Cursor[Any], company: Company, keys: Keys) -> None:
    teams = ((target, keys.teams[office.name], None) for office, target in plans.team_targets())
    owner = next(keys.people[member.number] for member in company.members if member.player.email == plans.PERSONAL_EMAIL)
    personal = ((target, None, owner) for target in plans.PERSONAL)
    copy(
        cursor,
        "kpi_target",
        "metric_key grain target team_id agent_id from_on",
        (
            (target.metric_key, target.grain.value, Decimal(str(target.target)), team, agent, TARGETS_FROM)
            for target, team, agent in chain(teams, personal)
        ),
    )
