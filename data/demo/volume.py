"""A company of any size for measurements: plain, even and fast to make, through COPY a few days at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import inf
from typing import Any, Final

import numpy as np
from numpy.random import Generator
from psycopg import Cursor

from data.demo import names, store
from data.demo.cast import CENTRAL, EASTERN, PACIFIC, PASSWORD_HASH, SIGN_IN_ADMIN, SIGN_IN_AGENT, SIGN_IN_MANAGER
from data.demo.copying import copy, next_ids
from data.demo.desk import SEED
from data.demo.rhythm import HOUR_SHARES, WORKING_HOURS
from data.demo.rows import ORIGIN
from data.models.people import BEGINNING
from domain.local_time import zone
from domain.records import ActivityType, Outcome, Profile, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """How much."""

    agents: int
    days: int
    activities_per_day: int = 60
    """Per agent, weekends included."""
    leads_per_day: int = 2

    @property
    def activities(self) -> int:
        """All of them."""
        return self.agents * self.days * self.activities_per_day


LARGE: Final = Volume(agents=500, days=365)
TEAM_SIZE: Final = 20
TEAM_NAMES: Final = "Branch ___"
"""As LIKE knows them."""
ZONES: Final = (EASTERN, CENTRAL, PACIFIC)
CATEGORIES: Final = ("Residential", "Condo", "Luxury")
DAYS_AT_ONCE: Final = 5
KINDS: Final = (
    (ActivityType.CALL, 0.62),
    (ActivityType.EMAIL, 0.14),
    (ActivityType.MESSAGE, 0.08),
    (ActivityType.FOLLOW_UP, 0.06),
    (ActivityType.APPOINTMENT, 0.03),
    (ActivityType.SHOWING, 0.02),
    (ActivityType.TASK, 0.05),
)
OUTCOMES: Final = (
    (Outcome.NO_ANSWER, 0.42),
    (Outcome.LEFT_MESSAGE, 0.2),
    (Outcome.CONNECTED, 0.26),
    (Outcome.APPOINTMENT_SET, 0.05),
    (Outcome.NOT_INTERESTED, 0.07),
)
CONTACTED_SHARE: Final = 0.9
INTERESTED_SHARE: Final = 0.5
CONVERTED_SHARE: Final = 0.2
WEBSITE_SHARE: Final = 0.6
DEAL_SHARE: Final = 0.5
"""Of the agents and days, those that bring a deal."""
CLOSED_SHARE: Final = 0.33
WON_SHARE: Final = 0.16
ACTIVITY_COLUMNS: Final = "agent_id, type, outcome, duration_seconds, category, occurred_at, local_on, local_hour, origin, subject"
LEAD_COLUMNS: Final = (
    "agent_id name source category status assigned_at assigned_on contacted_at contacted_on interested_on converted_on response_seconds "
    "satisfaction rated_on origin"
)
DEAL_COLUMNS: Final = "agent_id name product category source pipeline stage status amount_minor created_on closed_on proposal_on origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """An agent of the bulk company."""

    agent_id: int
    zone: str
    category: str


def write(cursor: Cursor[Any], *, today: date, volume: Volume, progress: store.Progress, now: datetime | None = None) -> None:
    """People, then activities, leads and deals of the days that end with today, or now, in the caller's transaction."""
    dice = np.random.default_rng([SEED, volume.agents, volume.days])
    store.found_organisation(cursor)
    workers = _people(cursor, dice, volume)
    first = today - timedelta(days=volume.days - 1)
    for start in range(0, volume.days, DAYS_AT_ONCE):
        days = [first + timedelta(days=offset) for offset in range(start, min(start + DAYS_AT_ONCE, volume.days))]
        _copy_activities(cursor, dice, workers, days, volume.activities_per_day, now)
        copy(cursor, "lead", LEAD_COLUMNS, _leads(dice, workers, days, volume.leads_per_day, today))
        copy(cursor, "deal", DEAL_COLUMNS, _deals(dice, workers, days, today))
        progress((start + len(days)) / volume.days, f"{days[-1]}")
    cursor.execute(store.ANALYZE)


def _people(cursor: Cursor[Any], dice: Generator, volume: Volume) -> list[Worker]:
    """The three who can sign in, and agents in branches of twenty; the manager manages the first branch."""
    team_count = -(-volume.agents // TEAM_SIZE)
    teams = next_ids(cursor, "team", team_count)
    manager, admin, *agents = next_ids(cursor, "person", volume.agents + 2)
    copy(cursor, "team", "id name profile", ((team, f"Branch {n:03d}", Profile.REAL_ESTATE.value) for n, team in enumerate(teams, 1)))
    workers = [
        Worker(agent_id=agent, zone=ZONES[number % len(ZONES)], category=CATEGORIES[number % len(CATEGORIES)])
        for number, agent in enumerate(agents)
    ]
    people = [
        (manager, SIGN_IN_MANAGER.name, SIGN_IN_MANAGER.email, Role.MANAGER.value, EASTERN),
        (admin, SIGN_IN_ADMIN.name, SIGN_IN_ADMIN.email, Role.ADMIN.value, EASTERN),
        (agents[0], SIGN_IN_AGENT.name, SIGN_IN_AGENT.email, Role.AGENT.value, EASTERN),
        *(
            (worker.agent_id, names.person(dice), f"agent.{number:04d}@example.com", Role.AGENT.value, worker.zone)
            for number, worker in enumerate(workers)
            if number
        ),
    ]
    copy(cursor, "person", "id name email role time_zone password_hash is_demo", ((*person, PASSWORD_HASH, True) for person in people))
    copy(
        cursor,
        "team_membership",
        "person_id team_id from_on",
        ((agent, teams[n // TEAM_SIZE], BEGINNING) for n, agent in enumerate(agents)),
    )
    copy(cursor, "team_manager", "team_id person_id", [(teams[0], manager)])
    return workers


def _copy_activities(
    cursor: Cursor[Any], dice: Generator, workers: list[Worker], days: list[date], per_day: int, now: datetime | None
) -> None:
    """Rows are written as COPY's text: a million take seconds where bound values take minutes."""
    with cursor.copy(f"COPY activity ({ACTIVITY_COLUMNS}) FROM STDIN") as stream:
        for day in days:
            stream.write("".join(_activity_lines(dice, workers, day, per_day, now)))


def _activity_lines(dice: Generator, workers: list[Worker], day: date, per_day: int, now: datetime | None) -> Iterator[str]:
    gone = {name: _seconds_gone(day, name, now) for name in ZONES}
    offsets = {name: _offset(day, name) for name in ZONES}
    heads = [str(worker.agent_id) for worker in workers for _ in range(per_day)]
    tails = [(worker.category, offsets[worker.zone], gone[worker.zone]) for worker in workers for _ in range(per_day)]
    count = len(heads)
    kinds = dice.choice(len(KINDS), count, p=[share for _, share in KINDS]).tolist()
    outcomes = dice.choice(len(OUTCOMES), count, p=[share for _, share in OUTCOMES]).tolist()
    hours = dice.choice(WORKING_HOURS, count, p=np.array(HOUR_SHARES) / sum(HOUR_SHARES)).tolist()
    seconds = dice.integers(0, 3600, count).tolist()
    lengths = dice.geometric(1 / 120, count).tolist()
    for head, (category, offset, last), kind, outcome, hour, second, length in zip(
        heads, tails, kinds, outcomes, hours, seconds, lengths, strict=True
    ):
        if hour * 3600 + second >= last:
            continue
        ended = f"{OUTCOMES[outcome][0].value}\t{length}" if kind == 0 else "\\N\t\\N"
        at = f"{day} {hour}:{second // 60}:{second % 60}{offset}"
        yield f"{head}\t{KINDS[kind][0].value}\t{ended}\t{category}\t{at}\t{day}\t{hour}\t{ORIGIN}\tDaily work\n"


def _seconds_gone(day: date, zone_name: str, now: datetime | None) -> float:
    """How much of the local day has passed; all of it where no moment is named."""
    if now is None:
        return inf
    return (now - datetime.combine(day, time(), zone(zone_name))).total_seconds()


def _offset(day: date, zone_name: str) -> str:
    """The zone's offset at noon, as PostgreSQL reads it."""
    return datetime.combine(day, time(12), zone(zone_name)).strftime("%z")


def _leads(dice: Generator, workers: list[Worker], days: list[date], per_day: int, today: date) -> Iterator[tuple[Any, ...]]:
    """Leads assigned on the days; of ten, nine are contacted, five interested, two converted, if there was time."""
    for day in days:
        assigned = datetime.combine(day, time(15), UTC)
        for worker in workers:
            for _ in range(per_day):
                luck, wait = dice.random(2).tolist()
                seconds = int(300 / (wait + 0.01))
                contacted = assigned + timedelta(seconds=seconds) if luck < CONTACTED_SHARE else None
                interested = _by(day + timedelta(days=3), today) if luck < INTERESTED_SHARE else None
                converted = _by(day + timedelta(days=20), today) if luck < CONVERTED_SHARE else None
                status = "converted" if converted else "interested" if interested else "contacted" if contacted else "new"
                yield (
                    worker.agent_id, "Bulk lead", "Website" if wait < WEBSITE_SHARE else "Referral", worker.category, status, assigned, day,
                    contacted, contacted.date() if contacted else None, interested, converted, seconds if contacted else None,
                    4 if converted else None, converted, ORIGIN,
                )  # fmt: skip


def _deals(dice: Generator, workers: list[Worker], days: list[date], today: date) -> Iterator[tuple[Any, ...]]:
    """A deal for every second agent and day; a third is won, a third lost, within a month."""
    for day in days:
        for worker in workers:
            luck, size = dice.random(2).tolist()
            if luck < DEAL_SHARE:
                closed = _by(day + timedelta(days=int(60 * luck)), today) if luck < CLOSED_SHARE else None
                status = "open" if closed is None else "won" if luck < WON_SHARE else "lost"
                yield (
                    worker.agent_id, "Bulk deal", "Buyer", worker.category, "Website", "Branches", "Offer made", status,
                    int(200_000 + 2_000_000 * size), day, closed, _by(day + timedelta(days=5), today), ORIGIN,
                )  # fmt: skip


def _by(day: date, today: date) -> date | None:
    """The day if it has come."""
    return day if day <= today else None
