"""The Status screen: the verdict first, then what it rests on; drawn again while somebody looks."""

from typing import Final

import streamlit as st

import clock
from database import database
from domain.local_time import day_start, local_time
from services.channels import ChannelKind
from services.job_health import Trouble
from services.status import MessageStatus, Status, status
from ui import layout
from ui.session import signed_in_viewer
from ui.status import jobs, web
from ui.status.words import age_text, badge, sentence, size_text
from ui.turns import fragment
from ui.wording import counted, plain
from ways_out import ways_out

REFRESH: Final = "10s"
"""A beat is written more often than that; an administrator who mends something sees it work."""
MIN_CARD_WIDTH: Final = 160
BACKUP_DUE_DAYS: Final = 2
"""A daily backup that failed once may still come; two days without one is a decision nobody took."""


@fragment(run_every=REFRESH, key="status")
def show() -> None:
    """The whole screen; who looks is asked again on every run."""
    viewer = signed_in_viewer()
    now = clock.now()
    today_from = day_start(local_time(now, viewer.time_zone).on, viewer.time_zone)
    with database().reading() as session:
        found = status(session, viewer, now=now, today_from=today_from)
    _verdict(found)
    _cards(found)
    jobs.given_up(found, viewer)
    with layout.section("Jobs", key="jobs", note="The last run of every job. One that waits or failed shows its next try."):
        jobs.table(found, viewer)
    left, right = st.columns(2)
    with left, layout.section("Jobs processes", key="workers", note="Those of the last day. One is enough; several share the work."):
        jobs.workers(found, viewer)
    with right, layout.section("Messages", key="messages", note="On their way out, and what became of today's."):
        _messages(found)
    left, right = st.columns(2)
    with left, layout.section("Database", key="database"):
        _database(found)
    with right, layout.section("This web process", key="web", note="Behind a proxy there may be others like it."):
        _web(found)


def _verdict(found: Status) -> None:
    problems = [sentence(trouble, found.health) for trouble in found.health.troubles]
    if not found.has_every_migration:
        problems.append("The database does not have the newest schema. Run `python manage.py migrate`.")
    if found.health.dead:
        problems.append(f"{counted(len(found.health.dead), 'run')} of jobs failed at every try; see “Given up” below.")
    if found.broken_channels:
        channels = counted(len(found.broken_channels), "channel")
        problems.append(f"Nothing is sent to {channels} until that is mended; see “Messages” below.")
    if trouble := _bot_trouble(found):
        problems.append(f"Nobody is answered in Telegram: {plain(trouble)}")
    if not problems:
        st.success("Everything is well: jobs run in time, messages leave, the database is up to date.", icon=":material/check_circle:")
    for problem in problems:
        st.error(problem, icon=":material/warning:")


def _cards(found: Status) -> None:
    health, troubles = found.health, set(found.health.troubles)
    is_alive = not troubles & {Trouble.NEVER_STARTED, Trouble.SILENT}
    beat = f"last beat {age_text(health.silent_for)} ago" if health.silent_for is not None else "never started"
    given_up = f"{len(health.dead)} given up" if health.dead else "none given up"
    process = badge("good", "Working") if is_alive else badge("bad", "Silent" if health.silent_for is not None else "Not started")
    schema = badge("good", "Up to date") if found.has_every_migration else badge("bad", "Old schema")
    with st.grid(4, min_column_width=MIN_CARD_WIDTH, gap="small", key="status-cards"):
        _card("process", "Jobs process", process, beat)
        _card("jobs", "Jobs", _flow(bool(troubles & {Trouble.JOBS_LATE, Trouble.JOBS_SILENT}), is_alive, "In time", "Late"), given_up)
        _card("outbox", "Messages", _flow(Trouble.OUTBOX_LATE in troubles, is_alive, "Leaving", "Stuck"), f"{_waiting(found):,} waiting")
        _card("schema", "Database", schema, size_text(found.database.bytes))


def _flow(is_late: bool, is_alive: bool, well: str, ill: str) -> str:  # noqa: FBT001 - two facts and their words
    """The state of work that only a living process does."""
    if is_late:
        return badge("bad", ill)
    return badge("good", well) if is_alive else badge("quiet", "Standing still")


def _waiting(found: Status) -> int:
    return found.messages.get(MessageStatus.WAITING, 0) + found.messages.get(MessageStatus.SENDING, 0)


def _card(key: str, title: str, state: str, detail: str) -> None:
    with st.container(border=True, key=f"card-status-{key}", gap="xsmall", height="stretch"):
        st.markdown(f"**{title}**  \n{state}  \n:small[:gray[{detail}]]")


def _messages(found: Status) -> None:
    counts = found.messages
    oldest = f", the oldest for {age_text(found.health.at - found.health.waiting_since)}" if found.health.waiting_since else ""
    _facts(
        {
            "Waiting": f"{_waiting(found):,}{oldest}",
            "Sent today": f"{counts.get(MessageStatus.SENT, 0):,}",
            "Refused today": f"{counts.get(MessageStatus.REFUSED, 0):,}",
            "Expired today": f"{counts.get(MessageStatus.EXPIRED, 0):,}",
        }
        | _bot(found)
    )
    for channel in found.broken_channels:
        since = age_text(found.health.at - channel.since)
        reason = plain(channel.reason) or "no reason given"
        st.warning(
            f"**{plain(channel.label)}** ({plain(channel.kind)}) has refused messages for {since}: {reason}.", icon=":material/link_off:"
        )


def _bot(found: Status) -> dict[str, str]:
    """How the bot in Telegram fares, where there is one."""
    if not ways_out().has(ChannelKind.TELEGRAM):
        return {}
    bot = found.bot
    if bot is None or bot.heard_at is None:
        return {"Bot in Telegram": _bot_trouble(found) or "not read yet"}
    return {"Bot in Telegram": f"@{plain(bot.name)}, read {age_text(found.health.at - bot.heard_at)} ago"}


def _bot_trouble(found: Status) -> str:
    """What keeps the bot from being read; one that is not set up any more has none."""
    return found.bot.trouble if found.bot is not None and ways_out().has(ChannelKind.TELEGRAM) else ""


def _database(found: Status) -> None:
    backup = found.backup
    _facts(
        {
            "Size": size_text(found.database.bytes),
            "Server": f"PostgreSQL {plain(found.database.server_version)}",
            "Schema": "newest" if found.has_every_migration else "old: run `python manage.py migrate`",
            "Last backup": f"{age_text(found.health.at - backup.at)} ago, {size_text(backup.bytes)}" if backup else "none from here",
        }
    )
    if backup is None or (found.health.at - backup.at).days >= BACKUP_DUE_DAYS:
        st.markdown("`python manage.py backup FILE` makes one; docs/operations.md tells how to have one every night.")


def _web(found: Status) -> None:
    process = web.this_process()
    _facts(
        {
            "Version": plain(process.version),
            "Running for": age_text(process.age(found.health.at)),
            "Memory": size_text(process.memory_bytes),
            "At work now": counted(found.active_browsers, "browser"),
        }
    )


def _facts(facts: dict[str, str]) -> None:
    st.table([{"What": name, "Now": value} for name, value in facts.items()], border="horizontal", hide_index=True, hide_header=True)
