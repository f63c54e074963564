"""What goes together with what in the work of teams, found at night."""

from datetime import date
from typing import Annotated, Final, Self

from fastapi import APIRouter, Depends
from pydantic import Field

import clock
from api.deps import Calling, allowed
from api.errors import described
from api.v1.fields import Shown
from database import database
from domain.api_scopes import ApiScope
from domain.coaching.patterns.pattern import Answer, Pattern, Tier
from domain.coaching.patterns.words import effect_text, missing_text, sentence
from domain.local_time import local_time
from domain.records import Role
from services import patterns

router: Final = APIRouter(prefix="/coaching/patterns", tags=["coaching"])


class PatternOut(Shown):
    """Two things seen together in a team's work, or in the caller's own; not that one is the other's cause."""

    id: str
    """The same every night for the same team, question and segment."""
    hypothesis: str
    segment: str
    tier: Tier
    is_own: bool
    """Whether it is about the caller's own work alone."""
    sentence: str
    effect_text: str
    effect: float
    """Odds ratio, or difference in stars for ratings; drawn towards no effect."""
    low: float
    high: float
    """Its 90 % interval."""
    sample: Annotated[int, Field(ge=0)]
    """Facts on both sides."""
    people: Annotated[int, Field(ge=0)]
    q_value: float
    """Share of false ones among all patterns as sure."""

    @classmethod
    def of(cls, found: Pattern) -> Self:
        """The pattern for other programs."""
        return cls(
            id=found.id,
            hypothesis=found.hypothesis.key,
            segment=found.segment.key,
            tier=found.tier,
            is_own=not found.whose.is_team,
            sentence=sentence(found),
            effect_text=effect_text(found),
            effect=found.effect,
            low=found.low,
            high=found.high,
            sample=found.inside.count + found.outside.count,
            people=found.people,
            q_value=found.q_value,
        )


class PatternTooEarlyOut(Shown):
    """A question for which there is too little yet."""

    hypothesis: str
    sentence: str
    has: int
    needs: int

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """What is missing, for other programs."""
        return cls(hypothesis=answer.hypothesis.key, sentence=missing_text(answer), has=answer.has, needs=answer.needs)


class PatternList(Shown):
    """What was found last night, the clear ones first."""

    items: list[PatternOut]
    too_early: list[PatternTooEarlyOut]
    nothing: list[str]
    """Questions with enough records and nothing to tell."""
    looked_on: date | None


@router.get("", dependencies=[Depends(allowed(ApiScope.ANALYTICS_READ))], responses=described(401, 403, 404))
def patterns_found(calling: Calling) -> PatternList:
    """An agent's team's and, where they want it, their own; else those of the teams the caller looks after."""
    viewer = calling.viewer
    today = local_time(clock.now(), viewer.time_zone).on
    with database().reading() as session:
        if viewer.role is Role.AGENT:
            board = patterns.patterns_of(session, viewer, viewer.person_id, today)
        else:
            board = patterns.patterns_of_teams(session, viewer, (), today)
    return PatternList(
        items=[PatternOut.of(each) for each in board.told],
        too_early=[PatternTooEarlyOut.of(each) for each in board.too_early],
        nothing=[each.hypothesis.key for each in board.nothing],
        looked_on=board.looked_on,
    )
