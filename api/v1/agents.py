"""How an address names an agent and a question names its days: `/agents/me/…?period=this_month`."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final, Self, TypeAlias

from fastapi import Depends, Path, Query
from pydantic import Field, model_validator

import clock
from api.deps import Calling
from api.v1.fields import LARGEST_INT, Body, Day
from database import database
from domain.facts import AgentChoice
from domain.local_time import local_time
from domain.periods import Period, Preset, from_preset
from services.agents import agent_seen
from services.callers import Caller

LONGEST_DAYS: Final = 3 * 366
"""Three years: more is for an export."""
NOBODY: Final = 0
"""No person has this id; larger ones than the table can have are nobody's, and PostgreSQL refuses to compare with them."""
DayCount: TypeAlias = Annotated[
    str, Field(pattern=r"^[1-9][0-9]{0,2} ?d(ays?)?$", description="So many days up to today, such as `30 days` or `30d`.")
]
AgentPath = Annotated[str, Path(pattern=r"^(me|[1-9][0-9]{0,9})$", description="`me`, or the id of an agent the caller looks after.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks about which agent, and the day it is there."""

    calling: Caller
    agent: AgentChoice
    today: date

    @property
    def agent_id(self) -> int:
        """The agent's id."""
        return self.agent.agent_id


def agent_named(agent: AgentPath, calling: Calling) -> Asked:
    """The agent of the address; 404 for one the caller may not see, 403 for a program that says `me`."""
    today = local_time(clock.now(), calling.viewer.time_zone).on
    with database().reading() as session:
        found = agent_seen(session, calling.viewer, _agent_id(agent, calling), today)
    return Asked(calling=calling, agent=found, today=local_time(clock.now(), found.time_zone).on)


Agent = Annotated[Asked, Depends(agent_named)]
"""Beside it a route still says what its callers need: `dependencies=[Depends(allowed(ApiScope.…))]`."""


def agent_asked(
    calling: Calling,
    agent: Annotated[
        str, Query(pattern=r"^(me|[1-9][0-9]{0,9})$", description="`me`, or the id of an agent the caller looks after.")
    ] = "me",
) -> Asked:
    """The same for an address that does not name an agent and a question that may."""
    return agent_named(agent, calling)


AskedAgent = Annotated[Asked, Depends(agent_asked)]


class DaysQuery(Body):
    """Which days: a named span or so many days, the last 30 days unless told, or `from` and `to`, both included."""

    period: Preset | DayCount | None = None
    first_on: Annotated[Day | None, Field(alias="from")] = None
    last_on: Annotated[Day | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _is_one_span(self) -> Self:
        if (self.first_on is None) != (self.last_on is None):
            raise ValueError("from and to belong together")
        if self.first_on and self.last_on:
            if self.period:
                raise ValueError("name a period, or from and to, not both")
            if not 0 <= (self.last_on - self.first_on).days < LONGEST_DAYS:
                raise ValueError(f"to is on or after from, and at most {LONGEST_DAYS} days in all")
        return self

    def days(self, today: date) -> Period:
        """The days asked for, seen from the agent's today."""
        if self.first_on and self.last_on:
            return Period(self.first_on, self.last_on + timedelta(days=1))
        if self.period is None or isinstance(self.period, Preset):
            return from_preset(self.period or Preset.LAST_30_DAYS, today)
        tomorrow = today + timedelta(days=1)
        return Period(tomorrow - timedelta(days=int(self.period.rstrip(" days"))), tomorrow)


def _agent_id(agent: str, calling: Caller) -> int:
    if agent == "me":
        calling.require_person()
        return calling.viewer.person_id
    number = int(agent)
    return number if number <= LARGEST_INT else NOBODY
