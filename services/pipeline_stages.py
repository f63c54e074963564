"""Stages of pipelines: read by everybody, arranged by admins, with who changed what."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session

from data.models import PipelineEdit
from data.queries import pipeline_stages as queries
from data.writes import pipeline_stages as writes
from domain.errors import ConflictError, InputError, NotFoundError
from domain.pipeline.stages import MOST, Meaning, Pipelines, Stage, differences
from domain.records import DealStatus, Profile, Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import storable, validated

StageEdit: TypeAlias = queries.StageEdit
EDITS: Final = 20
"""Changes a screen shows."""


class StageDetails(BaseModel):
    """What an admin says about a stage."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), AfterValidator(storable)]
    meaning: Meaning
    place: Annotated[int, Field(ge=1, le=10 * MOST)]
    """From 1 on, those not used among them."""
    is_used: bool = True
    chance: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None


def stage_details(**given: object) -> StageDetails:
    """The details, or an InputError that says what is not usable."""
    return validated(StageDetails, given)


def pipelines(session: Session) -> Pipelines:
    """Every pipeline as it is arranged."""
    return queries.pipelines(session)


def stage_words(session: Session) -> Callable[[str], str]:
    """How to call a deal's stage where deals are listed: by the company's name for it; nothing for a deal without one."""
    arranged = pipelines(session)
    return lambda key: arranged.words(key) if key else ""


def add(session: Session, viewer: Viewer, profile: Profile, details: StageDetails, now: datetime) -> Stage:
    """Add a stage; its first name stays its key. ConflictError where it exists, or would decide open deals."""
    require_role(viewer, {Role.ADMIN})
    writes.hold(session)
    found = queries.pipelines(session)
    if details.name.upper() in {key.upper() for key in found.keys(profile)}:
        raise ConflictError(
            f"There is a stage “{details.name}” already. Take it into use again, or choose another name.", code="stage_taken"
        )
    return _keep(session, viewer, profile, None, _stage(details.name, details), details.place, now)


def change(session: Session, viewer: Viewer, profile: Profile, key: str, details: StageDetails, now: datetime) -> Stage:
    """Rename, move, weigh a stage, take it out of use or give it another meaning.

    NotFoundError for one the pipeline does not have, ConflictError while open deals stand where they could not stay.
    """
    require_role(viewer, {Role.ADMIN})
    writes.hold(session)
    before = next((stage for stage in queries.pipelines(session).by_profile[profile] if stage.key == key), None)
    if before is None:
        raise NotFoundError("There is no such stage in this pipeline.")
    return _keep(session, viewer, profile, before, _stage(key, details), details.place, now)


def edits(session: Session, viewer: Viewer, profile: Profile) -> list[StageEdit]:
    """The latest changes of a pipeline, newest first; admins only."""
    require_role(viewer, {Role.ADMIN})
    return queries.edits(session, profile, EDITS)


def _stage(key: str, details: StageDetails) -> Stage:
    decided = {DealStatus.WON: 1.0, DealStatus.LOST: 0.0}.get(details.meaning.status)
    chance = details.chance if decided is None else decided
    return Stage(key=key, name=details.name, meaning=details.meaning, is_used=details.is_used, chance=chance)


def _keep(session: Session, viewer: Viewer, profile: Profile, before: Stage | None, after: Stage, place: int, now: datetime) -> Stage:
    _refuse_orphans(session, before, after)
    found = queries.pipelines(session)
    stages = found.placed(profile, after, place)
    if stages == found.by_profile[profile]:
        return after
    writes.replace_stages(session, profile, stages)
    changed = differences(before, after) or {"place": [str(found.by_profile[profile].index(before) + 1) if before else "", str(place)]}
    session.add(PipelineEdit(profile=profile, key=after.key, changed=changed, made_by=viewer.author_id, made_at=now))
    audit.record(
        session,
        person_id=viewer.author_id,
        action=Action.PIPELINE_CHANGED,
        subject=f"pipeline:{profile}",
        details={"changed": sorted(changed)},
        at=now,
    )
    return after


def _refuse_orphans(session: Session, before: Stage | None, after: Stage) -> None:
    """Open deals may stand neither in a stage out of use nor in one that decides them."""
    leaves = not after.is_used and (before is None or before.is_used)
    decides = after.meaning.status is not DealStatus.OPEN and (before is None or before.meaning.status is DealStatus.OPEN)
    waiting = queries.open_in(session, after.key) if leaves or decides else 0
    if waiting:
        stand = "1 open deal stands" if waiting == 1 else f"{waiting:,} open deals stand"
        raise ConflictError(
            f"{stand} in “{before.name if before else after.name}”. Move or decide them first: on the board, in an import, or by the API.",
            code="deals_in_stage",
        )


def require_usable(found: Pipelines, key: str) -> None:
    """Raise InputError for a stage that is out of use in every pipeline that has it."""
    known = [stage for stages in found.by_profile.values() for stage in stages if stage.key == key]
    if known and not any(stage.is_used for stage in known):
        raise InputError(f"“{known[0].name}” is not used any more. Choose another stage.", code="stage_not_used")
