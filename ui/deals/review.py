"""The review of a deal: where it stands, what to do, what to say, the plan; who wrote it and when."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

import streamlit as st

import clock
from assistant import assistant
from database import database
from domain.ai.outcome import Outcome
from domain.deals.review import Action, DealReview, Urgency
from domain.deals.review_record import ReviewAuthor
from domain.deals.review_words.languages import LANGUAGES
from domain.errors import PacesetterError
from domain.language import Language
from services import ai_reviews, deal_reviews
from services.access import Viewer
from services.deal_reviews import Reviewed
from ui import phrased
from ui.attempts import attempt
from ui.deals.words import moment_text, priority_badge
from ui.layout import section
from ui.wording import BadgeColor, plain

NOTE: Final = (
    "Made of the facts and warnings on this page: every figure in it stands here. While they stay as they are the review stands, too; "
    "each day, call or move makes it anew when you ask."
)
NONE_YET: Final = (
    "No review in this language yet. It says where the deal stands, what to do first, what you could say, and a plan for three days."
)
UNCHANGED: Final = "Nothing has changed since, so the review stands."
AUTHORS: Final[Mapping[ReviewAuthor, str]] = MappingProxyType(
    {ReviewAuthor.RULES: "Written by rules", ReviewAuthor.MODEL: "Written by a language model from the same facts"}
)
URGENCIES: Final[Mapping[Urgency, tuple[str, BadgeColor]]] = MappingProxyType(
    {Urgency.URGENT: ("Today", "red"), Urgency.THIS_WEEK: ("This week", "orange"), Urgency.PLAN: ("To plan", "gray")}
)
LONGEST: Final = 1_000
BY_MODEL: Final = "Have it written by the language model"
BY_MODEL_HELP: Final = (
    "Sends these figures, without names, titles or notes, to the language model your company chose. It takes some seconds."
)
_LANGUAGE: Final = "deal-review-language"
_UNCHANGED: Final = "deal-review-unchanged"


def show(viewer: Viewer, deal_id: int) -> None:
    """The last review in the chosen language, and ways to have it made anew; a model's is drawn as soon as it is written."""
    with section("Review", key="deal-review", note=NOTE, height="content"):
        language = _chosen()
        body, foot = st.container(key="deal-review-body", gap="small"), st.container(key="deal-review-foot", gap="small")
        if language is Language.ENGLISH and _is_offered(viewer):
            _by_model(viewer, deal_id)
        with database().reading() as session:
            found = deal_reviews.last_review(session, viewer, deal_id, clock.now(), language)
        with body:
            _body(viewer, deal_id, found)
        with foot:
            _foot(deal_id, language, found)


def _chosen() -> Language:
    said: Language = st.session_state.get(_LANGUAGE, Language.ENGLISH)
    return said


def _body(viewer: Viewer, deal_id: int, found: Reviewed | None) -> None:
    """The review, by whom it is and when it was made; what one would say where there is none."""
    if found is None:
        st.markdown(NONE_YET)
        return
    _whole(found.review)
    stands = f" {UNCHANGED}" if st.session_state.pop(_UNCHANGED, None) == deal_id else ""
    st.caption(f"{AUTHORS[found.author]}, {moment_text(found.made_at, viewer.time_zone)}.{stands}")


def _whole(review: DealReview) -> None:
    st.markdown(f"{priority_badge(review.priority)} {plain(review.situation, limit=LONGEST)}")
    with st.container(key="deal-review-judged", gap="small"):
        _list(review.red_flags, ":red[:material/error:]")
        _list(review.concerns, ":orange[:material/warning:]")
        _list(review.strengths, ":green[:material/check:]")
    _part("What to do", "actions")
    for number, action in enumerate(review.actions):
        _action(action, number)
    _part("What to say", "phrases")
    _list([f"“{phrase}”" for phrase in review.phrases], ":material/chat:")
    _part("Plan", "plan")
    _list(review.plan, ":material/check_box_outline_blank:")


def _part(title: str, key: str) -> None:
    with st.container(key=f"deal-review-{key}"):
        st.subheader(title, anchor=False)


def _list(sentences: Sequence[str], mark: str) -> None:
    if sentences:
        st.markdown("  \n".join(f"{mark} {plain(each, limit=LONGEST)}" for each in sentences))


def _action(action: Action, number: int) -> None:
    name, color = URGENCIES[action.urgency]
    with st.container(gap="xxsmall", key=f"deal-review-action-{number}"):
        st.markdown(f":{color}-badge[{name}] **{plain(action.what, limit=LONGEST)}**")
        st.caption(f"{plain(action.why, limit=LONGEST)}  \n{plain(action.how, limit=LONGEST)}")


def _foot(deal_id: int, language: Language, found: Reviewed | None) -> None:
    """Anew, and in which language."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="deal-review-anew"):
        label = "Review this deal" if found is None else "Review it anew"
        st.button(label, key="deal-review-make", icon=":material/rate_review:", on_click=_made, args=(deal_id, language))
        st.selectbox("Language", tuple(LANGUAGES), format_func=_name, key=_LANGUAGE, width=160)


def _name(language: Language) -> str:
    return LANGUAGES[language].name


def _made(deal_id: int, language: Language) -> None:
    made = attempt(lambda session, viewer: deal_reviews.review(session, viewer, deal_id, clock.now(), language))
    if made is not None and not made.is_new:
        st.session_state[_UNCHANGED] = deal_id


def _is_offered(viewer: Viewer) -> bool:
    helper = assistant()
    if not helper.is_set_up:
        return False
    with database().reading() as session:
        return ai_reviews.is_offered(session, helper, viewer)


def _by_model(viewer: Viewer, deal_id: int) -> None:
    """The button that asks the language model, and why there is no review by it."""
    if not st.button(BY_MODEL, key="deal-review-ask", icon=":material/auto_awesome:", help=BY_MODEL_HELP):
        return
    with st.spinner("Writing the review …"):
        try:
            outcome = ai_reviews.review_by_model(database(), assistant(), viewer, deal_id, clock.now())
        except PacesetterError as error:
            st.caption(plain(str(error)))
            return
    if outcome is not Outcome.OK:
        st.caption(phrased.WHY.get(outcome, phrased.FAILED))
