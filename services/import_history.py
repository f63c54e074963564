"""Past imports and the mappings kept for the next one."""

import csv
import io
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.imports import batches, saved
from data.imports.batches import BatchEntry
from data.imports.mapping import Mapping
from data.imports.row_errors import RowError
from data.models import BatchStatus, Organisation, Person, Team
from domain.errors import AccessError, InputError, NotFoundError
from domain.records import Role
from domain.spreadsheet_text import marked
from services.access import Viewer, require_role
from services.imports import IMPORTERS

__all__ = [
    "BatchEntry",
    "BatchStatus",
    "earlier_imports_of",
    "home_zone",
    "keep_mapping",
    "knows_agents",
    "own_teams",
    "past_imports",
    "rejected_csv",
    "rejected_rows",
    "saved_mappings",
]
LISTED: Final = 50
NAME_LENGTH: Final = 80


def past_imports(session: Session, viewer: Viewer) -> list[BatchEntry]:
    """The newest imports the viewer may see, at most LISTED."""
    require_role(viewer, IMPORTERS)
    return batches.visible_batches(session, viewer.scope, limit=LISTED)


def earlier_imports_of(session: Session, viewer: Viewer, sha256: str) -> list[int]:
    """Imports of the very same file that still stand, newest first."""
    require_role(viewer, IMPORTERS)
    return list(batches.same_file(session, viewer.scope, sha256))


def rejected_rows(session: Session, viewer: Viewer, batch_id: int) -> list[RowError]:
    """Every refused row of an import; raises NotFoundError for an import of somebody else."""
    require_role(viewer, IMPORTERS)
    if batches.visible_batch(session, viewer.scope, batch_id) is None:
        raise NotFoundError("There is no such import.")
    return batches.row_errors(session, batch_id)


def rejected_csv(session: Session, viewer: Viewer, batch_id: int) -> str:
    """The refused rows as CSV that spreadsheets show as text."""
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(("Line", "Column", "Value", "Reason"))
    for error in rejected_rows(session, viewer, batch_id):
        writer.writerow((error.line, marked(error.column), marked(error.value), marked(error.reason)))
    return target.getvalue()


def saved_mappings(session: Session, viewer: Viewer) -> dict[str, Mapping]:
    """All saved mappings by name."""
    require_role(viewer, IMPORTERS)
    return saved.saved_mappings(session)


def keep_mapping(session: Session, viewer: Viewer, name: str, mapping: Mapping) -> None:
    """Keep the mapping under a name; only its owner or an admin replaces one there is."""
    require_role(viewer, IMPORTERS)
    wanted = " ".join(name.split())
    if not 1 <= len(wanted) <= NAME_LENGTH:
        raise InputError(f"Give the mapping a name of 1 to {NAME_LENGTH} characters.", code="bad_name")
    _require_owner(session, viewer, wanted)
    saved.save_mapping(session, wanted, mapping, viewer.person_id)


def _require_owner(session: Session, viewer: Viewer, name: str) -> None:
    owner = saved.owner_of(session, name)
    if owner not in {None, viewer.person_id} and viewer.role is not Role.ADMIN:
        raise AccessError(f"Somebody else saved “{name}”. Choose another name.")


def home_zone(session: Session) -> str:
    """The organisation's time zone: what naive times are read in unless another is chosen."""
    return session.get_one(Organisation, 1).time_zone


def knows_agents(session: Session) -> bool:
    """Whether there is anybody yet whose work a file could be about; before, it can only bring its own people."""
    return session.scalar(select(exists().where(col(Person.role) == Role.AGENT))) is True


def own_teams(session: Session, viewer: Viewer) -> list[str]:
    """Names of the teams the viewer may put new people into."""
    statement = select(col(Team.name)).order_by(col(Team.name))
    if viewer.role is not Role.ADMIN:
        statement = statement.where(col(Team.id).in_(sorted(viewer.team_ids)))
    return list(session.scalars(statement))
