"""The company's guidelines for a model's reviews of deals: written, looked at as they would be sent, and an earlier version used again."""

from functools import partial
from typing import Final

import streamlit as st

import clock
from database import database
from domain.errors import PacesetterError
from services import review_guidance
from services.access import Viewer
from services.review_guidance import LONGEST, GuidanceVersion
from ui.deals.words import moment_text
from ui.outcome import save
from ui.wording import plain

NOTE: Final = (
    "How reviews should sound, what to look at first, how to judge a deal of yours. The rules about figures, names and days stay. "
    "A change is a new version, which has to be evaluated before the model is asked with it."
)
PLACEHOLDER: Final = "Write like a colleague, not like a boss. A demonstration comes before an offer."
SAVED: Final = "These guidelines are in use. Evaluate the reviews of deals again."


def show(viewer: Viewer) -> None:
    """The form with what is in use, and the versions before."""
    with database().reading() as session:
        known = review_guidance.versions(session, viewer)
    st.markdown(f"**Guidelines for reviews of deals**  \n:small[:gray[{NOTE}]]")
    number, used = (known[0].number, known[0].words) if known else (0, "")
    words = st.text_area("Guidelines", used, max_chars=LONGEST, key=f"review-guidance-words-{number}", placeholder=PLACEHOLDER, height=120)
    with st.container(horizontal=True, gap="small", key="review-guidance-row"):
        if st.button("Use them", key="review-guidance-save"):
            save(partial(review_guidance.change, viewer=viewer, words=words, now=clock.now()), SAVED)
        with st.popover("Preview", icon=":material/visibility:", key="review-guidance-preview"):
            _preview(viewer, words)
    for each in known[1:]:
        _earlier(viewer, each)


def _preview(viewer: Viewer, words: str) -> None:
    """What would be sent for an invented deal."""
    try:
        instructions, told = review_guidance.preview(viewer, words)
    except PacesetterError as error:
        st.caption(plain(str(error)))
        return
    st.caption("What the model would be sent for an invented deal. Nothing is sent now.")
    st.code(instructions, language=None, wrap_lines=True)
    st.code(told, language=None, wrap_lines=True)


def _earlier(viewer: Viewer, version: GuidanceVersion) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"review-guidance-{version.number}"):
        by = f" by {version.by}" if version.by else ""
        told = f"Version {version.number}, {moment_text(version.at, viewer.time_zone)}{by}: {version.words or 'none'}"
        st.markdown(f":small[{plain(told, limit=LONGEST)}]", width="stretch")
        if st.button("Use it again", key=f"review-guidance-again-{version.number}", type="tertiary"):
            save(partial(review_guidance.use_again, viewer=viewer, number=version.number, now=clock.now()), SAVED)
