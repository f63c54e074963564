"""What the rules ask for: which actions a deal calls for, and how soon each is due."""

from collections.abc import Iterator
from typing import Final

from domain.deals.priority import GIVEN_UP_DAYS, SOON_DAYS, DealPriority
from domain.deals.review import Urgency
from domain.deals.review_values import ReviewBasis
from domain.deals.review_words.words import Deed
from domain.deals.warnings import WarningRule

MOST_URGENT: Final = 3
"""Things for today: more are done by nobody, so the others wait until this week."""
MOST: Final = 6
UNMET_TOUCHES: Final = 3
"""Touches after which a meeting says more than another message."""
ORDER: Final = tuple(Urgency)


def deeds(basis: ReviewBasis) -> tuple[tuple[Deed, Urgency], ...]:
    """At least one and at most six, the most urgent first."""
    wanted = sorted(_wanted(basis), key=lambda each: ORDER.index(each[1]))
    eased = [
        (deed, Urgency.THIS_WEEK if urgency is Urgency.URGENT and place >= MOST_URGENT else urgency)
        for place, (deed, urgency) in enumerate(wanted)
    ]
    return tuple(eased[:MOST])


def is_given_up(basis: ReviewBasis) -> bool:
    """Whether it was left for so long that it is to be decided, not to be called."""
    return (basis.facts.quiet_days or 0) > GIVEN_UP_DAYS


def _wanted(basis: ReviewBasis) -> Iterator[tuple[Deed, Urgency]]:
    """In the order of how much they press."""
    pressing = Urgency.URGENT if basis.priority is DealPriority.HIGH else Urgency.THIS_WEEK
    yield from _talked_to(basis)
    yield from _closing(basis, pressing)
    yield from _kept_up(basis, pressing)
    yield from _known_better(basis)


def _talked_to(basis: ReviewBasis) -> Iterator[tuple[Deed, Urgency]]:
    soon = Urgency.THIS_WEEK if basis.priority is DealPriority.LOW else Urgency.URGENT
    if is_given_up(basis):
        yield Deed.DECIDE, Urgency.THIS_WEEK
    elif basis.warns(WarningRule.GHOSTED) and basis.facts.talk.unanswered:
        yield Deed.REACH, Urgency.URGENT
    elif is_untouched(basis):
        yield Deed.FIRST_TALK, soon
    elif basis.warns(WarningRule.NO_ACTIVITY):
        yield Deed.CALL, soon


def _closing(basis: ReviewBasis, pressing: Urgency) -> Iterator[tuple[Deed, Urgency]]:
    days = basis.facts.days_to_close
    if basis.warns(WarningRule.CLOSE_OVERDUE):
        yield Deed.CLOSE_DAY, pressing
    elif days is not None and 0 <= days <= SOON_DAYS:
        yield Deed.FINISH, Urgency.URGENT
    if basis.warns(WarningRule.STALLED) and basis.facts.stage:
        yield Deed.UNSTICK, Urgency.THIS_WEEK
    if basis.warns(WarningRule.CLOSE_PUSHED):
        yield Deed.HOLD_DAY, Urgency.THIS_WEEK


def _kept_up(basis: ReviewBasis, pressing: Urgency) -> Iterator[tuple[Deed, Urgency]]:
    if basis.warns(WarningRule.RED_FLAG):
        yield Deed.READ_NOTE, pressing
    if basis.warns(WarningRule.OVERDUE_TASKS):
        yield Deed.TASKS, pressing
    if basis.facts.next_step is not None:
        yield Deed.PREPARE, Urgency.THIS_WEEK
    elif not is_given_up(basis):
        yield Deed.NEXT_STEP, pressing


def _known_better(basis: ReviewBasis) -> Iterator[tuple[Deed, Urgency]]:
    facts = basis.facts
    if basis.warns(WarningRule.SINGLE_CONTACT):
        yield Deed.SECOND_CONTACT, Urgency.PLAN
    if not facts.talk.meetings and facts.talk.touches >= UNMET_TOUCHES:
        yield Deed.MEET, Urgency.PLAN
    if facts.amount_minor is None:
        yield Deed.ASK_AMOUNT, Urgency.PLAN
    if facts.expected_close_on is None:
        yield Deed.ASK_DAY, Urgency.PLAN


def is_untouched(basis: ReviewBasis) -> bool:
    """Whether nothing was ever done for it, and it is known since when that can be said."""
    return basis.facts.talk.last_at is None and basis.facts.age_days is not None
