"""What differs between businesses: their name, the figures that matter most, the targets a new team starts with."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.periods import Grain
from domain.records import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultTarget:
    """A target per agent that a new team starts with and its manager may change."""

    metric_key: str
    grain: Grain
    target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessProfile:
    """One kind of business."""

    name: str
    headline: tuple[str, ...]
    """Metric keys of the first cards on the Overview."""
    daily: tuple[str, ...]
    """Metric keys of an agent's scoreboard of the day."""
    targets: tuple[DefaultTarget, ...]


def _weekly(key: str, target: float) -> DefaultTarget:
    return DefaultTarget(metric_key=key, grain=Grain.WEEK, target=target)


def _monthly(key: str, target: float) -> DefaultTarget:
    return DefaultTarget(metric_key=key, grain=Grain.MONTH, target=target)


PROFILES: Final[Mapping[Profile, BusinessProfile]] = MappingProxyType(
    {
        Profile.REAL_ESTATE: BusinessProfile(
            name="Real estate",
            headline=("calls", "appointments", "showings", "conversion_rate", "deals_won", "revenue"),
            daily=("calls", "conversations", "appointments", "showings", "follow_ups"),
            # The requirements of a developing agent: 40 calls, 5 appointments, 3 showings a week, 10 % conversion.
            targets=(
                _weekly("calls", 40),
                _weekly("appointments", 5),
                _weekly("showings", 3),
                _weekly("follow_ups", 10),
                _monthly("deals_won", 1),
                _monthly("conversion_rate", 0.1),
            ),
        ),
        Profile.LOAN_OFFICER: BusinessProfile(
            name="Loan officers",
            headline=("calls", "appointments", "fast_response_rate", "conversion_rate", "deals_won", "revenue"),
            daily=("calls", "conversations", "follow_ups", "appointments", "emails"),
            targets=(
                _weekly("calls", 30),
                _weekly("follow_ups", 15),
                _weekly("appointments", 4),
                _monthly("deals_won", 3),
                _monthly("conversion_rate", 0.15),
            ),
        ),
        Profile.BDR: BusinessProfile(
            name="Business development",
            headline=("calls", "agreements", "lists_sent", "proposals", "deals_won", "revenue"),
            daily=("calls", "conversations", "appointments_set", "emails", "follow_ups"),
            targets=(
                _weekly("calls", 25),
                _weekly("appointments_set", 5),
                _monthly("proposals", 8),
                _monthly("agreements", 4),
                _monthly("lists_sent", 3),
                _monthly("deals_won", 2),
            ),
        ),
        Profile.B2B: BusinessProfile(
            name="Insurance and B2B sales",
            headline=("calls", "meetings", "proposals", "win_rate", "deals_won", "revenue"),
            daily=("calls", "conversations", "emails", "meetings", "follow_ups"),
            targets=(
                _weekly("calls", 30),
                _weekly("meetings", 4),
                _monthly("proposals", 6),
                _monthly("deals_won", 3),
                _monthly("win_rate", 0.3),
            ),
        ),
    }
)
"""Every kind of business by its profile. All targets are defaults."""


def headline(profiles: tuple[Profile, ...]) -> tuple[str, ...]:
    """The headline metrics of these profiles, each once, in their order; those all of them share come first."""
    chosen = profiles or tuple(PROFILES)
    keys = dict.fromkeys(key for profile in chosen for key in PROFILES[profile].headline)
    return tuple(sorted(keys, key=lambda key: -sum(key in PROFILES[profile].headline for profile in chosen)))
