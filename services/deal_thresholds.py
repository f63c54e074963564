"""From when on the warnings of a pipeline's deals speak; set by admins."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session

from data.models import WarningSetting
from data.queries import deal_warnings as queries
from data.writes import deal_warnings as writes
from domain.deals.thresholds import DealThresholds
from domain.errors import InputError, NotFoundError
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import storable, validated

MOST: Final = 1_000
MOST_WORDS: Final = 50
MOST_POINTS: Final = 20
"""More than all there are together."""
DEFAULT: Final = DealThresholds()
HIGH_IS_HIGHER: Final = "High priority begins above medium: give it more points."
NO_PIPELINE: Final = "There is no pipeline of this name among the deals."
Figure = Annotated[int, Field(ge=0, le=MOST)]
Points = Annotated[int, Field(ge=1, le=MOST_POINTS)]
FlagWord = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=2, max_length=60, pattern=r"^[^*\n\r]+\*?$"), AfterValidator(storable)
]
_NAMES: Final = tuple(each.name for each in fields(DealThresholds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What every pipeline has."""

    own: Mapping[str, DealThresholds]
    """Those that have figures of their own."""

    def of(self, pipeline: str) -> DealThresholds:
        """The pipeline's own figures, or the product's."""
        return self.own.get(pipeline, DEFAULT)


class ThresholdDetails(BaseModel):
    """What an admin sets for a pipeline; zero switches a rule off, and so does a list without words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quiet_days: Figure
    quiet_days_early: Figure
    ghosted_messages: Figure
    ghosted_days: Annotated[int, Field(ge=0, le=50)]
    close_overdue_days: Figure
    stalled_days: Figure
    step_days: Figure
    pushes: Figure
    overdue_tasks: Figure
    contacts: Figure
    medium_points: Points
    high_points: Points
    red_flags: Annotated[tuple[FlagWord, ...], Field(max_length=MOST_WORDS)]


def threshold_details(**given: object) -> ThresholdDetails:
    """The details, or an InputError that names what is not usable."""
    details = validated(ThresholdDetails, given)
    if details.high_points <= details.medium_points:
        raise InputError(HIGH_IS_HIGHER, code="priority_points")
    return details


def thresholds(session: Session) -> Thresholds:
    """Of every pipeline; they are no secret, a warning tells its own."""
    return Thresholds(own={name: _read(row) for name, row in queries.settings(session).items()})


def pipelines(session: Session, viewer: Viewer) -> list[str]:
    """The pipelines whose figures can be set, deals without one last; admins only."""
    require_role(viewer, {Role.ADMIN})
    return sorted(queries.pipelines(session), key=lambda name: not name)


def change(session: Session, viewer: Viewer, pipeline: str, details: ThresholdDetails, now: datetime) -> None:
    """Set a pipeline's figures from the next look on; admins only. Raises NotFoundError for a pipeline no deal is in."""
    if pipeline not in pipelines(session, viewer):
        raise NotFoundError(NO_PIPELINE)
    before, values = asdict(thresholds(session).of(pipeline)), details.model_dump()
    writes.put_setting(
        session, pipeline, values | {"red_flags": "\n".join(details.red_flags), "changed_by": viewer.author_id, "changed_at": now}
    )
    changed = {name: values[name] for name, was in before.items() if values[name] != was}
    audit.record(
        session,
        person_id=viewer.author_id,
        action=Action.DEAL_WARNINGS_CHANGED,
        subject=f"pipeline:{pipeline}",
        details={"set": changed},
        at=now,
    )


def _read(row: WarningSetting) -> DealThresholds:
    return DealThresholds(
        **{name: getattr(row, name) for name in _NAMES if name != "red_flags"}, red_flags=tuple(row.red_flags.splitlines())
    )
