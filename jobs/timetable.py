"""Everything that happens without anybody looking, in the order of the night."""

from typing import Final

from jobs.definition import Timetable
from jobs.work import aggregate

TIMETABLE: Final = Timetable(jobs=(aggregate.JOB,))
