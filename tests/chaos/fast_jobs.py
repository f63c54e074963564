"""The jobs process with a timetable of hurried jobs, for the chaos test: `python -m tests.chaos.fast_jobs`.

Each leaves tracks: `chaos_begun` outside its transaction, `chaos_effect` and `chaos_part` inside. The herald tells the
administrators of every slot; messages are waited for by leases of seconds instead of minutes.
"""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import ChannelKind
from jobs.app import end_with, main
from jobs.definition import Job, Timetable
from jobs.slots import Every, Slot
from jobs.work import aggregate, deliver, prune
from services import delivery
from services.notifications import Notice, notify_admins
from ways_out import ways_out

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


def herald(session: Session, slot: Slot, now: datetime) -> Mapping[str, int]:
    """Tell the administrators. Every other slot fails at first, after telling: what was not done must not have been told."""
    counts = tally(session, slot, now, job="herald", seconds=0.2)
    notify_admins(session, Notice(kind="chaos", title=f"slot {slot.name}", dedupe_key=f"chaos:{slot.name}"), now)
    begun = text("SELECT count(*) FROM chaos_begun WHERE job = 'herald' AND slot = :slot")
    if slot.due_at.second % 2 and session.execute(begun, {"slot": slot.name}).scalar_one() == 1:
        raise ValueError(slot.name)
    return counts


def send_in_a_hurry(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """The product's own loop, without pauses between messages to one channel."""
    ways = replace(ways_out(), pace=dict.fromkeys(ChannelKind, timedelta(0)))
    return delivery.deliver_due(database, ways, worker=worker, now=now, stopping=stopping).moved


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


HERALD: Final = replace(hurried("herald", every=3, seconds=0), work=herald, first_pause=timedelta(seconds=0.1))
HURRIED: Final = (hurried("brisk", every=1, seconds=0.6), hurried("slow", every=6, seconds=0.9), HERALD)
TIMETABLE: Final = Timetable(jobs=(*HURRIED, often(aggregate.JOB), often(prune.JOB)), loops=(replace(deliver.LOOP, turn=send_in_a_hurry),))

if __name__ == "__main__":
    delivery.LEASE = LEASE
    end_with(main(sys.argv[1:], TIMETABLE))
