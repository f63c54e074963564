"""Made-up patterns of teams and agents in both directions, sure and less sure."""

from typing import Final

from domain.coaching.patterns.hypotheses import HYPOTHESES
from domain.coaching.patterns.pattern import Pattern, Side, Tier, Whose
from domain.coaching.texts.cases.case import Case
from domain.coaching.texts.patterns import counts, patterns_text

TEAM: Final = Whose(team_id=1)
OWN: Final = Whose(agent_id=2)
_CAUSES: Final = ("led to", "makes", "so that", "therefore")


def _pattern(asked: str, segment: str, *sides: tuple[float, int], whose: Whose = TEAM, tier: Tier = Tier.CLEAR) -> Pattern:
    question, (inside, outside) = HYPOTHESES[asked], (Side(total=total, count=count) for total, count in sides)
    one, other = inside.mean or 0, outside.mean or 1
    effect = (one / other) if question.outcome.is_share else one - other
    return Pattern(
        whose=whose,
        hypothesis=question,
        segment=question.segment(segment),
        tier=tier,
        effect=effect,
        low=effect,
        high=effect,
        inside=inside,
        outside=outside,
        people=6,
        q_value=0.01,
    )


def _case(name: str, *told: Pattern, never: tuple[str, ...] = ()) -> Case:
    text = patterns_text(told)
    if text is None:
        raise ValueError(name)
    first = told[0]
    return Case(name=name, text=text, must_mention=(counts(first), first.segment.words), must_not_say=(*never, *_CAUSES))


_TUESDAY: Final = _pattern("weekday_reach", "tue", (140, 400), (380, 1600))
_POSTS: Final = HYPOTHESES["post_next_step"].segments[0].key
_LENGTH: Final = HYPOTHESES["length_next_step"].segments[0].key
_CHANNELS: Final = HYPOTHESES["sequence_conversion"].segments[0].key

PATTERN_CASES: Final = (
    _case("a weekday with more", _TUESDAY, never=("less often", "40 %")),
    _case("a weekday with fewer", _pattern("weekday_reach", "mon", (60, 400), (480, 1600), tier=Tier.LIKELY), never=("more often",)),
    _case("an hour", _pattern("hour_reach", "noon", (90, 210), (300, 1100)), never=("less often",)),
    _case("an answer within minutes", _pattern("response_conversion", "5_min", (44, 130), (61, 390))),
    _case("a late answer", _pattern("response_conversion", "later", (9, 160), (96, 360)), never=("more often",)),
    _case("ratings", _pattern("response_rating", "5_min", (414, 90), (820, 200)), never=("lower", "points")),
    _case("an order of channels", _pattern("sequence_conversion", _CHANNELS, (30, 120), (40, 300))),
    _case("one's own, after a post", _pattern("post_next_step", _POSTS, (22, 60), (70, 340), whose=OWN), never=("40 % better",)),
    _case("meetings of one length", _pattern("length_next_step", _LENGTH, (33, 71), (50, 190), tier=Tier.LIKELY)),
    _case("two at once", _TUESDAY, _pattern("hour_reach", "evening", (20, 180), (370, 1130), tier=Tier.LIKELY), never=("1,000",)),
)
