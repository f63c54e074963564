"""`make run`: it starts, says where, and leaves nothing behind, whatever ends it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from settings import PROJECT
from tests.platform.conftest import Copy, free_port, output_of, own_folder

pytestmark = pytest.mark.slow
WELL = {"status": "ok", "checks": {"process": "ok", "database": "ok", "migrations": "ok"}}


@pytest.fixture(scope="module")
def running() -> Iterator[Copy]:
    """A copy that runs while this file's tests look at it."""
    with own_folder() as base:
        copy = Copy(home=base / "home", port=free_port())
        launcher = copy.start_and_wait()
        yield copy
        launcher.terminate()
        output_of(launcher)


def test_it_serves_and_every_way_of_stopping_leaves_no_process(copy: Copy) -> None:
    secrets = set()
    for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        launcher = copy.start_and_wait()
        assert copy.get("/api/health").json() == WELL
        secrets.add((copy.home / "secret").read_text(encoding="ascii"))

        os.killpg(launcher.pid, stop)

        assert "Pacesetter has stopped." in output_of(launcher)
        assert launcher.returncode == 0
        assert copy.processes() == []
    assert [len(secret) for secret in secrets] == [64]
    assert (copy.home / "secret").stat().st_mode & 0o777 == 0o600


def test_it_starts_after_everything_was_killed_and_stops_when_the_web_process_dies(copy: Copy) -> None:
    copy.start_and_wait()
    for process in copy.processes():
        process.kill()

    launcher = copy.start_and_wait()
    assert copy.get("/api/health").json() == WELL

    next(process for process in copy.processes() if "uvicorn" in process.cmdline()).kill()
    assert "The web process ended by itself" in output_of(launcher)
    assert launcher.returncode == 1
    assert copy.processes() == []


def jobs_process(copy: Copy) -> psutil.Process | None:
    return next((process for process in copy.processes() if _command(process)[-2:] == ["-m", "jobs"]), None)


def _command(process: psutil.Process) -> list[str]:
    """Nothing of a process that ended since it was listed."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def test_the_jobs_process_is_started_again_while_the_screens_go_on(copy: Copy) -> None:
    launcher = copy.start_and_wait()
    first = jobs_process(copy)
    assert first is not None
    first.kill()

    deadline = time.monotonic() + 20
    while (second := jobs_process(copy)) in {None, first} and time.monotonic() < deadline:
        time.sleep(0.1)

    assert second not in {None, first}
    assert copy.get("/api/health").json() == WELL
    launcher.terminate()
    assert "The jobs process ended by itself (exit code -9); it is started again in 1 s." in output_of(launcher)
    assert launcher.returncode == 0
    assert copy.processes() == []


def test_without_the_setting_no_jobs_process_runs(copy: Copy) -> None:
    copy.environment["PACESETTER_JOBS"] = "false"
    launcher = copy.start_and_wait()
    assert jobs_process(copy) is None
    launcher.terminate()
    output_of(launcher)


def test_when_only_the_launcher_is_killed_the_rest_ends_by_itself(copy: Copy) -> None:
    copy.start_and_wait().kill()

    deadline = time.monotonic() + 20
    while copy.processes() and time.monotonic() < deadline:
        time.sleep(0.1)

    assert copy.processes() == []


def test_a_second_copy_runs_beside_it_and_takes_nothing_with_it(running: Copy, copy: Copy) -> None:
    second = copy.start_and_wait()

    second.terminate()
    output_of(second)

    assert running.get("/api/health").json() == WELL


def test_a_second_start_in_the_same_folder_is_refused_by_name(running: Copy) -> None:
    refused = Copy(home=running.home, port=free_port()).start()

    assert f"Another copy of Pacesetter (process {running.running[0].pid})" in output_of(refused)
    assert refused.returncode == 1
    assert running.get("/api/health").json() == WELL


def test_beside_it_the_timetable_is_shown_without_any_setting(running: Copy) -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "jobs", "--list"],
        check=False,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        timeout=60,
        env=running.surroundings(),
    )

    assert (listed.returncode, listed.stderr) == (0, "")
    assert "deliver" in [line.split()[0] for line in listed.stdout.splitlines()]


def test_pages_and_api_carry_the_security_headers(running: Copy) -> None:
    for path in ("/", "/api/health", "/api/nothing", "/media/nothing.png", "/component/nothing/index.html", "/_stcore/health"):
        headers = running.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
        assert "default-src 'self'" in headers["content-security-policy"], path
        assert "frame-ancestors 'self'" in headers["content-security-policy"], path
        assert f"ws://127.0.0.1:{running.port}" in headers["content-security-policy"], path


def test_what_streamlit_opens_to_everybody_is_closed_to_strangers(running: Copy) -> None:
    paths = ("/media/nothing.png", "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/upload_file/one/two")

    assert {path: running.get(path).status_code for path in paths} == dict.fromkeys(paths, 401)


def test_a_stranger_finds_no_pages_about_the_api(running: Copy) -> None:
    assert [running.get(f"/api/{page}").status_code for page in ("docs", "openapi.json", "redoc")] == [401, 401, 404]


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "eighty"}, "PORT: Input should be a valid integer"),
        ({"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}, "Check DATABASE_URL"),
        ({"PACESETTER_MODE": "production"}, "Production needs DATABASE_URL"),
        ({"PACESETTER_HOME": "/proc/nowhere"}, "set PACESETTER_HOME"),
    ],
)
def test_what_prevents_the_start_is_said_without_a_traceback(copy: Copy, environment: dict[str, str], sentence: str) -> None:
    refused = copy.start(**environment)

    said = output_of(refused)

    assert sentence in said
    assert "Traceback" not in said
    assert refused.returncode == 1


def test_it_runs_in_a_folder_with_spaces_and_a_long_name(make_copy: Callable[[], Copy], base: Path) -> None:
    copy = make_copy()
    copy.home = base / "a folder, with a “name” of its own" / ("long " * 20).strip()

    launcher = copy.start_and_wait()

    assert copy.get("/api/health").json() == WELL
    launcher.terminate()
    output_of(launcher)
