"""Words of the Status screen: ages, sizes, and what is not well in sentences."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal

from domain.metrics.status import Tone
from services.job_health import JobHealth, SilentJob, Trouble
from services.status import JobStatus, WorkerState
from ui.wording import counted, plain, tone_color

WORKER_WORDS: Final = {WorkerState.ALIVE: "✓ Working", WorkerState.STOPPED: "◔ Stopped in order", WorkerState.SILENT: "⚠ Silent"}
RUN_WORDS: Final = {
    JobStatus.OK: "✓ Done",
    JobStatus.DEAD: "⚠ Given up",
    JobStatus.SKIPPED: "◔ Skipped, too late to be of use",
    JobStatus.WAITING: "Waiting",
    JobStatus.RUNNING: "Running now",
}
STARTING: Final = "`make run` starts it; elsewhere run `python -m jobs` beside the web process."
UPDATING: Final = "Restart it, so that it runs what this version knows."
_STEPS: Final = ((86_400, "day", "days"), (3_600, "h", "h"), (60, "min", "min"), (1, "s", "s"))
_UNITS: Final = ("bytes", "kB", "MB", "GB", "TB")
_STEP: Final = 1000
NAMED: Final = 3
"""More names in a sentence are not read."""


def age_text(age: timedelta) -> str:
    """A span in its largest unit: `12 s`, `3 min`, `5 h`, `2 days`."""
    seconds = max(0, int(age.total_seconds()))
    size, one, many = next((step for step in _STEPS if seconds >= step[0]), _STEPS[-1])
    number = seconds // size
    return f"{number} {one if number == 1 else many}"


def size_text(size: int) -> str:
    """Bytes in the unit people say: `412 MB`."""
    shown, unit = float(size), 0
    while shown >= _STEP and unit < len(_UNITS) - 1:
        shown, unit = shown / _STEP, unit + 1
    return f"{shown:.1f} {_UNITS[unit]}" if unit and shown < 10 else f"{shown:.0f} {_UNITS[unit]}"  # noqa: PLR2004 - one digit before the point


def job_name(job: str) -> str:
    """A job's key as words."""
    return job.replace("_", " ").capitalize()


def sentence(trouble: Trouble, health: JobHealth) -> str:
    """What is not well, and what to do, in markdown."""
    match trouble:
        case Trouble.NEVER_STARTED:
            return f"The jobs process has not been started: nightly counts, reminders and messages wait for it. {STARTING}"
        case Trouble.SILENT:
            return f"The jobs process has been silent for {_since_beat(health)}: it ended, or it cannot reach the database. {STARTING}"
        case Trouble.JOBS_SILENT:
            return f"The jobs process works, and {counted(len(health.silent_jobs), 'job')} of it did not: {_silences(health)}. {UPDATING}"
        case Trouble.JOBS_LATE:
            return f"{counted(len(health.late), 'run')} of jobs did not finish in time: {_names(health)}."
        case Trouble.OUTBOX_LATE:
            return f"Messages are not leaving: the oldest has waited for {_since_waiting(health)}."


def badge(tone: Literal["good", "bad", "quiet"], word: str) -> str:
    """A state as icon, word and colour together."""
    icon = {"good": "check_circle", "bad": "warning", "quiet": "pause_circle"}[tone]
    return f":{tone_color(Tone(tone))}-badge[:material/{icon}: {word}]"


def _names(health: JobHealth) -> str:
    """Each job with how long its oldest run has been due: the slots come oldest first."""
    ages = {slot.job: health.at - slot.waits_from for slot in reversed(health.late)}
    return _some([f"{plain(job_name(job))} (due for {age_text(age)})" for job, age in sorted(ages.items(), key=lambda each: -each[1])])


def _silences(health: JobHealth) -> str:
    return _some([f"{plain(job_name(each.job))} ({silence_text(each, health)})" for each in health.silent_jobs])


def silence_text(silent: SilentJob, health: JobHealth) -> str:
    """How long nothing was heard of a job."""
    return f"silent for {age_text(health.at - silent.since)}" if silent.last_due else f"never ran in {age_text(health.at - silent.since)}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _since_beat(health: JobHealth) -> str:
    return age_text(health.silent_for) if health.silent_for is not None else "ever"


def _since_waiting(health: JobHealth) -> str:
    return age_text(health.at - health.waiting_since) if health.waiting_since else "a while"
