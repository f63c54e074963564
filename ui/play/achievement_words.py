"""Achievements in words: what is missing and by when, what was earned, and that something is under review."""

from domain.coaching.achievements import Achievement, Condition, GrantState, Standing, period_named
from domain.formatting import day_text, period_text, share_text
from domain.periods import Grain
from services.achievements import Badge, Grant
from ui.wording import counted


def standing_text(badge: Badge, *, is_own: bool) -> str:
    """What is missing, and until when it can be done."""
    achievement, found = badge.achievement, badge.standing
    if not achievement.is_offered:
        return "Not offered any more; what was earned stays."
    if achievement.condition is Condition.HIGHEST:
        return _record_text(badge, is_own=is_own)
    return _missing_text(achievement, found)


def _missing_text(achievement: Achievement, found: Standing) -> str:
    if found.needed is None:
        return "Half a year of own months is needed first."
    if found.is_reached:
        return f"Done; again after {day_text(found.days.last_day)}." if found.days is not None else ""
    if achievement.condition is Condition.GOAL_SHARE:
        return f"{share_text(found.value)} of the best goal so far{_until(found, ', by')}."
    if achievement.condition is Condition.DAY:
        return f"Best day this week: {found.value:,.0f} of {found.needed:,.0f}{_until(found, ', by')}."
    return f"{_more(achievement, found.needed - found.value)}{_until(found, ' by')}."


def earned_text(badge: Badge) -> str:
    """How often and when last, and for which period; empty for what was never earned."""
    if not badge.grants:
        return ""
    newest = badge.grants[0]
    if newest.state is GrantState.UNDER_REVIEW:
        return "Under review: the records behind it were corrected. It stays here, and counts again as soon as they reach it."
    times = f"{len(badge.grants)} times, last " if len(badge.grants) > 1 else ""
    return f"Earned {times}{day_text(newest.earned_on)}{_for_period(newest)}"


def evidence_text(grant: Grant) -> str:
    """What a grant rests on."""
    ids = grant.evidence.get("ids", [])
    return f"Rests on {counted(len(ids), 'record')} kept with it." if ids else ""


def _record_text(badge: Badge, *, is_own: bool) -> str:
    if any(each.state is GrantState.HELD for each in badge.grants):
        return "You hold it." if is_own else "They hold it."
    return "Somebody else holds it." if badge.is_held_by_other else "Nobody holds it yet."


def _for_period(grant: Grant) -> str:
    days = period_named(grant.period)
    if days is None or days.grain is Grain.DAY:
        return ""
    return f" for the week of {day_text(days.start)}" if days.grain is Grain.WEEK else f" for {period_text(days)}"


def _until(found: Standing, joined: str) -> str:
    return f"{joined} {day_text(found.days.last_day)}" if found.days is not None else ""


def _more(achievement: Achievement, number: float) -> str:
    singular, plural = achievement.unit
    return counted(round(number), f"more {singular}", f"more {plural}")
