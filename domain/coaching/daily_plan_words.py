"""What a must-do is called and why it is on the list, with its numbers."""

import math
from datetime import UTC, datetime, time, timedelta
from typing import Final

from domain.coaching.daily_plan import SPEED_GOAL, SPEED_LIMIT, Candidate, MustDoKind, Waiting
from domain.coaching.insights.words import ago, counted
from domain.formatting import money_text
from domain.local_time import wall_clock
from domain.metrics.catalog import METRICS

DAY: Final = timedelta(days=1)
MIDNIGHT: Final = time()
"""Of UTC: what stands for a day of which nobody knows the hour."""
Evidence = dict[str, float | int | str | None]


def title(waiting: Waiting) -> str:
    """What to do, in a few words."""
    match waiting.kind:
        case MustDoKind.NEW_LEAD:
            return f"Contact {waiting.name}"
        case MustDoKind.CALL_BACK:
            return f"Call {waiting.name} back"
        case MustDoKind.FOLLOW_UP:
            return waiting.name
        case MustDoKind.APPOINTMENT:
            return f"Prepare {waiting.name}"
        case MustDoKind.DEAL:
            return f"Revive {waiting.name}"
        case MustDoKind.PROSPECTING:
            return f"{_work(waiting)} today"


def reason(candidate: Candidate, now: datetime, time_zone: str, currency: str) -> str:
    """Why it is worth doing today; `now` is the moment of the look."""
    waiting, waited = candidate.waiting, ago(candidate.waiting.since, now)
    begins = f"{wall_clock(waiting.since, time_zone):%H:%M}"
    words = {
        MustDoKind.NEW_LEAD: _unanswered(waiting, now, time_zone),
        MustDoKind.CALL_BACK: f"You agreed to call back {waited} ago, and nothing has been logged since.",
        MustDoKind.FOLLOW_UP: f"It was planned {waited} ago and nobody said what became of it. Do it, or say how it went.",
        MustDoKind.APPOINTMENT: f"It begins at {begins}. Know their last words and what you want before you go in.",
        MustDoKind.DEAL: f"An open deal{_worth(waiting, currency)}, quiet for {waited}. One call says whether it still lives.",
        MustDoKind.PROSPECTING: (
            f"Your goal of {waiting.name} stands at {waiting.reached:,}: {_work(waiting)} each working day from now on reach it."
        ),
    }
    is_to_come = waiting.kind is MustDoKind.FOLLOW_UP and waiting.since > now
    return f"Planned for {begins} today." if is_to_come else words[waiting.kind]


def came_in_words(waiting: Waiting, now: datetime, time_zone: str) -> str:
    """Why something that was not there in the morning is worth a look."""
    if waiting.kind is MustDoKind.NEW_LEAD:
        return _unanswered(waiting, now, time_zone)
    return f"Put into the calendar for {wall_clock(waiting.since, time_zone):%H:%M} since the plan was made."


def evidence(candidate: Candidate) -> Evidence:
    """The numbers behind it, as they are kept with the plan."""
    waiting = candidate.waiting
    return {
        "since": waiting.since.isoformat(),
        "amount_minor": waiting.amount_minor,
        "metric": waiting.metric_key,
        "asked": waiting.asked or None,
        "effect_share": round(candidate.effect, 6),
        "value_minor": round(candidate.value_minor),
        "minutes": candidate.minutes,
        "score": round(candidate.score, 6),
    }


def _unanswered(waiting: Waiting, now: datetime, time_zone: str) -> str:
    """By the clock, because the words are read all day: “3 minutes ago” would be wrong a minute later."""
    waited, came = now - waiting.since, _came(waiting.since, now, time_zone)
    if waited <= SPEED_GOAL:
        return f"New {came}: an answer within {counted(5, 'minute')} finds them still there."
    if waited <= SPEED_LIMIT:
        return f"New {came} and not contacted yet; within the hour it still counts as a fast answer."
    return f"New {came} and nobody has contacted them. The longer they wait, the fewer answer."


def _came(since: datetime, now: datetime, time_zone: str) -> str:
    """`at 09:42`, `yesterday at 18:05`, or `on 6 Mar` for what came before that; without the time where only the day is known."""
    is_day_alone = since.astimezone(UTC).time() == MIDNIGHT
    shown, today = since if is_day_alone else wall_clock(since, time_zone), wall_clock(now, time_zone).date()
    at = "" if is_day_alone else f" at {shown:%H:%M}"
    if shown.date() == today:
        return at.strip() or "today"
    return f"yesterday{at}" if shown.date() == today - DAY else f"on {shown.day} {shown:%b}"


def _worth(waiting: Waiting, currency: str) -> str:
    return f", worth {money_text(waiting.amount_minor, currency)}" if waiting.amount_minor else ""


def _work(waiting: Waiting) -> str:
    metric = METRICS.get(waiting.metric_key or "")
    number = math.ceil(waiting.asked)
    return metric.words.counted(number) if metric is not None else str(number)
