"""The steps of a pipeline in their order, whatever a team or a CRM calls its stages."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.records import DealStatus, Profile

LIST_OUT: Final = (
    "LEAD",
    "CALL_BOOKED",
    "CALL_CONDUCTED",
    "PROPOSAL_SENT",
    "AGREEMENT_SIGNED",
    "PARTNER_LIST_SENT",
    "FREE_QA_OFFERED",
    "SOLD",
    "LIST_OUT_NOT_SOLD",
)
"""The stages of the list-out pipeline, in their order."""
STAGES: Final = MappingProxyType(
    {
        Profile.BDR: LIST_OUT,
        Profile.REAL_ESTATE: ("New enquiry", "Appointment", "Showings", "Offer made", "Under contract", "Closed", "Lost"),
        Profile.LOAN_OFFICER: ("Inquiry", "Application", "Documents", "Pre-approved", "Rate locked", "Funded", "Declined"),
        Profile.B2B: ("Discovery", "Needs review", "Quote sent", "Negotiation", "Agreement signed", "Policy bound", "Lost"),
    }
)
"""The stages a team starts with; the last two are how a deal ends, won and lost."""


class Milestone(StrEnum):
    """What entering a stage says has happened, where its name tells."""

    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    LIST_SENT = "list_sent"


_MILESTONES: Final = {"PROPOSAL": Milestone.PROPOSAL, "AGREEMENT": Milestone.AGREEMENT, "PARTNER_LIST_SENT": Milestone.LIST_SENT}
_ENDS: Final = {names[-2].upper(): DealStatus.WON for names in STAGES.values()} | {
    names[-1].upper(): DealStatus.LOST for names in STAGES.values()
}
_WORDS: Final = MappingProxyType(
    {
        "CALL_BOOKED": "Call booked",
        "CALL_CONDUCTED": "Call held",
        "PROPOSAL_SENT": "Proposal (soft yes)",
        "AGREEMENT_SIGNED": "Agreement (hard yes)",
        "PARTNER_LIST_SENT": "Partner list sent",
        "FREE_QA_OFFERED": "Free Q&A offered",
        "LIST_OUT_NOT_SOLD": "Not sold",
    }
)


def milestone(stage: str) -> Milestone | None:
    """What the stage says has happened: every `PROPOSAL_…` is a proposal, every `AGREEMENT_…` an agreement."""
    name = _code(stage)
    return next((found for prefix, found in _MILESTONES.items() if name.startswith(prefix)), None)


def ending(stage: str) -> DealStatus:
    """What entering the stage decides; open for every stage on the way."""
    return _ENDS.get(stage.strip().upper(), DealStatus.OPEN)


def known_places() -> dict[str, int]:
    """How far along each stage is that teams start with."""
    return {name.upper(): place for names in STAGES.values() for place, name in enumerate(names)}


def ordered(stages: Iterable[str]) -> dict[str, int]:
    """The same of stages in their order."""
    return {name.strip().upper(): place for place, name in enumerate(stages)}


def is_known(stage: str) -> bool:
    """Whether its place is known without having looked at how deals went."""
    return _place(stage, known_places()) is not None


def is_onward(before: str, after: str, known: Mapping[str, int]) -> bool | None:
    """Whether the second stage lies ahead of the first; None where the order of the two is not known, or they are one."""
    first, second = _place(before, known), _place(after, known)
    return None if first is None or second is None or first == second else second > first


def words(stage: str) -> str:
    """The stage as people read it: `CALL_BOOKED` is "Call booked"; a team's own words stay as they are."""
    if stage in _WORDS:
        return _WORDS[stage]
    if not stage:
        return "No stage"
    return stage.replace("_", " ").capitalize() if stage.isupper() else stage


def _place(stage: str, known: Mapping[str, int]) -> int | None:
    exact = known.get(stage.strip().upper())
    if exact is not None:
        return exact
    code = _code(stage)
    return next((place for name, place in known.items() if _family(name) and code.startswith(_family(name))), None)


def _family(name: str) -> str:
    """The word that a list-out stage shares with its variants: PROPOSAL of PROPOSAL_SENT; empty where there are none."""
    return next((prefix for prefix in ("PROPOSAL_", "AGREEMENT_") if name.startswith(prefix)), "")


def _code(stage: str) -> str:
    return stage.strip().upper().replace(" ", "_")
