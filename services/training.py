"""Training modules: on offer to everybody, written by admins, worked through by each for themselves."""

from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import TrainingModule
from data.queries import training as queries
from data.writes import training as writes
from domain.errors import ConflictError, NotFoundError
from domain.progression.plan import Lesson
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.saving import save
from services.training_input import ModuleDetails

ModuleEntry: TypeAlias = queries.ModuleEntry
GONE: Final = "There is no such training module."
CHANGED: Final = "Somebody changed this module meanwhile. Look at it again, then repeat your change."


def modules(session: Session, viewer: Viewer, person_id: int | None = None) -> list[ModuleEntry]:
    """The modules on offer with when a person (the viewer, unless told) did each; an admin sees the retired ones too.

    Whether the viewer may see that person is for the caller to have asked.
    """
    return queries.modules(session, person_id or viewer.person_id, with_retired=viewer.role is Role.ADMIN and not viewer.is_program)


def lessons_of(session: Session, person_id: int) -> list[Lesson]:
    """The modules on offer as a plan needs them."""
    return [
        Lesson(module_id=each.id, title=each.title, skill=each.skill, minutes=each.minutes, is_done=each.completed_at is not None)
        for each in queries.modules(session, person_id)
    ]


def create(session: Session, viewer: Viewer, details: ModuleDetails, now: datetime) -> int:
    """Add a module; admins only. ConflictError when there is one of the title."""
    require_role(viewer, {Role.ADMIN})
    row = TrainingModule(**details.model_dump(), created_by=viewer.person_id)
    session.add(row)
    save(session)
    _note(session, viewer, Action.TRAINING_ADDED, row.id or 0, now)
    return row.id or 0


def change(session: Session, viewer: Viewer, module_id: int, seen_version: int, details: ModuleDetails, now: datetime) -> None:
    """Change a module as it was seen; admins only. What people did stays done. NotFoundError, ConflictError when it changed meanwhile."""
    require_role(viewer, {Role.ADMIN})
    row = session.get(TrainingModule, module_id, with_for_update=True)
    if row is None:
        raise NotFoundError(GONE)
    if row.version != seen_version:
        raise ConflictError(CHANGED)
    for name, value in details.model_dump().items():
        setattr(row, name, value)
    row.version += 1
    save(session)
    _note(session, viewer, Action.TRAINING_CHANGED, module_id, now)


def complete(session: Session, viewer: Viewer, module_id: int, now: datetime) -> None:
    """Say that the viewer has worked through it; saying it again changes nothing. NotFoundError for one that is not on offer."""
    found = module(session, viewer, module_id)
    writes.complete_module(session, found.id, viewer.person_id, now)


def take_back(session: Session, viewer: Viewer, module_id: int) -> None:
    """Take back that the viewer has worked through it."""
    writes.take_back(session, module(session, viewer, module_id).id, viewer.person_id)


def module(session: Session, viewer: Viewer, module_id: int) -> ModuleEntry:
    """One module with when the viewer did it; raises NotFoundError for a retired one too, unless an admin asks."""
    found = queries.module(session, viewer.person_id, module_id)
    if found is None or not (found.is_active or viewer.role is Role.ADMIN):
        raise NotFoundError(GONE)
    return found


def _note(session: Session, viewer: Viewer, action: Action, module_id: int, now: datetime) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"training_module:{module_id}", at=now)
