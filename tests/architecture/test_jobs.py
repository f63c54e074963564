"""Every job is in the timetable, says in a sentence what it does, and is on the page people look it up on."""

from datetime import timedelta

from jobs.slots import Every
from jobs.timetable import TIMETABLE
from services.job_rhythms import RHYTHMS
from tests.architecture.sources import ROOT, named

PAGE = (ROOT / "docs" / "jobs.md").read_text(encoding="utf-8")
FILES = sorted(path for path in (ROOT / "jobs" / "work").glob("*.py") if path.stem != "__init__")


def test_every_file_of_work_is_in_the_timetable_under_its_own_name() -> None:
    assert sorted(path.stem for path in FILES) == sorted(TIMETABLE.names)
    assert len(set(TIMETABLE.names)) == len(TIMETABLE.names)


def test_every_job_begins_its_file_with_the_question_it_answers() -> None:
    beginnings = {path: path.read_text(encoding="utf-8").splitlines()[0] for path in FILES}
    assert [named(path) for path, line in beginnings.items() if not (line.startswith(f'"""{path.stem} — ') and line.endswith('?"""'))] == []


def test_every_job_is_documented_with_when_and_what() -> None:
    told = [(each.name, each.does) for each in (*TIMETABLE.jobs, *TIMETABLE.loops)]
    assert [name for name, does in told if f"| `{name}` |" not in PAGE or does not in PAGE] == []
    assert [name for name, does in told if not does.endswith(".")] == []
    assert [job.name for job in TIMETABLE.jobs if f"| `{job.name}` | {job.schedule.words} |" not in PAGE] == []


def test_leases_outlast_two_lost_renewals_and_hung_work_is_noticed() -> None:
    assert [job.name for job in TIMETABLE.jobs if not job.lease.total_seconds() >= 30 or job.longest < 2 * job.lease] == []


def test_the_rhythm_of_every_job_is_the_timetables() -> None:
    """What a job's silence is told by."""
    steps = {job.name: job.schedule.step if isinstance(job.schedule, Every) else timedelta(days=1) for job in TIMETABLE.jobs}
    assert dict(RHYTHMS) == steps
