"""One deal's review, all of it."""

from domain.deals.messages.headline import DealHeadline, DealMessage
from domain.deals.messages.languages import TEMPLATES
from domain.deals.messages.layout import USUAL, Icon, MessageLayout, Section
from domain.deals.messages.parts import PRIORITY_ICONS, actions, bulleted, figures, identity, listed
from domain.deals.messages.template import Template
from domain.deals.review import DealReview
from domain.language import Language


def detailed(review: DealReview, told: DealHeadline, language: Language, layout: MessageLayout = USUAL) -> DealMessage:
    """The review with its figures, section by section; a section with nothing to say, or not wanted, is left out."""
    words = TEMPLATES[language]
    parts = {
        Section.DEAL: [identity(told, words, layout)],
        Section.FIGURES: [figures(told, words, layout)],
        Section.ASSESSMENT: [f"{layout.marked(Icon.ASSESSMENT, words.assessment)}\n{review.situation}" if review.situation else ""],
        Section.STRENGTHS: [bulleted(layout.marked(Icon.STRENGTHS, words.strengths), review.strengths)],
        Section.CONCERNS: [bulleted(layout.marked(Icon.CONCERNS, words.concerns), review.concerns)],
        Section.CRITICAL: [critical(review, words, layout)],
        Section.ACTIONS: [layout.marked(Icon.ACTIONS, words.actions), *actions(review.actions, words, layout)] if review.actions else [],
        Section.PHRASES: [_phrases(review, words, layout)],
        Section.PLAN: [listed(layout.marked(Icon.STEPS, words.plan), (layout.marked(Icon.STEP, step) for step in review.plan))],
        Section.TIME: [layout.marked(Icon.TIME, words.reviewed.format(at=told.reviewed_at.strftime(words.moment)))],
    }
    wanted = (part for section in Section if layout.shows(section) for part in parts[section])
    return DealMessage(title=layout.marked(PRIORITY_ICONS[review.priority], words.title), body="\n\n".join(filter(None, wanted)))


def critical(review: DealReview, words: Template, layout: MessageLayout) -> str:
    """What goes wrong already."""
    return listed(layout.marked(Icon.CRITICAL, words.critical), (layout.marked(Icon.FLAG, flag) for flag in review.red_flags))


def _phrases(review: DealReview, words: Template, layout: MessageLayout) -> str:
    quoted = (words.phrase.format(phrase=phrase) for phrase in review.phrases)
    return bulleted(layout.marked(Icon.PHRASES, words.phrases), quoted)
