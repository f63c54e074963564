"""Who needs a conversation and why: three groups without places, because nobody knows who of two alike needs it more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.formatting import day_text
from domain.metrics.flags import Flag, FlagKind

USUAL_GAP: Final = timedelta(days=28)
"""Four weeks: longer, and a talk is about what nobody remembers."""
WEEK_DAYS: Final = 7


class Group(StrEnum):
    """How soon, the most pressing first."""

    THIS_WEEK = "this_week"
    SOON = "soon"
    IN_TURN = "in_turn"


class ReasonKind(StrEnum):
    """What speaks for a conversation."""

    ASKED = "asked"
    QUIET = "quiet"
    FINDING = "finding"
    """Of a figure, beyond luck."""
    OVERDUE = "overdue"
    ALERT = "alert"
    """A line the team drew for itself is crossed."""
    LONG_SINCE = "long_since"

    @property
    def group(self) -> Group:
        """How soon it asks for one."""
        return Group.THIS_WEEK if self in {ReasonKind.ASKED, ReasonKind.QUIET, ReasonKind.FINDING} else Group.SOON


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody is due, with what it rests on."""

    kind: ReasonKind
    words: str
    evidence: str = ""
    since: date | None = None
    """None where the words say it themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding about a figure, and the first of the days it is about."""

    flag: Flag
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """An alert about the agent that fires."""

    sentence: str
    evidence: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of an agent a manager looks after."""

    agent_id: int
    name: str
    has_topics: bool = False
    """Whether they wrote down what they want to talk about."""
    findings: Sequence[Found] = ()
    alerts: Sequence[Crossed] = ()
    overdue_since: date | None = None
    """The oldest day of a promise that is past it; None without one."""
    overdue: int = 0
    last_held_on: date | None = None
    """The last talk of these two; None before the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An agent in the queue."""

    agent_id: int
    name: str
    group: Group
    reasons: tuple[Reason, ...]
    """The most pressing first; empty for somebody who is in turn."""
    last_held_on: date | None
    last_talk: str
    """`Last talked 3 weeks ago.`"""


def queue(candidates: Iterable[Candidate], today: date) -> tuple[Due, ...]:
    """By group; within a group all are alike, and whoever talked longest ago stands first, then by name."""
    due = [_due(each, today) for each in candidates]
    groups = list(Group)
    return tuple(sorted(due, key=lambda each: (groups.index(each.group), each.last_held_on or date.min, each.name)))


def talked_text(last_held_on: date | None, today: date) -> str:
    """How long ago the two talked."""
    if last_held_on is None:
        return "You have not talked yet."
    days = (today - last_held_on).days
    if days < 1:
        return "You talked today."
    if days < WEEK_DAYS:
        return f"Last talked {days} {'day' if days == 1 else 'days'} ago."
    weeks = days // WEEK_DAYS
    return f"Last talked {weeks} {'week' if weeks == 1 else 'weeks'} ago."


def _due(candidate: Candidate, today: date) -> Due:
    kinds, groups = list(ReasonKind), list(Group)
    reasons = sorted(_reasons(candidate, today), key=lambda each: kinds.index(each.kind))
    return Due(
        agent_id=candidate.agent_id,
        name=candidate.name,
        group=min((each.kind.group for each in reasons), key=groups.index, default=Group.IN_TURN),
        reasons=tuple(reasons),
        last_held_on=candidate.last_held_on,
        last_talk=talked_text(candidate.last_held_on, today),
    )


def _reasons(candidate: Candidate, today: date) -> Iterator[Reason]:
    if candidate.has_topics:
        yield Reason(kind=ReasonKind.ASKED, words="Wrote down what to talk about.")
    for each in candidate.findings:
        if each.flag.kind is FlagKind.QUIET:
            yield Reason(kind=ReasonKind.QUIET, words=each.flag.sentence, evidence=each.flag.evidence)
        else:
            yield Reason(kind=ReasonKind.FINDING, words=each.flag.sentence, evidence=each.flag.evidence, since=each.since)
    if candidate.overdue_since is not None:
        is_one = candidate.overdue == 1
        words = "1 commitment is past its day." if is_one else f"{candidate.overdue} commitments are past their days."
        yield Reason(kind=ReasonKind.OVERDUE, words=words, since=candidate.overdue_since)
    for alert in candidate.alerts:
        yield Reason(kind=ReasonKind.ALERT, words=alert.sentence, evidence=alert.evidence, since=alert.since)
    if candidate.last_held_on is None or today - candidate.last_held_on >= USUAL_GAP:
        yield Reason(kind=ReasonKind.LONG_SINCE, words=talked_text(candidate.last_held_on, today), since=candidate.last_held_on)


def reason_text(reason: Reason) -> str:
    """The reason with what it rests on and since when, in one line."""
    since = f"since {day_text(reason.since)}" if reason.since is not None else ""
    rests = "; ".join(filter(None, (reason.evidence.rstrip("."), since)))
    return f"{reason.words.rstrip('.')} ({rests})." if rests else reason.words
