"""Rewards: what a company promises for a milestone, and what becomes of a claim."""

from enum import StrEnum


class ClaimState(StrEnum):
    """Where a claim stands."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    DECLINED = "declined"
