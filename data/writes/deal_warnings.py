"""Writing from when on a pipeline's warnings speak."""

from collections.abc import Mapping

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import WarningSetting


def put_setting(session: Session, pipeline: str, values: Mapping[str, object]) -> None:
    """Keep a pipeline's figures, in place of what it had."""
    row = insert(WarningSetting).values(pipeline=pipeline, **values)
    session.execute(row.on_conflict_do_update(index_elements=["pipeline"], set_=dict(values)))
