"""Who is who and what means what: decisions an administrator takes about the account. Each has everything read again, so that it holds."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from data.models import CrmStage, CrmUserLink, Person
from domain.crm.deals import DEAL_FIELDS, StageKey
from domain.errors import InputError, NotFoundError
from domain.records import DealStatus
from services import audit
from services.access import Viewer
from services.amocrm import connecting
from services.audit import Action

LONGEST_STAGE = 80


def say_who(session: Session, viewer: Viewer, chosen: Mapping[int, int | None], now: datetime) -> int:
    """Let users be these people, or nobody; returns how many that changed."""
    connecting.held(session, viewer)
    changed = 0
    for number, person_id in chosen.items():
        user = session.get(CrmUserLink, number)
        if user is None or (person_id is not None and session.get(Person, person_id) is None):
            raise NotFoundError("There is no such user or person any more. Reload to see who there is.")
        if user.person_id != person_id:
            user.person_id, user.by_hand, changed = person_id, True, changed + 1
    _changed(session, viewer, "users", changed, now)
    return changed


def name_stages(session: Session, viewer: Viewer, chosen: Mapping[StageKey, tuple[str, DealStatus]], now: datetime) -> int:
    """Let stages be called this and mean that; returns how many that changed."""
    connecting.held(session, viewer)
    changed = 0
    for key, (name, means) in chosen.items():
        stage, told = session.get(CrmStage, key), name.strip()
        if stage is None:
            raise NotFoundError("There is no such stage any more. Reload to see which there are.")
        if not told or len(told) > LONGEST_STAGE or "\x00" in told:
            raise InputError(f"Stage: a name of at most {LONGEST_STAGE} characters.")
        if (stage.stage, stage.means) != (told, means):
            stage.stage, stage.means, stage.by_hand, changed = told, means, True, changed + 1
    _changed(session, viewer, "stages", changed, now)
    return changed


def choose_fields(session: Session, viewer: Viewer, chosen: Mapping[str, int | None], now: datetime) -> int:
    """Let a deal's source, category, product and company come from fields of the account; returns how many that changed."""
    connection = connecting.held(session, viewer)
    wanted = {name: number for name, number in chosen.items() if number is not None}
    if not wanted.keys() <= set(DEAL_FIELDS) or not {str(number) for number in wanted.values()} <= connection.known_fields.keys():
        raise InputError("Choose among the account's own fields.")
    changed = len({*wanted.items()} ^ {*connection.fields.items()})
    connection.fields = wanted
    _changed(session, viewer, "fields", changed, now)
    return changed


def let_write(session: Session, viewer: Viewer, *, on: bool, now: datetime) -> None:
    """Whether notes and tasks may be written to the account."""
    connecting.held(session, viewer).writes_back = on
    audit.record(session, person_id=viewer.person_id, action=Action.CRM_CHANGED, details={"writes_back": on}, at=now)


def _changed(session: Session, viewer: Viewer, what: str, number: int, now: datetime) -> None:
    if number:
        connecting.read_again(session, viewer, now)
        audit.record(session, person_id=viewer.person_id, action=Action.CRM_CHANGED, details={what: number}, at=now)
