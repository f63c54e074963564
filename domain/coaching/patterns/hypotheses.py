"""What is asked of everybody's work, fixed before anybody looks at the answers: whoever wants to know more adds it here, for all."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.coaching.patterns.segments import CHANNELS, DAYPARTS, MEETING_LENGTHS, POSTS, RESPONSE_BANDS, WEEKDAYS, Segment


class Outcome(StrEnum):
    """What a fact came to."""

    REACHED = "reached"
    """A call reached somebody."""
    NEXT_STEP = "next_step"
    """A conversation or a meeting ended in an appointment or in interest."""
    CONVERTED = "converted"
    """A lead became a customer within thirty days of being assigned."""
    RATING = "rating"
    """Stars a customer gave, 1 to 5: the one outcome that is a number and no yes or no."""

    @property
    def is_share(self) -> bool:
        """Whether it is a yes or a no, so that its effect is a ratio of odds; else it is a difference of means."""
        return self is not Outcome.RATING


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hypothesis:
    """One question: does the outcome go together with the segment a fact lies in? Each is itself and equals no other."""

    key: str
    name: str
    """A few words for a heading."""
    outcome: Outcome
    facts: tuple[str, str]
    """What is counted: one, and several."""
    happens: str
    """What happens to them where the outcome is a yes, after their number: "became customers"."""
    segments: tuple[Segment, ...]

    @property
    def tested(self) -> tuple[int, ...]:
        """The places of the segments held against all others; of two, one is the other's mirror."""
        return tuple(range(len(self.segments))) if len(self.segments) > 2 else (0,)  # noqa: PLR2004 - a pair is one comparison

    def segment(self, key: str) -> Segment:
        """The segment with this key."""
        return next(each for each in self.segments if each.key == key)


_CALLS, _LEADS = ("call", "calls"), ("lead", "leads")
_LIST: Final = (
    Hypothesis(
        key="weekday_reach",
        name="Weekday and reaching people",
        outcome=Outcome.REACHED,
        facts=_CALLS,
        happens="reached somebody",
        segments=WEEKDAYS,
    ),
    Hypothesis(
        key="hour_reach",
        name="Time of day and reaching people",
        outcome=Outcome.REACHED,
        facts=_CALLS,
        happens="reached somebody",
        segments=DAYPARTS,
    ),
    Hypothesis(
        key="response_conversion",
        name="First response and customers",
        outcome=Outcome.CONVERTED,
        facts=_LEADS,
        happens="became customers",
        segments=RESPONSE_BANDS,
    ),
    Hypothesis(
        key="response_rating",
        name="First response and customers' ratings",
        outcome=Outcome.RATING,
        facts=("rated lead", "rated leads"),
        happens="stars on average",
        segments=RESPONSE_BANDS,
    ),
    Hypothesis(
        key="sequence_conversion",
        name="Order of channels and customers",
        outcome=Outcome.CONVERTED,
        facts=_LEADS,
        happens="became customers",
        segments=CHANNELS,
    ),
    Hypothesis(
        key="post_next_step",
        name="After a post or a video",
        outcome=Outcome.NEXT_STEP,
        facts=("conversation", "conversations"),
        happens="ended in an appointment or interest",
        segments=POSTS,
    ),
    Hypothesis(
        key="length_next_step",
        name="Length of meetings",
        outcome=Outcome.NEXT_STEP,
        facts=("meeting", "meetings"),
        happens="ended in a next step",
        segments=MEETING_LENGTHS,
    ),
)
HYPOTHESES: Final[Mapping[str, Hypothesis]] = MappingProxyType({each.key: each for each in _LIST})
"""By key, in the order in which screens list them."""
