"""Three figures to set a new goal by; what somebody took of them, changed or did not want is kept, and that one is not shown again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.queries import daily
from data.queries import goal_advice as queries
from data.writes.goal_advice import AdviceRow, put_advice
from domain.access import Selection
from domain.errors import ConflictError
from domain.goals.entry import GRAINS, known_type
from domain.goals.suggestions import LOOKED_BACK, Suggestion, suggestions
from domain.goals.target import typed_amount
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Definition
from domain.periods import Period, containing
from domain.records import AdviceKind, Decision, GoalPeriod
from services.access import Viewer
from services.agents import agent_seen
from services.goal_known import EVERYBODY, peers_of
from services.goal_setting import WantedGoals, create_goals
from services.goals import facts_of
from services.roster import currency_of

DecidedAdvice: TypeAlias = queries.DecidedAdvice
FURTHEST_BACK: Final = timedelta(days=8 * 92)
"""Eight quarters; of longer periods fewer are looked at."""
NOT_SUGGESTED: Final = "This is not suggested any more. Look at the suggestions again."


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGoal:
    """Which goal somebody thinks about."""

    agent_id: int
    kind: str
    """A goal type."""
    period: GoalPeriod
    starts_on: date


def suggestions_left(session: Session, viewer: Viewer, about: NewGoal, today: date) -> tuple[Suggestion, ...]:
    """The suggestions somebody has not declined for this goal's days. Raises as `suggested`."""
    declined = {each.kind for each in decided(session, viewer, about, today) if each.decision is Decision.DECLINED}
    found = suggested(session, viewer, about.agent_id, about.kind, about.period, today)
    return tuple(each for each in found if each.key not in declined)


def decided(session: Session, viewer: Viewer, about: NewGoal, today: date) -> list[DecidedAdvice]:
    """What was decided about the suggestions for this goal's days, oldest first. Raises NotFoundError and InputError as `suggested`."""
    agent_seen(session, viewer, about.agent_id, today)
    return queries.decided_of_period(session, about.agent_id, known_type(about.kind).key, about.period, about.starts_on)


def decline_suggestion(session: Session, viewer: Viewer, about: NewGoal, kind: AdviceKind, today: date, now: datetime) -> None:
    """Keep that somebody does not want this suggestion. Raises as `suggested`, and ConflictError where it is none."""
    offered = _offered(suggestions_left(session, viewer, about, today), kind)
    if offered is None:
        raise ConflictError(NOT_SUGGESTED, code="not_suggested")
    _keep(session, viewer, about, offered, None, now)


def take_suggestion(session: Session, viewer: Viewer, wanted: WantedGoals, kind: AdviceKind, today: date, now: datetime) -> Decision | None:
    """Set the one goal wanted, and keep that it came of this suggestion: as it was, or edited. Raises as `create_goals`.

    What is no suggestion any more, because the facts changed meanwhile, is set all the same, with None for the decision.
    """
    days = create_goals(session, viewer, wanted, today, now)
    ((key, target),) = wanted.targets.items()
    about = NewGoal(agent_id=wanted.agent_id, kind=key, period=wanted.period, starts_on=days.start)
    offered = _offered(suggested(session, viewer, wanted.agent_id, key, wanted.period, today), kind)
    return None if offered is None else _keep(session, viewer, about, offered, target, now)


def decision_of(suggested: Decimal, chosen: Decimal | None) -> Decision:
    """What choosing this target made of the one that was suggested."""
    if chosen is None:
        return Decision.DECLINED
    return Decision.ACCEPTED if chosen == suggested else Decision.EDITED


def suggested(session: Session, viewer: Viewer, agent_id: int, kind: str, period: GoalPeriod, today: date) -> tuple[Suggestion, ...]:
    """Three figures for the kind of goal, from what the agent reached in periods like it; money in minor units.

    Raises NotFoundError and InputError as `studio`. What colleagues reach is only drawn on where they are enough to stay unknown.
    """
    agent_seen(session, viewer, agent_id, today)
    definition, periods = known_type(kind), _like_periods(period, today)
    whole = Period(periods[0].start, periods[-1].end)
    facts, _ = facts_of(session, viewer.scope, agent_id, whole, today)
    begun = min(facts.by_day, default=today)
    own = [facts.measure(definition, each).value for each in periods if each.start >= begun]
    cohort = _cohort(session, definition, peers_of(session, agent_id, today), periods)
    return suggestions(definition, [value for value in own if value is not None], cohort, period) or ()


def _like_periods(period: GoalPeriod, today: date) -> list[Period]:
    """The last ended periods of the same kind, oldest first; for days of their own months are as good as any."""
    grain = GRAINS.get(period, GRAINS[GoalPeriod.MONTHLY])
    found = [containing(containing(today, grain).start - timedelta(days=1), grain)]
    while len(found) < LOOKED_BACK and found[-1].start > today - FURTHEST_BACK:
        found.append(containing(found[-1].start - timedelta(days=1), grain))
    return found[::-1]


def _cohort(session: Session, definition: Definition, peers: frozenset[int], periods: Sequence[Period]) -> list[float]:
    """What each of the peers reached in each period; nothing for what is not measured from sums."""
    metric = METRICS.get(definition.key)
    if metric is None or not peers:
        return []
    selections = [Selection(period=each, agent_ids=peers) for each in periods]
    found = daily.totals_by_agent_in(session, EVERYBODY, selections)
    values = (metric.measure(agent.sums).value for each in found for agent in each.values() if agent.last_worked_on is not None)
    return [value for value in values if value is not None]


def _offered(found: Sequence[Suggestion], kind: AdviceKind) -> Suggestion | None:
    return next((each for each in found if each.key == kind), None)


def _keep(session: Session, viewer: Viewer, about: NewGoal, offered: Suggestion, chosen: Decimal | None, now: datetime) -> Decision:
    amount = typed_amount(known_type(about.kind), offered.value, currency_of(session))
    row = AdviceRow(
        agent_id=about.agent_id,
        goal_id=None,
        period=about.period,
        metric_key=about.kind,
        starts_on=about.starts_on,
        kind=AdviceKind(offered.key),
        suggested=amount,
        evidence={"reached": offered.reached, "of": offered.of, "source": offered.source, "sentence": offered.sentence},
        decision=decision_of(amount, chosen),
        chosen=chosen,
        decided_by=viewer.author_id,
    )
    put_advice(session, row, now)
    return row.decision
