"""Stages by their names: their order, what entering one says, and how it is read."""

import pytest

from domain.pipeline.steps import Milestone, ending, is_known, is_onward, known_places, milestone, ordered, words
from domain.records import DealStatus


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("CALL_BOOKED", "PROPOSAL_SENT", True),
        ("PARTNER_LIST_SENT", "CALL_CONDUCTED", False),
        ("Offer made", "Showings", False),
        ("call_booked", "CALL_BOOKED", None),
        ("Somebody's own", "CALL_BOOKED", None),
        ("PROPOSAL_DISCUSSED", "AGREEMENT_VERBAL", True),
        ("PROPOSAL_DISCUSSED", "PROPOSAL_SENT", None),
    ],
)
def test_a_move_is_onward_back_or_of_unknown_order(before: str, after: str, *, expected: bool | None) -> None:
    assert is_onward(before, after, known_places()) is expected


def test_stages_are_told_apart_by_the_order_that_is_given() -> None:
    assert is_onward("Showings", "Appointment", ordered(["Showings", "Appointment"])) is True
    assert (is_known("PROPOSAL_DISCUSSED"), is_known("Of our own")) == (True, False)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("PROPOSAL_SENT", Milestone.PROPOSAL),
        ("PROPOSAL_DISCUSSED", Milestone.PROPOSAL),
        ("Agreement signed", Milestone.AGREEMENT),
        ("PARTNER_LIST_SENT", Milestone.LIST_SENT),
        ("CALL_BOOKED", None),
    ],
)
def test_a_stage_tells_what_has_happened(stage: str, expected: Milestone | None) -> None:
    assert milestone(stage) is expected


def test_the_last_two_stages_decide_a_deal() -> None:
    assert (ending("SOLD"), ending("LIST_OUT_NOT_SOLD"), ending("Closed")) == (DealStatus.WON, DealStatus.LOST, DealStatus.WON)
    assert ending("FREE_QA_OFFERED") is DealStatus.OPEN


def test_codes_become_words_and_words_stay() -> None:
    assert (words("CALL_BOOKED"), words("SOLD"), words("Offer made")) == ("Call booked", "Sold", "Offer made")
