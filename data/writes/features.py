"""Writing who has what is rolled out step by step."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import FeatureFlag
from domain.features import Feature, FlagRule


def put_rule(session: Session, feature: Feature, rule: FlagRule, *, by: int | None, at: datetime) -> None:
    """Keep the rule in place of what there was."""
    values = {"share": rule.share, "roles": sorted(rule.roles), "team_ids": sorted(rule.team_ids), "changed_by": by, "changed_at": at}
    row = insert(FeatureFlag).values(feature=feature, **values)
    session.execute(row.on_conflict_do_update(index_elements=["feature"], set_=values))


def drop_rule(session: Session, feature: Feature) -> None:
    """From now on everybody has it."""
    session.execute(delete(FeatureFlag).where(col(FeatureFlag.feature) == feature))
