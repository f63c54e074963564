"""Every benchmark is run by `make bench` and held against what it is to reach."""

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks import all as everything
from benchmarks.all import BENCHMARKS, Benchmark, FailedError, command, lacking, run, run_all
from benchmarks.soak import Sample, slopes
from benchmarks.targets import TARGETS, Row, Target, compared, flat, table
from settings import PROJECT

FOLDER = PROJECT / "benchmarks"
BY_NAME = {each.name: each for each in BENCHMARKS}
NOTHING = Benchmark(name="no_such_benchmark")


def target(**fields: object) -> Target:
    return Target(**{"benchmark": "b", "key": "k", "what": "something"} | fields)  # type: ignore[arg-type]


def test_every_module_that_is_a_benchmark_is_run_and_has_something_to_reach() -> None:
    commands = {path.stem for path in FOLDER.glob("*.py") if f"`python -m benchmarks.{path.stem} " in path.read_text(encoding="utf-8")}
    assert commands - {"all"} == set(BY_NAME) == {each.benchmark for each in TARGETS}


def test_no_target_stands_twice_and_each_has_a_bound() -> None:
    assert len({(each.benchmark, each.key) for each in TARGETS}) == len(TARGETS)
    assert [each.key for each in TARGETS if each.least is None and each.most is None] == []


def test_the_page_of_the_documentation_has_every_target_in_its_summary() -> None:
    page = (PROJECT / "docs" / "performance.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| (\w+) \| (.+?) \| .+? \| (.+?) \| .+? \|$", page, re.MULTILINE)
    assert [row for row in told if row[0] in BY_NAME] == [(each.benchmark, each.what, each.bounds) for each in TARGETS]


@pytest.mark.parametrize(
    ("least", "most", "bounds", "met", "missed"),
    [
        (None, 1.0, "≤ 1", (0.2, 1.0), (1.01,)),
        (0.75, None, "≥ 0.75", (0.75, 2), (0.74,)),
        (0.78, 0.84, "0.78 to 0.84", (0.78, 0.8, 0.84), (0.77, 0.85)),
        (0, 0, "0", (0,), (1, -1)),
    ],
)
def test_bounds_are_said_in_signs_and_count_as_within(
    least: float | None, most: float | None, bounds: str, met: tuple[float, ...], missed: tuple[float, ...]
) -> None:
    asked = target(least=least, most=most)
    assert asked.bounds == bounds
    assert ([asked.is_met(value) for value in met], [asked.is_met(value) for value in missed]) == ([True] * len(met), [False] * len(missed))


def test_figures_are_found_on_every_level_and_yes_is_one() -> None:
    printed = {"size": "M", "numbers_equal": True, "first": {"seconds": 4.5, "kinds": {"calls": 2}}, "faults": {}, "sound": None}
    assert flat(printed) == {"numbers_equal": 1.0, "first.seconds": 4.5, "first.kinds.calls": 2.0}


def test_what_a_benchmark_did_not_print_is_not_measured() -> None:
    rows = compared("imports", {"first": {"seconds": 12, "peak_mb": 700}})
    assert [(row.target.key, row.is_met) for row in rows] == [
        ("first.seconds", True),
        ("first.peak_mb", False),
        ("again.inserted", None),
    ]


def test_the_table_says_why_something_is_missed() -> None:
    rows = [
        Row(target=target(key="fast", what="speed, s", most=1), value=0.25),
        Row(target=target(key="slow", what="slowness, s", most=1, reason="a browser's start"), value=12_345.6),
        Row(target=target(key="slower", what="sloth", most=1, reason="a browser's start"), value=3),
        Row(target=target(key="odd", what="oddity", most=1), value=2),
        Row(target=target(key="gone", what="absence", most=1), value=None),
    ]
    assert table(rows).splitlines()[2:] == [
        "| b | speed, s | 0.25 | ≤ 1 | yes |",
        "| b | slowness, s | 1.235e+04 | ≤ 1 | **no** |",
        "| b | sloth | 3 | ≤ 1 | **no** |",
        "| b | oddity | 2 | ≤ 1 | **no** |",
        "| b | absence | – | ≤ 1 | not measured |",
        "",
        "Missed:",
        "",
        "- `b` slow, slower: a browser's start.",
        "- `b` odd: no reason is known; look into it.",
    ]


def test_each_is_given_the_data_it_reads_and_left_out_without(tmp_path: Path) -> None:
    insights, goals, imports = (BY_NAME[name] for name in ("insights", "goals", "imports"))
    assert lacking(insights, None).startswith("needs --data")
    assert lacking(insights, tmp_path).startswith("needs --data")
    assert (lacking(goals, None), command(goals, tmp_path, "S")[3:]) == ("", ["--json"])
    inner = tmp_path / "crm"
    inner.mkdir()
    for name in ("sales_pipeline.csv", "activities.csv.gz"):
        (inner / name).touch()
    assert lacking(insights, tmp_path) == ""
    assert command(insights, tmp_path, "S")[3:] == ["--data", str(tmp_path), "--json"]
    assert command(goals, tmp_path, "S")[3:] == ["--data", str(inner), "--json"]
    assert command(imports, tmp_path, "S")[3:] == ["--file", str(inner / "activities.csv.gz"), "--json"]
    assert command(BY_NAME["pages"], tmp_path, "S")[1:] == ["-m", "benchmarks.pages", "--size", "S", "--json"]


def test_without_chromium_the_browsers_benchmark_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everything, "CHROMIUM", None)
    assert lacking(BY_NAME["first_load"], None) == "no Chromium on this machine"


def test_one_that_cannot_be_run_is_told_and_the_others_are_measured() -> None:
    report = run_all([NOTHING, BY_NAME["reviews"], BY_NAME["win_probability"]], None, "S")
    assert report.failed["no_such_benchmark"].startswith("ended with 1: ")
    assert list(report.left_out) == ["win_probability"]
    assert [(row.target.key, row.is_met) for row in report.rows] == [("sound_share", True)]
    said = everything.as_text(report)
    assert "Failed: `no_such_benchmark` ended with 1" in said
    assert "Left out: `win_probability`, needs --data" in said
    assert "| reviews | " in said
    assert [row["is_met"] for row in json.loads(json.dumps(everything.as_json(report)))["rows"]] == [True]


def test_words_instead_of_figures_are_a_failure() -> None:
    with pytest.raises(FailedError, match="printed no figures: 'fine'"):
        run([sys.executable, "-c", "print('fine')"])


def test_growth_is_told_from_what_comes_once_at_the_beginning() -> None:
    warming = [Sample(seconds=60.0 * minute, rss_mb=100 + 50 * minute, connections=minute) for minute in range(5)]
    steady = [Sample(seconds=60.0 * minute, rss_mb=300 + minute / 10, connections=6) for minute in range(5, 15)]
    found = slopes([*warming, *steady])
    assert found["rss_slope_mb_per_hour"] == pytest.approx(6.0)
    assert (found["connections"], found["connections_growth"], found["connections_most"]) == (6, 0, 6)
    leaking = [Sample(seconds=each.seconds, rss_mb=each.rss_mb, connections=number) for number, each in enumerate(steady)]
    assert slopes(leaking)["connections_growth"] == 4
    with pytest.raises(ValueError, match="longer"):
        slopes(steady[:5])
