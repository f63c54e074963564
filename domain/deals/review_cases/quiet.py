"""Deals nobody answers in, or in which nothing happens."""

from typing import Final

from domain.deals.priority import DealPriority
from domain.deals.review_cases.case import ReviewCase

HIGH, MEDIUM, LOW = DealPriority.HIGH, DealPriority.MEDIUM, DealPriority.LOW

QUIET: Final = (
    ReviewCase(
        name="A large offer nobody answers", priority=HIGH, is_urgent=True, must_mention=("answer", "$45,000", "Offer", "12 days"),
        amount=45_000, quiet=12, answered=25, unanswered=(20, 15, 12), planned=(), in_stage=12,
    ),
    ReviewCase(
        name="Two messages without an answer in a small deal", priority=MEDIUM, is_urgent=True, must_mention=("answer", "24 Feb 2026"),
        amount=800, quiet=6, answered=30, unanswered=(14, 10), planned=(3,),
    ),
    ReviewCase(
        name="Silence after three calls, and nothing planned", priority=MEDIUM, is_urgent=True,
        must_mention=("answer", "Nothing is planned"),
        amount=4_000, quiet=9, answered=None, unanswered=(16, 12, 9), planned=(), calls=(3, 0), messages=(0, 0), meetings=0,
    ),
    ReviewCase(
        name="No answer, and the closing day is near", priority=HIGH, is_urgent=True, must_mention=("answer", "15 Mar 2026", "5 days"),
        amount=9_000, quiet=8, answered=21, unanswered=(15, 11, 8), closes_in=5, planned=(),
    ),
    ReviewCase(
        name="A week of silence in a large deal", priority=MEDIUM, is_urgent=True, must_mention=("7 days", "Call the client"),
        amount=30_000, quiet=7, answered=7,
    ),
    ReviewCase(
        name="A week of silence in a small deal", priority=LOW, is_urgent=False, must_mention=("7 days", "Call the client"),
        amount=900, quiet=7, answered=7,
    ),
    ReviewCase(
        name="Three weeks of silence and nothing planned, large", priority=HIGH, is_urgent=True,
        must_mention=("21 days", "Nothing is planned", "$60,000"),
        amount=60_000, quiet=21, answered=21, planned=(), in_stage=25, closes_in=25,
    ),
    ReviewCase(
        name="A new deal nobody has talked to", priority=MEDIUM, is_urgent=True,
        must_mention=("11 days", "first time", "Nobody has talked"),
        amount=6_000, age=11, in_stage=11, quiet=None, stages=1, planned=(), contacts=None,
    ),
    ReviewCase(
        name="Created yesterday", priority=LOW, is_urgent=False, must_mention=("calendar",),
        amount=2_000, age=1, in_stage=1, quiet=None, stages=1, planned=(), contacts=None,
    ),
    ReviewCase(
        name="Quiet in its first stage, still in time", priority=LOW, is_urgent=False, must_mention=("8 days",),
        amount=2_000, age=9, in_stage=9, quiet=8, answered=8, stages=1,
    ),
    ReviewCase(
        name="Left for a quarter", priority=MEDIUM, is_urgent=False, must_mention=("120 days", "Decide"),
        amount=50_000, age=200, in_stage=150, quiet=120, answered=120, planned=(), closes_in=None,
    ),
    ReviewCase(
        name="Left for half a year, small", priority=MEDIUM, is_urgent=False, must_mention=("180 days", "still a deal"),
        amount=700, age=260, in_stage=220, quiet=180, answered=180, planned=(), closes_in=-100,
    ),
    ReviewCase(
        name="A pause of five days", priority=LOW, is_urgent=False, must_mention=("No contact for 5 days",),
        amount=2_500, quiet=5, answered=5,
    ),
    ReviewCase(
        name="Only our side writes", priority=LOW, is_urgent=False, must_mention=("6 calls and messages went out", "meeting"),
        amount=2_500, calls=(2, 0), messages=(4, 0), answered=None, meetings=0, quiet=2,
    ),
    ReviewCase(
        name="Nothing is known but that it is open", priority=MEDIUM, must_mention=("Nothing is planned", "amount"),
        amount=None, age=None, in_stage=None, closes_in=None, quiet=None, planned=(), usual=None, pushes=None, contacts=None, stages=0,
    ),
    ReviewCase(
        name="Nobody answers and somebody has a doubt", priority=HIGH, is_urgent=True, must_mention=("answer", "note of 5 Mar 2026"),
        amount=22_000, quiet=9, answered=28, unanswered=(14, 9), notes=((5, "They say a competitor is cheaper."),),
    ),
    ReviewCase(
        name="Quiet for two weeks while a call is planned", priority=MEDIUM, must_mention=("14 days", "12 Mar 2026"),
        amount=12_000, quiet=14, answered=14, planned=(2,),
    ),
)  # fmt: skip
