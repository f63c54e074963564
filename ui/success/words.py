"""The success metrics in words: figures with their likely range, and what may be said of a change."""

from typing import Final

from domain.formatting import NOTHING, number_text
from domain.metrics.measures import Measure
from domain.records import Level, Skill
from domain.success.conversion import Conversion
from domain.success.skill_change import SkillChange
from domain.success.time_to_level import TimeToLevel
from domain.success.training_effect import FEWEST, Effect
from ui.wording import counted

PERCENT: Final = "\u00a0%"
"""With a space that does not break: a phone's columns are narrow."""
TOO_EARLY: Final = "Too early to tell"
COULD_BE_LUCK: Final = "Could be luck"
HIGHER, LOWER = "Higher, beyond luck", "Lower, beyond luck"
FOLLOWED_NAMES: Final = {"conversations": "Conversations", "appointments_set": "Appointments agreed", "deals_won": "Sales"}


def percent(measure: Measure | None) -> str:
    """A rate as a percentage; a dash where nothing was measured."""
    return NOTHING if measure is None or measure.value is None else f"{measure.value * 100:.1f}{PERCENT}"


def likely(measure: Measure) -> str:
    """Where the rate behind the luck lies in 8 of 10 cases."""
    spread = measure.interval() if measure.value is not None else None
    return NOTHING if spread is None else f"{spread[0] * 100:.1f}–{spread[1] * 100:.1f}{PERCENT}"


def conversion_verdict(found: Conversion) -> str:
    """What may be said about a step against the days before."""
    if found.is_early:
        return TOO_EARLY
    if found.before is None or found.before.value is None:
        return "Nothing to compare with"
    if found.is_open:
        return "Its last leads need more time"
    return _moved(found.now, found.before) if found.has_moved else COULD_BE_LUCK


def skill_verdict(found: SkillChange) -> str:
    """What may be said about a skill."""
    if found.is_early:
        return TOO_EARLY
    return _moved(found.now, found.then) if found.has_moved else COULD_BE_LUCK


def effect_verdict(found: Effect, of: str = "completion") -> str:
    """What may be said about what followed training, or something else that happened to people."""
    if found.is_early:
        return f"{TOO_EARLY}: {counted(FEWEST - found.completions, f'more {of}')} to compare needed"
    if not found.is_beyond_luck:
        return COULD_BE_LUCK
    return "More than peers, beyond luck" if (found.difference or 0) > 0 else "Less than peers, beyond luck"


def days_likely(found: TimeToLevel) -> str:
    """Between which days the median lies; without an end that nobody can tell yet."""
    low, high = found.interval
    if low is None:
        return NOTHING
    return f"{low:,} – {high:,} days" if high is not None else f"{low:,} days or more"


def median_text(found: TimeToLevel) -> str:
    """The median, or why there is none."""
    if found.is_early:
        return TOO_EARLY
    return "Fewer than half have risen" if found.median_days is None else f"{found.median_days:,} days"


def signed(value: float | None) -> str:
    """A difference with its sign."""
    return NOTHING if value is None else f"{'−' if value < 0 else '+'}{number_text(abs(value))}"


def level_name(level: Level | None) -> str:
    """The level in words."""
    return "Any level" if level is None else level.value.replace("_", " ").capitalize()


def skill_name(skill: Skill) -> str:
    """The skill in words."""
    return skill.value.replace("_", " ").capitalize()


def _moved(now: Measure, before: Measure) -> str:
    return HIGHER if (now.value or 0.0) > (before.value or 0.0) else LOWER
