"""What we ship for servers fits the product: commands, ports, settings and files named there exist."""

import importlib.util
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from commands.app import app
from data.postgres import binaries
from launcher.start import ONE_CORE, STARTED_WHOLE
from settings import PROJECT, Settings

COMPOSE = yaml.safe_load((PROJECT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("migrate", "web", "jobs", "backup")
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
UNITS = sorted((PROJECT / "deploy" / "systemd").iterdir())
EXAMPLE = (PROJECT / "deploy" / "pacesetter.env.example").read_text(encoding="utf-8")
NGINX = (PROJECT / "deploy" / "nginx" / "pacesetter.conf").read_text(encoding="utf-8")
CADDY = (PROJECT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
NOT_SETTINGS = {"FORWARDED_ALLOW_IPS", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PATH", *ONE_CORE}
"""Read by uvicorn, Python and numpy."""
ASKED_BY_COMPOSE = {"POSTGRES_PASSWORD", "PACESETTER_DOMAIN", "PACESETTER_VERSION", "WEB_PROCESSES"}
"""Filled in by whoever runs it, and used in compose.yaml alone."""


SYSTEMD_ANALYZE = shutil.which("systemd-analyze")


def setting_names() -> set[str]:
    fields = Settings.model_fields.items()
    return {str(field.validation_alias or f"PACESETTER_{name.upper()}") for name, field in fields}


def directives(unit: Path) -> list[tuple[str, str]]:
    lines = [line for line in unit.read_text(encoding="utf-8").splitlines() if "=" in line and not line.startswith("#")]
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def commands() -> Iterator[list[str]]:
    """Every command that starts something of ours, as words."""
    for name in OURS:
        command = SERVICES[name].get("command", [])
        yield shlex.split(command[-1]) if command[:2] == ["sh", "-c"] else list(command)
    yield [word.strip(' "') for word in DOCKERFILE.rpartition("CMD [")[2].rstrip("]\n").split(",")]
    for unit in UNITS:
        for directive, value in directives(unit):
            if directive == "ExecStart":
                yield shlex.split(shlex.split(value)[-1]) if value.startswith("/bin/sh") else shlex.split(value)


def test_every_command_exists() -> None:
    known = {command.name or command.callback.__name__.replace("_", "-") for command in app.registered_commands if command.callback}
    seen = set()
    for words in commands():
        if "manage.py" in words:
            name = words[words.index("manage.py") + 1]
            assert name in known
            seen.add(name)
        elif "-m" in words or "uvicorn" in words:
            module = words[words.index("-m") + 1] if "-m" in words else "uvicorn"
            assert importlib.util.find_spec(module), module
            seen.add(module)
    assert seen == {"migrate", "backup", "uvicorn", "jobs"}


def test_web_processes_are_started_as_the_launcher_starts_them() -> None:
    webs = [words for words in commands() if any(word.endswith("uvicorn") for word in words)]
    assert len(webs) == 2
    for words in webs:
        assert "app:app" in words
        for option, value in zip(STARTED_WHOLE[::2], STARTED_WHOLE[1::2], strict=True):
            assert words[words.index(option) + 1] == value
        assert "--no-access-log" in words


def test_matrices_are_reckoned_with_on_one_core_wherever_it_runs() -> None:
    units = [PROJECT / "deploy" / "systemd" / name for name in ("pacesetter-web@.service", "pacesetter-jobs.service")]
    for said in (DOCKERFILE, *(unit.read_text(encoding="utf-8") for unit in units)):
        assert {f"{name}={value}" for name, value in ONE_CORE.items()} <= set(said.split())


def test_every_setting_named_for_an_administrator_exists() -> None:
    in_compose = {name for service in OURS for name in SERVICES[service]["environment"]}
    in_dockerfile = set(re.findall(r"^(?:ENV | {4})(\w+)=", DOCKERFILE, re.MULTILINE))
    in_units = {
        word.partition("=")[0] for unit in UNITS for key, value in directives(unit) if key == "Environment" for word in value.split()
    }
    in_example = set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE))

    assert (in_compose | in_dockerfile | in_units | in_example) - NOT_SETTINGS - ASKED_BY_COMPOSE <= setting_names()


def test_what_compose_asks_for_is_in_the_example_and_nothing_secret_has_a_default() -> None:
    text = (PROJECT / "compose.yaml").read_text(encoding="utf-8")
    required = set(re.findall(r"\$\{(\w+):\?", text))

    assert required == {"POSTGRES_PASSWORD", "PACESETTER_SECRET", "PACESETTER_DOMAIN"}
    assert required <= set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert re.findall(r"\$\{\w*(?:SECRET|PASSWORD|TOKEN)\w*:-[^}]+\}", text) == []


def test_production_starts_with_what_compose_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    filled = {"PACESETTER_SECRET": "q7Zr2mXw9KfT4vLb8NcY1hJd6GsP3aQe", "POSTGRES_PASSWORD": "pw", "PACESETTER_DOMAIN": "example.com"}
    for name, value in SERVICES["web"]["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{(\w+)(?::[^}]*)?\}", lambda found: filled.get(found[1], ""), value))
    monkeypatch.setenv("PACESETTER_MODE", "production")

    chosen = Settings()

    chosen.refuse_weakness()
    assert (chosen.address, chosen.metrics_token, chosen.cookie_name) == ("https://example.com", None, "__Host-pacesetter")


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_ours_run_without_rights_and_after_the_schema_is_ready() -> None:
    for name in OURS:
        service = SERVICES[name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"]), name
        assert "no-new-privileges:true" in service["security_opt"], name
    for name in ("web", "jobs"):
        assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


def test_every_version_is_pinned() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) + [
        service["image"] for service in SERVICES.values() if "build" not in service
    ]
    assert len(images) == 4
    assert [image for image in images if not re.search(r":\d+\.\d+(\.\d+)?-[\w-]+$", image)] == []
    database = SERVICES["db"]["image"]
    assert int(re.search(r":(\d+)", database)[1]) <= binaries.MAJOR, "our pg_dump must be as new as the server"  # type: ignore[index]


def test_the_image_is_made_of_what_exists_and_runs_as_nobody_special() -> None:
    for source in re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE):
        assert (PROJECT / source).exists(), source
    final = DOCKERFILE.rpartition("FROM ")[2]
    assert "\nUSER pacesetter\n" in final
    assert "apt-get" not in DOCKERFILE
    assert "pip install" not in final
    assert "/api/health" in final
    assert "EXPOSE 8501" in final
    assert Settings.model_fields["port"].default == 8501


def test_the_image_leaves_secrets_and_data_out() -> None:
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".git", ".venv", ".pacesetter", ".env", "*.backup", ".streamlit/secrets.toml"} <= set(ignored)
    needed = {"app.py", "api", "ui", "pages", "jobs", "data", "alembic.ini", ".streamlit", "pyproject.toml", "manage.py", "settings.py"}
    assert not needed & set(ignored)


def test_proxies_keep_a_browser_on_one_process_and_pass_screens_through() -> None:
    assert "hash $pacesetter_browser consistent;" in NGINX
    assert "lb_policy cookie pacesetter_web" in CADDY
    for header in ("Host $http_host", "Upgrade $http_upgrade", "X-Forwarded-For $remote_addr", "X-Request-ID $request_id"):
        assert f"proxy_set_header {header};" in NGINX
    assert re.findall(r"server 127\.0\.0\.1:(\d+)", NGINX) == ["8501", "8502"]
    assert f"port {SERVICES['web'].get('port', 8501)}" in CADDY


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_service_runs_as_our_user_and_is_fenced_in(unit: Path) -> None:
    found = dict(directives(unit))
    if unit.suffix == ".timer":
        assert (found["Persistent"], found["WantedBy"]) == ("true", "timers.target")
        return
    assert found["User"] == "pacesetter"
    assert found["EnvironmentFile"] == "/etc/pacesetter/pacesetter.env"
    assert (found["NoNewPrivileges"], found["ProtectSystem"], found["CapabilityBoundingSet"]) == ("true", "strict", "")


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="no systemd on this machine")
def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    """The programs are where an installation has them, so they are looked for there and not here."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/pacesetter/.venv/bin/python", "/bin/true")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    instances = [tmp_path / unit.name.replace("@.", "@8501.") for unit in UNITS]

    command = [str(SYSTEMD_ANALYZE), "verify", "--man=no", "--recursive-errors=no", *map(str, instances)]
    said = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - systemd's own program

    assert [line for line in said.stderr.splitlines() if "pacesetter" in line] == []
    assert said.returncode == 0
