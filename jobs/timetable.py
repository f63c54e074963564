"""Everything that happens without anybody looking, in the order of the night."""

from typing import Final

from jobs.definition import Timetable
from jobs.work import aggregate, deliver, prune, rank, snapshot_deals

TIMETABLE: Final = Timetable(jobs=(snapshot_deals.JOB, rank.JOB, aggregate.JOB, prune.JOB), loops=(deliver.LOOP,))
