"""Points, streaks and energy in words: plain, kind, and never a verdict on a person."""

from typing import Final

from domain.coaching.energy import Daypart, EnergyPattern
from domain.coaching.points import PlayLevel
from domain.coaching.streaks import DAYS_A_FREEZE, MOST_FREEZES, DayState, Streak
from services.play_day import PlayDay
from ui.wording import counted

STREAK_HELP: Final = (
    "Planned working days in a row on which you did your own daily minimum. Days off are neutral. A missed day uses one of your "
    f"{MOST_FREEZES} freezes by itself; every {DAYS_A_FREEZE} days kept bring one back."
)
POINTS_HELP: Final = "A thank-you for work done. No target, level of Progress or ranking is made from points."
ENERGY_HELP: Final = (
    "Only you see this: no manager, no administrator, no program. Nothing is guessed from your voice or words. You can delete all of it."
)
ENERGY_WORDS: Final = {1: "empty", 2: "low", 3: "so-so", 4: "good", 5: "full"}
STATE_WORDS: Final = {
    DayState.KEPT: "today is kept",
    DayState.OPEN: "today is still open",
    DayState.NEUTRAL: "a day off, nothing is asked",
    DayState.PAUSED: "paused",
}
DAYPARTS: Final = {Daypart.MORNING: "morning", Daypart.AFTERNOON: "afternoon", Daypart.EVENING: "evening"}


def points_help(day: PlayDay) -> str:
    """What today's points are made of."""
    made = [f"{line.name} {line.count} → {line.points}{' (the most of a day)' if line.is_full else ''}" for line in day.lines]
    return f"{'; '.join(made)}. {POINTS_HELP}" if made else POINTS_HELP


def level_text(level: PlayLevel) -> str:
    """`Level of play 3, 240 points to the next`."""
    return f"Level of play {level.number}, {level.missing:,} points to the next"


def streak_text(streak: Streak) -> str:
    """Where it stands, or what stays of one that ended."""
    if streak.is_broken:
        return f"Best {streak.best}, {month_text(streak)}"
    if not streak.length:
        return STATE_WORDS.get(streak.today, "starts with the next day kept").capitalize()
    return f"{STATE_WORDS.get(streak.today, '').capitalize()} · {month_text(streak)}"


def month_text(streak: Streak) -> str:
    """`this month 17 of 19 days`."""
    return f"this month {streak.kept} of {counted(streak.asked, 'day')}"


def freezes_text(streak: Streak) -> str:
    """How many freezes are left."""
    return f"{counted(streak.freezes, 'freeze')} left"


def energy_text(pattern: EnergyPattern) -> str:
    """What the check-ins show, or what is missing before anything can be said."""
    said = counted(pattern.count, "check-in")
    if pattern.is_too_early:
        return f"Too early for a pattern: {said} so far, about {pattern.needed} more in two parts of the day."
    if pattern.high is None or pattern.low is None:
        return f"By {said}, no part of your day stands out."
    high, low = DAYPARTS[pattern.high], DAYPARTS[pattern.low]
    return (
        f"By {said}, your energy is higher in the {high} than in the {low}. Calls and appointments may fit the {high}, "
        f"e-mails and records the {low}."
    )
