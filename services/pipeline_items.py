"""The items of a pipeline in the columns of its stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from data.queries import pipeline_items, pipeline_stages
from data.queries.pipeline_items import Item
from domain.access import Selection
from domain.records import Profile
from services.access import Viewer

PER_STAGE: Final = 8
"""More cards than this are a list, not a board; the number above a column tells how many there are."""
PipelineItem = Item


@dataclass(frozen=True, slots=True, kw_only=True)
class StageColumn:
    """A stage with its last moved items."""

    stage: str
    name: str
    """The stage as people read it."""
    items: tuple[PipelineItem, ...]

    @property
    def count(self) -> int:
        """How many items there are in it, shown or not."""
        return self.items[0].in_stage if self.items else 0


def stage_columns(session: Session, viewer: Viewer, selection: Selection, profile: Profile, today: date) -> tuple[StageColumn, ...]:
    """The open items, and those decided today, by the stages of a kind of business and any of a team's own behind them; two statements.

    Stages of other kinds of business are left to their own board; where only own stages are in use, the usual ones are left out.
    """
    arranged = pipeline_stages.pipelines(session)
    usual = tuple(stage.key for stage in arranged.used(profile))
    others = {key for each in Profile for key in arranged.keys(each)} - arranged.keys(profile)
    found = pipeline_items.items(session, viewer.scope, selection, today, without=others, per_stage=PER_STAGE)
    own = [stage for stage in dict.fromkeys(item.stage for item in found) if stage not in usual]
    shown = usual if len(own) < len({item.stage for item in found}) or not own else ()
    return tuple(StageColumn(stage=stage, name=arranged.words(stage), items=_of(found, stage)) for stage in (*shown, *own))


def _of(found: Sequence[PipelineItem], stage: str) -> tuple[PipelineItem, ...]:
    return tuple(item for item in found if item.stage == stage)
