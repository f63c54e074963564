"""Achievements in words: what is missing and by when, what was earned, and that something is under review."""

from domain.coaching.achievements import EVER, Achievement, Condition, GrantState, Standing
from domain.formatting import day_text, share_text
from services.achievements import Badge, Grant
from ui.wording import counted


def standing_text(badge: Badge) -> str:
    """What is missing, and until when it can be done."""
    achievement, found = badge.achievement, badge.standing
    if achievement.condition is Condition.HIGHEST:
        return _record_text(badge)
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
    """How often and when last; empty for what was never earned."""
    if not badge.grants:
        return ""
    newest = badge.grants[0]
    if newest.state is GrantState.UNDER_REVIEW:
        return "Under review: the records behind it were corrected. It stays here, and counts again as soon as they reach it."
    times = f"{len(badge.grants)} times, last " if len(badge.grants) > 1 else ""
    period = "" if newest.period == EVER else f" for {newest.period}"
    return f"Earned {times}{day_text(newest.granted_at.date())}{period}"


def evidence_text(grant: Grant) -> str:
    """What a grant rests on."""
    ids = grant.evidence.get("ids", [])
    return f"Rests on {counted(len(ids), 'record')} kept with it." if ids else ""


def _record_text(badge: Badge) -> str:
    if any(each.state is GrantState.HELD for each in badge.grants):
        return "You hold it."
    return "Somebody else holds it." if badge.is_held_by_other else "Nobody holds it yet."


def _until(found: Standing, joined: str) -> str:
    return f"{joined} {day_text(found.days.last_day)}" if found.days is not None else ""


def _more(achievement: Achievement, number: float) -> str:
    singular, plural = achievement.unit
    return counted(round(number), f"more {singular}", f"more {plural}")
