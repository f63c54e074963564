"""When a lead picks up."""

from typing import Annotated, Final, Self

from fastapi import APIRouter, Depends
from pydantic import Field

import clock
from api.deps import allowed
from api.errors import described
from api.v1.fields import PathRecordId, Shown
from database import database
from domain.api_scopes import ApiScope
from domain.coaching.contact_timing import Basis, ContactTiming, timing_words
from services.callers import Caller
from services.contact_timing import lead_timing

router: Final = APIRouter(prefix="/leads/{lead_id}", tags=["leads"])


class LeadTimingOut(Shown):
    """The part of the day in which a lead picks up most, in working hours on the clock of whoever calls."""

    basis: Basis
    """`own` calls drawn towards those of leads like them, `alike`: those of the same source alone, `not_clear`, or `too_early`."""
    sentence: str
    since_hour: Annotated[int, Field(ge=0, le=23)] | None
    until_hour: Annotated[int, Field(ge=0, le=24)] | None
    """Up to but not including this hour."""
    answered: Annotated[int, Field(ge=0)]
    calls: Annotated[int, Field(ge=0)]
    """Made in those hours; `answered` of them were."""
    share: float | None
    """The chance of an answer then, with its 80 % interval."""
    low: float | None
    high: float | None
    own_calls: Annotated[int, Field(ge=0)]
    calls_needed: Annotated[int, Field(ge=0)]
    """Before something can be said of this lead."""

    @classmethod
    def of(cls, timing: ContactTiming) -> Self:
        """The same for other programs."""
        band, (low, high) = timing.band, timing.interval or (None, None)
        return cls(
            basis=timing.basis,
            sentence=timing_words(timing),
            since_hour=band.since if band else None,
            until_hour=band.until if band else None,
            answered=timing.inside.part,
            calls=timing.inside.whole,
            share=timing.share,
            low=low,
            high=high,
            own_calls=timing.tries,
            calls_needed=timing.needed,
        )


@router.get("/timing", responses=described(401, 403, 404, 422))
def timing(lead_id: PathRecordId, calling: Annotated[Caller, Depends(allowed(ApiScope.LEADS_READ))]) -> LeadTimingOut:
    """When a lead picks up most, as far as its calls and those of leads like it tell."""
    with database().reading() as session:
        return LeadTimingOut.of(lead_timing(session, calling.viewer, lead_id, clock.now()))
