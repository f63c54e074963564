"""Records of the same system that rows refer to by its ids."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Reference:
    """A stored record and whose it is."""

    id: int
    agent_id: int | None


def references(session: Session, table: str, origin: str, external_ids: Collection[str], *, lock: bool = False) -> dict[str, Reference]:
    """The records of the system among these ids; `lock` keeps others from changing them until the transaction ends."""
    agent = {"stage_change": "NULL::int"}.get(table, "agent_id")
    statement = f"SELECT external_id, id, {agent} FROM {table} WHERE origin = :origin AND external_id = ANY(:ids)"
    rows = session.execute(text(f"{statement} ORDER BY id{' FOR UPDATE' if lock else ''}"), {"origin": origin, "ids": list(external_ids)})
    return {external_id: Reference(record_id, agent_id) for external_id, record_id, agent_id in rows}
