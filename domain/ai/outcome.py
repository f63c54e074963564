"""What became of asking a language model."""

from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """How it ended. Whatever is not `OK` means that the rules' words are shown."""

    OK = "ok"
    NOT_SET_UP = "not_set_up"
    """No key is set."""
    OFF = "off"
    """An administrator has not switched it on, the model did not do as well as the rules yet, or the person did not agree."""
    NO_BUDGET = "no_budget"
    """What may be used in a day is used."""
    PAUSED = "paused"
    """It failed too often a moment ago."""
    STARTED = "started"
    """Asked, and nothing was heard yet."""
    KEY_REFUSED = "key_refused"
    BUSY = "busy"
    """The service has too much to do, or its account has no credit left."""
    LATE = "late"
    UNREACHABLE = "unreachable"
    TROUBLE = "trouble"
    """The service answered with an error of its own."""
    UNREADABLE = "unreadable"
    """What came back is not what was asked for, or only a part of it."""
    DECLINED = "declined"
    """The model would not answer."""
    UNGROUNDED = "ungrounded"
    """It said something the facts do not say."""


TROUBLES: Final = frozenset({Outcome.KEY_REFUSED, Outcome.BUSY, Outcome.LATE, Outcome.UNREACHABLE, Outcome.TROUBLE, Outcome.UNREADABLE})
"""Failures of the service; several in a row and it is left alone for a while."""
