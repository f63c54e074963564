"""The stages of every kind of business as the company arranged them: what to send as a deal's stage."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Depends

from api.deps import allowed
from api.errors import described
from api.v1.fields import Shown
from database import database
from domain.api_scopes import ApiScope
from domain.pipeline.stages import Meaning, Stage
from domain.records import Profile
from services import pipeline_stages
from services.callers import Caller

router: Final = APIRouter(prefix="/pipelines", tags=["deals"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.DEALS_READ))]


class StageOut(Shown):
    """A stage of a pipeline."""

    key: str
    """What a deal's `stage` says; it never changes."""
    name: str
    """What people read; an administrator may change it."""
    meaning: Meaning
    """What figures count by."""
    is_used: bool
    """Whether deals may enter it."""
    chance: float | None
    """How likely a deal here is won, from 0 to 1, as the company reckons; null where it does not."""


class PipelineOut(Shown):
    """The stages of one kind of business, in order."""

    profile: Profile
    stages: list[StageOut]


class PipelineList(Shown):
    """Every pipeline."""

    items: list[PipelineOut]


@router.get("", responses=described(401, 403))
def pipelines(_: Reader) -> PipelineList:
    """The stages of each kind of business, in order, those no longer used among them."""
    with database().reading() as session:
        arranged = pipeline_stages.pipelines(session).by_profile
    return PipelineList(items=[_shown(profile, stages) for profile, stages in arranged.items()])


def _shown(profile: Profile, stages: Sequence[Stage]) -> PipelineOut:
    return PipelineOut(profile=profile, stages=[StageOut.model_validate(stage) for stage in stages])
