"""What an administrator sees of the account: how it stands, who is who, which stage is which, and what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import CrmConnection, CrmRefusal, CrmStage, CrmStream, CrmUserLink
from data.queries import crm as queries
from domain.errors import SetupError
from domain.records import DealStatus, Role
from services.access import Viewer, require_role
from services.amocrm.hooks import PATH
from services.amocrm.link import ORIGIN, Link

__all__ = ["CrmStream", "DealStatus", "Overview", "overview"]
MOST_REFUSALS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The account at this moment."""

    base_url: str
    account_name: str
    is_reading: bool
    synced_at: datetime | None
    """None before the first whole reading."""
    not_before: datetime | None
    trouble: str
    hook: str
    """The webhook's whole address; empty where it was sealed with another secret."""
    writes_back: bool
    leaves_amounts_out: bool
    """The account reckons in another currency than we."""
    currencies: tuple[str, str]
    """The account's and ours."""
    counts: Mapping[str, int]
    users: tuple[CrmUserLink, ...]
    stages: tuple[CrmStage, ...]
    fields: Mapping[str, int]
    known_fields: Mapping[int, str]
    reasons: Mapping[tuple[CrmStream, str], int]
    refusals: tuple[CrmRefusal, ...]


def overview(session: Session, viewer: Viewer, link: Link, now: datetime) -> Overview | None:
    """The account, for administrators; None while none is connected."""
    require_role(viewer, {Role.ADMIN})
    found = queries.connection(session)
    if found is None:
        return None
    ours = queries.company(session).currency
    return Overview(
        base_url=found.base_url,
        account_name=found.account_name,
        is_reading=found.began_at is not None or found.asked_at is not None,
        synced_at=found.synced_at,
        not_before=found.not_before if found.not_before is not None and found.not_before > now else None,
        trouble=found.trouble,
        hook=_hook(found, link),
        writes_back=found.writes_back,
        leaves_amounts_out=found.currency not in {"", ours},
        currencies=(found.currency, ours),
        counts=queries.counts(session, ORIGIN),
        users=tuple(queries.users(session)),
        stages=tuple(queries.stages(session)),
        fields=found.fields,
        known_fields={int(number): name for number, name in found.known_fields.items()},
        reasons=queries.refusal_reasons(session),
        refusals=tuple(queries.refusals(session, limit=MOST_REFUSALS)),
    )


def people(session: Session, viewer: Viewer) -> dict[int, str]:
    """Who a user of the account may be: names by id."""
    require_role(viewer, {Role.ADMIN})
    return queries.people(session)


def _hook(found: CrmConnection, link: Link) -> str:
    try:
        return f"{link.product_address}{PATH}{link.seal.open(found.sealed_hook)}"
    except SetupError:
        return ""
