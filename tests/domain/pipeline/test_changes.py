"""Whatever became of the deals, the parts lead exactly from the pipeline then to the pipeline now."""

from hypothesis import given
from hypothesis import strategies as st

from domain.pipeline.changes import ACCOUNT, Changes, Flow, Part, Tally, changes
from domain.pipeline.steps import known_places
from domain.records import DealStatus

OPEN, WON, LOST = DealStatus.OPEN, DealStatus.WON, DealStatus.LOST
ORDERS = [known_places()]
STAGES = ("CALL_BOOKED", "PROPOSAL_SENT", "PARTNER_LIST_SENT", "Of our own")


def flow(**said: object) -> Flow:
    """One deal of 100 that stayed as it was, unless said otherwise."""
    known = {"was": OPEN, "stage_was": "CALL_BOOKED", "now": OPEN, "stage_now": "CALL_BOOKED", "is_new": False, "deals": 1}
    named = known | {"amount_was": 100, "amount_now": 100} | said
    changed = named["amount_now"] - named["amount_was"] if named["was"] is OPEN else 0
    grown = {"grown": max(changed, 0), "grown_deals": int(changed > 0), "shrunk": max(-changed, 0), "shrunk_deals": int(changed < 0)}
    return Flow(**named, **grown)


FLOWS = st.builds(
    flow,
    was=st.sampled_from((None, OPEN, OPEN, WON, LOST)),
    stage_was=st.sampled_from(STAGES),
    now=st.sampled_from(tuple(DealStatus)),
    stage_now=st.sampled_from(STAGES),
    is_new=st.booleans(),
    amount_was=st.integers(0, 10**9),
    amount_now=st.integers(0, 10**9),
)


def told(found: Changes) -> dict[Part, tuple[int, int]]:
    return {part: (tally.deals, tally.amount_minor) for part, tally in found.parts.items() if tally.deals}


@given(st.lists(FLOWS, max_size=30))
def test_the_parts_add_up_exactly(flows: list[Flow]) -> None:
    found = changes(flows, ORDERS)
    assert sum((found.effect(part) for part in ACCOUNT), found.before) == found.after


@given(st.lists(FLOWS, max_size=30))
def test_every_deal_that_was_open_then_is_in_one_place_now(flows: list[Flow]) -> None:
    found = changes([each for each in flows if each.was is OPEN], ORDERS)
    placed = (Part.WON, Part.LOST, Part.FORWARD, Part.BACK, Part.STAYED)
    assert sum(found.parts[part].deals for part in placed) == found.before.deals


def test_moves_are_told_by_the_order_of_stages() -> None:
    found = changes(
        [
            flow(stage_now="PROPOSAL_SENT"),
            flow(stage_was="PARTNER_LIST_SENT", stage_now="CALL_BOOKED"),
            flow(stage_was="Of our own", stage_now="CALL_BOOKED"),
        ],
        ORDERS,
    )
    assert told(found) == {Part.FORWARD: (1, 100), Part.BACK: (1, 100), Part.STAYED: (1, 100)}


def test_a_deal_won_for_more_than_thought_grew_and_was_won() -> None:
    found = changes([flow(now=WON, amount_now=150)], ORDERS)
    assert told(found) == {Part.GREW: (1, 50), Part.WON: (1, 150)}
    assert (found.before, found.after, found.moved) == (Tally(1, 100), Tally(), 1)


def test_a_deal_opened_and_lost_in_between_is_told_twice_and_adds_nothing() -> None:
    found = changes([flow(was=None, is_new=True, now=LOST, amount_was=0)], ORDERS)
    assert told(found) == {Part.OPENED: (1, 100), Part.LOST: (1, 100)}
    assert found.before == found.after == Tally()


def test_an_old_deal_that_is_open_again_has_returned() -> None:
    assert told(changes([flow(was=LOST, amount_was=0), flow(was=None, amount_was=0)], ORDERS)) == {Part.RETURNED: (2, 200)}
