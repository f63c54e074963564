"""The stages of a pipeline as an admin arranges them."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import delete, text
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import PipelineStage
from domain.pipeline.stages import Stage
from domain.records import Profile

_ARRANGING = 727_018
"""Two admins arrange one after the other."""


def hold(session: Session) -> None:
    """Let nobody else arrange stages until the transaction ends."""
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ARRANGING})


def replace_stages(session: Session, profile: Profile, stages: Sequence[Stage]) -> None:
    """These stages instead of those there are."""
    session.execute(delete(PipelineStage).where(col(PipelineStage.profile) == profile))
    session.add_all(_row(profile, position, stage) for position, stage in enumerate(stages))
    session.flush()


def _row(profile: Profile, position: int, stage: Stage) -> PipelineStage:
    return PipelineStage(
        profile=profile,
        key=stage.key,
        position=position,
        name=stage.name,
        meaning=stage.meaning,
        is_used=stage.is_used,
        chance=None if stage.chance is None else Decimal(str(round(stage.chance, 4))),
    )
