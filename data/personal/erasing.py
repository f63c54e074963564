"""Carrying out the fates of what is held about a person, in the caller's transaction."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CursorResult, Executable, delete, text, update
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from data.personal.holding import Fate, Holding
from data.personal.holdings import HOLDINGS


def take_away(session: Session, person_id: int, fates: Collection[Fate]) -> dict[str, int]:
    """Delete the person's rows of every table with one of the fates; how many went, by table."""
    going = [each for each in HOLDINGS if each.fate in fates]
    return {each.table: _changed(session, delete(_table(each)).where(_whose(each, person_id))) for each in going}


def empty_columns(session: Session, person_id: int) -> None:
    """Empty what the rows that stay say of who the person was."""
    for each in HOLDINGS:
        if each.emptied:
            columns = {name: None if _table(each).columns[name].nullable else "" for name in sorted(each.emptied)}
            session.execute(update(_table(each)).where(_whose(each, person_id)).values(columns))


def forget_replaced(session: Session, person_id: int) -> None:
    """Take the copies away that imports kept of the person and of their notes: an undone import must not bring them back."""
    session.execute(text("DELETE FROM import_change WHERE table_name = 'person' AND record_id = :me"), {"me": person_id})
    session.execute(
        text(
            "UPDATE import_change SET before = before - 'notes' WHERE table_name = 'activity' AND before ? 'notes' "
            "AND record_id IN (SELECT id FROM activity WHERE agent_id = :me)"
        ),
        {"me": person_id},
    )


def _table(holding: Holding) -> Any:  # noqa: ANN401 - a table
    return SQLModel.metadata.tables[holding.table]


def _whose(holding: Holding, person_id: int) -> Any:  # noqa: ANN401 - a condition
    return text(f"({holding.whose})").bindparams(me=person_id)


def _changed(session: Session, statement: Executable) -> int:
    done = session.execute(statement)
    assert isinstance(done, CursorResult)  # noqa: S101 - for the type checker
    return done.rowcount
