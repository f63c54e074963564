"""Rates, trends and best times in words: what is clear, what is likely, and what it is too early for."""

from collections.abc import Mapping
from typing import Final

from domain.activity_analytics.evidence import Finding, Verdict
from domain.activity_analytics.practice import Practice
from domain.activity_analytics.report import TimeFound, TypeReport
from domain.formatting import share_text
from domain.metrics.catalog import METRICS
from domain.metrics.measures import Ratio
from ui.wording import counted, plain

WEEKDAYS: Final = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
NEXT_STEP: Final = "led to a next step"
NOT_SO: Final = "no clear difference"
MARKS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.CLEAR: ("verified", "Clear"),
    Verdict.LIKELY: ("check", "Likely"),
    Verdict.NOT_CLEAR: ("drag_handle", "No clear difference"),
    Verdict.TOO_EARLY: ("hourglass_empty", "Too early to tell"),
}


def badge(finding: Finding) -> str:
    """How sure it is, as icon, word and colour: green for better, orange for worse, grey for no verdict."""
    icon, word = MARKS[finding.verdict]
    color = "gray" if not finding.verdict.is_told else "green" if finding.is_better else "orange"
    return f":{color}-badge[:material/{icon}: {word}]"


def name_of(practice: Practice) -> str:
    """What the type is called everywhere else: Calls, Appointments held."""
    return METRICS[practice.metric_key].name


def rate_text(rate: Ratio, what: str) -> str:
    """`42 % reached somebody (21 of 50)`; only for a rate that could be measured."""
    return f"{share_text(rate.value)} {what} ({rate.part:,} of {rate.whole:,})"


def range_text(rate: Ratio) -> str:
    """Where the share behind the luck lies, for a hover."""
    found = rate.interval()
    if found is None:
        return "Nothing to measure yet."
    return f"With 80 % probability the rate behind the luck lies between {share_text(found[0])} and {share_text(found[1])}."


def missing_text(finding: Finding) -> str:
    """What is still needed before it can be told."""
    more = f"about {finding.missing:,} more" if finding.missing else "more days"
    return f"too early to tell; {more} will do"


def hour_text(hour: int) -> str:
    """`10:00–11:00`."""
    return f"{hour:02d}:00–{(hour + 1) % 24:02d}:00"


def time_text(report: TypeReport, found: TimeFound, *, is_hour: bool) -> str:
    """An hour or weekday that is told, with its numbers."""
    finding, at = found.finding, found.at or 0
    when = hour_text(at) if is_hour else WEEKDAYS[at - 1]
    return (
        f"{when}: {share_text(finding.one.value)} {report.practice.success} (of {finding.one.sample:,}), "
        f"at other times {share_text(finding.other.value)} (of {finding.other.sample:,})"
    )


def times_texts(report: TypeReport) -> list[str]:
    """The best hour and weekday; both in one line where there is nothing to tell of either."""
    told = [
        time_text(report, found, is_hour=is_hour)
        for found, is_hour in ((report.hour, True), (report.weekday, False))
        if found.finding.verdict.is_told
    ]
    return told or [_no_time(report)]


def _no_time(report: TypeReport) -> str:
    findings = report.hour.finding, report.weekday.finding
    if any(each.verdict is Verdict.NOT_CLEAR for each in findings):
        return "Best time: no hour or weekday stands out"
    return f"Best time: {missing_text(min(findings, key=lambda each: each.missing))}"


def volume_text(report: TypeReport) -> str:
    """How much was done, per working day, against the same part of the period before."""
    finding, done = report.volume_trend, METRICS[report.practice.metric_key].words.counted(report.volume)
    if report.volume_before is None:
        return done
    if finding.verdict is Verdict.TOO_EARLY:
        return f"{done}; too early to compare"
    if not finding.verdict.is_told:
        return f"{done}; about as many per working day as before"
    return f"{done}; {moved_text(finding)} per working day than before"


def moved_text(finding: Finding) -> str:
    """`20 % more`, `15 % fewer`."""
    if finding.lift is None:
        return "more"
    return f"{share_text(abs(finding.lift))} {'more' if finding.is_better else 'fewer'}"


def trend_text(report: TypeReport) -> str:
    """How the success rate moved."""
    finding = report.success_trend
    if not report.success_before or report.success_before.value is None:
        return "Trend: nothing before to compare with"
    before = f" (before: {share_text(report.success_before.value)} of {finding.other.sample:,})"
    if finding.verdict is Verdict.TOO_EARLY:
        return f"Trend: {missing_text(finding)}"
    if not finding.verdict.is_told:
        return f"Trend: {NOT_SO} to the period before{before}"
    return f"Trend: {'better' if finding.is_better else 'worse'} than in the period before{before}"


def reasons(report: TypeReport, *, is_better: bool) -> list[str]:
    """What says that it works better, or worse, than what it was held against."""
    told = [
        (report.against_team, f"{report.practice.success}; the rest of the team"),
        (report.against_own, f"{NEXT_STEP}; other work of this kind"),
    ]
    return [
        f"{share_text(each.one.value)} {words} {share_text(each.other.value)} ({each.one.sample:,} and {each.other.sample:,} counted)"
        for each, words in told
        if each is not None and each.verdict.is_told and each.is_better is is_better
    ]


def recommendation(report: TypeReport, *, is_better: bool) -> str:
    """What to do about it: more of what works, and something to try with what does not, with the skill it takes."""
    practice = report.practice
    if is_better:
        return f"Build on it: give {practice.plural} more room in the week."
    return f"{practice.skill.value.replace('_', ' ').capitalize()}: {practice.advice}"


def strongest(report: TypeReport, *, is_better: bool) -> Finding:
    """The surest of the comparisons that say so."""
    told = [each for each in report.compared if each.verdict.is_told and each.is_better is is_better]
    return min(told, key=lambda each: each.verdict is not Verdict.CLEAR)


def points_text(units: int, each: float, points: float) -> str:
    """`120 × 0.417 points = 50.0`."""
    return f"{units:,} × {each:.3g} points = {points:.1f}"


def days_text(count: int) -> str:
    """Of a longer period only its last days are looked at."""
    return plain(f"A longer period shows its last {counted(count, 'day')}: how somebody works changes.")
