"""The list of what is held about people is complete: a new table fails here until somebody says whose it is."""

import pytest
from sqlalchemy import Table, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from data.personal.holding import Fate
from data.personal.holdings import HOLDINGS, LEFT_OUT

LISTED = {each.table: each for each in HOLDINGS}


def names_somebody(table: Table) -> bool:
    """Whether a column is a person's id, by its foreign key or by its name."""
    by_key = any(key.target_fullname in {"person.id", "vision_board.agent_id", "day_plan.agent_id"} for key in table.foreign_keys)
    return by_key or bool({"person_id", "agent_id", "created_by"} & set(table.columns.keys()))


def test_every_table_is_told_or_left_out_with_its_reason() -> None:
    assert LISTED.keys() | LEFT_OUT.keys() == SQLModel.metadata.tables.keys()
    assert not LISTED.keys() & LEFT_OUT.keys()
    assert len(LISTED) == len(HOLDINGS)


def test_no_table_that_names_a_person_is_left_out() -> None:
    assert [name for name in LEFT_OUT if names_somebody(SQLModel.metadata.tables[name])] == []


def test_no_proof_is_told() -> None:
    told = {
        column.name for name, each in LISTED.items() for column in SQLModel.metadata.tables[name].columns if column.name not in each.hidden
    }
    assert not {"password_hash", "token_hash", "sealed_address", "storage_key"} & told


@pytest.mark.parametrize("table", sorted(LISTED))
def test_whose_rows_they_are_is_sql_the_database_understands(session: Session, table: str) -> None:
    holding = LISTED[table]
    session.execute(text(f"SELECT 1 FROM {table} WHERE {holding.whose} LIMIT 1").bindparams(me=1))
    assert holding.about.endswith(".")
    assert holding.fate in Fate
