"""A draft of a post: what a suggestion of the content calendar could say. It is edited and posted by its agent, never by itself.

What the pipeline holds is why a post fits now, and nobody else's business: its numbers are kept as evidence, and are in no draft.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.ai.facts import Fact, Facts
from domain.coaching.content_kinds import PostChannel, PostIdea
from domain.coaching.content_plan import Suggestion
from domain.coaching.texts.text import CoachKind, CoachText

QUOTABLE: Final = re.compile(r"(?=.{2,30}$)[^\W\d_]+(?:[ &/-][^\W\d_]+){0,2}")
"""One to three words without figures or signs: a stage or a source. Anything longer may be a sentence somebody wrote for somebody else."""
PLACES: Final[Mapping[PostChannel, str]] = MappingProxyType(
    {
        PostChannel.LINKEDIN: "a post for a network of colleagues and customers",
        PostChannel.FACEBOOK: "a post for neighbours and acquaintances",
        PostChannel.INSTAGRAM: "the text below a picture",
        PostChannel.EMAIL: "an e-mail to people who know the writer",
        PostChannel.VIDEO: "what is said in a short video",
        PostChannel.OTHER: "a post",
    }
)
ABOUT: Final[Mapping[PostIdea, str]] = MappingProxyType(
    {
        PostIdea.WINS: "a customer's story: how it began, what was hard, how it ended; the customer is asked first",
        PostIdea.OBJECTION: "an honest answer to a doubt that customers bring up",
        PostIdea.STAGE: "what happens at a step of the way: what to do, how long it takes, what helps",
        PostIdea.SOURCE: "a thank-you to those who came the same way, and how others can reach the writer",
        PostIdea.CATEGORY: "what is asked most about something, and what to watch for",
        PostIdea.WAITING: "the questions that are asked most, answered",
    }
)
DRAFTS: Final[Mapping[PostIdea, tuple[str, ...]]] = MappingProxyType(
    {
        PostIdea.WINS: (
            "A story from the last days, told with permission.",
            "How it began: [what they wanted]. What was hard: [the turning point]. How it ended: [what they say today].",
            "If you stand where they stood, write to me.",
        ),
        PostIdea.OBJECTION: (
            "I often hear a doubt about {subject}, and it is a fair one.",
            "Here is my honest answer: [what is true about it, and what helps].",
            "What would you need to know to decide? Ask me.",
        ),
        PostIdea.STAGE: (
            "Where are you with {subject}? This is what happens there.",
            "What to do: [the steps]. How long it takes: [the usual time]. What helps: [the one thing].",
            "Questions about it? Send me a line.",
        ),
        PostIdea.SOURCE: (
            "A thank-you to everybody who found me through {subject}.",
            "What you asked about most: [the question], and my answer: [one sentence].",
            "Whoever wants to talk reaches me the same way.",
        ),
        PostIdea.CATEGORY: (
            "What people ask most about {subject}: [the question].",
            "My short answer: [one sentence]. What to watch for: [the one thing].",
            "Ask me yours below.",
        ),
        PostIdea.WAITING: (
            "I am asked some questions again and again; here are my answers.",
            "The questions, with one sentence of answer for each: [yours].",
            "If yours is not among them, answer this message.",
        ),
    }
)
"""With room in brackets for what only its agent knows."""
GENERAL: Final[Mapping[PostIdea, str]] = MappingProxyType(
    {PostIdea.OBJECTION: "this", PostIdea.STAGE: "this step", PostIdea.SOURCE: "others", PostIdea.CATEGORY: "this"}
)
"""Said where the word somebody wrote cannot be quoted."""


def content_text(offered: Suggestion) -> CoachText | None:
    """A draft for a suggestion; None for an idea of the agent's own."""
    if offered.idea not in DRAFTS:
        return None
    subject = quotable(offered.key.split(":", 2)[-1])
    named = (Fact(name="the word for it", words=subject, is_foreign=True),) if subject else ()
    said = subject or GENERAL.get(offered.idea, "")
    return CoachText(
        kind=CoachKind.CONTENT,
        about=offered.key,
        facts=Facts(
            facts=(
                Fact(name="where it goes", words=PLACES[offered.channel]),
                Fact(name="what it is about", words=ABOUT[offered.idea]),
                *named,
            ),
            must_say=(subject,) if subject else (),
        ),
        sentences=tuple(each.format(subject=said) for each in DRAFTS[offered.idea]),
        because_of=(offered.why,),
    )


def quotable(word: str) -> str | None:
    """A word of the pipeline where a public post may repeat it; None where it may say anything."""
    return word if QUOTABLE.fullmatch(word) else None
