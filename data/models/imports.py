"""Files that came in: what they were, which rows were refused, and what undoing them takes."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of


class BatchStatus(StrEnum):
    """Where an import stands."""

    DONE = "done"
    UNDONE = "undone"


class ImportBatch(SQLModel, table=True):
    """One imported file. `accepted_rows` + `rejected_rows` = `rows`."""

    __tablename__: ClassVar[str] = "import_batch"
    __table_args__ = (
        CheckConstraint(one_of("status", BatchStatus), name="known_status"),
        CheckConstraint("accepted_rows + rejected_rows = rows", name="every_row_counted"),
        CheckConstraint("inserted_rows + updated_rows + unchanged_rows = accepted_rows", name="every_accepted_row_counted"),
    )

    id: int | None = Field(default=None, primary_key=True)
    file_name: str = Field(max_length=255)
    file_sha256: str = Field(max_length=64)
    kind: str = Field(max_length=24)
    """What the rows are: deals, leads, activities, people, stage_changes."""
    origin: str = Field(max_length=40)
    options: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    """The mapping and reading options used, so that the import can be repeated."""
    rows: int
    accepted_rows: int
    rejected_rows: int
    inserted_rows: int
    updated_rows: int
    unchanged_rows: int
    status: BatchStatus = Field(default=BatchStatus.DONE, sa_column=Column(Word(BatchStatus), nullable=False))
    imported_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    imported_at: datetime = Field(sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ImportRowError(SQLModel, table=True):
    """Why a row of a file was not accepted."""

    __tablename__: ClassVar[str] = "import_row_error"
    __table_args__ = (Index("ix_import_row_error_batch", "batch_id", "line"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    batch_id: int = Field(foreign_key="import_batch.id", ondelete="CASCADE")
    line: int
    """Line of the file, the header being line 1 where it stands on top."""
    column: str = blank(200)
    value: str = blank(200)
    reason: str = Field(max_length=400)


class ImportChange(SQLModel, table=True):
    """A record an import touched: the columns it wrote as they were before, or NULL where it created the record.

    Undoing an import is these rows read backwards, and refused where a record's hash shows that it changed since.
    """

    __tablename__: ClassVar[str] = "import_change"
    __table_args__ = (Index("ix_import_change_record", "table_name", "record_id"),)

    batch_id: int = Field(foreign_key="import_batch.id", primary_key=True, ondelete="CASCADE")
    table_name: str = Field(primary_key=True, max_length=40)
    record_id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    after_md5: str | None = Field(default=None, max_length=32)
    """Hash of what the import left: of the columns in `before`, or of the whole record it created."""


class SavedMapping(SQLModel, table=True):
    """How the columns and values of a kind of file map onto ours, kept under a name."""

    __tablename__: ClassVar[str] = "saved_mapping"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80, unique=True)
    mapping: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    updated_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
