"""What became of imported files, for a person and for a program."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from services.imports import ImportReport

SHOWN: Final = 20
"""Refused rows printed for a person; --json has more, the Imports screen all."""
COUNTS: Final = ("rows", "accepted", "rejected", "inserted", "updated", "unchanged", "blank_rows", "people_created", "teams_created")


def as_json(reports: Sequence[ImportReport], *, dry_run: bool) -> dict[str, object]:
    """The sums over all files, and each file's own report."""
    totals = {name: sum(getattr(report, name) for report in reports) for name in COUNTS}
    return {"dry_run": dry_run, **totals, "files": [asdict(report) for report in reports]}


def as_text(reports: Sequence[ImportReport], *, dry_run: bool) -> str:
    """A paragraph for each file: the counts, then the first refused rows."""
    lines = [line for report in reports for line in _paragraph(report)]
    return "\n".join([*lines, *(["Nothing was stored: this was a dry run."] if dry_run else [])])


def _paragraph(report: ImportReport) -> list[str]:
    people = f", {report.people_created:,} people and {report.teams_created:,} teams created" if report.people_created else ""
    head = f"{report.file_name}: {report.rows:,} rows of {report.kind.value.replace('_', ' ')}"
    counts = f"  accepted {report.accepted:,} (new {report.inserted:,}, updated {report.updated:,}, unchanged {report.unchanged:,}){people}"
    errors = [f"    line {error.line}, {error.column or 'row'}: {error.reason}" for error in report.errors[:SHOWN]]
    more = report.rejected - len(errors)
    return [head, counts, f"  rejected {report.rejected:,}", *errors, *([f"    and {more:,} more"] if more else [])]
