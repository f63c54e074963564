"""Training modules, and who has worked through which."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TrainingCompletion, TrainingModule
from domain.facts import LinkChoice
from domain.records import ModuleKind, Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleEntry:
    """A module, and when somebody worked through it."""

    id: int
    title: str
    skill: Skill
    kind: ModuleKind
    body: str
    url: str
    minutes: int
    is_active: bool
    version: int
    completed_at: datetime | None
    """None while the person asked about has not."""


def modules(session: Session, person_id: int, *, with_retired: bool = False) -> list[ModuleEntry]:
    """Every module on offer, and for somebody who looks after them the retired ones too, by skill and title."""
    order = case({skill.value: place for place, skill in enumerate(Skill)}, value=col(TrainingModule.skill))
    query = select(TrainingModule, col(TrainingCompletion.completed_at)).join(
        TrainingCompletion,
        (col(TrainingCompletion.module_id) == col(TrainingModule.id)) & (col(TrainingCompletion.person_id) == person_id),
        isouter=True,
    )
    if not with_retired:
        query = query.where(col(TrainingModule.is_active))
    return _entries(session.execute(query.order_by(order, col(TrainingModule.title))))


def module(session: Session, person_id: int, module_id: int) -> ModuleEntry | None:
    """One module, on offer or not."""
    query = select(TrainingModule, col(TrainingCompletion.completed_at)).join(
        TrainingCompletion,
        (col(TrainingCompletion.module_id) == col(TrainingModule.id)) & (col(TrainingCompletion.person_id) == person_id),
        isouter=True,
    )
    return next(iter(_entries(session.execute(query.where(col(TrainingModule.id) == module_id)))), None)


def modules_on_offer(session: Session) -> list[LinkChoice]:
    """The modules that are offered, by title, each with its skill."""
    query = select(col(TrainingModule.id), col(TrainingModule.title), col(TrainingModule.skill)).where(col(TrainingModule.is_active))
    return [
        LinkChoice(id=module_id or 0, name=title, detail=skill.value.replace("_", " "))
        for module_id, title, skill in session.execute(query.order_by(col(TrainingModule.title), col(TrainingModule.id)))
    ]


def module_on_offer(session: Session, module_id: int) -> int | None:
    """The module's id, if it is offered."""
    return session.scalar(select(col(TrainingModule.id)).where(col(TrainingModule.id) == module_id, col(TrainingModule.is_active)))


def _entries(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[ModuleEntry]:
    return [
        ModuleEntry(
            id=row.id or 0,
            title=row.title,
            skill=row.skill,
            kind=row.kind,
            body=row.body,
            url=row.url,
            minutes=row.minutes,
            is_active=row.is_active,
            version=row.version,
            completed_at=completed_at,
        )
        for row, completed_at in rows
    ]
