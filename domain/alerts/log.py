"""What can happen to an alert, in the words of its log."""

from enum import StrEnum


class Happening(StrEnum):
    """By itself: fired and resolved. By people: the others."""

    FIRED = "fired"
    RESOLVED = "resolved"
    SILENCED = "silenced"
    SPOKEN = "spoken"
    """It was let speak again before its silence was over."""
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    COMMENTED = "commented"
