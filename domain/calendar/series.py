"""How far a change to something that repeats reaches, and what is left of its rule from some day on."""

from dataclasses import replace
from datetime import date, time, timedelta
from enum import StrEnum

from domain.calendar.occurrences import days_of, with_defaults
from domain.calendar.recurrence import CODE, Rule, ended, rule_of
from domain.errors import InputError
from domain.formatting import day_text


class Reach(StrEnum):
    """Which entries of a series a change is meant for. What is over stays as it was."""

    THIS = "this"
    FOLLOWING = "following"
    """This one and those after it."""
    ALL = "all"
    """This one and all from today on."""


def remaining(rule: Rule, first_on: date, day: date) -> Rule:
    """The rule as it goes on from a later day of it: of a number of times, those that are left."""
    if rule.count is None:
        return rule
    return replace(rule, count=max(rule.count - len(days_of(rule, first_on, day)), 1))


def shortened(rule: Rule, first_on: date) -> Rule:
    """The rule without what its first day says anyway, so that moving the first day moves the others along."""
    bare = replace(rule, weekdays=(), month_days=())
    return bare if with_defaults(bare, first_on) == rule else rule


def checked_rule(text: str, first_on: date, at: time, zone_name: str) -> Rule:
    """The rule a text names for something that starts on that day at that time, with an end; InputError for one that cannot be."""
    rule = ended(rule_of(text, at=at, zone_name=zone_name), first_on)
    check_first_day(rule, first_on)
    return shortened(rule, first_on)


def check_first_day(rule: Rule, first_on: date) -> None:
    """Raise InputError where the rule does not fall on its own first day: somebody would wait for an entry that never comes."""
    if not days_of(rule, first_on, first_on + timedelta(days=1)):
        day = f"{first_on:%A} {day_text(first_on)}"
        raise InputError(f"It starts on {day}, but would not repeat on such days. Choose them too.", code=CODE)
