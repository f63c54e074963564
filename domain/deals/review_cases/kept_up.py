"""Deals that are worked on: with tasks left undone, one contact, a doubt in a note, or all in order."""

from typing import Final

from domain.deals.priority import DealPriority
from domain.deals.review_cases.case import ReviewCase

HIGH, MEDIUM, LOW = DealPriority.HIGH, DealPriority.MEDIUM, DealPriority.LOW

KEPT_UP: Final = (
    ReviewCase(
        name="All in order", priority=LOW, is_urgent=False, must_mention=("12 Mar 2026", "1 day ago", "call"),
    ),
    ReviewCase(
        name="All in order and large", priority=LOW, is_urgent=False, must_mention=("$80,000", "Prepare"),
        amount=80_000,
    ),
    ReviewCase(
        name="The client keeps calling", priority=LOW, is_urgent=False, must_mention=("by themselves", "9"),
        calls=(1, 4), messages=(1, 5),
    ),
    ReviewCase(
        name="Three meetings held", priority=LOW, is_urgent=False, must_mention=("meetings so far: 3",),
        meetings=3,
    ),
    ReviewCase(
        name="Every promise kept", priority=LOW, is_urgent=False, must_mention=("5 of 5 tasks",),
        done=5,
    ),
    ReviewCase(
        name="Long talks on the phone", priority=LOW, is_urgent=False, must_mention=("6 calls", "95 min"),
        calls=(4, 2), minutes=95, meetings=0,
    ),
    ReviewCase(
        name="Two overdue tasks, small", priority=LOW, is_urgent=False, must_mention=("past their time", "2", "4 Mar 2026"),
        amount=900, planned=(-6, -3, 2),
    ),
    ReviewCase(
        name="An overdue task and nothing after it, large", priority=MEDIUM, must_mention=("past their time", "Nothing is planned"),
        amount=33_000, planned=(-4,),
    ),
    ReviewCase(
        name="A large deal on one person", priority=LOW, is_urgent=False, must_mention=("few people", "second person", "1"),
        amount=55_000, contacts=1,
    ),
    ReviewCase(
        name="A small deal on one person", priority=LOW, is_urgent=False, must_mention=("12 Mar 2026",),
        amount=1_200, contacts=1,
    ),
    ReviewCase(
        name="Too expensive, says a note", priority=MEDIUM, must_mention=("note of 8 Mar 2026", "openly"),
        amount=8_000, notes=((2, "Too expensive for now."),), closes_in=25,
    ),
    ReviewCase(
        name="A competitor in the notes, to close this week", priority=HIGH, is_urgent=True,
        must_mention=("note of 7 Mar 2026", "in 3 days", "$24,000"),
        amount=24_000, notes=((3, "They also talk to a competitor."),), closes_in=3,
    ),
    ReviewCase(
        name="A doubt in a note of a small deal", priority=LOW, is_urgent=False, must_mention=("note of 6 Mar 2026",),
        amount=500, notes=((4, "Not a priority this quarter."),),
    ),
    ReviewCase(
        name="Nothing planned after a good talk", priority=LOW, is_urgent=False, must_mention=("Nothing is planned", "today"),
        amount=3_500, quiet=0, answered=0, planned=(),
    ),
    ReviewCase(
        name="Nothing planned in a large deal that closes this month", priority=MEDIUM, must_mention=("Nothing is planned", "$48,000"),
        amount=48_000, planned=(), closes_in=21,
    ),
    ReviewCase(
        name="Never met after many messages", priority=LOW, is_urgent=False, must_mention=("Offer a meeting", "13"),
        calls=(3, 2), messages=(4, 4), meetings=0,
    ),
    ReviewCase(
        name="One contact, quiet, nothing planned, large", priority=HIGH, is_urgent=True, must_mention=("9 days", "few people", "$90,000"),
        amount=90_000, contacts=1, quiet=9, answered=9, planned=(),
    ),
)  # fmt: skip
