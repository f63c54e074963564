"""What a language needs so that messages about deals can be written in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.deals.review import Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The words around a review; the review itself is written in its language already."""

    title: str
    deal: str
    """`{name}`."""
    budget: str
    """`{amount}`."""
    chance: str
    """`{chance}`."""
    percent: str
    """`{number}`."""
    most: str
    """A chance above 99 %."""
    least: str
    """A chance below 1 %."""
    agent: str
    """`{name}`."""
    age: str
    """`{days}`."""
    calls: str
    """`{calls}`."""
    calls_timed: str
    """`{calls}` and `{minutes}`."""
    touches: str
    """`{touches}`."""
    quiet: str
    """`{days}`."""
    assessment: str
    strengths: str
    concerns: str
    critical: str
    actions: str
    urgencies: Mapping[Urgency, str]
    why: str
    """`{why}`."""
    how: str
    """`{how}`."""
    phrases: str
    phrase: str
    """`{phrase}`, in the language's quotation marks."""
    plan: str
    reviewed: str
    """`{at}`."""
    moment: str
    """The format of a moment."""
    signs: Mapping[str, str]
    """Of currencies that have one in this language, by their code."""
    summary_title: str
    """`{count}`."""
    summary_empty: str
    summary_chance: str
    """`{chance}`."""
    summary_no_chance: str
    """Of a deal without a chance where others have one."""
    summary_age: str
    """`{days}`."""
    summary_quiet: str
    """`{days}`."""
    summary_more: str
    """`{count}`."""
    summary_unchanged: str
    """`{count}`."""
    stale_title: str
    """`{count}` and `{days}`."""
    alert_title: str
    """`{name}`."""
