"""What the parts of a pipeline are called, on screens and in files alike."""

from collections.abc import Mapping
from typing import Final

from domain.pipeline.changes import Part
from domain.pipeline.conversion import Transition
from domain.records import EventKind

PARTS: Final[Mapping[Part, str]] = {
    Part.OPENED: "Opened",
    Part.RETURNED: "Came back",
    Part.GREW: "Amount up",
    Part.SHRANK: "Amount down",
    Part.WON: "Won",
    Part.LOST: "Lost",
    Part.FORWARD: "Moved forward",
    Part.BACK: "Moved back",
    Part.STAYED: "Stayed",
}
TRANSITIONS: Final[Mapping[Transition, str]] = {
    Transition.BOOKED_HELD: "Call booked → held",
    Transition.HELD_PROPOSAL: "Call held → proposal",
    Transition.PROPOSAL_AGREEMENT: "Proposal → agreement",
    Transition.AGREEMENT_LIST: "Agreement → list out",
    Transition.LIST_SALE: "List out → first sale",
    Transition.OPENED_WON: "New deal → sale",
}
BOOKED: Final[Mapping[EventKind, str]] = {
    EventKind.CALL: "Calls booked",
    EventKind.APPOINTMENT: "Appointments booked",
    EventKind.SHOWING: "Showings booked",
    EventKind.MEETING: "Meetings booked",
}
