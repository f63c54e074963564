"""The parts facts are sorted into: days of the week, hours, how long a lead waited, which channels, after what, how long."""

from dataclasses import dataclass
from typing import Final

from domain.records import ActivityType


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part; its words follow the facts: "calls *on Tuesdays*"."""

    key: str
    words: str
    other: str = "at other times"
    """The facts it is held against, in the same place of a sentence."""


def _weekday(key: str, name: str) -> Segment:
    return Segment(key=key, words=f"on {name}s", other="on other days")


WEEKDAYS: Final = (
    _weekday("mon", "Monday"),
    _weekday("tue", "Tuesday"),
    _weekday("wed", "Wednesday"),
    _weekday("thu", "Thursday"),
    _weekday("fri", "Friday"),
    _weekday("sat", "Saturday"),
    _weekday("sun", "Sunday"),
)
"""In the order of `date.weekday()`."""

DAYPARTS: Final = (
    Segment(key="early", words="before 10:00"),
    Segment(key="morning", words="between 10:00 and 12:00"),
    Segment(key="noon", words="between 12:00 and 14:00"),
    Segment(key="afternoon", words="between 14:00 and 16:00"),
    Segment(key="late", words="between 16:00 and 18:00"),
    Segment(key="evening", words="from 18:00 on"),
)
_FROM_HOURS: Final = (10, 12, 14, 16, 18)
"""Two hours each: single hours would be twice as many questions with half of the facts."""


def daypart(hour: int) -> int:
    """The place among `DAYPARTS` of a local hour."""
    return sum(hour >= start for start in _FROM_HOURS)


def _waited(key: str, words: str) -> Segment:
    return Segment(key=key, words=words, other="contacted sooner or later than that")


RESPONSE_BANDS: Final = (
    Segment(key="5_min", words="first contacted within 5 minutes", other="contacted later"),
    _waited("1_hour", "first contacted after 5 minutes to an hour"),
    _waited("1_day", "first contacted after an hour to a day"),
    Segment(key="later", words="first contacted after more than a day", other="contacted sooner"),
)
_FROM_SECONDS: Final = (5 * 60, 60 * 60, 24 * 60 * 60)


def response_band(seconds: int) -> int:
    """The place among `RESPONSE_BANDS` of a wait; exactly five minutes, an hour or a day are still within."""
    return sum(seconds > limit for limit in _FROM_SECONDS)


CHANNELS: Final = (
    Segment(key="call_call", words="called twice at first", other="approached otherwise"),
    Segment(key="call_written", words="called first and then written to", other="approached otherwise"),
    Segment(key="written_call", words="written to first and then called", other="approached otherwise"),
    Segment(key="written_written", words="written to twice at first", other="approached otherwise"),
)
"""The first two contacts with a lead."""
SPOKEN: Final = frozenset({ActivityType.CALL, ActivityType.FOLLOW_UP})
WRITTEN: Final = frozenset({ActivityType.EMAIL, ActivityType.MESSAGE})


def channel_sequence(first: ActivityType, second: ActivityType) -> int | None:
    """The place among `CHANNELS` of a lead's first two contacts; None where one of them was neither spoken nor written."""
    if not {first, second} <= SPOKEN | WRITTEN:
        return None
    return 2 * (first in WRITTEN) + (second in WRITTEN)


POSTS: Final = (
    Segment(key="video", words="on the day of a video post and the day after", other="on other days"),
    Segment(key="content", words="on the day of a post and the day after", other="on other days"),
    Segment(key="none", words="without a post that day or the day before", other="on days with one"),
)

MEETING_LENGTHS: Final = (
    Segment(key="short", words="of up to 30 minutes", other="of another length"),
    Segment(key="middle", words="of 30 minutes to an hour", other="of another length"),
    Segment(key="long", words="of more than an hour", other="of up to an hour"),
)
_LENGTH_SECONDS: Final = (30 * 60, 60 * 60)


def meeting_length(seconds: int) -> int:
    """The place among `MEETING_LENGTHS` of a meeting; exactly half an hour is short, an hour is in the middle."""
    return sum(seconds > limit for limit in _LENGTH_SECONDS)
