"""Training modules: to read for everybody, to write for admins, and done by each for themselves."""

from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Response, status
from pydantic import ConfigDict, Field, StrictBool, StrictInt
from sqlalchemy.orm import Session

import clock
from api.deps import Calling, SignedIn, allowed
from api.errors import described
from api.v1.fields import LARGEST_INT, Body, PathId, Shown, Words
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.records import ModuleKind, Skill
from services import training
from services.access import Viewer
from services.training_input import LONGEST_BODY, LONGEST_MINUTES, LONGEST_URL, module_details

router: Final = APIRouter(prefix="/training-modules", tags=["progression"])
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)
_EXAMPLE: Final[dict[str, Any]] = {
    "title": "Answer first",
    "skill": "speed",
    "kind": "markdown",
    "body": "Answer first, write later.",
    "minutes": 10,
}


class ModuleIn(Body):
    """A module to add: a text in Markdown, or the https address of a page or film."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    title: Annotated[Words, Field(min_length=1, max_length=120)]
    skill: Skill
    kind: ModuleKind
    body: Annotated[Words, Field(max_length=LONGEST_BODY)] = ""
    url: Annotated[Words, Field(max_length=LONGEST_URL)] = ""
    minutes: Annotated[StrictInt, Field(ge=1, le=LONGEST_MINUTES)]
    is_active: StrictBool = True
    """Whether it is on offer; what was done stays done."""


class ModuleChange(ModuleIn):
    """A module as it shall be, whole."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE | {"version": 1}]})

    version: Annotated[StrictInt, Field(ge=1, le=LARGEST_INT)]
    """As it was read: 409 when somebody changed it meanwhile."""


class ModuleOut(Shown):
    """A training module."""

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
    """When the caller worked through it; null for programs."""


class ModulesOut(Shown):
    """Modules by skill and title."""

    items: list[ModuleOut]


@router.get("", dependencies=[Depends(allowed(ApiScope.PROGRESSION_READ))], responses=described(401, 403))
def every(calling: Calling) -> ModulesOut:
    """The modules on offer; for an admin the retired ones too."""
    with database().reading() as session:
        found = training.modules(session, calling.viewer)
    return ModulesOut(items=[ModuleOut.model_validate(each) for each in found])


@router.post("", status_code=status.HTTP_201_CREATED, response_model=ModuleOut, responses=WRITES)
def create(body: ModuleIn, viewer: SignedIn, once: Once) -> Response:
    """Add a module; admins only."""

    def work(session: Session) -> Done:
        module_id = training.create(session, viewer, module_details(**body.model_dump()), clock.now())
        return Done(shown=_shown(session, viewer, module_id), status=status.HTTP_201_CREATED)

    return written(once, work)


@router.put("/{module_id}", response_model=ModuleOut, responses=WRITES)
def change(module_id: PathId, body: ModuleChange, viewer: SignedIn, once: Once) -> Response:
    """Change a module, or take it off offer; admins only."""

    def work(session: Session) -> Done:
        details = module_details(**body.model_dump(exclude={"version"}))
        training.change(session, viewer, module_id, body.version, details, clock.now())
        return Done(shown=_shown(session, viewer, module_id))

    return written(once, work)


@router.post("/{module_id}/completion", response_model=ModuleOut, responses=described(400, 401, 403, 404, 409, 422))
def complete(module_id: PathId, viewer: SignedIn, once: Once) -> Response:
    """Say that one has worked through it oneself; the first time stays."""

    def work(session: Session) -> Done:
        training.complete(session, viewer, module_id, clock.now())
        return Done(shown=_shown(session, viewer, module_id))

    return written(once, work)


@router.delete("/{module_id}/completion", status_code=status.HTTP_204_NO_CONTENT, responses=described(401, 403, 404, 422))
def take_back(module_id: PathId, viewer: SignedIn) -> None:
    """Take back that one has worked through it."""
    database().write(lambda session: training.take_back(session, viewer, module_id))


def _shown(session: Session, viewer: Viewer, module_id: int) -> ModuleOut:
    return ModuleOut.model_validate(training.module(session, viewer, module_id))
