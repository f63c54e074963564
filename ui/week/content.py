"""What to post this week: suggestions from the pipeline, planned posts by day, and what came of those that are out."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any, Final

import streamlit as st

from domain.coaching.content_kinds import PostChannel
from domain.coaching.content_plan import RESULT_DAYS, Suggestion
from domain.errors import NotFoundError
from domain.facts import AgentChoice
from domain.formatting import day_text
from domain.periods import Period
from services import content_calendar
from services.content_calendar import ContentWeek, Post, content_week
from ui import layout
from ui.attempts import attempt, show_refusal
from ui.kept import kept
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.week import content_forms, said
from ui.week.content_words import CHANNEL_NAMES, day_words
from ui.week.said import Section
from ui.wording import counted, plain

NOTE: Final = (
    "Suggested by rules from the open deals, new leads, sales and lost deals as they are now; each says what spoke for it. "
    f"Leads after a post are those of the {RESULT_DAYS} days from its day on whose source names its channel: they came together in time, "
    "which need not be because of it."
)
EDIT, POSTED, RESULTS, REMOVE = "Change it", "It is posted", "Note results", "Remove"


@fragment(key="content")
def show(agent: AgentChoice, week: Period, today: date) -> None:
    """The week's posts; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    try:
        board = kept(
            viewer,
            frozenset({agent.agent_id}),
            ("content", week, today),
            lambda session: content_week(session, viewer, agent.agent_id, week, today),
        )
    except NotFoundError:
        return
    if not (board.posts or board.earlier or board.suggested or board.may_change):
        return
    with layout.section("What to post", key="content", note=NOTE, height="content"):
        show_refusal()
        said.show(Section.CONTENT)
        _posts(agent, board, today)
        for place, offered in enumerate(board.suggested):
            _suggested(agent, board, offered, place, today)
        if board.may_change and st.button("Plan a post of your own", icon=":material/add:", type="tertiary", key="content-add"):
            content_forms.plan(agent, board.week, None, today)
        if board.earlier:
            with st.expander(f"{counted(len(board.earlier), 'post')} of the four weeks before", icon=":material/history:"):
                for post in board.earlier:
                    _post(agent, board, post, today)


def _posts(agent: AgentChoice, board: ContentWeek, today: date) -> None:
    if not board.posts and not board.suggested:
        st.markdown(":gray[Nothing is planned. Suggestions come once something in the pipeline stands out.]")
    for post in board.posts:
        _post(agent, board, post, today)


def _post(agent: AgentChoice, board: ContentWeek, post: Post, today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"post-{post.id}"):
        state = ":green-badge[:material/check: Posted]" if post.posted_on else ":blue-badge[:material/event: Planned]"
        day = day_words(post.posted_on or post.planned_on)
        told = "  \n".join(f":small[:gray[{plain(each)}]]" for each in (post.why, results_text(post)) if each)
        st.markdown(
            f"{state} **{day}** · {CHANNEL_NAMES[post.channel]}: {plain(post.topic)}" + (f"  \n{told}" if told else ""), width="stretch"
        )
        if board.may_change:
            _menu(agent, post, today)


def _menu(agent: AgentChoice, post: Post, today: date) -> None:
    choices = [EDIT, RESULTS, REMOVE] if post.posted_on else [POSTED, EDIT, REMOVE]
    key = f"content-menu-{post.id}-{post.version}"
    picked = st.menu_button("Change", choices, icon=":material/more_horiz:", type="tertiary", key=key)
    if picked == EDIT:
        content_forms.edit(agent, post, today)
    elif picked == POSTED:
        content_forms.posted(agent, post, today)
    elif picked == RESULTS:
        content_forms.results(agent, post, today)
    elif picked == REMOVE:
        content_forms.remove(agent, post, today)


def _suggested(agent: AgentChoice, board: ContentWeek, offered: Suggestion, place: int, today: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"post-idea-{place}"):
        when = f"**{day_words(offered.day)}** · " if offered.day else ""
        st.markdown(
            f":orange-badge[:material/lightbulb: Suggested] {when}{CHANNEL_NAMES[offered.channel]}: {plain(offered.topic)}  \n"
            f":small[:gray[{plain(offered.why)}]]",
            width="stretch",
        )
        if board.may_change:
            if st.button("Plan it", icon=":material/event:", type="tertiary", key=f"content-plan-{offered.key}"):
                content_forms.plan(agent, board.week, offered, today)
            asked = (agent.agent_id, offered.key, today)
            st.button(
                "Not this one",
                icon=":material/close:",
                type="tertiary",
                key=f"content-dismiss-{offered.key}",
                help="Not suggested again this week.",
                on_click=_do,
                args=(content_calendar.dismiss_suggestion, asked),
            )


def results_text(post: Post) -> str:
    """`120 views, 4 replies; 2 leads whose source names LinkedIn came from that day on`; empty before it is out."""
    if post.posted_on is None:
        return ""
    noted = [(post.views, "view", "views"), (post.replies, "reply", "replies"), (post.leads, "lead", "leads")]
    own = ", ".join(counted(number, one, many) for number, one, many in noted if number is not None)
    return "; ".join(each for each in (own or "No results noted yet", _leads_text(post)) if each)


def _leads_text(post: Post) -> str:
    if post.channel is PostChannel.OTHER:
        return ""
    until = day_text(post.posted_on) if post.posted_on else ""
    whose = f"whose source names {CHANNEL_NAMES[post.channel]}"
    return f"{counted(post.leads_after, 'lead')} {whose} came in the {RESULT_DAYS} days from {until} on"


def _do(deed: Callable[..., Any], asked: tuple[object, ...]) -> None:
    attempt(partial(_done, deed, asked))


def _done(deed: Callable[..., Any], asked: tuple[object, ...], session: Any, viewer: Any) -> bool:  # noqa: ANN401 - passed on
    deed(session, viewer, *asked)
    return True
