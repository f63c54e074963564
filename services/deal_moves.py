"""What people do with an item of the pipeline: move it to another stage, alone or with many, and keep its dates and its list.

Each raises NotFoundError for a deal the viewer does not look after, and what `deals.change` raises. Every move is remembered with who
made it and when; a date that was reached stays when the item comes that way again, so that it counts once.
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy.orm import Session

from data.models import Deal
from data.queries.zones import zone_of
from domain.errors import ConflictError, InputError, NotFoundError
from domain.local_time import local_time
from domain.pipeline.stages import Meaning
from domain.pipeline.steps import Milestone
from domain.records import DealStatus
from services import bulk, deals
from services.access import Viewer
from services.bulk import BulkResult
from services.deals import DealWords
from services.pipeline_stages import pipelines, require_usable

MOVED_MEANWHILE: Final = "Somebody moved it meanwhile. Look where it is now."
_DATED: Final = {Milestone.PROPOSAL: "proposal_on", Milestone.AGREEMENT: "agreement_on", Milestone.LIST_SENT: "partner_list_sent_on"}
ORDER: Final = ("proposal_on", "agreement_on", "partner_list_sent_on", "first_sale_on")
"""What can only follow on what came before it, where both are known."""
FIELD_WORDS: Final = {
    "proposal_on": "The proposal",
    "agreement_on": "The agreement",
    "partner_list_sent_on": "The list",
    "first_sale_on": "The first sale",
}


def move(session: Session, viewer: Viewer, deal_id: int, stage: str, now: datetime, *, seen: str | None = None) -> Deal:
    """The item enters the stage: what that says has happened is dated today where it was not, and a last stage decides the deal.

    `seen` is where the viewer saw it: ConflictError when it is not there any more, or there already.
    """
    if not stage.strip():
        raise InputError("Name the stage it goes to.", code="no_stage")
    arranged = pipelines(session)
    stage = arranged.key_of(stage)
    require_usable(arranged, stage)
    found = deals.deal(session, viewer, deal_id, now)
    if seen is not None and found.stage != seen:
        raise ConflictError(MOVED_MEANWHILE, code="moved_meanwhile")
    if found.stage == stage:
        raise ConflictError(f"It is in “{arranged.words(stage)}” already.", code="same_stage")
    today = local_time(now, zone_of(session, found.agent_id)).on
    return deals.change(session, viewer, deal_id, DealWords(stage=stage, columns=_said(found, arranged.meaning(stage), today)), now)


def move_many(
    session: Session, viewer: Viewer, wanted: Mapping[int, str], now: datetime, seen: Mapping[int, str] | None = None
) -> BulkResult:
    """Each item to its stage, all at once; one that cannot be moved does not keep the others."""
    places = seen or {}
    return bulk.in_bulk(
        session,
        wanted,
        lambda deal_id: move(session, viewer, deal_id, wanted[deal_id], now, seen=places.get(deal_id)),
        lambda deal_id: name_of(session, viewer, deal_id, now),
    )


def keep(session: Session, viewer: Viewer, deal_id: int, columns: Mapping[str, Any], now: datetime) -> Deal:
    """Keep what is known about the item: its dates, its list, its amount. InputError for days that cannot follow on each other."""
    found = deals.deal(session, viewer, deal_id, now)
    _check_order({name: columns.get(name, getattr(found, name)) for name in ORDER})
    return deals.change(session, viewer, deal_id, DealWords(columns=columns), now)


def name_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> str:
    """What the item is called, for words about it."""
    try:
        return deals.deal(session, viewer, deal_id, now).name
    except NotFoundError:
        return f"Item {deal_id}"


def _said(deal: Deal, meaning: Meaning, today: date) -> dict[str, Any]:
    """What entering a stage of this meaning changes beside the stage itself."""
    status = meaning.status
    columns: dict[str, Any] = {} if deal.status is status else {"status": status}
    if status is not DealStatus.OPEN and deal.status is not status:
        columns["closed_on"] = today
    reached = meaning.milestone
    if reached is not None and getattr(deal, _DATED[reached]) is None:
        columns[_DATED[reached]] = today
    if status is DealStatus.WON and deal.partner_list_sent_on is not None and deal.first_sale_on is None:
        columns |= {"first_sale_on": today, "total_sales_from_list": max(deal.total_sales_from_list or 0, 1)}
    return columns


def _check_order(days: Mapping[str, date | None]) -> None:
    known = [(name, days[name]) for name in ORDER if days[name] is not None]
    for (earlier, before), (later, after) in pairwise(known):
        if before is not None and after is not None and after < before:
            raise InputError(f"{FIELD_WORDS[later]} cannot come before {FIELD_WORDS[earlier].lower()} of {before}.", code="dates_reversed")
