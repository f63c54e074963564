"""The stages a company arranged, how many deals stand in one, and who arranged what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Person, PipelineEdit, PipelineStage
from domain.pipeline.stages import Pipelines, Stage
from domain.records import DealStatus, Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEdit:
    """A change of a stage; the name of who made it is empty when they are not known any more."""

    key: str
    changed: dict[str, list[str]]
    by: str
    at: datetime


def pipelines(session: Session) -> Pipelines:
    """Every pipeline as it is arranged; one statement."""
    own: dict[Profile, list[Stage]] = defaultdict(list)
    for row in session.scalars(select(PipelineStage).order_by(col(PipelineStage.position))):
        chance = None if row.chance is None else float(row.chance)
        own[row.profile].append(Stage(key=row.key, name=row.name, meaning=row.meaning, is_used=row.is_used, chance=chance))
    return Pipelines.with_own(own)


def open_in(session: Session, key: str) -> int:
    """How many open deals stand in the stage, whoever looks after them."""
    stands = func.upper(col(Deal.stage)) == key.strip().upper()
    return session.scalar(select(func.count()).select_from(Deal).where(stands, col(Deal.status) == DealStatus.OPEN)) or 0


def edits(session: Session, profile: Profile, limit: int) -> list[StageEdit]:
    """The latest changes of a pipeline."""
    edit = PipelineEdit
    query = (
        select(edit, func.coalesce(col(Person.name), ""))
        .outerjoin(Person, col(Person.id) == col(edit.made_by))
        .where(col(edit.profile) == profile)
        .order_by(col(edit.made_at).desc(), col(edit.id).desc())
    )
    return [StageEdit(key=row.key, changed=row.changed, by=name, at=row.made_at) for row, name in session.execute(query.limit(limit))]
