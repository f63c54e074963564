"""The timetable for the terminal: what runs when, how it went last, when it comes next."""

from datetime import datetime
from typing import Final

from data.engine import Database
from data.models import JobRun, JobStatus
from data.queries import jobs as queries
from jobs.definition import Job, Timetable
from services import job_ledger

HEADINGS: Final = ("job", "when", "last slot", "how it went", "next")


def listing(database: Database, timetable: Timetable, now: datetime) -> str:
    """One line per job and loop."""
    with database.reading() as session:
        zone, runs = job_ledger.zone_name(session), queries.latest_runs(session, [job.name for job in timetable.jobs])
    rows = [HEADINGS, *(_row(job, zone, runs.get(job.name), now) for job in timetable.jobs)]
    rows += [(loop.name, f"every {loop.every.total_seconds():.0f} s", "–", "has no slots", "always") for loop in timetable.loops]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)


def _row(job: Job, zone: str, run: JobRun | None, now: datetime) -> tuple[str, ...]:
    schedule = job.schedule.in_zone(zone)
    following = f"{schedule.after(now).due_at:%Y-%m-%d %H:%M} UTC"
    return (job.name, schedule.words, run.slot if run else "never", _how_it_went(run) if run else "–", following)


def _how_it_went(run: JobRun) -> str:
    if run.finished_at is None:
        went = f"{run.status}, attempt {run.attempts}" if run.status is JobStatus.RUNNING else f"waits for attempt {run.attempts + 1}"
    else:
        went = f"{run.status} at {run.finished_at:%Y-%m-%d %H:%M} UTC"
    return f"{went}: {run.error}" if run.error else went
