"""Mappings kept under a name for the next file of the same kind."""

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.imports.mapping import Mapping
from data.models import Deal, SavedMapping


def saved_mappings(session: Session) -> dict[str, Mapping]:
    """All saved mappings by name."""
    rows = session.execute(select(col(SavedMapping.name), col(SavedMapping.mapping)).order_by(func.lower(col(SavedMapping.name))))
    return {name: Mapping.model_validate(mapping) for name, mapping in rows}


def owner_of(session: Session, name: str) -> int | None:
    """Who saved the mapping first; None when nobody did or they are gone."""
    return session.scalar(select(col(SavedMapping.created_by)).where(col(SavedMapping.name) == name))


def save_mapping(session: Session, name: str, mapping: Mapping, person_id: int) -> None:
    """Keep the mapping under the name, in place of an earlier one."""
    content = mapping.model_copy(update={"layout": None}).model_dump(mode="json")
    statement = insert(SavedMapping).values(name=name, mapping=content, created_by=person_id)
    changed = {"mapping": statement.excluded.mapping, "updated_at": func.now()}
    session.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed))


def known_products(session: Session, limit: int = 1000) -> list[str]:
    """Product names in use."""
    named = select(col(Deal.product)).where(col(Deal.product) != "").distinct().order_by(col(Deal.product)).limit(limit)
    return list(session.scalars(named))
