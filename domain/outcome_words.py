"""What came of an activity in English, on screens and in chats."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.records import Outcome

OUTCOME_NAMES: Final[Mapping[Outcome, str]] = MappingProxyType(
    {
        Outcome.CONNECTED: "Connected",
        Outcome.APPOINTMENT_SET: "Appointment set",
        Outcome.INTERESTED: "Interested",
        Outcome.NOT_INTERESTED: "Not interested",
        Outcome.CALL_BACK: "Call back",
        Outcome.LEFT_MESSAGE: "Left message",
        Outcome.NO_ANSWER: "No answer",
        Outcome.BUSY: "Busy",
        Outcome.WRONG_NUMBER: "Wrong number",
        Outcome.COMPLETED: "Done",
        Outcome.NO_SHOW: "No-show",
        Outcome.CANCELLED: "Cancelled",
    }
)
