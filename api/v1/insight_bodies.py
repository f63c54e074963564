"""How insights are shown."""

from datetime import date
from typing import Annotated, Self

from fastapi import Path
from pydantic import Field

from api.v1.fields import Body, Shown
from domain.coaching.insights.insight import Insight
from domain.metrics.status import Tone

InsightId = Annotated[str, Path(pattern=r"^[a-z_]+\.[0-9]+\.[0-9]{4}-W[0-9]{2}(\.[0-9a-f]{8})?$", max_length=120)]


class InsightQuery(Body):
    """Which insights to list."""

    put_aside: bool = False
    """Those the caller has put aside, instead of the others."""


class ExampleOut(Shown):
    """One of the records an insight speaks of."""

    name: str
    detail: str
    lead_id: int | None


class InsightOut(Shown):
    """An observation about an agent's own numbers."""

    id: str
    """The same for the same rule, agent and week."""
    rule: str
    tone: Tone
    metric_key: str
    """The figure it is about."""
    source: str | None
    """The source of leads it is about."""
    first_on: date
    last_on: date
    """The days it speaks of, both included."""
    sentence: str
    evidence: str
    sample: Annotated[int, Field(ge=0)]
    """How many facts it rests on."""
    examples: list[ExampleOut]
    """The first of the records it speaks of, where they are single ones."""
    more: Annotated[int, Field(ge=0)]
    """How many there are beside these."""

    @classmethod
    def of(cls, insight: Insight) -> Self:
        """The insight for other programs."""
        return cls(
            id=insight.id,
            rule=insight.rule,
            tone=insight.tone,
            metric_key=insight.metric_key,
            source=insight.source,
            first_on=insight.period.start,
            last_on=insight.period.last_day,
            sentence=insight.sentence,
            evidence=insight.evidence,
            sample=insight.sample,
            examples=[ExampleOut.model_validate(each) for each in insight.examples],
            more=insight.more,
        )


class TooEarlyOut(Shown):
    """A figure that is not compared yet."""

    metric_key: str
    sentence: str
    has: int
    needs: int


class InsightList(Shown):
    """What holds of the agent now, what waits first."""

    items: list[InsightOut]
    too_early: list[TooEarlyOut]
    """What cannot be told yet."""
