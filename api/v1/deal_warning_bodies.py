"""How deals at risk are asked for, shown and dealt with."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from api.v1.fields import PAGE, Body, Day, Limit, PathId, Shown, Words
from domain.deals.deal_chance import DealChance, Likelihood, NoChance
from domain.deals.priority import DealPriority
from domain.deals.warning_life import WarningState
from domain.deals.warning_words import WARNING_WORDS
from domain.deals.warnings import WarningRule
from services import stale_deals
from services.deal_warnings import DealAtRisk, DealPage, WarningShown
from services.stale_deals import StaleCheck


class WarningOut(Shown):
    """Something a deal may need help with."""

    rule: WarningRule
    name: str
    state: WarningState
    since: datetime | None
    """When the situation began; null where nobody knows."""
    evidence: str
    next_step: str
    noticed_at: datetime
    snoozed_until: datetime | None
    reason: str
    """Why somebody put it aside or resolved it."""

    @classmethod
    def of(cls, warning: WarningShown) -> Self:
        """The same for other programs."""
        words = WARNING_WORDS[warning.rule]
        known = {name: getattr(warning, name) for name in cls.model_fields if name not in {"name", "next_step"}}
        return cls(**known, name=words.name, next_step=words.do)


class WarningsOut(Shown):
    """All that is kept of a deal's warnings, those that are over last."""

    items: list[WarningOut]

    @classmethod
    def of(cls, warnings: tuple[WarningShown, ...]) -> Self:
        """The same for other programs."""
        return cls(items=[WarningOut.of(each) for each in warnings])


class AtRiskQuery(Body):
    """Which open deals to list."""

    agent: PathId | None = None
    team: PathId | None = None
    pipeline: Annotated[Words, Field(max_length=80)] | None = None
    stage: Annotated[Words, Field(max_length=80)] | None = None
    priority: DealPriority | None = None
    rule: WarningRule | None = None
    quiet_days: Annotated[int, Field(ge=1, le=stale_deals.LONGEST_DAYS)] | None = None
    """Only deals without activity for so many full days."""
    limit: Limit = PAGE
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class ListedChanceOut(Shown):
    """How likely a listed deal is to be won within `horizon_days`, or in `lack` why that is not told; its facts have the reasons."""

    chance: float | None
    """From 0.01 to 0.99: nothing that is still to come is certain."""
    likelihood: Likelihood | None
    horizon_days: int | None
    lack: NoChance | None

    @classmethod
    def of(cls, chance: DealChance) -> Self:
        """The same for other programs."""
        return cls(chance=chance.told, likelihood=chance.likelihood, horizon_days=chance.horizon_days, lack=chance.lack)


class AtRiskOut(Shown):
    """An open deal with what warns of it."""

    deal_id: int
    name: str
    company: str
    agent_id: int | None
    agent: str | None
    pipeline: str
    stage: str
    amount_minor: int | None
    priority: DealPriority | None
    """null where nothing warns of it."""
    quiet_days: int | None
    next_step_at: datetime | None
    chance: ListedChanceOut | None
    """null for a deal that is over."""
    warnings: list[WarningOut]
    link: str

    @classmethod
    def of(cls, deal: DealAtRisk) -> Self:
        """The same for other programs."""
        listed, coming = deal.listed, deal.facts.next_step
        same = {"deal_id", "name", "company", "agent_id", "pipeline", "stage", "amount_minor", "priority"}
        return cls(
            **{name: getattr(listed, name) for name in same},
            agent=listed.agent_name,
            quiet_days=deal.facts.quiet_days,
            next_step_at=coming.starts_at if coming else None,
            chance=ListedChanceOut.of(deal.chance) if deal.chance else None,
            warnings=[WarningOut.of(each) for each in deal.warnings],
            link=f"/deals?deal={listed.deal_id}",
        )


class AtRiskPage(Shown):
    """Open deals, those that ask most for attention first."""

    items: list[AtRiskOut]
    in_all: int

    @classmethod
    def of(cls, page: DealPage) -> Self:
        """The same for other programs."""
        return cls(items=[AtRiskOut.of(each) for each in page.deals], in_all=page.in_all)


class SnoozeIn(Body):
    """Until when a warning is put aside, and why."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"until": "2027-01-11", "reason": "They are on holiday."}]})

    until: Day
    reason: Annotated[Words, Field(max_length=200)] = ""


class ResolveIn(Body):
    """Why a warning is dealt with."""

    reason: Annotated[Words, Field(max_length=200)] = ""


class StaleQuery(Body):
    """From how many days without activity on a deal is stale."""

    days_threshold: Annotated[int, Field(ge=1, le=stale_deals.LONGEST_DAYS)] = stale_deals.DEFAULT_DAYS


class StaleOut(Shown):
    """What a check found; done when it is answered."""

    status: str
    days_threshold: int
    message: str
    checked_on: date
    in_all: int
    told: int
    """People whose inbox has it now."""
    items: list[AtRiskOut]

    @classmethod
    def of(cls, found: StaleCheck, days: int, on: date) -> Self:
        """The same for other programs."""
        return cls(
            status="done",
            days_threshold=days,
            message=f"Stale deals: {found.in_all}. People told: {found.told}.",
            checked_on=on,
            in_all=found.in_all,
            told=found.told,
            items=[AtRiskOut.of(each) for each in found.deals],
        )
