"""Six skills, each seen in the rate of one link of the chain from call to sale, held against others of the level."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from domain.coaching.insights.luck import FLOOR_SHARE, SURE
from domain.counters import Counters, total
from domain.metrics.change import beyond_luck
from domain.metrics.intervals import Interval
from domain.metrics.measures import Measure, Rate, Ratio
from domain.metrics.ranking import MIN_PEERS
from domain.metrics.work import SMALL_SHARE
from domain.progression.terms import Terms
from domain.records import Skill

Link: TypeAlias = Callable[[Counters, Terms], Measure]
LARGEST_PART: Final = 0.5
"""A peer with more than half of all the others' facts would be read off the figure."""
AT_PAR: Final = 100
"""The score of somebody exactly like the others of their level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLink:
    """A skill and the link of the chain it shows in."""

    skill: Skill
    name: str
    formula: str
    metric_key: str
    """The metric whose records stand behind the rate."""
    link: Link
    needs_time: bool = False
    """Whether its facts need a month before they can be judged: leads of the last weeks may still become interested."""


SKILLS: Final = (
    SkillLink(
        skill=Skill.PROSPECTING,
        name="Prospecting",
        formula="conversations ÷ calls",
        metric_key="conversation_rate",
        link=lambda sums, _: Ratio(sums.conversations, sums.calls),
    ),
    SkillLink(
        skill=Skill.APPOINTMENT_SETTING,
        name="Appointment setting",
        formula="appointments agreed ÷ conversations",
        metric_key="appointments_set",
        link=lambda sums, _: Rate(sums.appointments_set, sums.conversations),
    ),
    SkillLink(
        skill=Skill.PRESENTATION,
        name="Presentation",
        formula="(showings + offers + proposals) ÷ appointments held",
        metric_key="appointments",
        link=lambda sums, terms: terms.presentation(sums),
    ),
    SkillLink(
        skill=Skill.FOLLOW_UP,
        name="Follow-up",
        formula="leads that became interested ÷ leads contacted, of leads at least a month old",
        metric_key="interest_rate",
        link=lambda sums, _: Ratio(sums.leads_interested, sums.leads_contacted),
        needs_time=True,
    ),
    SkillLink(
        skill=Skill.CLOSING,
        name="Closing",
        formula="deals won ÷ deals decided",
        metric_key="win_rate",
        link=lambda sums, _: Ratio(sums.deals_won, sums.deals_won + sums.deals_lost),
    ),
    SkillLink(
        skill=Skill.SPEED,
        name="Speed",
        formula="first contacts within the hour ÷ first contacts",
        metric_key="fast_response_rate",
        link=lambda sums, _: Ratio(sums.fast_responses, sums.responses),
    ),
)
"""In the order of the chain."""
SKILL_LINKS: Final = {each.skill: each for each in SKILLS}


class Verdict(StrEnum):
    """How a skill compares with others of the level."""

    STRENGTH = "strength"
    GAP = "gap"
    LIKE_OTHERS = "like_others"
    """No difference that luck could not have made."""
    TOO_EARLY = "too_early"
    """Too few facts of their own."""
    ALONE = "alone"
    """Too few others to compare with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What skills are read from: sums of late, and of days long enough ago for leads to have come through."""

    recent: Counters
    ripe: Counters

    def of(self, link: SkillLink) -> Counters:
        """Those that the link is read from."""
        return self.ripe if link.needs_time else self.recent


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """Whom somebody is compared with, in the same kind of business."""

    of_level: Collection[Sums] = ()
    others: Collection[Sums] = ()
    """Those on another level: with them everybody is there, where the level alone is too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillScore:
    """A skill's own rate, that of the others, and what may be said of the two."""

    link: SkillLink
    own: Measure
    peers: Measure | None
    """All others of the level together, else of every level; None where even these are too few to stay unnamed."""
    is_of_level: bool
    """Whether the others are those of the level."""
    verdict: Verdict
    is_high_volume: bool
    """Whether there is at least as much of what goes in as a peer has: high volume and a low rate is where practice pays most."""

    @property
    def skill(self) -> Skill:
        """Which skill it is."""
        return self.link.skill

    @property
    def score(self) -> float | None:
        """Own rate as a percentage of the others': 100 is like them; None where one of the two is unknown."""
        return _against(self.own.value, self.peers)

    @property
    def interval(self) -> Interval | None:
        """Where the score behind the luck of the own rate lies, four times out of five."""
        spread = self.own.interval()
        ends = (None, None) if spread is None else (_against(spread[0], self.peers), _against(spread[1], self.peers))
        return None if ends[0] is None or ends[1] is None else (ends[0], ends[1])


def skill_scores(own: Sums, peers: Peers, terms: Terms) -> tuple[SkillScore, ...]:
    """Every skill in the order of the chain."""
    return tuple(_score(link, own, peers, terms) for link in SKILLS)


def _score(link: SkillLink, own: Sums, peers: Peers, terms: Terms) -> SkillScore:
    mine = link.link(own.of(link), terms)
    is_of_level = _stay_unnamed([link.link(peer.of(link), terms) for peer in peers.of_level])
    compared = peers.of_level if is_of_level else [*peers.of_level, *peers.others]
    each = [link.link(peer.of(link), terms) for peer in compared]
    others = _together(link, compared, terms) if _stay_unnamed(each) else None
    typical = sum(one.sample for one in each) / len(each) if each else 0.0
    return SkillScore(
        link=link,
        own=mine,
        peers=others,
        is_of_level=is_of_level,
        verdict=_verdict(mine, others),
        is_high_volume=mine.sample >= max(typical, SMALL_SHARE),
    )


def _stay_unnamed(measures: Collection[Measure]) -> bool:
    samples = [each.sample for each in measures if each.sample]
    return len(samples) >= MIN_PEERS and max(samples) <= LARGEST_PART * sum(samples)


def _together(link: SkillLink, peers: Collection[Sums], terms: Terms) -> Measure:
    return link.link(total(peer.of(link) for peer in peers), terms)


def _verdict(own: Measure, others: Measure | None) -> Verdict:
    if own.value is None or own.sample < SMALL_SHARE:
        return Verdict.TOO_EARLY
    if others is None or others.value is None or others.sample < SMALL_SHARE:
        return Verdict.ALONE
    if abs(own.value - others.value) < FLOOR_SHARE * others.value or not beyond_luck(own, others, SURE):
        return Verdict.LIKE_OTHERS
    return Verdict.STRENGTH if own.value > others.value else Verdict.GAP


def _against(value: float | None, peers: Measure | None) -> float | None:
    return AT_PAR * value / peers.value if value is not None and peers is not None and peers.value else None
