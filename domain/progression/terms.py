"""What the ladder's words mean in a kind of business: which counters are its appointments, its showings, and each skill's link."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.counters import Counters
from domain.metrics.measures import Rate
from domain.records import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A kind of business as the ladder sees it; the names are counters and, where they are shown, metric keys."""

    appointments: str
    """What the ladder's appointments are there."""
    showings: str | None
    """What its showings are; None where nothing like it exists and none are asked."""
    presented: str
    """What a good presentation leads to, per appointment."""

    def conversion(self, sums: Counters) -> Rate:
        """Sales for each appointment: sales of the days, whenever their appointments were."""
        return Rate(sums.deals_won, getattr(sums, self.appointments))

    def presentation(self, sums: Counters) -> Rate:
        """What appointments lead to, per appointment."""
        return Rate(getattr(sums, self.presented), getattr(sums, self.appointments))


TERMS: Final[Mapping[Profile, Terms]] = MappingProxyType(
    {
        Profile.REAL_ESTATE: Terms(appointments="appointments", showings="showings", presented="showings"),
        Profile.LOAN_OFFICER: Terms(appointments="appointments", showings=None, presented="deals_created"),
        Profile.BDR: Terms(appointments="appointments_set", showings=None, presented="proposals"),
        Profile.B2B: Terms(appointments="meetings", showings=None, presented="proposals"),
    }
)
