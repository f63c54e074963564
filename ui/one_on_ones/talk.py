"""One 1:1: pre-read beside agenda, notes and commitments; each of the two writes their own part and reads all of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st
from sqlalchemy.orm import Session

import clock
from database import database
from domain.errors import NotFoundError
from domain.one_on_ones.limits import LONGEST_NOTES, LONGEST_TOPICS
from domain.one_on_ones.talk import Talk
from services import one_on_one_changes, one_on_ones
from services.access import Viewer
from services.one_on_one_changes import talk_words
from services.one_on_ones import TalkShown
from services.owners import today_of
from ui import layout
from ui.attempts import attempt
from ui.one_on_ones import address, commitments, pre_read, words
from ui.outcome import tell
from ui.wording import plain

PRINT = "Pre-read, agenda and what was taken on last time on one page. Only the two of you can download it."
HOLDING = "Tick it when you have talked: the talk keeps its words and what is known now, and nothing of it changes any more."


def show(viewer: Viewer, talk_id: int | None, now: datetime) -> None:
    """The talk with this id; one of two other people is told like one that does not exist."""
    address.back_button()
    try:
        with database().reading() as session:
            found = one_on_ones.talk_shown(session, viewer, talk_id or 0, now)
            earlier = one_on_ones.earlier(session, viewer, found.talk)
    except NotFoundError:
        st.info(words.NO_TALK, icon=":material/info:")
        return
    _head(viewer, found)
    left, right = st.columns(2, gap="medium")
    with left:
        if found.pre_read is not None:
            pre_read.show(found.pre_read)
        else:
            st.info(words.NOTHING_KEPT if found.talk.is_held else words.NOT_TOGETHER, icon=":material/info:")
    with right:
        _words(viewer, found)
        _commitments(viewer, found, now)
        _earlier(earlier)


def _head(viewer: Viewer, found: TalkShown) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="talk-head"):
        st.markdown(f"**{plain(words.other_name(found.talk, viewer))}** · {words.when_text(found.talk)}", help=words.PRIVATE)
        sheet = f"/api/v1/one-on-ones/{found.talk.id}/sheet"
        st.link_button("One page to print", sheet, icon=":material/print:", help=PRINT)


def _words(viewer: Viewer, found: TalkShown) -> None:
    talk, is_agent = found.talk, viewer.person_id == found.talk.agent_id
    with layout.section("Agenda and notes", key="one-on-one-words", note=words.PRIVATE, height="content"):
        if found.may_change and is_agent:
            _topics_form(talk)
        else:
            _read("What the agent wants to talk about" if not is_agent else "What you wanted to talk about", talk.topics)
        if found.may_change and not is_agent:
            _talk_form(found)
        else:
            _read("Agenda", talk.agenda)
            _read("Notes", talk.notes)


def _read(title: str, text: str) -> None:
    st.markdown(f"**{title}**")
    lines = [plain(line, limit=LONGEST_NOTES) for line in text.splitlines() if line.strip()]
    st.markdown("  \n".join(lines) if lines else ":gray[Nothing yet.]")


def _topics_form(talk: Talk) -> None:
    with st.form(f"talk-topics-{talk.id}", border=False):
        key = _seeded(f"talk-topics-text-{talk.id}", talk.topics)
        topics = st.text_area("What you want to talk about", key=key, max_chars=LONGEST_TOPICS, placeholder="One point a line")
        if st.form_submit_button("Save", key=f"talk-topics-save-{talk.id}", type="primary"):
            _save(lambda session, viewer: one_on_one_changes.say_topics(session, viewer, talk.id, topics, clock.now()))


def _talk_form(found: TalkShown) -> None:
    """Agenda and notes; keyed by the version, so that what another window saved is neither hidden nor overwritten."""
    talk, place = found.talk, f"{found.talk.id}-{found.talk.version}"
    st.caption(words.READS_ALONG.format(name=plain(talk.agent_name)))
    with st.form(f"talk-words-{talk.id}", border=False):
        planned_on = st.date_input("Planned for", value=talk.planned_on, key=f"talk-planned-{place}", format="YYYY-MM-DD")
        agenda = st.text_area(
            "Agenda",
            key=_seeded(f"talk-agenda-{place}", talk.agenda or found.proposed_agenda),
            max_chars=LONGEST_TOPICS,
            height=220,
            help="Proposed from the pre-read until you save your own.",
        )
        notes = st.text_area("Notes", key=_seeded(f"talk-notes-{place}", talk.notes), max_chars=LONGEST_NOTES, height=220)
        is_held = st.checkbox("We have talked", key=f"talk-held-{place}", help=HOLDING)
        if st.form_submit_button("Save", key=f"talk-save-{talk.id}", type="primary", icon=":material/save:"):
            change = one_on_one_changes.finish if is_held else one_on_one_changes.write
            given = {"planned_on": planned_on, "agenda": agenda, "notes": notes}
            _save(lambda session, viewer: change(session, viewer, talk.id, talk_words(**given), talk.version, clock.now()))


def _save(work: Callable[[Session, Viewer], object]) -> None:
    """Do it and draw the screen again, with what came of it."""
    if attempt(lambda session, viewer: (work(session, viewer),)) is not None:
        tell("Saved. You both read it now.")
    st.rerun()


def _commitments(viewer: Viewer, found: TalkShown, now: datetime) -> None:
    today = today_of(viewer, now)
    note = "What the agent takes on in this talk. It stands on their Daily from a week before its day on; they tick it themselves."
    with layout.section("Commitments", key="one-on-one-made", note=note, height="content"):
        if not found.made_here and not found.may_change:
            st.markdown(":gray[Nothing was taken on.]")
        commitments.rows(viewer, found.made_here, today, may_drop=True)
        if found.may_change:
            commitments.adding(found.talk.id, today)


def _earlier(talks: Sequence[Talk]) -> None:
    """What these two talked about before."""
    if not talks:
        return
    with layout.section("Before", key="one-on-one-before", note=words.PRIVATE, height="content"):
        for each in talks:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"talk-before-{each.id}"):
                st.markdown(f":gray[{words.when_text(each)}]")
                with st.container(width="content"):
                    address.open_button(each, "Open")


def _seeded(key: str, value: str) -> str:
    """The key of a field that begins with a value and keeps what is being typed."""
    st.session_state.setdefault(key, value)
    return key
