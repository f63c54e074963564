"""Changing leads from the screen: one or many at once, and what was refused is said with its reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

import streamlit as st
from sqlalchemy.orm import Session

import clock
from domain.money import to_minor
from domain.records import LeadStatus
from services import lead_moves
from services.access import Viewer
from services.bulk import BulkResult
from services.roster import currency_of
from ui import parameters
from ui.attempts import attempt, show_refusal
from ui.leads import address
from ui.wording import counted, plain

_RESULT: Final = "leads-result"
TOLD_FOR: Final = timedelta(seconds=20)
"""The change itself draws the screen again at once; what came of it must outlive that, long enough to be read."""
Move: TypeAlias = Callable[[Session, Viewer, int, datetime], object]
"""Something done with one lead, by its id."""


def onward(step: LeadStatus) -> Move:
    """The lead has come to this step."""
    return lambda session, viewer, lead_id, now: lead_moves.move_on(session, viewer, lead_id, step, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What came of a change, when, and on which lead's page or, with None, in the list."""

    result: BulkResult | None
    at: datetime
    lead_id: int | None


def lose(reason: str) -> Move:
    """The lead will not buy."""
    return lambda session, viewer, lead_id, now: lead_moves.mark_lost(session, viewer, lead_id, reason, now)


def give(agent_id: int | None) -> Move:
    """The lead is somebody's from now on, or nobody's."""
    return lambda session, viewer, lead_id, now: lead_moves.assign_lead(session, viewer, lead_id, agent_id, now)


def rate(stars: int | None) -> Move:
    """The customer's satisfaction is known, or taken back."""
    return lambda session, viewer, lead_id, now: lead_moves.rate_lead(session, viewer, lead_id, stars, now)


def leave_alone(*, wants_no_contact: bool) -> Move:
    """The lead asked to be left alone, or may be contacted again."""
    return lambda session, viewer, lead_id, now: lead_moves.leave_alone(session, viewer, lead_id, now, wants_no_contact=wants_no_contact)


def convert(amount: float | None) -> Move:
    """The lead bought, for an amount in major units where it is known."""

    def move(session: Session, viewer: Viewer, lead_id: int, now: datetime) -> object:
        minor = None if amount is None else to_minor(Decimal(str(amount)), currency_of(session))
        return lead_moves.mark_converted(session, viewer, lead_id, now, amount_minor=minor)

    return move


def change(lead_ids: Sequence[int], move: Move) -> None:
    """Do it with every lead; for `on_click`. One that cannot be changed does not keep the others from it."""
    now = clock.now()

    def work(session: Session, viewer: Viewer) -> BulkResult:
        return lead_moves.in_bulk(session, viewer, lead_ids, lambda lead_id: move(session, viewer, lead_id, now), now)

    st.session_state[_RESULT] = _Told(result=attempt(work), at=now, lead_id=parameters.number(address.LEAD))


def show_result() -> None:
    """What came of the last change here, for a while: how many leads were changed, and each that was not with its reason."""
    show_refusal()
    told: _Told | None = st.session_state.get(_RESULT)
    if told is None or told.result is None or told.lead_id != parameters.number(address.LEAD) or clock.now() - told.at > TOLD_FOR:
        return
    _show(told.result)


def _show(result: BulkResult) -> None:
    if result.done:
        st.success(f"{counted(result.done, 'lead')} changed.", icon=":material/check_circle:")
    if result.refused:
        lines = [f"- {plain(name)}: {plain(reason)}" for name, reason in result.refused]
        st.warning("\n".join(["Not changed:", "", *lines]), icon=":material/info:")
