"""What moved in an agent's work: trends of the last year, and the parts of the last change of the sales."""

from datetime import date
from typing import Annotated, Final, Self

from fastapi import APIRouter, Depends, Query

from api.deps import allowed
from api.errors import described
from api.v1.agents import AskedAgent
from api.v1.analytics_bodies import DaysOut
from api.v1.fields import Shown
from database import database
from domain.access import Selection
from domain.api_scopes import ApiScope
from domain.coaching.funnel_change import Part
from domain.coaching.movement_words import change_sentence, part_name, trend_evidence, trend_text
from domain.coaching.patterns.pattern import Tier
from domain.coaching.trends import Shape, Trend
from domain.reports.spans import MONTH_PATTERN, report_days
from services.movements import Change, what_moved

router: Final = APIRouter(prefix="/coaching", tags=["coaching"])
Month = Annotated[str, Query(pattern=MONTH_PATTERN, description="`last_month`, `this_month`, or a month such as `2026-11`.")]


class TrendOut(Shown):
    """Where a figure has been going."""

    metric: str
    sure: Tier
    """`nothing` moved beyond luck, or it is `too_early`; the other two are told."""
    sentence: str
    evidence: str
    months: int
    facts: int
    shape: Shape | None
    """A steady slope or a step; null where nothing is told. The same goes for what follows."""
    since: date | None
    start: float | None
    end: float | None
    is_good: bool | None

    @classmethod
    def of(cls, trend: Trend, currency: str) -> Self:
        """The trend as an answer."""
        line = trend.line
        return cls(
            metric=trend.metric.key,
            sure=trend.tier,
            sentence=trend_text(trend, currency),
            evidence=trend_evidence(trend, currency),
            months=trend.months,
            facts=trend.facts,
            shape=line.shape if line else None,
            since=line.since if line else None,
            start=line.start if line else None,
            end=line.end if line else None,
            is_good=trend.is_good,
        )


class PartOut(Shown):
    """What a factor of the sales makes of their change."""

    key: str
    name: str
    before: float
    now: float
    events: tuple[int, int]
    """What it rests on, then and now."""
    amount: float
    sure: Tier | None
    """Whether the factor moved; null where that is no question of luck."""

    @classmethod
    def of(cls, part: Part) -> Self:
        """The part as an answer."""
        return cls(
            key=part.key,
            name=part_name(part),
            before=part.before,
            now=part.now,
            events=part.events,
            amount=part.amount,
            sure=part.tier,
        )


class SalesChangeOut(Shown):
    """The change of the sales, or of what they brought; the parts sum to it."""

    metric: str
    before_days: DaysOut
    now_days: DaysOut
    before: float
    now: float
    sentence: str
    parts: list[PartOut]

    @classmethod
    def of(cls, change: Change, currency: str) -> Self:
        """The change as an answer."""
        return cls(
            metric=change.parts.key,
            before_days=DaysOut.of(change.before),
            now_days=DaysOut.of(change.now),
            before=change.parts.before,
            now=change.parts.now,
            sentence=change_sentence(change.parts, change.before, change.now, currency),
            parts=[PartOut.of(part) for part in change.parts.parts],
        )


class TrendsOut(Shown):
    """What moved."""

    agent_id: int
    trends: list[TrendOut]
    change: SalesChangeOut | None
    """Null where there were no sales to compare."""


@router.get("/trends", dependencies=[Depends(allowed(ApiScope.ANALYTICS_READ))], responses=described(401, 403, 404, 422))
def trends(asked: AskedAgent, month: Month = "last_month") -> TrendsOut:
    """Where the figures have been going up to a month, and which part of the way to a sale moved; `agent` is `me` unless told."""
    selection = Selection(period=report_days(month, asked.today), agent_ids=frozenset({asked.agent_id}))
    with database().reading() as session:
        moved = what_moved(session, asked.calling.viewer, selection, asked.today)
    return TrendsOut(
        agent_id=asked.agent_id,
        trends=[TrendOut.of(each, moved.currency) for each in moved.trends],
        change=SalesChangeOut.of(moved.change, moved.currency) if moved.change else None,
    )
