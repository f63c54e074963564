"""docs/jobs.md, written from the timetable by `manage.py docs`."""

from datetime import timedelta
from pathlib import Path
from typing import Final

from jobs.definition import Job, Timetable
from jobs.timetable import TIMETABLE
from services.job_ledger import MOST_ATTEMPTS

DOCUMENT: Final = Path(__file__).resolve().parents[1] / "docs" / "jobs.md"
INTRODUCTION: Final = f"""# Jobs

Written from the timetable in `jobs/timetable.py` by `python manage.py docs`; do not edit by hand.

`python -m jobs` does these, as many processes beside each other as one likes; `make run` starts one. Times are those of the company's
time zone, once every local day: a time the clock jumps over comes right after the jump, a time it shows twice counts the first time.
A job that fails is tried again after a growing pause, {MOST_ATTEMPTS} times in all; then it is given up and the administrators are told.

- `python -m jobs --list` shows when each ran last, how that went, and when it comes next.
- `python -m jobs --once NAME` does the newest slot of a job now, `--slot 2026-03-10` another one. What is done is not done again.

| job | when | what it does | made up for | too late after |
|---|---|---|---|---|
"""
LOOPS: Final = """
All the time, in every process:

| loop | pause | what it does |
|---|---|---|
"""


def reference(timetable: Timetable = TIMETABLE) -> str:
    """The page as the timetable has it now."""
    rows = "".join(_row(job) for job in timetable.jobs)
    loops = "".join(f"| `{loop.name}` | {loop.every.total_seconds():.0f} s | {loop.does} |\n" for loop in timetable.loops)
    return INTRODUCTION + rows + (LOOPS + loops if loops else "")


def _row(job: Job) -> str:
    made_up = "the newest slot" if job.catch_up == 1 else f"the {job.catch_up} newest slots"
    too_late = _span(job.useful_for) if job.useful_for else "–"
    return f"| `{job.name}` | {job.schedule.words} | {job.does} | {made_up} | {too_late} |\n"


def _span(length: timedelta) -> str:
    """In whole hours where it is some, in minutes otherwise."""
    hours, rest = divmod(length, timedelta(hours=1))
    return f"{length // timedelta(minutes=1)} min" if rest else f"{hours} h"
