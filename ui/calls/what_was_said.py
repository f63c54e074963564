"""What a transcript tells at a glance, below it: objections, agreed steps, questions, and who spoke how much."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from domain.conversations.said import Quote, Said, said
from domain.conversations.turns import are_numbered, talk_shares
from domain.formatting import share_text
from ui.calls.words import OBJECTIONS
from ui.wording import plain

TITLE: Final = "What was said"
HELP: Final = (
    "Found by lists of words in English and Russian, not understood: something may be missing, and a word may be meant otherwise. The "
    "sentence stands beside it. What is denied, and what lines named Agent or Manager say, is no objection."
)
SHOWN: Final = 10
"""Of each kind; the transcript above has the rest."""
_NOBODY: Final = "The transcript does not say who speaks, so nobody knows who spoke how much."

_VOICES: Final = (
    "Voices are told apart by the service that wrote this down, and may be mixed up. Which of them is the agent, it does not know."
)


def show(transcript: str, *, key: str) -> None:
    """Folded, and listened to only once it is opened."""
    with st.expander(TITLE, icon=":material/hearing:", key=f"{key}-said", on_change="rerun") as fold:
        if fold.open:
            _told(said(transcript))
            _spoken(transcript)
            st.caption(HELP)


def _told(found: Said) -> None:
    _group(
        "Objections",
        (f"**{OBJECTIONS[each.kind]}**: {_quoted(each.quote)}" for each in found.objections[:SHOWN]),
        len(found.objections),
        "No objection was found.",
    )
    _group(
        "Next steps",
        (f"{_quoted(each.quote)}{_day(each.when)}" for each in found.steps[:SHOWN]),
        len(found.steps),
        "No agreed step was found. Say at the end who does what until when.",
    )
    if found.questions:
        _group("Questions", (_quoted(each) for each in found.questions[:SHOWN]), len(found.questions), "")


def _group(title: str, lines: Iterable[str], count: int, without: str) -> None:
    st.markdown("\n".join([f"**{title}** :gray[{count:,}]\n", *(f"- {line}" for line in lines)]) if count else f":gray[{without}]")
    if count > SHOWN:
        st.caption(f"{count - SHOWN:,} more in the transcript.")


def _quoted(quote: Quote) -> str:
    who = f":gray[{plain(quote.speaker)}:] " if quote.speaker else ""
    return f"{who}“{plain(quote.text)}”"


def _day(when: str | None) -> str:
    return f" :gray-badge[:material/event: {plain(when)}]" if when else ""


def _spoken(transcript: str) -> None:
    shares = talk_shares(transcript)
    if shares is None:
        st.markdown(f":gray[{_NOBODY}]")
        return
    told = " · ".join(f"{plain(name)} **{share_text(share.value)}**" for name, share in shares.items())
    st.markdown(f"**Who spoke how much** :gray[by words]  \n{told}")
    if are_numbered(shares):
        st.caption(_VOICES)
