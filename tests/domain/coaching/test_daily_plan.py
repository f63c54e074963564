"""The three must-dos: the best for their minutes, a rescue and prospecting among them, the same on every look."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.daily_plan import MOST, Candidate, MustDoKind, Odds, Waiting, candidates, must_dos
from domain.coaching.odds import USUAL_DEAL_SHARE, USUAL_LEAD_SHARE, odds
from domain.counters import Counters
from tests.builders import NOON

USUAL = odds(Counters())
KINDS = st.sampled_from(MustDoKind)


def waiting(kind: MustDoKind = MustDoKind.NEW_LEAD, record_id: int = 1, *, since: datetime = NOON, **fields: object) -> Waiting:
    known = {"asked": 10, "minutes_each": 6.0, "metric_key": "calls"} if kind is MustDoKind.PROSPECTING else {}
    return Waiting(**{"kind": kind, "record_id": record_id, "name": "Lena", "since": since} | known | fields)


@st.composite
def several(draw: st.DrawFn) -> list[Waiting]:
    """Up to a dozen records, some with one lead, each kind and record once."""
    ids = draw(st.lists(st.tuples(KINDS, st.integers(1, 9)), max_size=12, unique=True))
    hours = st.integers(0, 24 * 60)
    leads = st.one_of(st.none(), st.integers(1, 6))
    amounts = st.one_of(st.none(), st.integers(1, 10**9))
    return [
        waiting(
            kind,
            number,
            since=NOON - timedelta(hours=draw(hours)),
            lead_id=None if kind is MustDoKind.PROSPECTING else draw(leads),
            amount_minor=draw(amounts) if kind is MustDoKind.DEAL else None,
        )
        for kind, number in ids
    ]


def ranked(records: list[Waiting], odds: Odds = USUAL) -> tuple[Candidate, ...]:
    return candidates(records, odds, NOON)


@given(several().flatmap(lambda records: st.tuples(st.just(records), st.permutations(records))))
def test_the_order_in_which_records_come_changes_nothing(orders: tuple[list[Waiting], list[Waiting]]) -> None:
    first, second = orders
    assert must_dos(ranked(first)) == must_dos(ranked(second))


@given(several())
def test_three_at_most_the_best_first_and_no_lead_twice(records: list[Waiting]) -> None:
    every, chosen = ranked(records), must_dos(ranked(records))
    assert len(chosen) == min(MOST, len(every))
    assert [each.score for each in chosen] == sorted((each.score for each in chosen), reverse=True)
    leads = [each.waiting.lead_id for each in chosen if each.waiting.lead_id is not None]
    assert len(leads) == len(set(leads))


@given(several())
def test_a_rescue_and_prospecting_are_among_them_where_there_are_any(records: list[Waiting]) -> None:
    every, chosen = ranked(records), must_dos(ranked(records))
    for kind in (MustDoKind.DEAL, MustDoKind.PROSPECTING):
        assert any(each.kind is kind for each in chosen) is any(each.kind is kind for each in every)


@given(several())
def test_nothing_left_out_is_better_than_what_fills_the_rest(records: list[Waiting]) -> None:
    every, chosen = ranked(records), must_dos(ranked(records))
    first = [next((each for each in every if each.kind is kind), None) for kind in (MustDoKind.DEAL, MustDoKind.PROSPECTING)]
    free = [each for each in chosen if each not in first]
    left_out = [each.score for each in every if each not in chosen]
    assert not free or not left_out or min(each.score for each in free) >= max(left_out)


@given(several())
def test_a_chance_is_a_chance_and_a_score_is_what_the_record_says(records: list[Waiting]) -> None:
    for each in ranked(records):
        assert 0 <= each.effect <= 1
        assert each.minutes > 0
        assert each.score == each.effect * each.value_minor / each.minutes


def test_the_first_five_minutes_of_a_lead_are_worth_most_and_a_day_old_one_least() -> None:
    waits = [timedelta(minutes=5), timedelta(minutes=6), timedelta(hours=2), timedelta(days=2)]
    effects = [ranked([waiting(since=NOON - wait)])[0].effect for wait in waits]
    assert effects == [USUAL_LEAD_SHARE * lost for lost in (0.9, 0.5, 0.2, 0.1)]


def test_a_promise_comes_before_a_lead_that_has_waited_for_a_day() -> None:
    old = waiting(since=NOON - timedelta(days=2), lead_id=1)
    promise = waiting(MustDoKind.CALL_BACK, 2, since=NOON - timedelta(days=2), lead_id=2)
    assert [each.kind for each in ranked([old, promise])] == [MustDoKind.CALL_BACK, MustDoKind.NEW_LEAD]


def test_a_deal_is_worth_its_amount_and_without_one_what_a_sale_usually_brings() -> None:
    history = odds(Counters(deals_won=10, deals_won_valued=10, deals_lost=10, revenue_minor=1_000_000))
    known, unknown = (
        candidates([waiting(MustDoKind.DEAL, amount_minor=amount)], history, NOON)[0].value_minor for amount in (500_000, None)
    )
    assert (known, unknown) == (500_000, 100_000)


def test_little_history_is_drawn_towards_the_usual_and_much_speaks_for_itself() -> None:
    little = odds(Counters(leads_assigned=1, leads_converted=1, deals_won=1))
    much = odds(Counters(leads_assigned=2000, leads_converted=400, deals_won=600, deals_lost=400))
    assert (USUAL.lead_share, USUAL.deal_share) == (USUAL_LEAD_SHARE, USUAL_DEAL_SHARE)
    assert round(little.lead_share, 4) == round((1 + 1) / 21, 4)
    assert round(much.lead_share, 2) == 0.20
    assert round(much.deal_share, 2) == 0.59


def test_a_key_names_the_same_thing_every_day() -> None:
    assert waiting(MustDoKind.CALL_BACK, 12).key == waiting(MustDoKind.CALL_BACK, 12, since=NOON + timedelta(days=1)).key == "call_back.12"
