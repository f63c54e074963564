"""What an agent could post this week: what stands out in their pipeline now, turned into a topic, with the numbers that spoke for it.

Rules, not guesses: each looks at one thing, says nothing below its threshold, and its wording only repeats what was counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest
from typing import Final, TypeAlias

from domain.coaching.content_kinds import PostChannel, PostIdea

MOST: Final = 3
"""Suggestions a week: more is not written beside the work, and an idea too many is one to wave away."""
FEWEST: Final = 3
"""From three cases on something is more than a single customer."""
CROWD_SHARE: Final = 0.4
"""Two in five of all: what so many have in common, most readers have, too."""
FEWEST_LEADS: Final = 5
"""A source or a queue is told from five leads on."""
SOURCE_DAYS: Final = 30
WON_DAYS: Final = 14
"""A story of success is fresh for two weeks."""
LOST_DAYS: Final = 90
WAITING_AFTER_DAYS: Final = 7
"""A lead that was spoken to and said nothing for a week may need another way to be reached."""
OPEN_DAYS: Final = 90
"""Older leads say little of what is asked for now."""
RESULT_DAYS: Final = 14
"""New leads are counted beside a post for two weeks from its day on."""
LONGEST_WORD: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an agent's pipeline looks like now, as counts by the words people wrote."""

    open_deals: Mapping[str, int] = field(default_factory=dict)
    """By stage."""
    new_leads: Mapping[str, int] = field(default_factory=dict)
    """Of the last `SOURCE_DAYS`, by source."""
    open_leads: Mapping[str, int] = field(default_factory=dict)
    """Neither converted nor lost, of the last `OPEN_DAYS`, by category."""
    waiting: int = 0
    """Of these, contacted a week ago or longer, and not interested yet."""
    won: int = 0
    """Deals won in the last `WON_DAYS`."""
    lost_deals: Mapping[str, int] = field(default_factory=dict)
    """Of the last `LOST_DAYS`, by reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A post that would fit now."""

    key: str
    """The same for the same idea in the same week, whenever it is worked out."""
    week_on: date
    idea: PostIdea
    channel: PostChannel
    topic: str
    why: str
    day: date | None = None
    """When it would fit; None where no working day of the week is free."""


Rule: TypeAlias = Callable[[Standing], "Idea | None"]
"""None where nothing stands out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """What a rule has to say."""

    kind: PostIdea
    subject: str = ""
    """The stage, source, category or reason it is about."""
    channel: PostChannel
    topic: str
    why: str


def suggestions(now: Standing, week_on: date) -> list[Suggestion]:
    """What stands out enough, at most `MOST`, the most telling first; without days."""
    told = (rule(now) for rule in RULES)
    return [
        Suggestion(
            key=f"{week_on}:{idea.kind}:{idea.subject}",
            week_on=week_on,
            idea=idea.kind,
            channel=idea.channel,
            topic=idea.topic,
            why=idea.why,
        )
        for idea in told
        if idea is not None
    ][:MOST]


def week_of(key: str) -> date | None:
    """The Monday of the week a suggestion was made for; None for what is no suggestion's key."""
    try:
        return date.fromisoformat(key.partition(":")[0])
    except ValueError:
        return None


def on_days(offered: Iterable[Suggestion], days: Sequence[date], taken: AbstractSet[date]) -> list[Suggestion]:
    """Each on a day of its own, in order: the days given, without those that have a post already."""
    free = [day for day in days if day not in taken]
    return [replace(each, day=day) for each, day in zip_longest(offered, free) if each is not None]


def _wins(now: Standing) -> Idea | None:
    if not now.won:
        return None
    sales = "a sale" if now.won == 1 else f"{now.won} sales"
    return Idea(
        kind=PostIdea.WINS,
        channel=PostChannel.LINKEDIN,
        topic="A customer's story: how it began, what was hard, how it ended (ask them first)",
        why=f"You closed {sales} in the last {WON_DAYS} days; a fresh story is easy to tell.",
    )


def _objection(now: Standing) -> Idea | None:
    found, whole = _most(now.lost_deals), sum(now.lost_deals.values())
    if found is None or found[1] < FEWEST:
        return None
    reason, count = found
    return Idea(
        kind=PostIdea.OBJECTION,
        subject=reason,
        channel=PostChannel.LINKEDIN,
        topic=f"An honest answer to “{reason}”: what you say when a customer brings it up",
        why=f"{count} of {whole} deals lost in the last {LOST_DAYS} days were lost on “{reason}”.",
    )


def _stage(now: Standing) -> Idea | None:
    found = _crowd(now.open_deals, FEWEST)
    if found is None:
        return None
    stage, count, whole = found
    return Idea(
        kind=PostIdea.STAGE,
        subject=stage,
        channel=PostChannel.EMAIL,
        topic=f"What happens at “{stage}”: the steps, how long they take, and what helps",
        why=f"{count} of your {whole} open deals stand at “{stage}” now.",
    )


def _source(now: Standing) -> Idea | None:
    found = _crowd(now.new_leads, FEWEST_LEADS)
    if found is None:
        return None
    source, count, whole = found
    return Idea(
        kind=PostIdea.SOURCE,
        subject=source,
        channel=PostChannel.FACEBOOK,
        topic=f"A thank-you to those who came through {source}, and how others can reach you the same way",
        why=f"{source} brought {count} of your {whole} new leads in the last {SOURCE_DAYS} days.",
    )


def _category(now: Standing) -> Idea | None:
    found = _crowd(now.open_leads, FEWEST_LEADS)
    if found is None:
        return None
    category, count, whole = found
    return Idea(
        kind=PostIdea.CATEGORY,
        subject=category,
        channel=PostChannel.VIDEO,
        topic=f"A short look at {category}: what is asked most, and what to watch for",
        why=f"{count} of your {whole} open leads of the last {OPEN_DAYS} days are about {category}.",
    )


def _waiting(now: Standing) -> Idea | None:
    if now.waiting < FEWEST_LEADS:
        return None
    return Idea(
        kind=PostIdea.WAITING,
        channel=PostChannel.EMAIL,
        topic="The three questions you are asked most, answered, to those you have spoken to",
        why=f"{now.waiting} leads were contacted a week ago or longer and have not said yet whether they are interested.",
    )


RULES: Final[tuple[Rule, ...]] = (_wins, _objection, _stage, _source, _category, _waiting)
"""The most telling first: what happened to customers, then where they stand, then where they came from."""


def _most(counts: Mapping[str, int]) -> tuple[str, int] | None:
    """The named thing with the highest count, the first by name among equals; what has no name is none."""
    named = {word[:LONGEST_WORD]: count for word, count in counts.items() if word.strip()}
    return min(named.items(), key=lambda each: (-each[1], each[0])) if named else None


def _crowd(counts: Mapping[str, int], fewest: int) -> tuple[str, int, int] | None:
    """What so many have in common that it stands out, how many they are, and of how many."""
    found, whole = _most(counts), sum(counts.values())
    if found is None or found[1] < fewest or found[1] < CROWD_SHARE * whole:
        return None
    return *found, whole
