"""What deserves a manager's attention first: at most seven findings that are more than luck, each with its evidence."""

from collections.abc import Iterable
from typing import Final

from domain.formatting import money_text, number_text, share_text, value_text
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Metric
from domain.metrics.flags import Flag, FlagKind, Signals, flag
from domain.metrics.intervals import apart, poisson, wilson
from domain.metrics.measures import Measure, Ratio
from domain.metrics.pace import Aim
from domain.metrics.status import EARLY_EVENTS, EARLY_SHARE

MOST: Final = 7
"""More than a manager can talk about in a week is a list, not a priority."""
MOST_PER_AGENT: Final = 2
"""One person's bad month must not hide everybody else's."""
QUIET_DAYS: Final = 3
"""Planned working days without any activity before it is worth asking whether all is well."""
SURE: Final = 0.99
"""Level of every interval here: with a dozen things looked at per agent, each must be rare, so that of twenty identical agents at
most one is named by luck (a test simulates it, with calls that come in streaks)."""
FLOOR_SHARE: Final = 0.2
"""Differences of less than a fifth are not worth a conversation, however sure they are."""
FALL_SHARE: Final = 0.4
"""Work rises and falls by a third with the season and the deals at hand; a fall of two fifths is news."""
FALL_SAMPLE: Final = 40
"""Calls in both periods together before a fall can be more than a quiet week."""
FALL_LEVEL: Final = 0.999
"""Calls come in streaks, so their count varies more than Poisson says; the interval is widened by asking for more."""
COMPARED: Final = ("win_rate", "conversion_rate", "fast_response_rate", "conversation_rate", "satisfaction")
"""Rates and means held against the peers'."""
PACED: Final = (
    "calls",
    "conversations",
    "appointments_set",
    "appointments",
    "showings",
    "meetings",
    "proposals",
    "agreements",
    "lists_sent",
)
"""Counts held against their pace."""


def flags(board: Iterable[Signals]) -> list[Flag]:
    """The findings of all agents, most severe first, at most seven and two per agent."""
    found = sorted((each for signals in board for each in flags_of(signals)), key=lambda each: (-each.severity, each.agent_name, each.kind))
    chosen: list[Flag] = []
    for each in found:
        if sum(other.agent_id == each.agent_id for other in chosen) < MOST_PER_AGENT:
            chosen.append(each)
    return chosen[:MOST]


def flags_of(signals: Signals) -> list[Flag]:
    """One agent's findings: a silence explains everything else, so nothing is added to it."""
    quiet = _quiet(signals)
    if quiet:
        return [quiet]
    found: list[Flag | None] = [_furthest_behind(signals), _revenue_gap(signals), _fallen(signals)]
    found += [_below_peers(METRICS[key], signals) for key in COMPARED]
    return [each for each in found if each]


def _quiet(signals: Signals) -> Flag | None:
    """No activity for several working days while most of the others were at work."""
    days = signals.quiet_days
    if days is None or days < QUIET_DAYS or not signals.active_peers or signals.active_peers * 2 < signals.peer_count:
        return None
    return flag(
        signals,
        FlagKind.QUIET,
        "activities",
        f"No activity for {days} working days. Is all well, or is an absence missing?",
        f"{signals.active_peers} of {signals.peer_count} others logged work in these days",
        sample=days,
        severity=min(1.0, 0.6 + 0.05 * days),
    )


def _furthest_behind(signals: Signals) -> Flag | None:
    """The count furthest behind its pace, where even good luck would leave it behind."""
    found = [_behind(METRICS[key], signals, signals.aims[key]) for key in PACED if key in signals.aims]
    return max((each for each in found if each), key=lambda each: each.severity, default=None)


def _behind(metric: Metric, signals: Signals, aim: Aim) -> Flag | None:
    actual = metric.measure(signals.now).sample
    if (
        aim.elapsed_share < EARLY_SHARE
        or aim.expected < EARLY_EVENTS
        or poisson(actual, SURE)[1] >= metric.near_target_share * aim.expected
    ):
        return None
    return flag(
        signals,
        FlagKind.BEHIND_PACE,
        metric.key,
        _against_pace(metric.words.counted(actual), number_text(round(aim.expected)), aim),
        f"target {number_text(round(aim.target))} for the period, {share_text(aim.elapsed_share)} of the working days gone",
        sample=actual,
        severity=_shortfall(actual / aim.expected),
    )


def _against_pace(actual: str, expected: str, aim: Aim) -> str:
    return f"{actual}; the target was {expected}." if aim.is_finished else f"{actual} so far; {expected} would be on pace."


def _revenue_gap(signals: Signals) -> Flag | None:
    """Revenue behind pace although the sales' number is known: sizes vary, so the number of sales decides how sure it is."""
    aim, metric = signals.aims.get("revenue"), METRICS["revenue"]
    mean_sale = METRICS["deal_value"].measure(signals.now + signals.peers).value
    if aim is None or not mean_sale or aim.elapsed_share < EARLY_SHARE or aim.expected / mean_sale < EARLY_EVENTS:
        return None
    sales = signals.now.deals_won
    most = max(signals.now.revenue_minor, poisson(sales, SURE)[1] * mean_sale)
    if most >= metric.near_target_share * aim.expected:
        return None
    return flag(
        signals,
        FlagKind.REVENUE_GAP,
        metric.key,
        _against_pace(money_text(signals.now.revenue_minor, signals.currency), money_text(aim.expected, signals.currency), aim),
        f"from {METRICS['deals_won'].words.counted(sales)}; target {money_text(aim.target, signals.currency)} for the period",
        sample=sales,
        severity=_shortfall(signals.now.revenue_minor / aim.expected),
    )


def _fallen(signals: Signals) -> Flag | None:
    """Clearly fewer calls per working day than in the same part of the period before."""
    if signals.before is None or not signals.workdays or not signals.workdays_before:
        return None
    now, before = signals.now.calls, signals.before.calls
    if not before or now + before < FALL_SAMPLE:
        return None
    days_share = signals.workdays / (signals.workdays + signals.workdays_before)
    left = (1 - FALL_SHARE) * days_share
    most = wilson(now, now + before, FALL_LEVEL)[1]
    if most >= left / (left + 1 - days_share):
        return None
    return flag(
        signals,
        FlagKind.FALLEN,
        "calls",
        f"{now / signals.workdays:.1f} calls per working day, after {before / signals.workdays_before:.1f} in the period before.",
        f"{now} calls in {signals.workdays} working days, {before} in {signals.workdays_before} before",
        sample=now + before,
        severity=_shortfall(now / signals.workdays / (before / signals.workdays_before)),
    )


def _below_peers(metric: Metric, signals: Signals) -> Flag | None:
    """A rate or mean clearly below that of the others doing the same business: the two 99 % intervals do not touch."""
    own, others = metric.measure(signals.now), metric.measure(signals.peers)
    if own.value is None or not others.value or min(own.sample, others.sample) < metric.min_sample:
        return None
    intervals = own.interval(SURE), others.interval(SURE)
    if intervals[0] is None or intervals[1] is None or not apart(intervals[0], intervals[1]):
        return None
    gap = _gap(metric, own.value, others.value)
    if gap < FLOOR_SHARE:
        return None
    return flag(
        signals,
        FlagKind.BELOW_PEERS,
        metric.key,
        f"{metric.name} is {value_text(metric, own.value)}; the others are at {value_text(metric, others.value)}.",
        _compared_evidence(metric, own, others),
        sample=own.sample,
        severity=0.3 + 0.5 * min(1.0, gap),
    )


def _gap(metric: Metric, own: float, others: float) -> float:
    """How far the figure lies on the wrong side, as a share; for stars as a share of the distance from the others to the lowest."""
    room = others - 1 if metric.key == "satisfaction" else others
    return (others - own) / room if room else 0.0


def _compared_evidence(metric: Metric, own: Measure, others: Measure) -> str:
    if isinstance(own, Ratio) and isinstance(others, Ratio):
        return f"{own.part} of {metric.words.counted(own.whole)}; the others {others.part} of {others.whole}"
    return f"from {metric.words.counted(own.sample)}; the others from {others.sample}"


def _shortfall(share: float) -> float:
    """How severe it is to have this share of what was expected: half a gap counts 0.7, nothing at all 0.95."""
    return 0.45 + 0.5 * max(0.0, 1 - share)
