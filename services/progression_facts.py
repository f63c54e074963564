"""What the ladder is read from: an agent's months, the last weeks, their working weeks and their peers, all from the daily sums."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries.daily import AgentTotals
from data.queries.progression import Mate
from domain.access import Scope, Selection
from domain.counters import Counters, total
from domain.metrics.reading import RIPE_DAYS
from domain.periods import Grain, Period, add_months, containing
from domain.progression.assessment import MONTHS_LOOKED_AT, ProgressionFacts, QuarterEnd
from domain.progression.outlook import DAYS_A_MONTH, PACE_DAYS
from domain.progression.requirements import LEAST_WEEKS, Kind, Stretch
from domain.progression.skills import Peers, Sums
from domain.progression.terms import TERMS
from domain.progression.wording import WEEKLY
from domain.records import Profile, Role
from domain.working_days import Calendar
from services.roster import BoardAgent, roster

EVERYBODY: Final = Scope(viewer_id=0, role=Role.ADMIN)
WEEKS_DAYS: Final = 28
"""Four weeks: every weekday four times, recent enough to be called of late."""
MONTHS_BACK: Final = 6
"""Months without work (parental leave, illness) are passed over; half a year is as far as that goes."""
FIRST: Final = date(1970, 1, 1)
DAYS_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentFacts:
    """Everything an agent's progression is found from."""

    agent_id: int
    name: str
    profile: Profile
    ladder: ProgressionFacts
    skills: Sums
    sales_by_month: Mapping[date, int]
    """By the first of the month, all there are."""
    recent_sales: int

    @property
    def known_since(self) -> date | None:
        """The first month with facts; None where there are none."""
        return self.ladder.known_since

    @property
    def lifetime_sales(self) -> int:
        """All sales there are."""
        return sum(self.sales_by_month.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spans:
    """The days looked at from a day on, the day included."""

    today: date

    @property
    def tomorrow(self) -> date:
        return self.today + timedelta(days=1)

    @property
    def weeks(self) -> Period:
        return Period(self.tomorrow - timedelta(days=WEEKS_DAYS), self.tomorrow)

    @property
    def results(self) -> Period:
        return Period(self.tomorrow - timedelta(days=PACE_DAYS), self.tomorrow)

    @property
    def ripe(self) -> Period:
        end = self.tomorrow - timedelta(days=RIPE_DAYS)
        return Period(end - timedelta(days=PACE_DAYS), end)

    @property
    def year(self) -> Period:
        return year_to(self.today)

    @property
    def months(self) -> list[Period]:
        """Whole months before this one, newest first."""
        this = self.today.replace(day=1)
        return [containing(add_months(this, -back), Grain.MONTH) for back in range(1, MONTHS_BACK + 1)]


def year_to(today: date) -> Period:
    """The twelve months up to and including the day."""
    tomorrow = today + timedelta(days=1)
    return Period(add_months(tomorrow, -12), tomorrow)


def days_behind(today: date, *, requirement: Kind | None = None, needs_time: bool = False) -> Period:
    """The days whose records stand behind a requirement's value, or behind a skill."""
    spans = _Spans(today=today)
    if requirement is Kind.SALES:
        return spans.year
    if requirement in WEEKLY:
        return spans.weeks
    return spans.ripe if needs_time else spans.results


def facts_of(session: Session, scope: Scope, agent_ids: Collection[int], today: date) -> dict[int, AgentFacts]:
    """The agents' facts within the scope, by id; people outside it are left out. Four statements, however many they are."""
    spans, chosen = _Spans(today=today), frozenset(agent_ids)
    window = Period(spans.months[-1].start, spans.tomorrow)
    board = roster(session, scope, Selection(period=window, agent_ids=chosen), today)
    every = Selection(period=Period(FIRST, spans.tomorrow), agent_ids=chosen)
    months = daily.totals_by_agent_and_month(session, scope, every)
    asked = [Selection(period=each, agent_ids=chosen) for each in (spans.weeks, spans.results, spans.ripe, spans.year)]
    of_late = daily.totals_by_agent_in(session, scope, asked)
    return {
        agent_id: _facts(agent, board.profile, months.get(agent_id, {}), [_sums(each, agent_id) for each in of_late], spans)
        for agent_id, agent in board.agents.items()
    }


def peer_sums(session: Session, agent_ids: Collection[int], today: date) -> dict[int, Sums]:
    """The skills of these agents over three whole months, for being compared with all together.

    Whole months, so that two answers a day apart cannot be subtracted to give a single colleague's day away.
    """
    if not agent_ids:
        return {}
    this, chosen = today.replace(day=1), frozenset(agent_ids)
    spans = (Period(add_months(this, -3), this), Period(add_months(this, -4), add_months(this, -1)))
    recent, ripe = daily.totals_by_agent_in(session, EVERYBODY, [Selection(period=each, agent_ids=chosen) for each in spans])
    return {each: Sums(recent=_sums(recent, each), ripe=_sums(ripe, each)) for each in chosen}


def peers_of(mates: Mapping[int, Mate], sums: Mapping[int, Sums], agent_id: int, mate: Mate) -> Peers:
    """The others in the same kind of business, those of the level apart from the rest."""
    others = {other: theirs for other, theirs in mates.items() if other != agent_id and theirs.profile is mate.profile}
    return Peers(
        of_level=[sums[other] for other, theirs in others.items() if theirs.level is mate.level],
        others=[sums[other] for other, theirs in others.items() if theirs.level is not mate.level],
    )


def _facts(agent: BoardAgent, company: Profile, months: Mapping[date, Counters], late: list[Counters], spans: _Spans) -> AgentFacts:
    weeks, results, ripe, year = late
    profile, calendar = agent.team.profile if agent.team else company, agent.holder.calendar
    now = Stretch(
        work=weeks,
        weeks=_weeks(calendar, spans.weeks),
        conversion_sums=results,
        sales_per_month=results.deals_won / PACE_DAYS * DAYS_A_MONTH,
        sales_12_months=year.deals_won,
    )
    stretches = (_month(months, each, calendar) for each in spans.months)
    worked = [each for each in stretches if each.weeks >= LEAST_WEEKS]
    return AgentFacts(
        agent_id=agent.agent_id,
        name=agent.name,
        profile=profile,
        ladder=ProgressionFacts(
            terms=TERMS[profile],
            known_since=min(months, default=None),
            now=now,
            sales_12_months=year.deals_won,
            months=worked[:MONTHS_LOOKED_AT],
            quarters=tuple(_quarters(months, spans.today)),
        ),
        skills=Sums(recent=results, ripe=ripe),
        sales_by_month={month: sums.deals_won for month, sums in months.items() if sums.deals_won},
        recent_sales=results.deals_won,
    )


def _weeks(calendar: Calendar, days: Period) -> float:
    """How many of their own working weeks were planned for them in these days."""
    regular = calendar.regular.between(days.start, days.end)
    return calendar.present.between(days.start, days.end) * days.days / DAYS_A_WEEK / regular if regular else 0.0


def _month(months: Mapping[date, Counters], month: Period, calendar: Calendar) -> Stretch:
    own = months.get(month.start, Counters())
    three = total(months.get(add_months(month.start, -back), Counters()) for back in range(MONTHS_LOOKED_AT))
    return Stretch(work=own, weeks=_weeks(calendar, month), conversion_sums=three, sales_per_month=float(own.deals_won))


def _quarters(months: Mapping[date, Counters], today: date) -> Iterable[QuarterEnd]:
    """The last two whole quarters, newest first."""
    end = containing(today, Grain.QUARTER).start
    for day in (end, add_months(end, -3)):
        sales = sum(sums.deals_won for month, sums in months.items() if add_months(day, -12) <= month < day)
        yield QuarterEnd(day=day, sales_12_months=sales)


def _sums(found: Mapping[int, AgentTotals], agent_id: int) -> Counters:
    return found[agent_id].sums if agent_id in found else Counters()
