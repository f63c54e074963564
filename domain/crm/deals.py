"""Leads of amoCRM, which are our deals, the stages they stand in, and the moves they made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeAlias

from domain.crm.reading import (
    Record,
    UnreadableError,
    field_texts,
    inner,
    inner_list,
    known_id,
    moment,
    needed_moment,
    number,
    record_id,
    words,
)
from domain.records import DealStatus

WON, LOST = 142, 143
"""The last two stages of every pipeline have these numbers."""
StageKey: TypeAlias = tuple[int, int]
"""The pipeline's number and the stage's; 142 and 143 are in every pipeline."""
DEAL_FIELDS: Final = ("source", "category", "product", "company")
"""What of a deal may come from one of the account's own fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage as the account calls it."""

    key: StageKey
    pipeline: str
    name: str
    sort: int

    @property
    def means(self) -> DealStatus:
        """What it says about a deal, unless somebody decided otherwise."""
        return {WON: DealStatus.WON, LOST: DealStatus.LOST}.get(self.key[1], DealStatus.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmDeal:
    """A lead of amoCRM."""

    number: int
    name: str
    price: int | None
    """In whole units of the account's currency; amoCRM writes 0 where nobody entered a price."""
    user: int | None
    stage: StageKey
    contact: int | None
    loss_reason: str
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    is_deleted: bool
    fields: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A deal went from a stage to another; no stage before where amoCRM does not know it."""

    key: str
    deal: int
    before: StageKey | None
    after: StageKey
    at: datetime
    user: int | None


def stages(pipeline: Record) -> list[Stage]:
    """The stages of a pipeline, in order."""
    name = words(pipeline.get("name"), 80) or f"Pipeline {record_id(pipeline)}"
    found = [
        Stage(
            key=(record_id(pipeline), record_id(each)),
            pipeline=name,
            name=words(each.get("name"), 80) or f"Stage {record_id(each)}",
            sort=number(each.get("sort")) or 0,
        )
        for each in inner_list(inner(pipeline, "_embedded"), "statuses")
    ]
    return sorted(found, key=lambda stage: stage.sort)


def deal(record: Record) -> CrmDeal:
    """The lead, raises UnreadableError with the reason why it cannot be one."""
    embedded = inner(record, "_embedded")
    reasons = inner_list(embedded, "loss_reason")
    created_at = needed_moment(record, "created_at")
    return CrmDeal(
        number=record_id(record),
        name=words(record.get("name"), 300) or f"Deal {record_id(record)}",
        price=_price(record),
        user=known_id(record.get("responsible_user_id")),
        stage=_stage(record),
        contact=_main_contact(inner_list(embedded, "contacts")),
        loss_reason=words(reasons[0].get("name"), 200) if reasons else "",
        created_at=created_at,
        updated_at=moment(record.get("updated_at")) or created_at,
        closed_at=moment(record.get("closed_at")),
        is_deleted=record.get("is_deleted") is True,
        fields=field_texts(record),
    )


def move(record: Record) -> Move:
    """A change of stage, from an event."""
    after = _moved_stage(record, "value_after")
    key, on = words(record.get("id"), 100), known_id(record.get("entity_id"))
    if after is None or not key or on is None:
        raise UnreadableError("It does not say which deal entered which stage.")
    return Move(
        key=key,
        deal=on,
        before=_moved_stage(record, "value_before"),
        after=after,
        at=needed_moment(record, "created_at"),
        user=known_id(record.get("created_by")),
    )


def _price(record: Record) -> int | None:
    price = number(record.get("price"))
    if price is not None and price < 0:
        raise UnreadableError("Its price is below zero.")
    return price or None


def _stage(record: Record) -> StageKey:
    pipeline, status = known_id(record.get("pipeline_id")), known_id(record.get("status_id"))
    if pipeline is None or status is None:
        raise UnreadableError("It stands in no stage.")
    return pipeline, status


def _moved_stage(record: Record, name: str) -> StageKey | None:
    for each in inner_list(record, name):
        told = inner(each, "lead_status")
        pipeline, status = known_id(told.get("pipeline_id")), known_id(told.get("id"))
        if pipeline is not None and status is not None:
            return pipeline, status
    return None


def _main_contact(contacts: list[Record]) -> int | None:
    """The contact marked as the main one, else the first."""
    ordered = sorted(contacts, key=lambda each: each.get("is_main") is not True)
    return known_id(ordered[0].get("id")) if ordered else None
