"""One deal that cannot wait: what goes wrong, and what to do about it today."""

from domain.deals.messages.headline import DealHeadline, DealMessage
from domain.deals.messages.languages import TEMPLATES
from domain.deals.messages.layout import USUAL, Icon, MessageLayout
from domain.deals.messages.parts import actions, identity
from domain.deals.messages.whole import critical
from domain.deals.review import DealReview, Urgency
from domain.language import Language


def alert(review: DealReview, told: DealHeadline, language: Language, layout: MessageLayout = USUAL) -> DealMessage:
    """What somebody reads on the way: which deal, what is critical (else the assessment), and the most urgent actions.

    Only the actions of the first urgency there is are told: an alarm with a list for next week is none.
    """
    words = TEMPLATES[language]
    first = next((urgency for urgency in Urgency if any(each.urgency is urgency for each in review.actions)), None)
    due = [each for each in review.actions if each.urgency is first]
    quiet = layout.marked(Icon.QUIET, words.quiet.format(days=told.quiet_days)) if told.quiet_days else ""
    head = "\n".join(filter(None, (identity(told, words, layout), quiet)))
    parts = [head, critical(review, words, layout) or review.situation, *actions(due, words, layout)]
    return DealMessage(title=layout.marked(Icon.CRITICAL, words.alert_title.format(name=told.name)), body="\n\n".join(filter(None, parts)))
