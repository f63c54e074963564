"""Many deals in one message: how many press how much, then the worst ones with what to do first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from domain.deals.messages.headline import DealHeadline, DealMessage
from domain.deals.messages.languages import TEMPLATES
from domain.deals.messages.layout import USUAL, Icon, MessageLayout
from domain.deals.messages.parts import PRIORITY_ICONS, URGENCY_ICONS, amount_text, likely_text
from domain.deals.messages.template import Template
from domain.deals.priority import DealPriority
from domain.deals.review import DealReview
from domain.language import Language

MOST: Final = 10
"""More deals than somebody acts on in a day are counted, not named."""


def summary(
    reviewed: Sequence[tuple[DealReview, DealHeadline]], language: Language, layout: MessageLayout = USUAL, *, unchanged: int = 0
) -> DealMessage:
    """The deals by how much they press; among equals the longest quiet first, then the largest.

    Whose a deal is, is told where they are several agents'. `unchanged` is how many others there is nothing new of.
    """
    words = TEMPLATES[language]
    title = layout.marked(Icon.DEAL, words.summary_title.format(count=len(reviewed)))
    if not reviewed:
        return DealMessage(title=title, body=words.summary_empty)
    worst = sorted(reviewed, key=lambda each: _order(*each))
    is_shared = len({told.agent_name for _, told in reviewed}) > 1
    named = _Named(words=words, layout=layout, is_shared=is_shared, has_chances=_have_chances(reviewed))
    parts = [_counts(reviewed, layout), *(named.deal(review, told) for review, told in worst[:MOST])]
    if len(worst) > MOST:
        parts.append(words.summary_more.format(count=len(worst) - MOST))
    if unchanged:
        parts.append(words.summary_unchanged.format(count=unchanged))
    return DealMessage(title=title, body="\n\n".join(parts))


def stale(
    reviewed: Sequence[tuple[DealReview, DealHeadline]],
    language: Language,
    layout: MessageLayout = USUAL,
    *,
    days: int,
    count: int,
    is_own: bool = False,
) -> DealMessage:
    """The first of so many deals without activity for so many days, in the order given, each with what to do first and how.

    Whose a deal is, is told to everybody but its own agent.
    """
    words = TEMPLATES[language]
    named = _Named(words=words, layout=layout, is_shared=not is_own, has_chances=_have_chances(reviewed))
    title = layout.marked(Icon.CRITICAL, words.stale_title.format(days=days, count=count))
    parts = [
        "\n   ".join([named.deal(review, told), *(words.how.format(how=each.how) for each in review.actions[:1])])
        for review, told in reviewed
    ]
    if count > len(reviewed):
        parts.append(words.summary_more.format(count=count - len(reviewed)))
    return DealMessage(title=title, body="\n\n".join(parts))


def _order(review: DealReview, told: DealHeadline) -> tuple[int, int, int, str]:
    return list(DealPriority).index(review.priority), -(told.quiet_days or 0), -(told.amount_minor or 0), told.name


def _counts(reviewed: Sequence[tuple[DealReview, DealHeadline]], layout: MessageLayout) -> str:
    counts = Counter(review.priority for review, _ in reviewed)
    return " · ".join(layout.marked(PRIORITY_ICONS[each], str(counts[each])) for each in DealPriority)


def _have_chances(reviewed: Sequence[tuple[DealReview, DealHeadline]]) -> bool:
    return any(told.chance is not None for _, told in reviewed)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """How deals are named in one message."""

    words: Template
    layout: MessageLayout
    is_shared: bool
    has_chances: bool

    def deal(self, review: DealReview, told: DealHeadline) -> str:
        """Its name, the figures that are known, and the first red flag or else action."""
        marked = self.layout.marked
        lines = [marked(PRIORITY_ICONS[review.priority], told.name), " · ".join(filter(None, self._figures(told)))]
        lines += [marked(Icon.FLAG, flag) for flag in review.red_flags[:1]]
        lines += [marked(URGENCY_ICONS[each.urgency], each.what) for each in review.actions[:1]]
        return "\n   ".join(filter(None, lines))

    def _figures(self, told: DealHeadline) -> tuple[str, ...]:
        words = self.words
        return (
            amount_text(told.amount_minor, told.currency, words) if told.amount_minor is not None else "",
            likely_text(told.chance, words, others_have_one=self.has_chances),
            words.summary_age.format(days=told.age_days) if told.age_days is not None else "",
            words.summary_quiet.format(days=told.quiet_days) if told.quiet_days else "",
            (told.agent_name or "") if self.is_shared else "",
        )
