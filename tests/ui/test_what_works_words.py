"""What the What works screen says of rates, trends and best times."""

from dataclasses import replace
from datetime import date

from domain.activity_analytics.evidence import Finding, Verdict
from domain.activity_analytics.practice import PRACTICES
from domain.activity_analytics.report import ActivityFacts, TimeFound, TypeReport, report
from domain.activity_analytics.tally import Tally, by_type
from domain.counters import Counters
from domain.metrics.measures import Rate, Ratio
from domain.records import ActivityType, Outcome
from ui.what_works import words

DAY = date(2026, 3, 10)


def calls(count: int = 8) -> TypeReport:
    """One day's calls, half of which reached somebody, with nothing before."""
    now = [
        Tally(on=DAY, hour=9, type=ActivityType.CALL, outcome=outcome, count=count // 2) for outcome in (Outcome.CONNECTED, Outcome.BUSY)
    ]
    by_day = {DAY: Counters(calls=count)}
    return report(ActivityFacts(now=by_type(now), before=None, by_day=by_day, days_now=(DAY,), days_before=()))[0]


def finding(verdict: Verdict, *, one: Ratio | Rate = Ratio(30, 50), other: Ratio | Rate = Ratio(20, 50)) -> Finding:  # noqa: B008
    return Finding(one=one, other=other, lift=0.5, verdict=verdict, is_better=True, missing=0)


def test_what_is_too_early_says_how_many_more_it_takes() -> None:
    told = calls()
    assert words.times_texts(told) == ["Best time: too early to tell; about 32 more will do"]
    assert words.trend_text(told) == "Trend: nothing before to compare with"
    assert words.volume_text(told) == "8 calls"


def test_an_hour_and_a_weekday_are_told_with_their_numbers() -> None:
    clear = finding(Verdict.CLEAR)
    told = replace(calls(), hour=TimeFound(at=23, finding=clear), weekday=TimeFound(at=2, finding=clear))
    assert words.times_texts(told) == [
        "23:00–00:00: 60 % reached somebody (of 50), at other times 40 % (of 50)",
        "Tuesdays: 60 % reached somebody (of 50), at other times 40 % (of 50)",
    ]


def test_an_hour_that_luck_explains_is_not_named() -> None:
    told = replace(calls(), hour=TimeFound(at=10, finding=finding(Verdict.NOT_CLEAR)))
    assert words.times_texts(told) == ["Best time: no hour or weekday stands out"]


def test_trends_are_told_with_what_was_before() -> None:
    told = replace(
        calls(),
        volume_before=50,
        success_before=Ratio(20, 50),
        success_trend=finding(Verdict.LIKELY),
        volume_trend=finding(Verdict.CLEAR, one=Rate(60, 20), other=Rate(40, 20)),
    )
    assert words.trend_text(told) == "Trend: better than in the period before (before: 40 % of 50)"
    assert words.volume_text(told) == "8 calls; 50 % more per working day than before"
    quiet = replace(told, success_trend=finding(Verdict.NOT_CLEAR), volume_trend=finding(Verdict.NOT_CLEAR))
    assert words.trend_text(quiet) == "Trend: no clear difference to the period before (before: 40 % of 50)"
    assert words.volume_text(quiet) == "8 calls; about as many per working day as before"


def test_a_verdict_is_icon_word_and_colour() -> None:
    assert words.badge(finding(Verdict.LIKELY)) == ":green-badge[:material/check: Likely]"
    assert words.badge(replace(finding(Verdict.CLEAR), is_better=False)) == ":orange-badge[:material/verified: Clear]"
    assert words.badge(finding(Verdict.TOO_EARLY)) == ":gray-badge[:material/hourglass_empty: Too early to tell]"


def test_every_type_is_called_as_everywhere_else() -> None:
    assert words.name_of(PRACTICES[ActivityType.APPOINTMENT]) == "Appointments held"
