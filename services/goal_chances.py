"""How likely running goals are reached by their deadline, and how that went day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.queries import daily, goal_chances, goal_facts
from data.queries import goals as goal_queries
from data.writes import goal_chances as writes
from data.writes.goal_chances import KeptChance
from domain.access import Scope, Selection
from domain.counters import Counters
from domain.goals.chain import REVENUE
from domain.goals.chance import Chance, OpenDeal, chance
from domain.goals.posterior import DealValues
from domain.goals.progress import GoalFacts, GoalProgress, by_chance
from domain.goals.rhythm import Remaining, Rhythm
from domain.metrics.behind import BEHIND
from domain.metrics.definition import Unit
from domain.metrics.status import Status
from domain.money import from_minor
from domain.periods import Period
from domain.records import Role
from services.access import Viewer
from services.goal_company import Company
from services.goal_known import EVERYBODY, known_of, peers_of, sees_the_year
from services.goals import MOST, GoalBoard, facts_of, progress_of

DayChance: TypeAlias = goal_chances.DayChance
LATELY: Final = timedelta(days=90)
"""A quarter: long enough for what happens rarely, recent enough to be called the current rate."""
SALES: Final = frozenset({"deals_won", REVENUE})
"""What open deals bring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChances:
    """The chances of running goals now, and their lines over time."""

    now: Mapping[int, Chance]
    """By goal id; goals whose chance cannot be reckoned are not in it."""
    lines: Mapping[int, Sequence[DayChance]]


def with_chances(session: Session, viewer: Viewer, agent_id: int, board: GoalBoard, today: date) -> tuple[GoalBoard, GoalChances]:
    """The board of an agent the viewer may see, its goals judged by their chances, with the chances of all that run."""
    found = chances_of(session, viewer.scope, agent_id, board.current, Company(session=session, today=today))
    current = tuple(by_chance(goal, found[goal.goal.id].probability) if goal.goal.id in found else goal for goal in board.current)
    told = [goal.goal.id for goal in board.current] if sees_the_year(session, viewer.scope, agent_id, today) else []
    return replace(board, current=current), GoalChances(now=found, lines=goal_chances.lines(session, told))


def chances_of(session: Session, scope: Scope, agent_id: int, goals: Sequence[GoalProgress], company: Company) -> dict[int, Chance]:
    """By goal id, how likely each running goal of the agent is reached by the facts the scope may see."""
    asked = [goal for goal in goals if _can_be_reckoned(goal, company.today)]
    if not asked:
        return {}
    reckoned = _Reckoned(session, scope, agent_id, asked, company)
    return {goal.goal.id: reckoned.chance(goal) for goal in asked}


def keep_chances(session: Session, today: date) -> dict[str, int]:
    """Keep what every running goal's chance was when yesterday ended; done again it brings the rows up to date. Returns counts."""
    yesterday, company = today - timedelta(days=1), Company(session=session, today=today)
    kept = sum(_keep(session, each.agent_id, yesterday, company) for each in goal_queries.agents_with_goals(session, yesterday))
    return {"goals": kept}


def _keep(session: Session, agent_id: int, yesterday: date, company: Company) -> int:
    own = Scope(viewer_id=agent_id, role=Role.AGENT)
    entries = [each for each in goal_queries.open_goals(session, agent_id, yesterday, limit=MOST) if each.starts_on <= yesterday]
    goals, currency = progress_of(session, own, agent_id, entries, company.today)
    found = {goal_id: each.probability for goal_id, each in chances_of(session, own, agent_id, goals, company).items()}
    ended = {goal.goal.id: float(goal.status is Status.REACHED) for goal in goals if goal.is_over and goal.value is not None}
    known = found | ended
    told = [each for each in goals if each.goal.id in known]
    rows = [KeptChance(goal_id=each.goal.id, chance=known[each.goal.id], value=_stored(each, currency)) for each in told]
    return writes.put_chances(session, yesterday, rows)


def _stored(goal: GoalProgress, currency: str) -> Decimal:
    if goal.definition.unit is Unit.MONEY:
        return from_minor(round(goal.value or 0), currency)
    return Decimal(str(round(goal.value or 0, 4)))


def _can_be_reckoned(goal: GoalProgress, today: date) -> bool:
    """Only what adds up and runs; a rate has no such chance, and days that are hidden would make it a wrong one."""
    runs = today in goal.goal.days and not (goal.goal.is_paused or goal.goal.is_cancelled)
    return runs and goal.definition.prorated and not goal.is_partly_seen and goal.goal.type in BEHIND


class _Reckoned:
    """What the chances of one agent's goals share."""

    def __init__(self, session: Session, scope: Scope, agent_id: int, goals: Sequence[GoalProgress], company: Company) -> None:
        today = company.today
        until = max(goal.goal.ends_on for goal in goals)
        self.company, self.today = company, today
        self.lately = Period(today - LATELY, today)
        self.facts, _ = facts_of(session, scope, agent_id, Period(self.lately.start, until), today)
        types = {goal.goal.type for goal in goals}
        self.peers = peers_of(session, agent_id, today)
        self.peer_sums = self._sums_of_peers(session)
        self.values: DealValues | None = known_of(session, scope, agent_id, today).values if REVENUE in types else None
        self.open = goal_facts.open_sales(session, scope, agent_id, today) if types & SALES else []

    def chance(self, goal: GoalProgress) -> Chance:
        """The goal's."""
        entry = goal.goal
        planned = self.facts.work_days.without(entry.left_out)
        left = Remaining(workdays=planned.between(self.today, entry.ends_on), days=(entry.ends_on - self.today).days)
        return chance(
            target=entry.target,
            actual=goal.value or 0.0,
            left=left,
            rhythm=self._rhythm(entry.type, entry.days),
            open_deals=self._open_deals(left.days) if entry.type in SALES else (),
            values=self.values if entry.type == REVENUE else None,
        )

    def _rhythm(self, kind: str, days: Period) -> Rhythm:
        counter = BEHIND[kind].counters[0]
        return Rhythm(
            daily=_per_work_day(self.facts, counter, self.lately),
            prior_per_day=self._prior(counter),
            cycle_days=self.company.cycles if kind in SALES else (),
            season=self.company.season(counter, days),
        )

    def _open_deals(self, days_left: int) -> list[OpenDeal]:
        return [
            OpenDeal(
                win_share=0.0,
                days_to_close=0.0,
                in_time_share=self.company.table.in_time((self.today - deal.created_on).days, days_left),
                amount_minor=deal.amount_minor,
            )
            for deal in self.open
        ]

    def _sums_of_peers(self, session: Session) -> Counters | None:
        return daily.totals(session, EVERYBODY, Selection(period=self.lately, agent_ids=self.peers)) if self.peers else None

    def _prior(self, counter: str) -> float | None:
        """What one of the peers does in a working day of the agent's."""
        days = self.facts.work_days.between(self.lately.start, self.lately.end)
        if self.peer_sums is None or not days:
            return None
        return float(getattr(self.peer_sums, counter)) / (len(self.peers) * days)


def _per_work_day(facts: GoalFacts, counter: str, days: Period) -> tuple[int, ...]:
    """Events on each planned working day, with those of the free days before it."""
    planned = [day for day in facts.work_days.days if day in days]
    events = {day: getattr(sums, counter) for day, sums in facts.by_day.items() if day in days}
    return tuple(_between(events, before, day) for before, day in zip([days.start - timedelta(days=1), *planned], planned, strict=False))


def _between(events: Mapping[date, int], after: date, upto: date) -> int:
    return sum(count for day, count in events.items() if after < day <= upto)
