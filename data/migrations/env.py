"""Alembic's entry: runs the migrations on the connection it is handed and renders our column types as plain ones."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

import data.models  # noqa: F401 - registers the tables
from data.models.base import UtcDateTime, Word


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:  # noqa: ANN401 - alembic hands anything
    """Our decorated types are stored as plain ones; migrations say so and do not import the models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Word):
        return "sa.String(length=24)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=SQLModel.metadata, render_item=render_item, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
