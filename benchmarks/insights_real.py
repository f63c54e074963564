"""Real records as facts for patterns: a CRM export's deals by how they were begun, a bank's loan applications by their first calls."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Final

from benchmarks.insights_facts import World
from domain.coaching.patterns.hypotheses import Hypothesis, Outcome
from domain.coaching.patterns.sample import Sample, sample
from domain.coaching.patterns.segments import (
    CHANNELS,
    DAYPARTS,
    RESPONSE_BANDS,
    WEEKDAYS,
    Segment,
    channel_sequence,
    daypart,
    response_band,
)
from domain.records import ActivityType

IN_TIME: Final = timedelta(days=30)
"""A loan counts as won when it was within so many days; younger ones are left out, so that all had equal time."""
REACHED_SECONDS: Final = 60
"""The bank notes no outcome of a call: one of a minute or more counts as having reached somebody."""
CALL_SECONDS: Final = (120, 300)
ONE_TEAM: Final = 1
Row = tuple[int, int, int, float]


def _question(key: str, segments: tuple[Segment, ...], outcome: Outcome = Outcome.CONVERTED) -> Hypothesis:
    return Hypothesis(key=key, name=key, outcome=outcome, facts=("fact", "facts"), happens="came about", segments=segments)


def _named(names: list[str]) -> tuple[Segment, ...]:
    return tuple(Segment(key=name, words=name) for name in names)


def crm(file: Path) -> World:
    """Decided deals by the weekday they were begun on, their product, and their account's sector; won or lost; teams are the managers'."""
    deals = [row for row in _rows(file) if row["deal_stage"] in {"Won", "Lost"}]
    folder = file.parent
    sectors = {row["account"]: row["sector"] for row in _rows(folder / "accounts.csv")}
    managers = {row["sales_agent"]: row["manager"] for row in _rows(folder / "sales_teams.csv")}
    agents = {name: number for number, name in enumerate(sorted({row["sales_agent"] for row in deals}))}
    teams = {name: number for number, name in enumerate(sorted(set(managers.values())))}
    columns = {
        "product": [row["product"].replace(" ", "") for row in deals],
        "sector": [sectors.get(row["account"], "") for row in deals],
    }
    questions = {key: _question(key, _named(sorted(set(values)))) for key, values in columns.items()}
    weekday = _question("weekday", WEEKDAYS)
    facts = defaultdict[Hypothesis, list[Row]](list)
    for place, row in enumerate(deals):
        begun = date.fromisoformat(row["engage_date"])
        known = agents[row["sales_agent"]], begun.toordinal()
        won = float(row["deal_stage"] == "Won")
        facts[weekday].append((*known, begun.weekday(), won))
        for key, question in questions.items():
            names = [each.key for each in question.segments]
            facts[question].append((*known, names.index(columns[key][place]), won))
    return World(facts=_samples(facts), teams_of={number: teams[managers[name]] for name, number in agents.items()})


def loans(folder: Path) -> World:
    """Applications by their first call's weekday, hour, length and delay and by the first two contacts; and all calls by weekday and hour.

    The agent is the one of the first call. The bank knows no teams: all are one.
    """
    deals = {row["deal_id"]: row for row in _rows(folder / "deals.csv.gz")}
    contacts = defaultdict[str, list[dict[str, str]]](list)
    for row in _rows(folder / "activities.csv.gz"):
        if row["type"] in {"call", "email"} and row["agent_id"] and row["deal_id"] in deals:
            contacts[row["deal_id"]].append(row)
    last = max(datetime.fromisoformat(row["started_at"]) for each in contacts.values() for row in each)
    facts = defaultdict[Hypothesis, list[Row]](list)
    for deal_id, made in contacts.items():
        made.sort(key=lambda row: row["started_at"])
        _calls(facts, made)
        if datetime.fromisoformat(deals[deal_id]["created_at"]) <= last - IN_TIME:
            _application(facts, deals[deal_id], made)
    return World(facts=_samples(facts), teams_of={row[0]: ONE_TEAM for rows in facts.values() for row in rows})


CALL_WEEKDAY: Final = _question("weekday_reach", WEEKDAYS, Outcome.REACHED)
CALL_HOUR: Final = _question("hour_reach", DAYPARTS, Outcome.REACHED)
FIRST_WEEKDAY: Final = _question("weekday_won", WEEKDAYS)
FIRST_HOUR: Final = _question("hour_won", DAYPARTS)
FIRST_DELAY: Final = _question("response_won", RESPONSE_BANDS)
FIRST_LENGTH: Final = _question("length_won", _named(["up to 2 minutes", "2 to 5 minutes", "more than 5 minutes"]))
FIRST_TWO: Final = _question("sequence_won", CHANNELS)


def _calls(facts: dict[Hypothesis, list[Row]], made: list[dict[str, str]]) -> None:
    for row in made:
        if row["type"] == "call" and row["duration_s"]:
            at = datetime.fromisoformat(row["started_at"])
            known = int(row["agent_id"]), at.toordinal()
            reached = float(float(row["duration_s"]) >= REACHED_SECONDS)
            facts[CALL_WEEKDAY].append((*known, at.weekday(), reached))
            facts[CALL_HOUR].append((*known, daypart(at.hour), reached))


def _application(facts: dict[Hypothesis, list[Row]], deal: dict[str, str], made: list[dict[str, str]]) -> None:
    created, first = datetime.fromisoformat(deal["created_at"]), made[0]
    at = datetime.fromisoformat(first["started_at"])
    known = int(first["agent_id"]), at.toordinal()
    in_time = deal["status"] == "won" and datetime.fromisoformat(deal["closed_at"]) <= created + IN_TIME
    won = float(in_time)
    facts[FIRST_WEEKDAY].append((*known, at.weekday(), won))
    facts[FIRST_HOUR].append((*known, daypart(at.hour), won))
    facts[FIRST_DELAY].append((*known, response_band(max(0, int((at - created).total_seconds()))), won))
    if first["duration_s"]:
        seconds = float(first["duration_s"])
        facts[FIRST_LENGTH].append((*known, sum(seconds > limit for limit in CALL_SECONDS), won))
    if len(made) > 1:
        sequence = channel_sequence(ActivityType(first["type"]), ActivityType(made[1]["type"]))
        if sequence is not None:
            facts[FIRST_TWO].append((*known, sequence, won))


def _samples(facts: dict[Hypothesis, list[Row]]) -> dict[Hypothesis, Sample]:
    """Segments nobody's fact lies in are empty and tell nothing."""
    return {question: sample(rows) for question, rows in facts.items()}


def _rows(file: Path) -> Iterator[dict[str, str]]:
    raw = file.read_bytes()
    text = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8")
    yield from csv.DictReader(StringIO(text))


def worlds(folder: Path) -> tuple[list[World], list[World]]:
    """The CRM exports and the loan applications anywhere in the folder."""
    exports = [crm(file) for file in sorted(folder.rglob("sales_pipeline.csv"))]
    applications = [loans(file.parent) for file in sorted(folder.rglob("deals.csv.gz"))]
    return exports, applications
