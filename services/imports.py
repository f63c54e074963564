"""Imports from a file: look at it, try the mapping without storing anything, import it, take an import back.

A file is opened with `inspect`, understood with `plan` (services/import_plan.py), tried with `preview`, stored with `run`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from data.imports import batches, pipeline, raw_columns, reading
from data.imports import undo as undoing
from data.imports.kinds import KINDS, FieldSpec, FieldType, Kind, KindSpec
from data.imports.layout import Layout
from data.imports.limits import FileError
from data.imports.mapping import FieldMapping, Mapping, checked, parsed
from data.imports.parsing import AmbiguousDatesError, ParsedColumns, parse
from data.imports.pipeline import Written
from data.imports.reading import FileDraft
from data.imports.row_errors import RowError
from data.imports.undo import Undone
from data.models import BatchStatus
from domain.errors import ConflictError, NotFoundError, PacesetterError
from domain.records import Role
from services.access import Viewer, require_role
from services.audit import Action, record
from services.targets import seed_default_targets

__all__ = [
    "IMPORTERS",
    "KINDS",
    "AmbiguousDatesError",
    "FieldMapping",
    "FieldSpec",
    "FieldType",
    "FileDraft",
    "FileError",
    "ImportReport",
    "Kind",
    "KindSpec",
    "Layout",
    "Mapping",
    "RowError",
    "Undone",
    "inspect",
    "mapping_from_json",
    "preview",
    "run",
    "undo",
]
IMPORTERS: Final = frozenset({Role.MANAGER, Role.ADMIN})
SHOWN_ERRORS: Final = 200
"""Errors a report carries; all of them are in the database and its CSV."""
_READING, _PARSING = 0.3, 0.5
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What became of a file's rows: `accepted` + `rejected` = `rows`; blank lines are no rows."""

    batch_id: int | None
    """None for a preview: nothing was stored."""
    kind: Kind
    file_name: str
    rows: int
    accepted: int
    rejected: int
    inserted: int
    updated: int
    unchanged: int
    blank_rows: int
    people_created: int
    teams_created: int
    errors: tuple[RowError, ...]
    """The first of the rejected rows, at most SHOWN_ERRORS."""


def _silent(_share: float, _words: str) -> None:
    """Nobody watches."""


def inspect(content: bytes, file_name: str, layout: Layout | None = None) -> FileDraft:
    """Open an uploaded file and look through it; raises FileError when it cannot be imported at all."""
    try:
        return reading.inspect(content, file_name, layout)
    except PacesetterError:
        raise
    except Exception as error:  # whatever a strange file does to a parser, it is the file's fault and has a name
        raise FileError("This file cannot be read. Save it as CSV in UTF-8 and try again.") from error


def mapping_from_json(content: str) -> Mapping:
    """A mapping from a file's text; raises InputError naming what is wrong."""
    return parsed(content)


def preview(session: Session, viewer: Viewer | None, draft: FileDraft, mapping: Mapping, *, secret: str, now: datetime) -> ImportReport:
    """What `run` would do, tried for real and taken back; needs a session that may write."""
    values = _understood(draft, mapping, _silent)
    with session.begin_nested() as attempt:
        report = _stored(session, viewer, draft, values, now, _silent, secret=secret)
        attempt.rollback()
    return _as_preview(report)


def run(
    session: Session,
    viewer: Viewer | None,
    draft: FileDraft,
    mapping: Mapping,
    *,
    secret: str,
    now: datetime,
    progress: Progress = _silent,
) -> ImportReport:
    """Import the file in the caller's transaction, which begins only after the file is parsed. No viewer: the administrator's command.

    The installation's `secret` lets rows about those who asked to be forgotten be known and refused.
    """
    values = _understood(draft, mapping, progress)
    return _stored(session, viewer, draft, values, now, progress, secret=secret)


def _understood(draft: FileDraft, mapping: Mapping, progress: Progress) -> ParsedColumns:
    """The file's mapped values; no database is asked."""
    fitting = checked(mapping, draft.columns)
    try:
        raw = raw_columns.read(draft, fitting, lambda share: progress(share * _READING, "Reading the file"))
        return parse(raw, fitting, lambda share: progress(_READING + share * (_PARSING - _READING), "Understanding its values"))
    except PacesetterError:
        raise
    except Exception as error:  # as in inspect: a strange file must not look like a fault of the product
        raise FileError("This file cannot be read. Save it as CSV in UTF-8 and try again.") from error


def _stored(
    session: Session,
    viewer: Viewer | None,
    draft: FileDraft,
    values: ParsedColumns,
    now: datetime,
    progress: Progress,
    *,
    secret: str,
) -> ImportReport:
    if viewer is not None:
        require_role(viewer, IMPORTERS)
    progress(_PARSING, "Waiting for other imports")
    pipeline.lock(session)
    person_id = viewer.person_id if viewer else None
    batch = batches.begin(session, draft, values.mapping, person_id, now)
    scope = viewer.scope if viewer else None
    try:
        written = pipeline.write(
            session,
            scope,
            values,
            batch.id or 0,
            now,
            lambda share: progress(_PARSING + share * (1 - _PARSING), "Storing records"),
            secret=secret,
        )
    except DBAPIError as error:
        if _is_passing(error):
            raise
        raise FileError(
            "The database refused these rows as a whole. Nothing was stored; check the mapping.", code="rows_refused"
        ) from error
    batches.finish(session, batch, written)
    seed_default_targets(session, now.date().replace(day=1))
    details: dict[str, object] = {"kind": values.mapping.kind.value, "rows": batch.rows, "rejected": batch.rejected_rows}
    record(session, person_id=person_id, action=Action.IMPORT, subject=f"import:{batch.id}", details=details, at=now)
    session.flush()
    progress(1.0, "Done")
    return _report(batch.id, draft, values, written)


def _is_passing(error: DBAPIError) -> bool:
    """Lost connections and deadlocks are not the file's fault; the transaction's owner may try again."""
    return error.connection_invalidated or (getattr(error.orig, "sqlstate", None) or "").startswith(("40", "08", "57"))


def _report(batch_id: int | None, draft: FileDraft, values: ParsedColumns, written: Written) -> ImportReport:
    accepted = written.inserted + written.updated + written.unchanged
    return ImportReport(
        batch_id=batch_id,
        kind=values.mapping.kind,
        file_name=draft.file_name,
        rows=accepted + len(written.errors),
        accepted=accepted,
        rejected=len(written.errors),
        inserted=written.inserted,
        updated=written.updated,
        unchanged=written.unchanged,
        blank_rows=values.blank_rows,
        people_created=written.people,
        teams_created=written.teams,
        errors=written.errors[:SHOWN_ERRORS],
    )


def _as_preview(report: ImportReport) -> ImportReport:
    return ImportReport(**{name: getattr(report, name) for name in ImportReport.__slots__} | {"batch_id": None})


def undo(session: Session, viewer: Viewer | None, batch_id: int, now: datetime) -> Undone:
    """Take an import back whole; raises ConflictError with the reason when later imports or edits stand in the way."""
    if viewer is not None:
        require_role(viewer, IMPORTERS)
    pipeline.lock(session)
    batch = batches.any_batch(session, batch_id) if viewer is None else batches.visible_batch(session, viewer.scope, batch_id, lock=True)
    if batch is None:
        raise NotFoundError("There is no such import.")
    if batch.status is BatchStatus.UNDONE:
        raise ConflictError("This import has been undone already.")
    undone = undoing.undo(session, batch_id)
    batch.status, batch.undone_at = BatchStatus.UNDONE, now
    session.flush()
    details: dict[str, object] = {"deleted": undone.deleted, "restored": undone.restored, "kept": undone.kept}
    person_id = viewer.person_id if viewer else None
    record(session, person_id=person_id, action=Action.IMPORT_UNDONE, subject=f"import:{batch_id}", details=details, at=now)
    session.flush()
    return undone
