"""Jobs on the Status screen: every job's last run and next try, runs that were given up, the processes that do the work."""

from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

import clock
from domain.local_time import wall_clock
from services.access import Viewer
from services.job_health import DeadSlot
from services.status import JobLine, JobStatus, Run, Status, run_again
from ui import layout, outcome
from ui.status.words import RUN_WORDS, STARTING, WORKER_WORDS, age_text, job_name, silence_text
from ui.tables import UNKNOWN
from ui.wording import plain

SHOWN_DEAD: Final = 10
"""More runs given up have one cause; mend that first."""


def table(found: Status, viewer: Viewer) -> None:
    """One line a job, its next try only where one waits; before the first run, where the lines will come from."""
    silent = {each.job: each for each in found.health.silent_jobs}
    if not found.jobs and not silent:
        st.markdown(f"No job has run yet. {STARTING} Within a minute the first ones stand here.")
        return
    never = [JobLine(job=job, last=None, next=None) for job, each in silent.items() if each.last_due is None]
    told = {job: f"⚠ {silence_text(each, found.health).capitalize()}" for job, each in silent.items()}
    lines = pd.DataFrame([_line(line, viewer, told.get(line.job)) for line in (*never, *found.jobs)])
    shown = lines if any(line.next for line in found.jobs) else lines.drop(columns="Next try")
    st.dataframe(shown, hide_index=True, key="status_jobs", alt="Every job with its last run and its next try")


def given_up(found: Status, viewer: Viewer) -> None:
    """The runs that failed at every try, each with a way to have it tried again."""
    dead = found.health.dead
    if not dead:
        return
    with layout.section("Given up", key="dead", note="These failed at every try. Mend the cause, then let them run again."):
        for slot in dead[:SHOWN_DEAD]:
            _dead(slot, viewer)
        if len(dead) > SHOWN_DEAD:
            st.caption(f"and {len(dead) - SHOWN_DEAD} more")


def workers(found: Status, viewer: Viewer) -> None:
    """The processes of the last day."""
    if not found.workers:
        st.markdown(f"None has been at work in the last day. {STARTING}")
        return
    lines = [
        {
            "Process": each.name,
            "State": WORKER_WORDS[each.state],
            "Last beat": f"{age_text(each.silent_for)} ago",
            "Started": _shown(each.started_at, viewer),
        }
        for each in found.workers
    ]
    st.dataframe(pd.DataFrame(lines), hide_index=True, key="status_workers", alt="Jobs processes of the last day")


def _dead(slot: DeadSlot, viewer: Viewer) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        due = f"due {_shown(slot.due_at, viewer)}, {slot.attempts} tries"
        st.markdown(f"**{plain(job_name(slot.job))}** · {due}  \n:small[:gray[{plain(slot.error) or 'no reason kept'}]]", width="content")
        name = f"Run {job_name(slot.job)} of {_shown(slot.due_at, viewer)} again"
        if st.button("Run again", key=f"run-again-{slot.job}-{slot.slot}", icon=":material/replay:", help=name):
            outcome.save(
                lambda session: run_again(session, viewer, job=slot.job, slot=slot.slot, now=clock.now()),
                f"{job_name(slot.job)} is tried again within a minute.",
            )


def _line(line: JobLine, viewer: Viewer, trouble: str | None) -> dict[str, str]:
    return {
        "Job": job_name(line.job),
        "Result": trouble or (RUN_WORDS[line.last.status] if line.last else UNKNOWN),
        "Last run": _finished(line.last, viewer),
        "Next try": _next(line.next, viewer),
        "Took": _took(line.last),
        "Reported": _reported(line.last),
    }


def _finished(run: Run | None, viewer: Viewer) -> str:
    return _shown(run.finished_at or run.due_at, viewer) if run else UNKNOWN


def _took(run: Run | None) -> str:
    if run is None or run.started_at is None or run.finished_at is None:
        return UNKNOWN
    return f"{(run.finished_at - run.started_at).total_seconds():.1f} s"


def _next(run: Run | None, viewer: Viewer) -> str:
    """When it is tried; after a failure also how often it failed and why."""
    if run is None:
        return UNKNOWN
    if run.status is JobStatus.RUNNING:
        return RUN_WORDS[run.status]
    after = f", failed {run.attempts}×: {run.error or 'no reason kept'}" if run.attempts else ""
    return f"{_shown(run.try_at, viewer)}{after}"


def _reported(run: Run | None) -> str:
    """What the run counted; nothings are left out, so that what happened stands out."""
    if run is None or run.status is not JobStatus.OK:
        return UNKNOWN
    counts = {name.replace("_", " "): value for name, value in run.result.items() if value not in (0, [])}
    words = (f"{name}: {', '.join(value) if isinstance(value, list) else value}" for name, value in counts.items())
    return ", ".join(words) or "nothing to do"


def _shown(moment: datetime, viewer: Viewer) -> str:
    return f"{wall_clock(moment, viewer.time_zone):%d %b, %H:%M}"
