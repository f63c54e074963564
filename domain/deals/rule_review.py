"""A deal reviewed by rules: facts and warnings in sentences, what to do, what to say, a plan. It names nobody and quotes no note."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from domain.deals.priority import SOON_DAYS, DealPriority
from domain.deals.review import Action, DealReview, Urgency
from domain.deals.review_values import ReviewBasis, incoming, open_objections, outgoing, values
from domain.deals.review_words.languages import LANGUAGES
from domain.deals.review_words.words import Deed, DeedWords, ReviewWords, Say
from domain.deals.rule_deeds import deeds, is_given_up, is_untouched
from domain.deals.warnings import WarningRule
from domain.language import Language

VERSION: Final = "2"
"""Of the rules and their words; another one, and every review is made anew."""
MOST_STRENGTHS: Final = 4
MOST_CONCERNS: Final = 5
MOST_PHRASES: Final = 3
FRESH_DAYS: Final = 3
"""The client took part in the last days."""
PAUSE_DAYS: Final = 4
"""Longer than a weekend with a day on both sides: worth a word before it becomes a warning."""
TALKS: Final = 3
"""Calls, due tasks, stages or touches from which a number says something."""
KEPT_SHARE: Final = 0.8
Tell: TypeAlias = Callable[[Say], str]


def rule_review(basis: ReviewBasis, language: Language = Language.ENGLISH) -> DealReview:
    """The review of an open deal; every number in it is one of its facts or counts days between them."""
    words = LANGUAGES[language]
    known = values(basis, words)

    def tell(say: Say) -> str:
        return words.sentences[say].format_map(known)

    wanted = deeds(basis)
    actions = tuple(_action(basis, words, known, deed, urgency, is_first=not place) for place, (deed, urgency) in enumerate(wanted))
    return DealReview(
        situation=_situation(basis, tell),
        strengths=tuple(map(tell, _strengths(basis)))[:MOST_STRENGTHS],
        concerns=tuple(map(tell, _concerns(basis)))[:MOST_CONCERNS],
        red_flags=tuple(map(tell, _red_flags(basis))),
        priority=basis.priority,
        actions=actions,
        phrases=tuple(phrase.format_map(known) for phrase in _phrases([words.deeds[deed] for deed, _ in wanted])),
        plan=_plan(actions, words),
    )


def _situation(basis: ReviewBasis, tell: Tell) -> str:
    """Where it stands, since when, for how much; then what matters most about it."""
    parts = [tell(_place(basis))]
    if basis.facts.age_days is not None:
        parts.append(tell(Say.CREATED))
    if basis.facts.amount_minor is not None:
        parts.append(tell(Say.WORTH))
    return f"{', '.join(parts)}. {tell(_now(basis))}"


def _place(basis: ReviewBasis) -> Say:
    if not basis.facts.stage:
        return Say.IN_NO_STAGE
    return Say.IN_STAGE_UNDATED if basis.facts.days_in_stage is None else Say.IN_STAGE


def _now(basis: ReviewBasis) -> Say:
    """The sentence that matters most: what is wrong, else how it goes on."""
    flags = tuple(_red_flags(basis))
    if is_given_up(basis):
        return Say.NOW_GIVEN_UP
    if flags:
        return _NOW_OF[flags[0]]
    if basis.warnings:
        return Say.NOW_WATCHED
    return Say.NOW_FINE if basis.facts.next_step is None else Say.NOW_MOVING


_NOW_OF: Final = {
    Say.FLAG_GHOSTED: Say.NOW_GHOSTED,
    Say.FLAG_OVERDUE: Say.NOW_OVERDUE,
    Say.FLAG_QUIET: Say.NOW_QUIET,
    Say.FLAG_STALLED: Say.NOW_STALLED,
    Say.FLAG_STALLED_UNUSUALLY: Say.NOW_STALLED_UNUSUALLY,
    Say.FLAG_UNPLANNED: Say.NOW_UNPLANNED,
}


def _red_flags(basis: ReviewBasis) -> Iterator[Say]:
    """What goes wrong already, the most pressing first."""
    facts = basis.facts
    if basis.warns(WarningRule.GHOSTED) and facts.talk.unanswered:
        yield Say.FLAG_GHOSTED
    if basis.warns(WarningRule.NO_ACTIVITY):
        yield Say.FLAG_QUIET
    if basis.warns(WarningRule.CLOSE_OVERDUE):
        yield Say.FLAG_OVERDUE
    if basis.warns(WarningRule.STALLED) and facts.stage:
        yield Say.FLAG_STALLED if facts.usual_stay is not None and facts.usual_stay.is_known else Say.FLAG_STALLED_UNUSUALLY
    if basis.warns(WarningRule.NO_NEXT_STEP):
        yield Say.FLAG_UNPLANNED


def _strengths(basis: ReviewBasis) -> Iterator[Say]:
    facts, talk, usual = basis.facts, basis.facts.talk, basis.facts.usual_stay
    if facts.days_since_answer is not None and facts.days_since_answer <= FRESH_DAYS:
        yield Say.GOOD_ANSWERED
    if facts.next_step is not None:
        yield Say.GOOD_PLANNED
    if facts.tasks_done.whole >= TALKS and (facts.tasks_done.value or 0) >= KEPT_SHARE:
        yield Say.GOOD_TASKS
    if talk.meetings:
        yield Say.GOOD_MEETINGS
    if incoming(facts):
        yield Say.GOOD_INCOMING
    if talk.calls.count >= TALKS and talk.call_seconds is not None and talk.answered_at is not None:
        yield Say.GOOD_CALLS
    if usual is not None and usual.is_known and facts.days_in_stage is not None and facts.days_in_stage <= usual.median_days:
        yield Say.GOOD_PACE
    if (facts.contacts or 0) > 1:
        yield Say.GOOD_CONTACTS
    if len(facts.moves) > TALKS:
        yield Say.GOOD_WAY


def _concerns(basis: ReviewBasis) -> Iterator[Say]:
    warned = {
        WarningRule.CLOSE_PUSHED: Say.CONCERN_PUSHED,
        WarningRule.RED_FLAG: Say.CONCERN_NOTE,
        WarningRule.OVERDUE_TASKS: Say.CONCERN_TASKS,
        WarningRule.SINGLE_CONTACT: Say.CONCERN_CONTACTS,
    }
    yield from (say for rule, say in warned.items() if basis.warns(rule))
    if open_objections(basis.facts):
        yield Say.CONCERN_OBJECTIONS
    yield from _unwarned(basis)


def _unwarned(basis: ReviewBasis) -> Iterator[Say]:
    """What no warning says yet."""
    facts, usual = basis.facts, basis.facts.usual_stay
    if facts.days_to_close is not None and 0 <= facts.days_to_close <= SOON_DAYS:
        yield Say.CONCERN_CLOSES_SOON
    if is_untouched(basis):
        yield Say.CONCERN_UNTOUCHED
    elif not basis.warns(WarningRule.NO_ACTIVITY) and (facts.quiet_days or 0) >= PAUSE_DAYS:
        yield Say.CONCERN_PAUSE
    is_timed = usual is not None and usual.is_known and facts.days_in_stage is not None
    if is_timed and not basis.warns(WarningRule.STALLED) and usual is not None and (facts.days_in_stage or 0) > usual.median_days:
        yield Say.CONCERN_SLOW
    if _is_one_sided(basis):
        yield Say.CONCERN_ONE_SIDED
    if facts.amount_minor is None:
        yield Say.CONCERN_NO_AMOUNT
    if facts.expected_close_on is None:
        yield Say.CONCERN_NO_CLOSE


def _is_one_sided(basis: ReviewBasis) -> bool:
    """Much went out and nothing came back, and nobody has met; where nobody noted who began, nobody can say."""
    facts = basis.facts
    unsaid = facts.talk.calls.unsaid + facts.talk.messages.unsaid
    return outgoing(facts) >= TALKS and not incoming(facts) and not unsaid and not facts.talk.meetings


def _phrases(told: Sequence[DeedWords]) -> list[str]:
    """The first phrase of each action, then the others."""
    longest = max(len(each.phrases) for each in told)
    turns = [each.phrases[place] for place in range(longest) for each in told if place < len(each.phrases)]
    return turns[:MOST_PHRASES]


def _action(basis: ReviewBasis, words: ReviewWords, known: Mapping[str, str], deed: Deed, urgency: Urgency, *, is_first: bool) -> Action:
    """The first action of a pressing deal says what is at stake."""
    told = words.deeds[deed]
    why = told.why.format_map(known)
    if is_first and basis.priority is DealPriority.HIGH and "amount" in known:
        why = words.sentences[Say.AT_STAKE].format_map({**known, "why": why})
    if deed is Deed.DECIDE and "chance" in known:
        why = words.sentences[Say.CHANCE].format_map({**known, "why": why})
    return Action(what=told.what.format_map(known), why=why, how=told.how.format_map(known), urgency=urgency)


def _plan(actions: tuple[Action, ...], words: ReviewWords) -> tuple[str, ...]:
    """What is urgent today, what follows on the two working days after; a day without an action looks after what was done before."""
    today = [each.what for each in actions if each.urgency is Urgency.URGENT]
    later = [each.what for each in actions if each.urgency is not Urgency.URGENT]
    if not today:
        today, later = later[:1], later[1:]
    fillers = (words.sentences[Say.PLAN_WRITE_DOWN], words.sentences[Say.PLAN_LOOK_AGAIN])
    following = [*later[: len(fillers)], *fillers[len(later) :]]
    steps = [(Say.PLAN_TODAY, step) for step in today] + list(zip((Say.PLAN_NEXT, Say.PLAN_AFTER), following, strict=True))
    return tuple(words.sentences[say].format_map({"step": step}) for say, step in steps)
