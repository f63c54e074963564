"""How a report is asked for: its days, whose, of which category; within what the caller may see."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from fastapi import Depends, Query
from pydantic import Field

import clock
from api.deps import allowed
from api.v1.agents import DaysQuery
from api.v1.fields import PathId, Words
from domain.access import Selection
from domain.api_scopes import ApiScope
from domain.local_time import local_time
from domain.periods import Grain
from services.access import Viewer
from services.callers import Caller
from services.filters import MAX_CATEGORY_LENGTH

MOST_NAMED: Final = 200


class ReportQuery(DaysQuery):
    """The days, the last 30 unless told, and whom they are narrowed to; who is not the caller's to see is left out."""

    agent: Annotated[list[PathId], Field(default_factory=list, max_length=MOST_NAMED)]
    team: Annotated[list[PathId], Field(default_factory=list, max_length=MOST_NAMED)]
    category: Annotated[list[Annotated[Words, Field(max_length=MAX_CATEGORY_LENGTH)]], Field(default_factory=list, max_length=MOST_NAMED)]


class Bucket(StrEnum):
    """The length of a point."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    @property
    def grain(self) -> Grain:
        """The same as a calendar unit."""
        return Grain(self.value)


class VolumeQuery(ReportQuery):
    """The same, and how long a point is."""

    by: Bucket = Bucket.WEEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """Who asks about what, and the day it is there."""

    viewer: Viewer
    selection: Selection
    today: date


def reported(wanted: ReportQuery, calling: Caller) -> Reported:
    """The question as services take it."""
    today = local_time(clock.now(), calling.viewer.time_zone).on
    selection = Selection(
        period=wanted.days(today),
        agent_ids=frozenset(wanted.agent),
        team_ids=frozenset(wanted.team),
        categories=frozenset(wanted.category),
    )
    return Reported(viewer=calling.viewer, selection=selection, today=today)


def _asked(wanted: Annotated[ReportQuery, Query()], calling: Annotated[Caller, Depends(allowed(ApiScope.ANALYTICS_READ))]) -> Reported:
    return reported(wanted, calling)


Report = Annotated[Reported, Depends(_asked)]
Reader = Annotated[Caller, Depends(allowed(ApiScope.ANALYTICS_READ))]
