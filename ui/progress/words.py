"""Levels, skills and plans in words."""

from collections.abc import Mapping
from typing import Final

from domain.formatting import share_text
from domain.progression.assessment import MONTHS_HELD, MONTHS_LOOKED_AT, LevelFound
from domain.progression.levels import LADDER, STEPS
from domain.progression.outlook import FURTHEST_MONTHS, LEAST_SALES, Outlook
from domain.progression.plan import Horizon
from domain.progression.requirements import Requirement
from domain.progression.skills import SkillScore, Verdict
from domain.progression.wording import others_text, rate_text, requirement_name, requirement_value, spread_text
from domain.records import Level, ModuleKind, Role
from ui.activity_words import Shown
from ui.wording import BadgeColor, counted, plain

ASKS_SELF: Final = "Which level am I on, what does the next one take, and what helps me there?"
ASKS_OTHERS: Final = "Which level is each of them on, and what helps them to the next?"
LEVEL_NOTE: Final = (
    "The level follows the sales of the last twelve months: from 5 Developing, from 20 Consistent performer, from 50 Top performer, from "
    "100 Elite. It rises when the sales are there and four fifths of what the level asks were held in two of the last three months. It is "
    "lost only after two quarters below, and is shown as at risk before."
)
NEXT_NOTE: Final = "How far the weakest requirement of the next level is. Each is shown with its own value, weakest first."
SKILL_NOTE: Final = (
    "Each skill is read from one rate of the last thirteen weeks and compared with everybody else on the same level in the same kind of "
    "business, over the last three whole months; where the level has too few people, with those of every level. It is a strength or "
    "something to develop only where luck could not have made the difference. Others are never named, and under five of them there is no "
    "comparison."
)
PLAN_NOTE: Final = "Made from your own figures; each line says what put it there."
VERDICTS: Final[Mapping[Verdict, tuple[Shown, BadgeColor]]] = {
    Verdict.STRENGTH: (Shown(name="Strength", icon="thumb_up"), "green"),
    Verdict.GAP: (Shown(name="To develop", icon="trending_down"), "orange"),
    Verdict.LIKE_OTHERS: (Shown(name="Like the others", icon="drag_handle"), "gray"),
    Verdict.TOO_EARLY: (Shown(name="Too early to tell", icon="hourglass_empty"), "gray"),
    Verdict.ALONE: (Shown(name="Nobody to compare with", icon="person"), "gray"),
}
HORIZONS: Final[Mapping[Horizon, Shown]] = {
    Horizon.WEEK: Shown(name="This week", icon="today"),
    Horizon.MONTH: Shown(name="This month", icon="calendar_month"),
    Horizon.THREE_MONTHS: Shown(name="The next three months", icon="flag"),
    Horizon.TRAINING: Shown(name="Training", icon="school"),
    Horizon.PRACTICE: Shown(name="Practice", icon="fitness_center"),
}
KINDS: Final[Mapping[ModuleKind, Shown]] = {
    ModuleKind.MARKDOWN: Shown(name="Text", icon="article"),
    ModuleKind.LINK: Shown(name="Page", icon="link"),
    ModuleKind.VIDEO: Shown(name="Film", icon="play_circle"),
}


def question(role: Role) -> str:
    """What the screen answers for somebody of the role."""
    return ASKS_SELF if role is Role.AGENT else ASKS_OTHERS


def ladder_text(level: Level) -> str:
    """All levels in their order, the one of now in bold."""
    return " :gray[›] ".join(f"**{each.name}**" if each.level is level else f":gray[{each.name}]" for each in LADDER)


def why_text(found: LevelFound, sales: int, still: int) -> str:
    """What put somebody on the level, and what is still missing for the next one; `still` of the sales count when the quarter ends."""
    step = STEPS[found.level]
    band = f"{step.from_sales} or more" if step.below_sales is None else f"{step.from_sales} to {step.below_sales - 1}"
    words = f"{counted(sales, 'sale')} in the last twelve months; {step.name} is {band}."
    if found.is_at_risk:
        return f"{words} {_missing_text(step.from_sales - sales, step.from_sales - still)} Until two quarters are over it stays."
    if found.following is not None and has_sales_of_next(found, sales):
        name = STEPS[found.following].name
        return f"{words} The sales are enough for {name}; what is asked beside them was held in {held_text(found)}."
    return words


def has_sales_of_next(found: LevelFound, sales: int) -> bool:
    """Whether only the work is missing, which then is said with the level itself."""
    return found.following is not None and not found.is_at_risk and sales >= STEPS[found.following].from_sales


def _missing_text(now: int, by_quarter_end: int) -> str:
    """Sales that leave the twelve months before the quarter ends have to be made up for as well, since its end is what counts."""
    missing = counted(by_quarter_end, "more sale", "more sales")
    if by_quarter_end <= now:
        return f"{counted(now, 'more sale', 'more sales')} would bring the level back to safety."
    leave = counted(by_quarter_end - now, "sale")
    return f"{missing} by the end of the quarter would bring the level back to safety: {leave} of now will be over a year old then."


def held_text(found: LevelFound) -> str:
    """`1 of the last 3 months, 2 are needed`."""
    return f"{found.months_held} of the last {found.months_known or MONTHS_LOOKED_AT} months, {MONTHS_HELD} are needed"


def next_text(found: LevelFound) -> str:
    """What stands over the bar to the next level."""
    if found.following is None:
        return "The highest level there is. Below is what belongs to it."
    share = share_text(found.progress_share)
    return f"{share} of the way to {STEPS[found.following].name}, held there by the weakest requirement"


def outlook_text(found: Outlook | None) -> str:
    """How long the sales of the next level take; empty where there is nothing to say."""
    if found is None:
        return ""
    if found.is_early:
        return f"Too early to tell how long the next level takes: that needs {LEAST_SALES} sales within thirteen weeks."
    if found.likely is None:
        return f"At the pace of the last thirteen weeks the sales of the next level are not reached within {FURTHEST_MONTHS} months."
    if found.latest is None:
        soonest = f", at best in {_months(found.soonest)}" if found.soonest is not None else ""
        return f"At the pace of the last thirteen weeks the sales of the next level are there in about {_months(found.likely)}{soonest}."
    span = _months(found.latest) if found.soonest == found.latest else f"{found.soonest} to {_months(found.latest)}"
    return f"At the pace of the last thirteen weeks the sales of the next level are there in {span}."


def outlook_short(found: Outlook | None) -> str:
    """The same for a table."""
    if found is None:
        return "sales enough, work still to show"
    if found.is_early:
        return "too early to tell"
    if found.likely is None:
        return f"not within {FURTHEST_MONTHS} months at this pace"
    if found.latest is None:
        return f"about {_months(found.likely)}, perhaps much later"
    return _months(found.latest) if found.soonest == found.latest else f"{found.soonest} to {_months(found.latest)}"


def requirement_text(asked: Requirement) -> str:
    """`Calls a week: 30 of 40`."""
    now, needed = requirement_value(asked, asked.value), requirement_value(asked, asked.needed)
    return f"{requirement_name(asked)}: {now} of {needed}"


def skill_text(score: SkillScore) -> str:
    """Own rate with its spread, that of the others, and the score the two make."""
    if score.own.value is None:
        return "nothing to measure yet"
    own = f"{rate_text(score.own)} of {score.own.sample:,}, likely {spread_text(score.own)}"
    if score.peers is None or score.score is None:
        return own
    spread = f", likely {score.interval[0]:.0f}–{score.interval[1]:.0f}" if score.interval else ""
    return f"{own} · {others_text(score)} · score {score.score:.0f}{spread} (100 is like the others)"


def level_badge(level: Level, *, is_at_risk: bool = False) -> str:
    """The level, and that it is at risk, as icon, word and colour together."""
    risk = " :orange-badge[:material/warning: At risk]" if is_at_risk else ""
    return f":blue-badge[:material/military_tech: {plain(STEPS[level].name)}]{risk}"


def _months(number: int | None) -> str:
    return "this month" if number == 0 else counted(number or 0, "month")
