"""The log of imports: begun, finished, listed, with the rows they refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.imports.mapping import Mapping
from data.imports.pipeline import Written
from data.imports.reading import FileDraft
from data.imports.row_errors import RowError
from data.models import BatchStatus, ImportBatch, ImportRowError, Person
from domain.access import Scope
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchEntry:
    """One past import as the list shows it."""

    id: int
    file_name: str
    kind: str
    origin: str
    rows: int
    accepted: int
    rejected: int
    inserted: int
    updated: int
    status: BatchStatus
    imported_by: str
    imported_at: datetime
    undone_at: datetime | None


def begin(session: Session, draft: FileDraft, mapping: Mapping, person_id: int | None, now: datetime) -> ImportBatch:
    """A batch without rows yet, for the change log to point at."""
    batch = ImportBatch(
        file_name=draft.file_name,
        file_sha256=draft.sha256,
        kind=mapping.kind.value,
        origin=mapping.origin,
        options=mapping.model_copy(update={"layout": draft.layout}).model_dump(mode="json"),
        rows=0,
        accepted_rows=0,
        rejected_rows=0,
        inserted_rows=0,
        updated_rows=0,
        unchanged_rows=0,
        imported_by=person_id,
        imported_at=now,
    )
    session.add(batch)
    session.flush()
    return batch


def finish(session: Session, batch: ImportBatch, written: Written) -> None:
    """Store the counts and the refused rows."""
    batch.inserted_rows, batch.updated_rows, batch.unchanged_rows = written.inserted, written.updated, written.unchanged
    batch.accepted_rows = written.inserted + written.updated + written.unchanged
    batch.rejected_rows = len(written.errors)
    batch.rows = batch.accepted_rows + batch.rejected_rows
    session.flush()
    raw: psycopg.Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment]
    with raw.cursor() as cursor, cursor.copy('COPY import_row_error (batch_id, line, "column", value, reason) FROM STDIN') as copy:
        for error in written.errors:
            copy.write_row((batch.id, error.line, error.column, error.value, error.reason))


def visible_batches(session: Session, scope: Scope, *, limit: int) -> list[BatchEntry]:
    """The newest imports: an admin sees everybody's, others their own."""
    statement = select(ImportBatch, col(Person.name)).outerjoin(Person, col(Person.id) == col(ImportBatch.imported_by))
    if scope.role is not Role.ADMIN:
        statement = statement.where(col(ImportBatch.imported_by) == scope.viewer_id)
    rows = session.execute(statement.order_by(col(ImportBatch.id).desc()).limit(limit))
    return [_entry(batch, name) for batch, name in rows]


def visible_batch(session: Session, scope: Scope, batch_id: int, *, lock: bool = False) -> ImportBatch | None:
    """The import, when the viewer may see it."""
    statement = select(ImportBatch).where(col(ImportBatch.id) == batch_id)
    if scope.role is not Role.ADMIN:
        statement = statement.where(col(ImportBatch.imported_by) == scope.viewer_id)
    return session.scalar(statement.with_for_update() if lock else statement)


def any_batch(session: Session, batch_id: int) -> ImportBatch | None:
    """The import, for the administrator's command line."""
    return session.scalar(select(ImportBatch).where(col(ImportBatch.id) == batch_id).with_for_update())


def _entry(batch: ImportBatch, name: str | None) -> BatchEntry:
    return BatchEntry(
        id=batch.id or 0,
        file_name=batch.file_name,
        kind=batch.kind,
        origin=batch.origin,
        rows=batch.rows,
        accepted=batch.accepted_rows,
        rejected=batch.rejected_rows,
        inserted=batch.inserted_rows,
        updated=batch.updated_rows,
        status=batch.status,
        imported_by=name or "Administrator",
        imported_at=batch.imported_at,
        undone_at=batch.undone_at,
    )


def row_errors(session: Session, batch_id: int) -> list[RowError]:
    """The refused rows of an import in the file's order."""
    refused = select(ImportRowError).where(col(ImportRowError.batch_id) == batch_id)
    found = session.scalars(refused.order_by(col(ImportRowError.line), col(ImportRowError.id)))
    return [RowError(line=row.line, column=row.column, value=row.value, reason=row.reason) for row in found]


def same_file(session: Session, scope: Scope, sha256: str) -> Sequence[int]:
    """Imports of the very same content that still stand, newest first."""
    wanted = (col(ImportBatch.file_sha256) == sha256, col(ImportBatch.status) == BatchStatus.DONE)
    own = () if scope.role is Role.ADMIN else (col(ImportBatch.imported_by) == scope.viewer_id,)
    return list(session.scalars(select(col(ImportBatch.id)).where(*wanted, *own).order_by(col(ImportBatch.id).desc())))
