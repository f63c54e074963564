"""From when on a team's alerts speak; every team may have its own."""

from dataclasses import dataclass

from domain.records import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The figures of one team. Those of weeks are for a full week of the whole team; zero switches a rule off."""

    calls: int = 25
    """Calls of the team in a week."""
    booked: int = 30
    """Calls in the team's calendar for next week: some are not held, so there are more of them than calls to be made."""
    lists: int = 1
    """Partner lists past due: one is somebody who was promised something."""
    support_index: int = 10
    """Points of the performance index of one agent in a week."""
    support_calls: int = 5
    """Calls of one agent in a week; only together with too few points."""
    silent_hours: int = 4
    """Hours without any new record, of those in which records usually arrive."""
    goals: int = 1
    """Running goals of one agent that are at risk at the same time."""


def defaults(profile: Profile) -> Thresholds:
    """The product's figures for a kind of business. Only business development books calls ahead; elsewhere it is no news."""
    return Thresholds() if profile is Profile.BDR else Thresholds(booked=0)
