"""The forms of the content calendar: a post planned, worded, published, taken away, and what came of it."""

from collections.abc import Callable
from datetime import date

import streamlit as st
from sqlalchemy.orm import Session

import clock
from domain.coaching.content_kinds import PostChannel
from domain.coaching.content_plan import Suggestion
from domain.facts import AgentChoice
from domain.periods import Period
from services import content_calendar
from services.access import Viewer
from services.content_calendar import Post
from services.content_input import MOST_RESULT, post_details, post_results
from ui import coach
from ui.attempts import attempt, show_refusal
from ui.week import said
from ui.week.content_words import CHANNEL_NAMES
from ui.week.said import Section
from ui.wording import plain


@st.dialog("Plan a post", icon=":material/event:", on_dismiss="rerun")
def plan(agent: AgentChoice, week: Period, offered: Suggestion | None, today: date) -> None:
    """A suggested post in one's own words, or one of one's own."""
    if offered is not None:
        st.caption(plain(offered.why))
    day = (offered.day if offered else None) or max(week.start, min(today, week.last_day))
    first = (offered.channel, offered.topic) if offered else (PostChannel.LINKEDIN, "")
    key = f"content-{offered.key if offered else 'new'}"
    if offered is not None:
        coach.draft(agent, offered, f"{key}-body")
    fields = _fields(first[0], first[1], "", day, key)
    if st.button("Plan it", type="primary", icon=":material/check:", key="content-plan-save"):
        if offered is None:
            _act(
                lambda session, viewer: content_calendar.plan_post(session, viewer, agent.agent_id, post_details(**fields), today),
                "The post is planned.",
            )
        else:
            chosen = offered.key
            _act(
                lambda session, viewer: content_calendar.take_suggestion(
                    session, viewer, agent.agent_id, chosen, post_details(**fields), today
                ),
                "The post is planned.",
            )
    show_refusal()


@st.dialog("Change post", icon=":material/edit:", on_dismiss="rerun")
def edit(agent: AgentChoice, post: Post, today: date) -> None:
    """Other words, another channel or day."""
    fields = _fields(post.channel, post.topic, post.body, post.planned_on, f"content-edit-{post.id}-{post.version}")
    if st.button("Save", type="primary", icon=":material/check:", key="content-edit-save"):
        seen = (agent.agent_id, post.id, post.version)
        _act(
            lambda session, viewer: content_calendar.change_post(session, viewer, *seen, post_details(**fields), today),
            "The post is changed.",
        )
    show_refusal()


@st.dialog("It is posted", icon=":material/check:", on_dismiss="rerun")
def posted(agent: AgentChoice, post: Post, today: date) -> None:
    """What marking does, and the button that does it."""
    st.markdown(f"**{plain(post.topic)}**")
    st.markdown("It is logged today as an activity of the kind *post*. What comes of it can be noted later.")
    if st.button("Mark as posted", type="primary", icon=":material/check:", key="content-posted"):
        seen = (agent.agent_id, post.id, post.version)
        _act(
            lambda session, viewer: content_calendar.mark_posted(session, viewer, *seen, today, clock.now()),
            "Posted, and logged as an activity.",
        )
    show_refusal()


@st.dialog("Note results", icon=":material/monitoring:", on_dismiss="rerun")
def results(agent: AgentChoice, post: Post, today: date) -> None:
    """What came of it as one counts it oneself; left empty is unknown, not zero."""
    st.markdown(f"**{plain(post.topic)}**")
    key = f"content-results-{post.id}-{post.version}"
    named = {"views": post.views, "replies": post.replies, "leads": post.leads}
    noted = {
        name: st.number_input(name.capitalize(), 0, MOST_RESULT, now, step=1, placeholder="not known", key=f"{key}-{name}")
        for name, now in named.items()
    }
    if st.button("Save", type="primary", icon=":material/check:", key="content-results-save"):
        seen = (agent.agent_id, post.id, post.version)
        _act(
            lambda session, viewer: content_calendar.note_results(session, viewer, *seen, post_results(**noted), today),
            "The results are noted.",
        )
    show_refusal()


@st.dialog("Remove this post?", icon=":material/delete:", on_dismiss="rerun")
def remove(agent: AgentChoice, post: Post, today: date) -> None:
    """Ask once more."""
    st.markdown(f"**{plain(post.topic)}**")
    st.markdown("The plan is removed. An activity that was logged for it stays.")
    if st.button("Remove", type="primary", key="content-remove"):
        _act(lambda session, viewer: content_calendar.remove_post(session, viewer, agent.agent_id, post.id, today), "The post is removed.")
    show_refusal()


def _fields(channel: PostChannel, topic: str, body: str, day: date, key: str) -> dict[str, object]:
    said_topic = st.text_area("Topic", topic, max_chars=200, height=80, key=f"{key}-topic")
    channels = list(CHANNEL_NAMES)
    left, right = st.columns(2)
    said_channel = left.selectbox("Channel", channels, channels.index(channel), format_func=CHANNEL_NAMES.__getitem__, key=f"{key}-channel")
    said_day = right.date_input("Day", day, format="YYYY-MM-DD", key=f"{key}-day")
    said_body = st.text_area("Text (optional)", body, max_chars=4000, height=160, key=f"{key}-body")
    return {"topic": said_topic, "channel": said_channel, "planned_on": said_day, "body": said_body}


def _act(work: Callable[[Session, Viewer], object], became: str) -> None:
    said.close(Section.CONTENT, attempt(lambda session, viewer: (work(session, viewer), True)[1]), became)
