"""1:1s the demo's managers held and prepare, and what their people took on: some done, some open, some past their day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from psycopg import Cursor

from data.demo.company import Company, Member
from data.demo.copying import Keys, copy, next_ids

TALK_COLUMNS: Final = "id agent_id manager_id planned_on topics agenda notes held_on"
COMMITMENT_COLUMNS: Final = "one_on_one_id agent_id words made_on due_on done_on"
DAYS_AGO: Final = (12, 40, 19, 0, 26)
"""When somebody last talked with their manager, by their number; 0 for not yet. More than four weeks is too long ago."""
FRIDAY: Final = 4
AGENDA: Final = "What is on your mind?\nWhat works: say it before anything else.\nWhat will you do, and by when?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What came of a talk."""

    notes: str
    kept: str
    """What was taken on and done within a week."""
    open: str
    """What was taken on and is not done."""
    in_days: int
    """Its day, counted from the talk."""


SAID: Final = (
    _Said(
        notes="Mornings go well, the hour after lunch does not. Wants to move follow-ups there.",
        kept="Block the first hour for new leads",
        open="Write down three openings and try each for a day",
        in_days=14,
    ),
    _Said(
        notes="Two deals wait for papers. We agreed to name a day in every talk from now on.",
        kept="Ask both clients what is still missing",
        open="Go through the open deals without a next step",
        in_days=28,
    ),
    _Said(
        notes="Appointments are held and lead to little. Will listen first and show later.",
        kept="Sit in on one appointment of a colleague",
        open="Practise the four questions once with a colleague",
        in_days=14,
    ),
)
TOPICS: Final = "The new territory\nHow I can get more afternoon appointments"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """A talk of two people of the company."""

    member: Member
    manager: int
    held_on: date | None
    planned_on: date
    said: _Said | None


def write_talks(cursor: Cursor[Any], company: Company, keys: Keys) -> None:
    """A talk for most, and one in preparation for every third."""
    talks = list(_talks(company))
    ids = next_ids(cursor, "one_on_one", len(talks))
    copy(cursor, "one_on_one", TALK_COLUMNS, (_row(each, key, keys) for each, key in zip(talks, ids, strict=True)))
    taken = (row for each, key in zip(talks, ids, strict=True) for row in _commitments(each, key, keys))
    copy(cursor, "one_on_one_commitment", COMMITMENT_COLUMNS, taken)


def _talks(company: Company) -> Iterator[_Talk]:
    today = company.facts.today
    for member in company.members:
        manager = _manager(company, member)
        if manager is None:
            continue
        ago = DAYS_AGO[member.number % len(DAYS_AGO)]
        if ago:
            on = _weekday(today - timedelta(days=ago), -1)
            yield _Talk(member=member, manager=manager, held_on=on, planned_on=on, said=SAID[member.number % len(SAID)])
        if member.number % len(SAID) == 1:
            yield _Talk(member=member, manager=manager, held_on=None, planned_on=_weekday(today + timedelta(days=1), 1), said=None)


def _weekday(day: date, step: int) -> date:
    """The day, or at a weekend the nearest working one in the direction of the step."""
    while day.weekday() > FRIDAY:
        day += timedelta(days=step)
    return day


def _manager(company: Company, member: Member) -> int | None:
    """Who manages the team somebody is on now and was on for long enough to have talked; None for nobody."""
    if not member.stints or member.left_on is not None or member.joined_on > company.facts.today - timedelta(days=max(DAYS_AGO)):
        return None
    office = member.stints[-1].office.name
    return next((each.number for each in company.members if office in each.player.manages), None)


def _row(talk: _Talk, key: int, keys: Keys) -> tuple[Any, ...]:
    notes = talk.said.notes if talk.said else ""
    topics, agenda = ("", AGENDA) if talk.said else (TOPICS, "")
    return (key, keys.people[talk.member.number], keys.people[talk.manager], talk.planned_on, topics, agenda, notes, talk.held_on)


def _commitments(talk: _Talk, key: int, keys: Keys) -> Iterator[tuple[Any, ...]]:
    if talk.said is None or talk.held_on is None:
        return
    agent, week = keys.people[talk.member.number], talk.held_on + timedelta(days=7)
    yield (key, agent, talk.said.kept, talk.held_on, week, _weekday(week - timedelta(days=2), -1))
    yield (key, agent, talk.said.open, talk.held_on, talk.held_on + timedelta(days=talk.said.in_days), None)
