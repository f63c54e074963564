"""What was learnt of how deals end, by pipeline."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import WinLearning


def of_pipelines(session: Session, pipelines: Collection[str]) -> dict[str, WinLearning]:
    """The last learning from each of these pipelines; one nothing was learnt from is left out."""
    query = select(WinLearning).where(col(WinLearning.pipeline).in_(sorted(pipelines)))
    return {row.pipeline: row for row in session.scalars(query)} if pipelines else {}
