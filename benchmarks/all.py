"""`python -m benchmarks.all [--data DIR] [--size M] [--only NAME …] [--json]`, `make bench`: every benchmark, and what it is to reach.

Each runs as a process of its own, one after the other, and its figures are held against `benchmarks.targets`. The table that is printed
is the one of docs/performance.md. Those that need a folder with real exports are left out without `--data` or where the folder has not what
they need, and so are those that need Chromium where there is none; both are said. A target that is missed is a figure and no failure: the
command fails when a benchmark could not be run. On two quiet cores everything takes most of an hour, and the first time some minutes more,
in which the generated companies are made.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

import clock
from benchmarks.first_load import CHROMIUM
from benchmarks.targets import Row, compared, table
from settings import PROJECT

EXPORT, APPLICATIONS, CALLS = "sales_pipeline.csv", "deals.csv.gz", "activities.csv.gz"
SIZES: Final = ("S", "M")
LAST_WORDS: Final = 300
"""Characters of what a benchmark said last, for the report that it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One to run, and what it cannot do without or does more with."""

    name: str
    options: tuple[str, ...] = ()
    is_sized: bool = False
    needs_chromium: bool = False
    data: tuple[str, ...] = ()
    """Files of which it reads one or more, wherever they lie in the data folder."""
    needs_data: bool = False
    data_option: str = "--data"
    takes: str = "all"
    """What the option is given: the folder of `all` data, the `folder` of the first file, or that `file`."""


BENCHMARKS: Final = (
    Benchmark(name="pages", is_sized=True),
    Benchmark(name="agent", is_sized=True),
    Benchmark(name="sessions"),
    Benchmark(name="first_load", needs_chromium=True),
    Benchmark(name="live"),
    Benchmark(name="ingest"),
    Benchmark(name="imports", data=(CALLS,), data_option="--file", takes="file"),
    Benchmark(name="amocrm"),
    Benchmark(name="insights", data=(EXPORT, APPLICATIONS), needs_data=True),
    Benchmark(name="goals", data=(EXPORT,), takes="folder"),
    Benchmark(name="win_probability", data=(EXPORT, APPLICATIONS), needs_data=True),
    Benchmark(name="forecast", data=(EXPORT,), takes="folder"),
    Benchmark(name="reviews"),
    Benchmark(name="coach_texts"),
    Benchmark(name="soak"),
)


@dataclass(slots=True, kw_only=True)
class Report:
    """What came of all of them."""

    rows: list[Row] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    """Why, by name."""
    failed: dict[str, str] = field(default_factory=dict)
    loads: dict[str, float] = field(default_factory=dict)
    """The load average of the last minute before each began, by name."""


class FailedError(Exception):
    """A benchmark ended with an error or printed no figures."""


def main() -> None:
    """Run them, print, fail where one could not be run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.all", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with real exports, at any depth")
    parser.add_argument("--size", choices=SIZES, default="M", help="of the generated company")
    parser.add_argument("--only", nargs="+", choices=[each.name for each in BENCHMARKS], metavar="NAME")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    wanted = [each for each in BENCHMARKS if not chosen.only or each.name in chosen.only]
    report = run_all(wanted, chosen.data and chosen.data.resolve(), chosen.size)
    print(json.dumps(as_json(report), indent=2) if chosen.json else as_text(report))
    raise SystemExit(1 if report.failed else 0)


def run_all(benchmarks: Sequence[Benchmark], data: Path | None, size: str) -> Report:
    """One after the other; progress goes to the error stream."""
    report = Report()
    for each in benchmarks:
        missing = lacking(each, data)
        if missing:
            report.left_out[each.name] = missing
            continue
        print(f"{each.name} …", file=sys.stderr, flush=True)
        report.loads[each.name] = round(os.getloadavg()[0], 1)
        try:
            report.rows += compared(each.name, run(command(each, data, size)))
        except FailedError as error:
            report.failed[each.name] = str(error)
    return report


def lacking(benchmark: Benchmark, data: Path | None) -> str:
    """What it cannot run without and is not there; nothing where it can run."""
    if benchmark.needs_chromium and CHROMIUM is None:
        return "no Chromium on this machine"
    if benchmark.needs_data and first_file(benchmark, data) is None:
        return f"needs --data, a folder with {' or '.join(benchmark.data)}"
    return ""


def first_file(benchmark: Benchmark, data: Path | None) -> Path | None:
    """The first of the files it reads that is in the folder, at any depth."""
    found = [path for name in benchmark.data for path in sorted(data.rglob(name))] if data else []
    return found[0] if found else None


def command(benchmark: Benchmark, data: Path | None, size: str) -> list[str]:
    """What runs it."""
    options = [*benchmark.options, *(["--size", size] if benchmark.is_sized else [])]
    file = first_file(benchmark, data)
    if file is not None:
        options += [benchmark.data_option, str({"all": data, "folder": file.parent, "file": file}[benchmark.takes])]
    return [sys.executable, "-m", f"benchmarks.{benchmark.name}", *options, "--json"]


def run(words: Sequence[str]) -> dict[str, Any]:
    """The figures a benchmark printed; raises FailedError."""
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603 - our own modules
    if done.returncode:
        raise FailedError(f"ended with {done.returncode}: {done.stderr.strip()[-LAST_WORDS:]}")
    try:
        figures: dict[str, Any] = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise FailedError(f"printed no figures: {done.stdout.strip()[-LAST_WORDS:]!r}") from error
    return figures


def machine() -> str:
    """What it was measured on."""
    memory = psutil.virtual_memory().total / 1024**3
    return f"{platform.system()}, {os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def asked() -> str:
    """The command that was given."""
    return " ".join(["python -m benchmarks.all", *sys.argv[1:]])


def as_text(report: Report) -> str:
    """The table with where, when and how it came about."""
    loads = report.loads.values()
    span = f"{min(loads):g} to {max(loads):g}" if loads else "–"
    lines = [f"`{asked()}`, {machine()}, load average {span}, {clock.now():%-d %B %Y}.", "", table(report.rows)]
    lines += [f"\nLeft out: `{name}`, {why}." for name, why in report.left_out.items()]
    lines += [f"\nFailed: `{name}` {why}" for name, why in report.failed.items()]
    return "\n".join(lines)


def as_json(report: Report) -> dict[str, Any]:
    """The same for programs."""
    rows = [
        {
            "benchmark": row.target.benchmark,
            "key": row.target.key,
            "value": row.value,
            "least": row.target.least,
            "most": row.target.most,
            "is_met": row.is_met,
            "reason": row.target.reason if row.is_met is False else "",
        }
        for row in report.rows
    ]
    about = {"command": asked(), "machine": machine(), "at": clock.now().isoformat(timespec="seconds"), "load_averages": report.loads}
    return about | {"rows": rows, "left_out": report.left_out, "failed": report.failed}


if __name__ == "__main__":
    main()
