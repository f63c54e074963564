"""How long new leads wait here, and in the rest of the team."""

from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.luck import SURE, matters
from domain.coaching.insights.signals import Signals, TeamWait
from domain.coaching.insights.spans import lately
from domain.coaching.insights.words import days_of
from domain.formatting import hours_text
from domain.metrics.intervals import Interval
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.metrics.status import Tone
from domain.metrics.work import SECONDS_PER_HOUR

KEY: Final = "team_response"
MIN_TEAM_WAITS: Final = 50
"""With fewer, the team's median is itself a matter of luck."""
_MINUTES: Final = (1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50)
_HOURS: Final = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 16, 20)
_DAYS: Final = (1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 30)
COARSE_HOURS: Final = (*(minutes / 60 for minutes in _MINUTES), *_HOURS, *(24 * days for days in _DAYS))
"""The team's median is told on this ladder: an exact one would be the wait of some colleague's lead. From four minutes on its rungs
are at most a third apart, so that rounding hides no difference that matters."""


def team_response(signals: Signals) -> Insight | None:
    """Only where the agent's own median, with its luck, lies wholly on one side of the team's, and at least a fifth from it."""
    team, span = signals.team_wait, lately(signals.today)
    own = signals.wait(span)
    interval = own.interval(SURE)
    if team is None or own.value is None or interval is None or own.sample < MEDIAN_RESPONSE_TIME.min_sample:
        return None
    if team.waits < max(MIN_TEAM_WAITS, own.sample) or not _lies_apart(interval, team):
        return None
    is_faster = own.value < team.seconds / SECONDS_PER_HOUR
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.GOOD if is_faster else Tone.WARNING,
        metric_key=MEDIAN_RESPONSE_TIME.key,
        period=span,
        sentence=f"New leads usually waited {hours_text(own.value)} for the first contact ({own.sample} leads); "
        f"those of the others in the team about {hours_text(coarse(team.seconds))} ({team.waits} leads).",
        evidence=f"medians of {days_of(span)}; the others are {team.agents} agents taken together",
        sample=own.sample,
    )


def coarse(seconds: float) -> float:
    """The rung nearest to the wait, in hours."""
    hours = seconds / SECONDS_PER_HOUR
    return min(COARSE_HOURS, key=lambda rung: max(rung / hours, hours / rung)) if hours else COARSE_HOURS[0]


def _lies_apart(interval: Interval, team: TeamWait) -> bool:
    """Whether the end of the interval that is nearer to the team's median is a fifth away from it."""
    theirs = team.seconds / SECONDS_PER_HOUR
    nearest = min(max(theirs, interval[0]), interval[1])
    return nearest != theirs and matters(MEDIAN_RESPONSE_TIME, nearest, theirs)
