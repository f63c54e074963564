"""What all tables share: constraint names, the column types of the product."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, String, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware going in, UTC coming out; a naive value is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone."""
        del dialect
        if value is not None and value.tzinfo is None:
            msg = f"{value!r} has no time zone"
            raise ValueError(msg)
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Hand every moment out in UTC, whatever the connection's zone."""
        del dialect
        return value.astimezone(UTC) if value is not None else None


class Word(TypeDecorator[StrEnum]):
    """A closed set of words, stored as its text; the table's CHECK names the members."""

    impl = String(24)
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        """Remember which set."""
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Refuse a word outside the set."""
        del dialect
        return self.words(value).value if value is not None else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The member of the set."""
        del dialect
        return self.words(value) if value is not None else None


def one_of(column: str, words: type[StrEnum]) -> str:
    """The CHECK that keeps a column to the words of a set."""
    members = ", ".join(f"'{word.value}'" for word in words)
    return f"{column} IN ({members})"


def blank(max_length: int) -> Any:  # noqa: ANN401 - like Field, typed by the attribute it is assigned to
    """A text column that is empty, not NULL, when there is nothing to say."""
    return Field(default="", max_length=max_length, sa_column_kwargs={"server_default": text("''")})
