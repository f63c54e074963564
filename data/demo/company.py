"""The whole company as values: the same for the same day and size, on every machine."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from data.demo import agenda, bookings, funnel, history, list_outs, work
from data.demo.cast import OFFICES, Office, Player, Size, Story, players
from data.demo.desk import Desk, sit_down
from data.demo.rhythm import HISTORY_DAYS, LEFT_DAYS, MOVED_DAYS, NEWCOMER_DAYS, RISING_DAYS, SMALL_HISTORY_DAYS, Span, absences
from data.demo.rows import Facts
from domain.records import Profile

JOINED_DAYS: Final = 900
"""Whoever has no story about it joined this many days before today, give or take some months."""
OPEN_END: Final = date(9999, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stint:
    """The days somebody belonged to a team."""

    office: Office
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the company with everything dated."""

    number: int
    player: Player
    joined_on: date
    left_on: date | None
    stints: tuple[Stint, ...]
    absences: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """People and what they did."""

    members: tuple[Member, ...]
    facts: Facts


def found(today: date, size: Size, now: datetime | None = None) -> Company:
    """Found the company and let it live up to today, and no further than to the moment it is looked at."""
    members = tuple(_member(number, player, today) for number, player in players(size))
    facts = Facts(today=today, now=now)
    first_day = today - timedelta(days=SMALL_HISTORY_DAYS if size is Size.SMALL else HISTORY_DAYS)
    desks = [desk for member in members for desk in _desks(member, first_day, today)]
    for desk in desks:
        for day in range(len(desk.past_days)):
            if desk.profile is not Profile.BDR:
                funnel.work_day(desk, facts, day)
            work.work_day(desk, facts, day)
        agenda.plan(desk, facts)
    outreach = [desk for desk in desks if desk.profile is Profile.BDR]
    list_outs.run(outreach, facts, list_outs.SMALL_BLOCK_LEADS if size is Size.SMALL else list_outs.BLOCK_LEADS)
    bookings.untangle(desks, facts)
    told = history.moves(facts, {member.number: member.player.zone for member in members})
    facts.moves.extend(move for move in told if facts.has_happened(move.when))
    return Company(members=members, facts=facts)


def _member(number: int, player: Player, today: date) -> Member:
    joined = today - timedelta(days=_days_here(number, player))
    left = today - timedelta(days=LEFT_DAYS) if player.story is Story.LEFT else None
    return Member(
        number=number,
        player=player,
        joined_on=joined,
        left_on=left,
        stints=tuple(_stints(player, joined, left, today)),
        absences=tuple(absences(player, number, today)),
    )


def _days_here(number: int, player: Player) -> int:
    if player.story is Story.RISING:
        return RISING_DAYS
    return NEWCOMER_DAYS if player.story is Story.NEWCOMER else JOINED_DAYS + (number * 71) % 400


def _stints(player: Player, joined: date, left: date | None, today: date) -> list[Stint]:
    by_name = {office.name: office for office in OFFICES}
    if not player.office:
        return []
    end = left or OPEN_END
    if not player.came_from:
        return [Stint(office=by_name[player.office], span=Span(joined, end))]
    moved = today - timedelta(days=MOVED_DAYS)
    return [
        Stint(office=by_name[player.came_from], span=Span(joined, moved)),
        Stint(office=by_name[player.office], span=Span(moved, end)),
    ]


def _desks(member: Member, first_day: date, today: date) -> list[Desk]:
    """A desk for every stint that reaches into the history kept."""
    spans = [(stint, Span(max(stint.span.start, first_day), stint.span.end)) for stint in member.stints]
    return [sit_down(member.number, member.player, stint.office.profile, span, today) for stint, span in spans if span.start < span.end]
