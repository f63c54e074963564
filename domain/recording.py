"""Whether a call may be recorded: off until an administrator set on what grounds, and then as its agent prefers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.contact import CONVERSED, HELD

RECORDABLE: Final = CONVERSED | HELD
"""What people talk in; what is written or done alone makes no sound."""


class ConsentBasis(StrEnum):
    """On what grounds calls may be recorded in a jurisdiction; which one holds there is for the company's lawyer to say."""

    EVERYBODY_AGREES = "everybody_agrees"
    ANNOUNCED = "announced"
    ONE_PARTY = "one_party"


class Refusal(StrEnum):
    """Why a call is not recorded."""

    NO_BASIS = "no_consent_basis"
    PREFERENCE = "agent_does_not_record"
    THIS_CALL = "not_this_call"


BEFORE_RECORDING: Final[Mapping[ConsentBasis, str]] = {
    ConsentBasis.EVERYBODY_AGREES: "Ask first, and record only when everybody on the call has agreed.",
    ConsentBasis.ANNOUNCED: "Say first that you record. Who stays on the call agrees; stop when somebody objects.",
    ConsentBasis.ONE_PARTY: "Here your own consent is enough. Stop when somebody objects.",
}
"""What an agent is told beside the recorder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Whether a call may be recorded, and the sentence that says why or what to do first."""

    allowed: bool
    why: str
    basis: ConsentBasis | None = None
    refusal: Refusal | None = None


def permission(*, place: str, basis: ConsentBasis | None, prefers: bool, wanted: bool = True) -> Permission:
    """Whether an agent at the place (a country's name) may record a call they want recorded or not.

    The law comes first: without a basis neither the agent nor a program that speaks for them can switch it on.
    """
    if basis is None:
        why = f"Calls are not recorded: no administrator has set yet on what grounds they may be ({place})."
        return Permission(allowed=False, why=why, refusal=Refusal.NO_BASIS)
    if not prefers:
        why = "Calls are not recorded: the account says so. It can be changed on the screen Privacy."
        return Permission(allowed=False, why=why, basis=basis, refusal=Refusal.PREFERENCE)
    if not wanted:
        return Permission(allowed=False, why="Recording is off for this call.", basis=basis, refusal=Refusal.THIS_CALL)
    return Permission(allowed=True, why=BEFORE_RECORDING[basis], basis=basis)


def expiry(made_on: date, keep_days: int) -> date:
    """The day on which a recording is deleted: it is kept for whole days after the one on which it was made."""
    return made_on + timedelta(days=keep_days + 1)
