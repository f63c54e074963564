"""The chain from first contact to sale: what comes of what, which part of it is in an agent's hands, and where a goal cuts it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from domain.counters import Counters
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Words
from domain.records import Profile

REVENUE: Final = "revenue"
"""What stands behind the last link: the sales of a chain, weighed by what each is worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a chain. Its key is the metric that counts it."""

    key: str
    name: str
    is_controllable: bool
    """Whether an agent can decide to do it. The others follow as they follow; they are predicted and never given as a task."""
    rate: float
    """The share of the link before that usually becomes one of this; 1 for the first link."""
    minutes: float = 0.0
    """Working time one of it takes; nothing for what is part of the link before."""
    spend_minor: int = 0
    """Money one of it costs, in minor units."""
    also: tuple[str, ...] = ()
    """Other kinds of goals that end here."""
    singular: str = ""
    """What one of it is called where the business has a word of its own: an offer is a proposal in real estate."""

    @property
    def one(self) -> str:
        """What one of it is called."""
        return self.singular or self.words.singular

    @property
    def words(self) -> Words:
        """Its grammar in sentences."""
        return METRICS[self.key].words


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEdit:
    """What an admin has changed of a link; None leaves it as it is."""

    key: str
    name: str | None = None
    is_controllable: bool | None = None
    rate: float | None = None
    minutes: float | None = None
    spend_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A business's links in order, from something an agent decides to do up to the sale, with what stands in for unknown money."""

    profile: Profile
    links: tuple[Link, ...]
    deal_value_minor: int
    """What a sale brings while nobody's sales are known."""
    margin_share: float = 0.7
    """What is left of a sale's amount after splits, fees and taxes on it: a third gone is usual where the amount is a commission."""
    hourly_minor: int = 4_000
    """What an agent's hour is worth: about a full day's wage of a salaried salesperson, divided by eight."""
    left_out: tuple[Link, ...] = ()
    """Links too rarely recorded to reckon with."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The links' keys in order."""
        return tuple(link.key for link in self.links)

    def link(self, key: str) -> Link:
        """The link of this key."""
        return next(link for link in self.links if link.key == key)

    def cut(self, goal_type: str) -> str | None:
        """The link a goal of this type ends at, `REVENUE`, or None where the chain does not lead to it."""
        if goal_type == REVENUE:
            return REVENUE
        return next((link.key for link in self.links if goal_type == link.key or goal_type in link.also), None)

    def edited(self, edits: Iterable[LinkEdit]) -> "Chain":
        """The chain as an admin describes it; what nobody changed stays."""
        by_key = {edit.key: edit for edit in edits}
        return replace(self, links=tuple(_edited(link, by_key.get(link.key)) for link in self.links))

    def recorded(self, counts: Mapping[str, int]) -> "Chain":
        """Without the links of which fewer were recorded than of what comes of them, because a rate above one is a gap in the records.

        Without any record all links stay. The rate of what follows a link left out becomes the product of both, the first one's stays 1.
        """
        kept: list[Link] = []
        most = 0
        for link in reversed(self.links):
            if counts.get(link.key, 0) >= most:
                kept.append(link)
                most = counts.get(link.key, 0)
        keys = {link.key for link in kept}
        left_out = tuple(link for link in self.links if link.key not in keys)
        return replace(self, links=_joined(self.links, keys), left_out=self.left_out + left_out)


def _edited(link: Link, edit: LinkEdit | None) -> Link:
    if edit is None:
        return link
    return replace(
        link,
        name=link.name if edit.name is None else edit.name,
        singular=link.singular if edit.name in {None, link.name} else "",
        is_controllable=link.is_controllable if edit.is_controllable is None else edit.is_controllable,
        rate=link.rate if edit.rate is None else edit.rate,
        minutes=link.minutes if edit.minutes is None else edit.minutes,
        spend_minor=link.spend_minor if edit.spend_minor is None else edit.spend_minor,
    )


def _joined(links: tuple[Link, ...], keys: set[str]) -> tuple[Link, ...]:
    joined: list[Link] = []
    rate = 1.0
    for link in links:
        rate *= link.rate
        if link.key in keys:
            joined.append(replace(link, rate=rate if joined else 1.0))
            rate = 1.0
    return tuple(joined)


def link_counts(chain: Chain, sums: Counters) -> dict[str, int]:
    """How many of each link these sums hold, each by the metric that counts it."""
    return {link.key: round(METRICS[link.key].measure(sums).value or 0) for link in chain.links}


def parts(chain: Chain, counts: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """For every link but the first: how many there were, of how many of the link before."""
    return {link.key: (counts.get(link.key, 0), counts.get(before.key, 0)) for before, link in pairwise(chain.links)}


def _calls() -> Link:
    return Link(key="calls", name="Calls", is_controllable=True, rate=1.0, minutes=6)


def _conversations(rate: float) -> Link:
    return Link(key="conversations", name="Conversations", is_controllable=False, rate=rate)


def _booked(rate: float, minutes: float = 10) -> Link:
    """Booking takes the mail and the preparation; the call before has its own minutes."""
    return Link(key="appointments_set", name="Appointments booked", is_controllable=True, rate=rate, minutes=minutes)


def _sales(name: str, rate: float, minutes: float) -> Link:
    return Link(key="deals_won", name=name, is_controllable=False, rate=rate, minutes=minutes, also=("conversions",))


def _uncontrolled(key: str, name: str, rate: float, minutes: float, *, singular: str = "") -> Link:
    return Link(key=key, name=name, singular=singular, is_controllable=False, rate=rate, minutes=minutes)


CHAINS: Final[Mapping[Profile, Chain]] = MappingProxyType(
    {
        # Ten calls to an appointment and four appointments to a sale: the example of 200 calls, 20 appointments, 5 sales.
        Profile.REAL_ESTATE: Chain(
            profile=Profile.REAL_ESTATE,
            links=(
                _calls(),
                _conversations(0.4),
                _booked(0.3125),
                _uncontrolled("appointments", "Appointments held", 0.8, 60),
                _uncontrolled("showings", "Showings", 0.625, 75),
                _uncontrolled("proposals", "Offers", 0.5, 90, singular="offer"),
                _sales("Sales", 0.8, 480),
            ),
            deal_value_minor=1_000_000,
        ),
        # The targets of a new team: thirty calls and four appointments a week, three loans a month.
        Profile.LOAN_OFFICER: Chain(
            profile=Profile.LOAN_OFFICER,
            links=(
                _calls(),
                _conversations(0.4),
                _booked(0.4),
                _uncontrolled("appointments", "Appointments held", 0.8, 45),
                _uncontrolled("proposals", "Applications", 0.36, 120, singular="application"),
                _sales("Loans closed", 0.5, 240),
            ),
            deal_value_minor=400_000,
        ),
        # Twenty-five calls a week, eight proposals, four agreements, three lists and two sales a month.
        Profile.BDR: Chain(
            profile=Profile.BDR,
            links=(
                _calls(),
                _conversations(0.37),
                _uncontrolled("proposals", "Proposals", 0.2, 45),
                _uncontrolled("agreements", "Agreements", 0.5, 30),
                Link(key="lists_sent", name="Lists out", is_controllable=True, rate=0.75, minutes=60),
                _sales("Sales", 0.67, 30),
            ),
            deal_value_minor=150_000,
        ),
        # Thirty calls and four meetings a week, six proposals and three sales a month.
        Profile.B2B: Chain(
            profile=Profile.B2B,
            links=(
                _calls(),
                _conversations(0.4),
                _booked(0.4),
                _uncontrolled("meetings", "Meetings held", 0.8, 45),
                _uncontrolled("proposals", "Proposals", 0.35, 60),
                _sales("Sales", 0.5, 90),
            ),
            deal_value_minor=150_000,
        ),
    }
)
"""Every kind of business with the product's own rates and minutes: a start until an agent's or a team's records say better."""
