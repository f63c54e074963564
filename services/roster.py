"""Who is on a board: the people of a selection with their teams and working days, and what is asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import Organisation
from data.queries import people
from data.queries.people import Member, TeamName
from domain.access import Scope, Selection
from domain.periods import Period
from domain.records import Profile, Role
from domain.targets import Holder, TeamSpan
from domain.working_days import Calendar, Span, calendar, public_holidays, whole_units

RECENT_DAYS: Final = 28
"""Four weeks: every weekday four times, and recent enough to be called the pace of now."""
FALLBACK_CURRENCY: Final = "USD"
FALLBACK_COUNTRY: Final = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAgent:
    """A person on a board."""

    agent_id: int
    name: str
    team: TeamName | None
    """The team of the last day looked at that is not in the future."""
    role: Role
    holder: Holder
    """Their working days while they belong to the selection."""
    is_present: bool
    """Whether any day of the selection is theirs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The people of a selection, by id in alphabetical order of their names, and what their figures share."""

    currency: str
    profile: Profile
    agents: Mapping[int, BoardAgent]

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The kinds of business among them, each once; the organisation's where nobody has a team."""
        return tuple(dict.fromkeys(agent.team.profile for agent in self.agents.values() if agent.team)) or (self.profile,)

    @property
    def team_ids(self) -> frozenset[int]:
        """The teams they are on."""
        return frozenset(agent.team.team_id for agent in self.agents.values() if agent.team)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who works here, on which teams, and when they are away, as far as a viewer sees it: what rosters of any days are made from."""

    days: Period
    """Whose absences are known."""
    currency: str
    country: str
    profile: Profile
    members: tuple[Member, ...]
    teams: Mapping[int, TeamName]
    away: Mapping[int, tuple[Span, ...]]

    def covers(self, days: Period) -> bool:
        """Whether enough is known for a roster of the days."""
        return self.days.start <= days.start and days.end <= self.days.end


def staff(session: Session, scope: Scope, days: Period) -> Staff:
    """Everybody within the scope and their absences in the days, in three statements."""
    organisation = people.organisation(session)
    members, teams = people.members(session, scope)
    return Staff(
        days=days,
        currency=_currency(organisation),
        country=organisation.country if organisation else FALLBACK_COUNTRY,
        profile=organisation.profile if organisation else Profile.REAL_ESTATE,
        members=tuple(members),
        teams=teams,
        away=people.absences(session, scope, days),
    )


def roster(session: Session, scope: Scope, selection: Selection, today: date, known: Staff | None = None) -> Roster:
    """The agents of the selection within the scope. Managers and admins are on it while they are on a team themselves.

    Their calendars reach from the period compared with, or four weeks before today, to the end of the selection. Nothing is read where
    the staff is known for these days.
    """
    since = min(selection.period.previous(today).start, today - timedelta(days=RECENT_DAYS))
    window = whole_units(Period(since, max(selection.period.end, today)))
    found = known if known is not None and known.covers(window) else staff(session, scope, window)
    calendars = _Calendars(window, public_holidays(found.country, window.start.year, window.last_day.year))
    chosen = (_board_agent(member, found, calendars, scope, selection, today) for member in found.members)
    return Roster(
        currency=found.currency,
        profile=found.profile,
        agents={agent.agent_id: agent for agent in chosen if not selection.agent_ids or agent.agent_id in selection.agent_ids},
    )


def currency_of(session: Session) -> str:
    """What all amounts of the installation are in."""
    return _currency(people.organisation(session))


def free_days(session: Session, first_year: int, last_year: int) -> frozenset[date]:
    """The public holidays of the organisation's country in these years, both included."""
    organisation = people.organisation(session)
    return public_holidays(organisation.country if organisation else FALLBACK_COUNTRY, first_year, last_year)


def _currency(organisation: Organisation | None) -> str:
    return organisation.currency if organisation else FALLBACK_CURRENCY


class _Calendars:
    """Calendars of a window; equal weeks share one, which is what lets equal targets be computed once."""

    def __init__(self, window: Period, free: frozenset[date]) -> None:
        self.window = window
        self.free = free
        self._known: dict[tuple[object, ...], Calendar] = {}

    def of(self, weekdays: frozenset[int], away: tuple[Span, ...], present: tuple[Span, ...]) -> Calendar:
        key = (weekdays, away, present)
        if key not in self._known:
            self._known[key] = calendar(self.window, weekdays, free=self.free, absences=away, present=present)
        return self._known[key]


def _board_agent(member: Member, found: Staff, calendars: _Calendars, scope: Scope, selection: Selection, today: date) -> BoardAgent:
    present = _present(member, calendars.window, scope, selection)
    last_day = min(selection.period.last_day, max(today, selection.period.start))
    on_last_day = next((each.team_id for each in member.teams if last_day in each.span), None)
    away = tuple(span for span in found.away.get(member.agent_id, ()) if span.within(calendars.window))
    work = calendars.of(member.weekdays, away, present or (NOWHERE,))
    return BoardAgent(
        agent_id=member.agent_id,
        name=member.name,
        team=found.teams.get(on_last_day) if on_last_day is not None else None,
        role=member.role,
        holder=Holder(agent_id=member.agent_id, teams=_within(member.teams, calendars.window), calendar=work),
        is_present=any(span.within(selection.period) for span in present),
    )


NOWHERE: Final = Span(date.min, date.min)
"""No day at all."""


def _present(member: Member, window: Period, scope: Scope, selection: Selection) -> tuple[Span, ...]:
    """The days of the window on which the member belongs to the selection."""
    employed = Span(member.joined_on or date.min, member.left_on).within(window)
    if employed is None:
        return ()
    employment = Period(employed.start, employed.end or window.end)
    spans = (span.within(employment) for span in _belonging(member, scope, selection))
    return tuple(span for span in spans if span is not None)


def _belonging(member: Member, scope: Scope, selection: Selection) -> Iterable[Span]:
    wanted = selection.team_ids or (scope.team_ids if scope.role is Role.MANAGER else frozenset())
    sells = member.role is Role.AGENT or member.teams
    if not selection.team_ids and (scope.role is not Role.MANAGER or member.agent_id == scope.viewer_id):
        return [Span(date.min)] if sells else []
    return [each.span for each in member.teams if each.team_id in wanted]


def _within(teams: Sequence[TeamSpan], window: Period) -> tuple[TeamSpan, ...]:
    """The memberships cut to the window, so that equal ones compare equal whenever they began."""
    cut = ((each.team_id, each.span.within(window)) for each in teams)
    return tuple(TeamSpan(team_id=team_id, span=span) for team_id, span in cut if span is not None)
