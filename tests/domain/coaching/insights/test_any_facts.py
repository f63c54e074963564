"""Whatever the facts are, the rules answer, and what they say is theirs to say; what is really there is found, the right way round."""

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.coaching.insights.rules import RULES, found
from domain.coaching.insights.signals import Cohort, LooseEnds, Pile, Record, Signals, TeamWait
from domain.coaching.insights.source_conversion import strong_source
from domain.coaching.insights.spans import before, lately, sales_span
from domain.counters import Counters
from domain.metrics.measures import Ratio
from tests.domain.coaching.insights.signals import NOW, TODAY, signals

DAYS = st.integers(0, 200).map(lambda age: TODAY - timedelta(days=age))
SECONDS = st.integers(0, 10**8)
AMOUNTS = st.integers(0, 10**14)
WORDS = st.text(max_size=80)
COUNTS = st.integers(0, 300)


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    whole = draw(COUNTS)
    return Ratio(draw(st.integers(0, whole)), whole)


@st.composite
def piles(draw: st.DrawFn) -> Pile:
    ages = st.integers(0, 10**5).map(lambda hours: NOW - timedelta(hours=hours))
    made = st.builds(Record, name=WORDS, since=ages, lead_id=st.none() | st.integers(1, 9), amount_minor=st.none() | AMOUNTS)
    first = tuple(draw(st.lists(made, max_size=5)))
    count = len(first) + draw(COUNTS) if first else 0
    return Pile(count=count, first=first, among=count + draw(COUNTS), amount_minor=draw(AMOUNTS), first_on=draw(st.none() | DAYS))


@st.composite
def ratings(draw: st.DrawFn) -> Counters:
    stars = draw(st.lists(st.integers(1, 5), max_size=40))
    points, squares = sum(stars), sum(star * star for star in stars)
    return Counters(activities=draw(COUNTS), ratings=len(stars), rating_points=points, rating_squares=squares)


ANYBODY = st.builds(
    signals,
    sales_since=st.none() | DAYS,
    by_day=st.dictionaries(DAYS, ratings(), max_size=8),
    waits=st.lists(st.tuples(DAYS, SECONDS), max_size=60).map(tuple),
    team_wait=st.none() | st.builds(TeamWait, seconds=SECONDS.map(float), waits=st.integers(5, 500), agents=st.integers(5, 40)),
    cohorts=st.lists(st.builds(Cohort, source=WORDS, is_recent=st.booleans(), conversion=ratios()), max_size=8).map(tuple),
    sales=st.lists(st.tuples(DAYS, AMOUNTS), max_size=40).map(tuple),
    loose=st.builds(LooseEnds, **dict.fromkeys(LooseEnds.__dataclass_fields__, piles())),
)


@settings(max_examples=40, deadline=None)
@given(ANYBODY)
def test_every_rule_has_an_answer_to_any_facts(anybody: Signals) -> None:
    told = found(anybody)
    assert len({each.id for each in told}) == len(told) <= len(RULES)
    for each in told:
        assert each.id.startswith(f"{each.rule}.{anybody.agent_id}.")
        assert len(each.id) <= 120
        assert each.sentence
        assert each.period.start < each.period.end <= TODAY + timedelta(days=1)


@settings(max_examples=40, deadline=None)
@given(ANYBODY)
def test_only_the_team_rule_looks_at_the_team(anybody: Signals) -> None:
    alone = {each.rule for each in found(signals_without_team(anybody))}
    assert {each.rule for each in found(anybody)} - alone <= {"team_response"}


def signals_without_team(known: Signals) -> Signals:
    fields = {name: getattr(known, name) for name in Signals.__dataclass_fields__}
    return Signals(**fields | {"team_wait": None})


def test_a_source_three_times_as_good_is_mostly_found_and_never_the_wrong_one() -> None:
    luck = random.Random(3)  # noqa: S311 - luck to be repeated, not to be kept secret
    told = []
    for _ in range(200):
        converted = {"Referral": sum(luck.random() < 0.45 for _ in range(50)), "Ads": sum(luck.random() < 0.15 for _ in range(90))}
        leads = {"Referral": 50, "Ads": 90}
        cohorts = tuple(Cohort(source=key, is_recent=True, conversion=Ratio(converted[key], leads[key])) for key in leads)
        told.append(strong_source(signals(cohorts=cohorts)))
    names = [each.source for each in told if each]
    assert len(names) >= 160
    assert set(names) == {"Referral"}


def test_what_really_changed_is_told_the_right_way_round() -> None:
    luck = random.Random(5)  # noqa: S311 - luck to be repeated, not to be kept secret
    now, then = lately(TODAY).start, before(lately(TODAY)).start
    sold, earlier = sales_span(TODAY).start, before(sales_span(TODAY)).start
    tones: list[tuple[str, str]] = []
    for _ in range(100):
        waits = [(now, round(luck.lognormvariate(7, 1))) for _ in range(40)] + [(then, round(luck.lognormvariate(9, 1))) for _ in range(40)]
        sales = [(sold, round(luck.lognormvariate(12, 0.5))) for _ in range(6)]
        sales += [(earlier, round(luck.lognormvariate(12, 0.5))) for _ in range(30)]
        tones += [(each.rule, each.tone) for each in found(signals(waits=tuple(waits), sales=tuple(sales)))]
    assert set(tones) == {("response_change", "good"), ("revenue_change", "warning")}
    assert min(tones.count(each) for each in set(tones)) >= 60
