"""A deal's chance in words: how it compares, what moves it, and why there is none."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from domain.deals.as_of import NUMBERS, DealAsOf
from domain.deals.deal_chance import Likelihood, NoChance
from domain.deals.win_chances import FEWEST_LOST, FEWEST_WON, YOUNGEST_DAYS
from domain.deals.win_model import Reason
from domain.pipeline.steps import words as stage_words

LIKELIHOOD_WORDS: Final[Mapping[Likelihood, str]] = MappingProxyType(
    {Likelihood.LOW: "Low", Likelihood.FAIR: "Fair", Likelihood.HIGH: "High"}
)
NO_CHANCE_WORDS: Final[Mapping[NoChance, str]] = MappingProxyType(
    {
        NoChance.TOO_FEW: (
            f"No chance of its own yet: it takes {FEWEST_WON} deals that were won and {FEWEST_LOST} that were not, within two years, "
            "and some weeks to try it on."
        ),
        NoChance.NO_BETTER: (
            "No chance of its own: looking at silence, work and age foresaw later weeks no better than stage and age alone, "
            "so nothing is made up."
        ),
        NoChance.TOO_YOUNG: f"Too early: a deal gets a chance once it is {YOUNGEST_DAYS} days old and something could be done for it.",
        NoChance.UNKNOWN_AGE: "No chance of its own: nobody noted when this deal began.",
        NoChance.STAGE_IS_END: "No chance of its own: its stage means that it is over, though the deal is open. Move it where it stands.",
        NoChance.NOT_LEARNED: (
            "Nothing was learnt from this pipeline yet. Each night its deals are looked at as they stood on past days, "
            "with what became of them."
        ),
    }
)
STRONG: Final = 0.7
"""Log-odds: the odds double or halve."""
WEAK: Final = 0.25


def strength_word(reason: Reason) -> str:
    """How much a reason weighs."""
    return "strongly" if abs(reason.log_odds) >= STRONG else "a little" if abs(reason.log_odds) < WEAK else "clearly"


def reason_words(fact: str, deal: DealAsOf) -> str:
    """What a fact is for this deal: `It was last worked on 9 days ago`. Names in it are somebody's words."""
    if fact == "stage":
        return f"It stands in “{stage_words(deal.stage)}”" if deal.stage else "It stands in no stage"
    if fact not in NUMBERS:
        return f"Its {fact} is “{deal.labels.get(fact, '')}”"
    value = NUMBERS[fact](deal)
    return _UNKNOWN[fact] if value is None else _KNOWN[fact](round(value))


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _done(one: str, many: str, when: str) -> Callable[[int], str]:
    return lambda count: f"{_counted(count, one, many) if count else f'No {one}'} {when}"


def _quiet(days: int) -> str:
    return f"It was last worked on {_counted(days, 'day', 'days')} ago" if days else "It was worked on less than a day ago"


_WEEK: Final = "in the last seven days"
_KNOWN: Final[Mapping[str, Callable[[int], str]]] = {
    "age_days": lambda days: f"It is {_counted(days, 'day', 'days')} old",
    "days_in_stage": lambda days: (
        f"It has been in its stage for {_counted(days, 'day', 'days')}" if days else "It entered its stage less than a day ago"
    ),
    "quiet_days": _quiet,
    "moves": lambda count: f"It has entered {_counted(count, 'stage', 'stages')} so far",
    "calls": _done("call", "calls", "so far"),
    "calls_7d": _done("call", "calls", _WEEK),
    "messages_7d": _done("message", "messages", _WEEK),
    "tasks_7d": _done("task or meeting", "tasks and meetings", _WEEK),
    "amount": lambda _: "Its amount, beside those of other deals",
}
_UNKNOWN: Final[Mapping[str, str]] = {
    "age_days": "Nobody noted when it began",
    "days_in_stage": "Nobody noted since when it is in its stage",
    "quiet_days": "Nothing was ever done for it",
    "moves": "Nobody noted which stages it came through",
    "calls": "Calls were not noted",
    "calls_7d": "Calls were not noted",
    "messages_7d": "Messages were not noted",
    "tasks_7d": "Tasks were not noted",
    "amount": "Nobody knows its amount",
}
