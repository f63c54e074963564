"""The items of a pipeline by their stage, as a board shows them, and the partner contacts of a list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Person, Sublist, SublistContact
from data.queries.pipeline_flow import living
from domain.access import Scope, Selection
from domain.records import DealStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item as a board shows it."""

    id: int
    name: str
    company: str
    agent_name: str
    stage: str
    stage_entered_at: datetime | None
    amount_minor: int | None
    in_stage: int
    """How many items are in its stage, also those not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A partner on a list."""

    id: int
    sublist_id: int
    name: str
    company: str
    email: str
    deal_id: int | None
    """The item it became; None until somebody makes one."""


def items(session: Session, scope: Scope, selection: Selection, today: date, *, without: Collection[str], per_stage: int) -> list[Item]:
    """The open items, and those decided today, but for the stages `without`; each stage's last moved first, at most so many of each."""
    entered, stage = col(Deal.stage_entered_at), col(Deal.stage)
    place = func.row_number().over(partition_by=stage, order_by=(entered.desc().nulls_last(), col(Deal.id).desc())).label("place")
    ranked = (
        select(
            *(col(Deal.id), col(Deal.name), col(Deal.company), stage, entered, col(Deal.amount_minor)),
            func.coalesce(col(Person.name), "").label("agent_name"),
            func.count().over(partition_by=stage).label("in_stage"),
            place,
        )
        .outerjoin(Person, col(Person.id) == col(Deal.agent_id))
        .where(living(scope, selection, today), stage.not_in(sorted(without)))
        .where((col(Deal.status) == DealStatus.OPEN) | (col(Deal.closed_on) == today))
        .subquery()
    )
    shown = [column for column in ranked.c if column.key != "place"]
    rows = session.execute(select(*shown).where(ranked.c.place <= per_stage).order_by(ranked.c.stage, ranked.c.place)).mappings()
    return [Item(**row) for row in rows]


def sublists(session: Session, deal_id: int) -> list[Sublist]:
    """The lists of a deal, oldest first."""
    return list(session.scalars(select(Sublist).where(col(Sublist.deal_id) == deal_id).order_by(col(Sublist.id))))


def contacts(session: Session, deal_id: int) -> list[Contact]:
    """The partners on all lists of a deal, each with the first item it became."""
    spawned = select(func.min(col(Deal.id))).where(col(Deal.sublist_contact_id) == col(SublistContact.id)).scalar_subquery()
    query = (
        select(SublistContact, spawned)
        .join(Sublist, col(Sublist.id) == col(SublistContact.sublist_id))
        .where(col(Sublist.deal_id) == deal_id)
        .order_by(col(SublistContact.id))
    )
    return [
        Contact(id=each.id or 0, sublist_id=each.sublist_id, name=each.name, company=each.company, email=each.email, deal_id=deal_of)
        for each, deal_of in session.execute(query)
    ]


def contact(session: Session, deal_id: int, contact_id: int) -> SublistContact | None:
    """A partner on one of the deal's lists, locked until the transaction ends."""
    query = (
        select(SublistContact)
        .join(Sublist, col(Sublist.id) == col(SublistContact.sublist_id))
        .where(col(Sublist.deal_id) == deal_id, col(SublistContact.id) == contact_id)
        .with_for_update(of=SublistContact)
    )
    return session.scalar(query)


def item_of(session: Session, contact_id: int) -> int | None:
    """The item a partner became."""
    return session.scalar(select(func.min(col(Deal.id))).where(col(Deal.sublist_contact_id) == contact_id))
