"""What changed in a pipeline since another day: every deal accounted for, in number and in money, so that the parts add up exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.pipeline.steps import is_onward
from domain.records import DealStatus


class Part(StrEnum):
    """What became of a deal; in the order in which the account is told."""

    OPENED = "opened"
    RETURNED = "returned"
    """Open now and not then, though older: reopened, or brought in since."""
    GREW = "grew"
    SHRANK = "shrank"
    WON = "won"
    LOST = "lost"
    FORWARD = "forward"
    BACK = "back"
    STAYED = "stayed"


ACCOUNT = (Part.OPENED, Part.RETURNED, Part.GREW, Part.SHRANK, Part.WON, Part.LOST)
"""The parts that lead from then to now; the others say where the deals moved that were open both times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Deals alike: as they stood then and as they stand now. An unknown amount counts as none."""

    was: DealStatus | None
    """None where the deal was not kept then: it did not exist, or was closed long before."""
    stage_was: str
    now: DealStatus
    stage_now: str
    is_new: bool
    """Created after the day compared with."""
    deals: int
    amount_was: int
    amount_now: int
    grown: int
    """What the amounts of those that were worth less then have gained."""
    grown_deals: int
    shrunk: int
    """What the others have lost, as a positive sum."""
    shrunk_deals: int


@dataclass(frozen=True, slots=True)
class Tally:
    """So many deals, worth so much in minor units."""

    deals: int = 0
    amount_minor: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.deals + other.deals, self.amount_minor + other.amount_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The open pipeline then and now, and what lies between."""

    before: Tally
    after: Tally
    parts: Mapping[Part, Tally]
    """Every part, also the empty ones. Grown and shrunk tell the deals whose amount changed; they add no deals."""

    def effect(self, part: Part) -> Tally:
        """What the part adds to the open pipeline: all of `ACCOUNT` lead from `before` to `after`."""
        found = self.parts[part]
        match part:
            case Part.OPENED | Part.RETURNED:
                return found
            case Part.GREW:
                return Tally(0, found.amount_minor)
            case Part.SHRANK:
                return Tally(0, -found.amount_minor)
            case Part.WON | Part.LOST:
                return Tally(-found.deals, -found.amount_minor)
            case _:
                return Tally()

    @property
    def moved(self) -> int:
        """How many deals are anywhere else than they were."""
        return sum(self.parts[part].deals for part in Part if part not in {Part.STAYED, Part.GREW, Part.SHRANK})


def changes(flows: Iterable[Flow], orders: Sequence[Mapping[str, int]]) -> Changes:
    """The account of these deals; `orders` say how far along each stage is, the first that knows both stages of a move decides."""
    parts = dict.fromkeys(Part, Tally())
    before = after = Tally()
    for flow in flows:
        before += Tally(flow.deals, flow.amount_was) if flow.was is DealStatus.OPEN else Tally()
        after += Tally(flow.deals, flow.amount_now) if flow.now is DealStatus.OPEN else Tally()
        for part, tally in _parts(flow, orders):
            parts[part] += tally
    return Changes(before=before, after=after, parts=parts)


def _parts(flow: Flow, orders: Sequence[Mapping[str, int]]) -> Iterable[tuple[Part, Tally]]:
    as_now = Tally(flow.deals, flow.amount_now)
    if flow.was is not DealStatus.OPEN:
        yield (Part.OPENED if flow.is_new else Part.RETURNED), as_now
    else:
        yield Part.GREW, Tally(flow.grown_deals, flow.grown)
        yield Part.SHRANK, Tally(flow.shrunk_deals, flow.shrunk)
    if flow.now is not DealStatus.OPEN:
        yield (Part.WON if flow.now is DealStatus.WON else Part.LOST), as_now
    elif flow.was is DealStatus.OPEN:
        yield _way(flow, orders), as_now


def _way(flow: Flow, orders: Sequence[Mapping[str, int]]) -> Part:
    told = (is_onward(flow.stage_was, flow.stage_now, each) for each in orders)
    onward = next((each for each in told if each is not None), None)
    if onward is None:
        return Part.STAYED
    return Part.FORWARD if onward else Part.BACK
