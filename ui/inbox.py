"""A person's notifications: newest first, unread ones marked, each with the way to where it leads."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import streamlit as st

import clock
from database import database
from domain.local_time import wall_clock
from services import inbox
from services.access import Viewer
from services.inbox import InboxEntry, Urgency
from ui.attempts import attempt, show_refusal
from ui.empty import CARD
from ui.links import page_link
from ui.pages import PageSpec, pages_of
from ui.session import signed_in_viewer
from ui.turns import fragment
from ui.wording import counted, plain

BEFORE: Final = "before"
"""The parameter of the address that leads to older pages: the last notification of the page before."""
UNREAD: Final = "unread"
"""The key of the fragment that a new message draws again."""
BODY_LONGEST: Final = 4_000
ICONS: Final = {Urgency.INFO: "", Urgency.WARNING: ":orange[:material/warning:] ", Urgency.URGENT: ":red[:material/priority_high:] "}


@fragment(key=UNREAD)
def unread_link() -> None:
    """How many messages are unread, as the way to them; nothing when there are none."""
    with database().reading() as session:
        unread = inbox.unread_count(session, signed_in_viewer())
    if unread:
        page_link("inbox", unread_words(unread), {}, icon=":material/notifications_unread:")


def unread_words(count: int) -> str:
    """`3 unread messages`, or `99+` where nobody counts any more."""
    return "99+ unread messages" if count >= inbox.MOST_COUNTED else counted(count, "unread message")


def show(viewer: Viewer) -> None:
    """One page of the inbox."""
    before = _before()
    with database().reading() as session:
        entries, count = inbox.entries(session, viewer, before_id=before), inbox.unread_count(session, viewer)
    if not entries and before is None:
        _nothing_yet()
        return
    show_refusal()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{unread_words(count)}**" if count else ":gray[Everything is read.]", width="content")
        st.button("Mark all as read", key="inbox-all", icon=":material/done_all:", disabled=not count, on_click=_read_all)
    for entry in entries:
        _row(viewer, entry)
    _paging(before, entries)


def _row(viewer: Viewer, entry: InboxEntry) -> None:
    with st.container(border=True, key=f"card-inbox-{entry.notification_id}"):
        words, buttons = st.columns([3, 1], vertical_alignment="center", gap="small")
        with words, st.container(gap="xxsmall"):
            _words(viewer, entry)
        with buttons, st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small"):
            _buttons(viewer, entry)


def _words(viewer: Viewer, entry: InboxEntry) -> None:
    title = plain(entry.title)
    st.markdown(f"{ICONS[entry.urgency]}**{title}** :blue-badge[New]" if entry.is_unread else f"{ICONS[entry.urgency]}{title}")
    for line in filter(None, map(str.strip, entry.body.splitlines())):
        st.markdown(plain(line, limit=BODY_LONGEST))
    st.caption(f"{wall_clock(entry.created_at, viewer.time_zone):%d %b %Y, %H:%M}")


def _buttons(viewer: Viewer, entry: InboxEntry) -> None:
    number, target = entry.notification_id, _target(entry.link, viewer)
    if entry.is_unread:
        st.button("Mark as read", key=f"inbox-read-{number}", type="tertiary", on_click=_read, args=(number,))
    if target is not None and st.button("Open", key=f"inbox-open-{number}", help=f"Open {target[0].title}"):
        _open(entry, *target)


def _target(link: str, viewer: Viewer) -> tuple[PageSpec, dict[str, str]] | None:
    """The screen a link leads to with its parameters, when the viewer's role has it."""
    parts = urlsplit(link)
    spec = next((page for page in pages_of(viewer) if f"/{page.key}" == parts.path), None)
    return (spec, dict(parse_qsl(parts.query))) if spec is not None else None


def _open(entry: InboxEntry, page: PageSpec, params: dict[str, str]) -> None:
    if entry.is_unread:
        _read(entry.notification_id)
    st.switch_page(page.page(), query_params=params)


def _read(notification_id: int) -> None:
    attempt(lambda session, viewer: inbox.mark_read(session, viewer, notification_id, clock.now()))


def _read_all() -> None:
    attempt(lambda session, viewer: inbox.mark_all_read(session, viewer, clock.now()))


def _paging(before: int | None, entries: Sequence[InboxEntry]) -> None:
    if before is None and len(entries) < inbox.PAGE:
        return
    if not entries:
        st.markdown(":gray[There is nothing older.]")
    with st.container(horizontal=True, gap="small"):
        if before is not None:
            st.button("Newest", key="inbox-newest", icon=":material/first_page:", on_click=_turn, args=(None,))
        if len(entries) == inbox.PAGE:
            last = entries[-1].notification_id
            st.button("Older", key="inbox-older", icon=":material/chevron_right:", icon_position="right", on_click=_turn, args=(last,))


def _turn(before: int | None) -> None:
    if before is not None:
        st.query_params[BEFORE] = str(before)
    elif BEFORE in st.query_params:
        del st.query_params[BEFORE]


def _before() -> int | None:
    """Where the page of the address begins; the newest for anything that is no number of a notification."""
    asked = st.query_params.get(BEFORE, "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < len(str(2**63)) else 0
    return number or None


def _nothing_yet() -> None:
    with st.container(border=True, key=CARD):
        st.header("Nothing here yet", anchor=False)
        st.markdown(
            "What you should know lands here: something that needs doing, a record that is near, a channel that does not work. "
            "You can have it sent to Slack, Telegram or your phone as well."
        )
        page_link("account", "Choose where messages reach you", {}, icon=":material/notifications_active:")
