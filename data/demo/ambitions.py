"""The goals the demo's people have set themselves: this month's, this year's, and those of the months before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from psycopg import Cursor

from data.demo.cast import COVER, HOMES, LENDING, OUTREACH, SIGN_IN_AGENT, Office
from data.demo.company import Company, Member
from data.demo.copying import Keys, copy
from data.demo.rhythm import moment
from domain.goals.entry import goal_days
from domain.periods import Period
from domain.records import GoalPeriod, Profile

COLUMNS: Final = "agent_id period metric_key name target starts_on ends_on created_by created_at updated_at"
MONTHS: Final = 6
"""Half a year of goals, where the history is that long: enough to see what became of them."""
BOLDNESS: Final = (0.8, 1.0, 1.25)
"""Some people ask less of themselves than is usual in their office, some more."""
NINE: Final = 9 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """What a month brings in an office."""

    revenue: float
    sales: float


USUAL: Final[Mapping[str, _Usual]] = {
    HOMES.name: _Usual(revenue=24_000, sales=2),
    LENDING.name: _Usual(revenue=18_000, sales=5),
    OUTREACH.name: _Usual(revenue=5_000, sales=3),
    COVER.name: _Usual(revenue=11_000, sales=9),
}
FIRST_CONTACT_HOURS: Final = 2.0
CALLS_A_WEEK: Final = 45
CONVERSION: Final = 0.1
SEASON_NAME: Final = "A full season"
SEASON: Final = 100
"""Days from its first to its deadline."""
IN_SEASON: Final = 30
"""Days of it that are over."""
SEASON_SHOWINGS: Final = 40


def write_goals(cursor: Cursor[Any], company: Company, keys: Keys) -> None:
    """Everybody's goals who is on a team and still there."""
    facts = company.facts
    months = [days for days in _months(facts.today) if days.start >= min(row.when.on for row in facts.activities)]
    rows = (_row(member, keys.people[member.number], *each) for member in company.members for each in _goals(member, months, facts.today))
    copy(cursor, "goal", COLUMNS, rows)


def _goals(member: Member, months: Sequence[Period], today: date) -> Iterator[tuple[GoalPeriod, Period, str, float]]:
    """Length, days, kind and target; those with days of their own have a name."""
    if not member.stints or member.left_on is not None:
        return
    office, bold = member.stints[-1].office, BOLDNESS[member.number % len(BOLDNESS)]
    for days in months:
        if days.end > member.joined_on:
            yield from ((GoalPeriod.MONTHLY, days, kind, target) for kind, target in _of_a_month(office, bold))
    if member.player == SIGN_IN_AGENT:
        yield GoalPeriod.WEEKLY, goal_days(GoalPeriod.WEEKLY, today), "calls", CALLS_A_WEEK
        yield GoalPeriod.QUARTERLY, goal_days(GoalPeriod.QUARTERLY, today), "conversion_rate", CONVERSION
        yield GoalPeriod.YEARLY, goal_days(GoalPeriod.YEARLY, today), "revenue", 12 * USUAL[office.name].revenue
        start = today - timedelta(days=IN_SEASON)
        yield GoalPeriod.SPAN, Period(start, start + timedelta(days=SEASON)), "showings", SEASON_SHOWINGS


def _months(today: date) -> list[Period]:
    months = [goal_days(GoalPeriod.MONTHLY, today)]
    while len(months) < MONTHS:
        months.append(goal_days(GoalPeriod.MONTHLY, months[-1].start - timedelta(days=1)))
    return months


def _of_a_month(office: Office, bold: float) -> Iterator[tuple[str, float]]:
    usual = USUAL[office.name]
    yield "revenue", round(usual.revenue * bold, -2)
    yield "deals_won", max(1, round(usual.sales * bold))
    if office.profile is not Profile.BDR:
        yield "median_response_time", FIRST_CONTACT_HOURS


def _row(member: Member, key: int, period: GoalPeriod, days: Period, kind: str, target: float) -> Sequence[Any]:
    """Set on the morning its days began."""
    set_at = moment(days.start, NINE, member.player.zone).at
    return (key, period.value, kind, SEASON_NAME if period is GoalPeriod.SPAN else "", target, days.start, days.end, key, set_at, set_at)
