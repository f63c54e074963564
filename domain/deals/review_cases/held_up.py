"""Deals that stay where they are, or whose closing day is past, near or put off."""

from typing import Final

from domain.deals.priority import DealPriority
from domain.deals.review_cases.case import ReviewCase

HIGH, MEDIUM, LOW = DealPriority.HIGH, DealPriority.MEDIUM, DealPriority.LOW

HELD_UP: Final = (
    ReviewCase(
        name="Stuck in negotiation, large", priority=MEDIUM, must_mention=("Negotiation", "35 days", "20 days"),
        stage="Negotiation", amount=40_000, in_stage=35, age=60,
    ),
    ReviewCase(
        name="Stuck in a small deal", priority=LOW, is_urgent=False, must_mention=("Offer", "28 days"),
        amount=1_000, in_stage=28, age=50,
    ),
    ReviewCase(
        name="Stuck where nobody knows what is usual", priority=MEDIUM, must_mention=("Stuck", "40 days"),
        amount=15_000, in_stage=40, age=50, usual=None,
    ),
    ReviewCase(
        name="Stuck, quiet and nothing planned", priority=HIGH, is_urgent=True, must_mention=("30 days", "10 days", "Nothing is planned"),
        amount=25_000, in_stage=30, age=60, quiet=10, answered=10, planned=(),
    ),
    ReviewCase(
        name="Slower than half of the deals", priority=LOW, is_urgent=False, must_mention=("slower than usual", "8 days"),
        amount=2_000, in_stage=13,
    ),
    ReviewCase(
        name="The closing day passed yesterday", priority=MEDIUM, must_mention=("9 Mar 2026", "1 day ago", "closing day"),
        amount=9_000, closes_in=-1,
    ),
    ReviewCase(
        name="The closing day passed a month ago, large and quiet", priority=HIGH, is_urgent=True, must_mention=("30 days ago", "$70,000"),
        amount=70_000, closes_in=-30, quiet=8, answered=8,
    ),
    ReviewCase(
        name="The closing day passed, small", priority=LOW, is_urgent=False, must_mention=("6 days ago",),
        amount=600, closes_in=-6,
    ),
    ReviewCase(
        name="To close tomorrow, everything in order", priority=LOW, is_urgent=True, must_mention=("in 1 day", "11 Mar 2026"),
        amount=3_000, closes_in=1,
    ),
    ReviewCase(
        name="To close in four days, large, nothing planned", priority=HIGH, is_urgent=True,
        must_mention=("in 4 days", "14 Mar 2026", "Nothing is planned"),
        amount=35_000, closes_in=4, planned=(), quiet=7, answered=7,
    ),
    ReviewCase(
        name="To close today", priority=LOW, is_urgent=True, must_mention=("today, on 10 Mar 2026",),
        amount=2_500, closes_in=0,
    ),
    ReviewCase(
        name="Put off four times", priority=MEDIUM, must_mention=("put off", "4"),
        amount=11_000, pushes=4, closes_in=20,
    ),
    ReviewCase(
        name="Put off and past again, large", priority=HIGH, is_urgent=True, must_mention=("put off", "3 days ago"),
        amount=26_000, pushes=3, closes_in=-3,
    ),
    ReviewCase(
        name="Put off twice is not yet a habit", priority=LOW, is_urgent=False, must_mention=("12 Mar 2026",),
        amount=1_500, pushes=2, closes_in=50,
    ),
    ReviewCase(
        name="No closing day and no amount", priority=LOW, is_urgent=False, must_mention=("amount", "closing day"),
        amount=None, closes_in=None,
    ),
    ReviewCase(
        name="Stuck, put off and a doubt in a note", priority=HIGH, is_urgent=True,
        must_mention=("33 days", "put off", "note of 2 Mar 2026"),
        amount=28_000, in_stage=33, age=90, pushes=5, notes=((8, "Budget cut, they may postpone."),), closes_in=10,
    ),
)  # fmt: skip
