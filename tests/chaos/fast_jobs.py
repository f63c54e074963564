"""The jobs process with a timetable of hurried jobs, for the chaos test: `python -m tests.chaos.fast_jobs`.

Each leaves tracks: `chaos_begun` outside its transaction, `chaos_effect` and `chaos_part` inside.
"""

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from jobs.app import end_with, main
from jobs.definition import Job, Timetable
from jobs.slots import Every, Slot
from jobs.work import aggregate, prune

LEASE: Final = timedelta(seconds=2)
PARTS: Final = 20
TABLES: Final = (
    "CREATE TABLE chaos_begun (job text, slot text, at timestamptz DEFAULT clock_timestamp())",
    "CREATE TABLE chaos_effect (job text, slot text, at timestamptz DEFAULT clock_timestamp())",
    "CREATE TABLE chaos_part (slot text, part int, facts bigint)",
)


def tally(session: Session, slot: Slot, now: datetime, *, job: str, seconds: float) -> Mapping[str, int]:
    """An aggregate in twenty pieces with time for an accident between them."""
    del now
    engine = session.get_bind()
    assert isinstance(engine, Engine)
    with engine.begin() as beside:
        beside.execute(text("INSERT INTO chaos_begun (job, slot) VALUES (:job, :slot)"), {"job": job, "slot": slot.name})
    name = f"{job} {slot.name}"
    session.execute(text("DELETE FROM chaos_part WHERE slot = :slot"), {"slot": name})
    for part in range(PARTS):
        counted = text("INSERT INTO chaos_part SELECT :slot, :part, count(*) FROM activity")
        session.execute(counted, {"slot": name, "part": part})
        time.sleep(seconds / PARTS)
    session.execute(text("INSERT INTO chaos_effect (job, slot) VALUES (:job, :slot)"), {"job": job, "slot": slot.name})
    return {"parts": PARTS}


def hurried(name: str, *, every: int, seconds: float) -> Job:
    return Job(
        name=name,
        does="Counts in pieces.",
        schedule=Every(step=timedelta(seconds=every)),
        work=partial(tally, job=name, seconds=seconds),
        catch_up=1_000,
        lease=LEASE,
    )


def often(job: Job) -> Job:
    return replace(job, schedule=Every(step=timedelta(seconds=5)), lease=LEASE, catch_up=1_000, first_pause=timedelta(seconds=0.5))


HURRIED: Final = (hurried("brisk", every=1, seconds=0.6), hurried("slow", every=6, seconds=0.9))
TIMETABLE: Final = Timetable(jobs=(*HURRIED, often(aggregate.JOB), often(prune.JOB)))

if __name__ == "__main__":
    end_with(main(sys.argv[1:], TIMETABLE))
