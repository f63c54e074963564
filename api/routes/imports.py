"""What imports hand out: our templates, and the rows an import refused."""

from typing import Any, Final

from fastapi import APIRouter, Response

import clock
from api.deps import SignedIn
from api.errors import described
from api.v1.fields import PathId
from database import database
from services import import_history, import_plan
from services.access import require_role
from services.audit import Action, record
from services.imports import IMPORTERS, Kind

router: Final = APIRouter(prefix="/imports", tags=["imports"])
FILES: Final[dict[int | str, dict[str, Any]]] = {
    **described(401, 403, 404, 422),
    200: {"description": "The file.", "content": {"text/csv": {}}},
}
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""


@router.get("/template/{kind}.csv", response_class=Response, responses=FILES)
def template(kind: Kind, viewer: SignedIn) -> Response:
    """Our own template for a kind of rows: its columns and one example."""
    require_role(viewer, IMPORTERS)
    return _csv(import_plan.template_csv(kind), f"pacesetter-template-{kind}")


@router.get("/{batch_id}/rejected.csv", response_class=Response, responses=FILES)
def rejected(batch_id: PathId, viewer: SignedIn) -> Response:
    """The refused rows of an import: 404 for an import of somebody else."""
    with database().reading() as session:
        content = import_history.rejected_csv(session, viewer, batch_id)
    database().write(
        lambda session: record(
            session,
            person_id=viewer.person_id,
            action=Action.EXPORT,
            subject=f"import:{batch_id}",
            details={"format": "csv"},
            at=clock.now(),
        )
    )
    return _csv(content, f"rejected-rows-{batch_id}")


def _csv(content: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "private, no-store"}
    return Response((BYTE_ORDER_MARK + content).encode(), media_type="text/csv; charset=utf-8", headers=headers)
