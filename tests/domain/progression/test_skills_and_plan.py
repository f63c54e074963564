"""Skills against others of the level, the plan's evidence, and how long the next level takes."""

from datetime import date
from typing import Any

import pytest

from domain.counters import Counters
from domain.progression.assessment import Standing, assess
from domain.progression.outlook import outlook, sales_at
from domain.progression.plan import Horizon, Lesson, plan
from domain.progression.skills import Peers, SkillScore, Sums, Verdict, skill_scores
from domain.progression.wording import others_text, rate_text, spread_text
from domain.records import Level, Skill
from tests.domain.progression.stretches import TERMS_OF_HOMES, facts, stretch

TODAY = date(2026, 11, 25)
BEFORE = Standing(level=Level.NEW_AGENT, since=date(2025, 1, 1))


def sums(**counters: Any) -> Sums:
    return Sums(recent=Counters(**counters), ripe=Counters(**counters))


def prospecting(own: tuple[int, int], peers: list[tuple[int, int]]) -> SkillScore:
    found = skill_scores(
        sums(conversations=own[0], calls=own[1]),
        Peers(of_level=[sums(conversations=part, calls=whole) for part, whole in peers]),
        TERMS_OF_HOMES,
    )
    return found[0]


USUAL = [(100, 400)] * 6


@pytest.mark.parametrize(
    ("own", "verdict"),
    [
        ((200, 400), Verdict.STRENGTH),
        ((40, 400), Verdict.GAP),
        ((105, 400), Verdict.LIKE_OTHERS),
        ((2, 30), Verdict.LIKE_OTHERS),
        ((0, 10), Verdict.TOO_EARLY),
        ((0, 0), Verdict.TOO_EARLY),
    ],
)
def test_a_strength_or_a_gap_is_clear_or_it_is_none(own: tuple[int, int], verdict: Verdict) -> None:
    assert prospecting(own, USUAL).verdict is verdict


def test_a_score_is_the_own_rate_against_the_others_with_its_interval() -> None:
    found = prospecting((200, 400), USUAL)
    assert found.score == 200
    assert found.interval is not None
    assert 185 < found.interval[0] < 200 < found.interval[1] < 215


def test_fewer_than_five_others_stay_unnamed() -> None:
    found = prospecting((40, 400), USUAL[:4])
    assert (found.verdict, found.peers, found.score) == (Verdict.ALONE, None, None)


def test_where_the_level_has_too_few_people_those_of_every_level_are_compared_with() -> None:
    usual = sums(conversations=100, calls=400)
    mine = sums(conversations=40, calls=400)
    found = skill_scores(mine, Peers(of_level=[usual] * 4, others=[usual] * 2), TERMS_OF_HOMES)[0]
    assert (found.verdict, found.is_of_level) == (Verdict.GAP, False)
    assert others_text(found) == "others of every level 25 %"


def test_one_who_makes_up_most_of_the_others_is_not_given_away() -> None:
    assert prospecting((40, 400), [*[(1, 4)] * 6, (1000, 4000)]).peers is None


def test_more_of_one_than_of_the_other_is_told_as_a_number() -> None:
    found = skill_scores(sums(showings=24, appointments=10), Peers(), TERMS_OF_HOMES)
    shown = {each.skill: (rate_text(each.own), spread_text(each.own)) for each in found}
    assert shown[Skill.PRESENTATION] == ("2.4 each", "1.8 each–3.2 each")


def test_high_volume_is_that_of_a_peer_or_more() -> None:
    assert [prospecting(own, USUAL).is_high_volume for own in ((40, 400), (5, 60))] == [True, False]


def test_follow_up_is_judged_by_leads_that_had_time() -> None:
    own = Sums(recent=Counters(leads_contacted=100), ripe=Counters(leads_contacted=100, leads_interested=50))
    found = {each.skill: each for each in skill_scores(own, Peers(), TERMS_OF_HOMES)}
    assert found[Skill.FOLLOW_UP].own.value == 0.5


def items(horizon: Horizon, *, lessons: tuple[Lesson, ...] = (), own: tuple[int, int] = (40, 400), **done: Any) -> list[tuple[str, str]]:
    found = assess(facts(2, now=stretch(**{"sales_12_months": 2} | done)), BEFORE)
    peers = Peers(of_level=[sums(conversations=1, calls=4)] * 100)
    scores = skill_scores(sums(conversations=own[0], calls=own[1]), peers, TERMS_OF_HOMES)
    return [(each.text, each.evidence) for each in plan(found, scores, lessons) if each.horizon is horizon]


def test_the_week_says_how_many_and_why() -> None:
    text, evidence = items(Horizon.WEEK, calls=30, appointments=5, showings=3)[0]
    assert text == "40 calls this week, as Developing asks."
    assert evidence == "Calls a week: 30; Developing asks 40 (last four weeks)."


def test_a_gap_brings_something_for_the_week_an_aim_and_an_exercise() -> None:
    assert "another hour of the day" in items(Horizon.WEEK, calls=50, appointments=5, showings=3)[0][0]
    aims = [text for text, _ in items(Horizon.THREE_MONTHS, calls=50)]
    assert aims == ["3 more sales within twelve months for Developing.", "Prospecting: come from 10 % to 25 %."]
    text, evidence = items(Horizon.PRACTICE)[0]
    assert text.startswith("Say your first two sentences")
    assert evidence == "Conversations ÷ calls: 10 % of 400 (likely 8.2 %–12 %); others of the level 25 %"


def test_months_not_held_are_work_for_the_month() -> None:
    assert items(Horizon.MONTH)[-1][1] == "Held in 0 of the last 0 whole months with work; 2 of 3 are needed."


def test_training_is_for_what_is_short_and_not_done_yet() -> None:
    lessons = (
        Lesson(module_id=1, title="First sentences", skill=Skill.PROSPECTING, minutes=15, is_done=True),
        Lesson(module_id=2, title="Hours that answer", skill=Skill.PROSPECTING, minutes=20, is_done=False),
        Lesson(module_id=3, title="Quick answers", skill=Skill.SPEED, minutes=5, is_done=False),
    )
    assert [text for text, _ in items(Horizon.TRAINING, lessons=lessons)] == ["Hours that answer (20 min)"]


def test_who_is_at_risk_is_told_what_keeps_the_level() -> None:
    found = assess(facts(18, now=stretch(sales_12_months=18)), Standing(level=Level.CONSISTENT, since=date(2025, 1, 1)))
    shown = [each.text for each in plan(found, (), ()) if each.horizon is Horizon.THREE_MONTHS]
    assert shown == ["Bring the twelve months back to 20 sales, and Consistent performer is safe."]


def test_sales_that_leave_the_year_before_they_would_count_are_made_up_for() -> None:
    by_month = {date(2025, 4, 1): 2, date(2025, 5, 1): 1, date(2026, 2, 1): 4}
    assert [sales_at(by_month, day) for day in (date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1))] == [7, 5, 4]
    found = assess(facts(2, now=stretch(sales_12_months=2)), BEFORE)
    (item,) = (each for each in plan(found, (), (), leaving=1) if each.horizon is Horizon.THREE_MONTHS)
    assert item.text == "4 more sales in the next three months for Developing."
    assert item.evidence.endswith("By then 1 of the sales of now will be older than twelve months.")


def test_who_holds_everything_keeps_the_week() -> None:
    found = assess(facts(4, now=stretch(calls=50, appointments=6, showings=4, sales=9, sales_12_months=4)), BEFORE)
    week = [each.text for each in plan(found, (), ()) if each.horizon is Horizon.WEEK]
    assert week == ["Keep the week as it is."]


def test_too_few_sales_tell_no_time() -> None:
    assert outlook({}, today=TODAY, recent_sales=4, needed=20).is_early


def test_the_time_to_the_next_level_is_a_span() -> None:
    """13 sales in 13 weeks are 4.3 a month: from none, 20 take five months, sooner or later by luck."""
    found = outlook({}, today=TODAY, recent_sales=13, needed=20)
    assert (found.soonest, found.likely, found.latest) == (4, 5, 7)


def test_sales_that_leave_the_twelve_months_are_not_counted_on() -> None:
    old = {date(2025, 12, 1): 18}
    assert outlook(old, today=TODAY, recent_sales=13, needed=20).likely == 5


def test_a_pace_that_leads_nowhere_says_so() -> None:
    found = outlook({}, today=TODAY, recent_sales=5, needed=100)
    assert (found.is_early, found.likely, found.latest) == (False, None, None)
