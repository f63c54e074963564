"""What the repository holds and asks for: no key of anybody, and one version of everything."""

import re
import shutil
import subprocess

import pytest

from settings import PROJECT

PLACEHOLDERS = "(?:hunter2|secret|PASSWORD)@"
DRAWN = r"(?=[\w/+-]*\d)(?=[\w/+-]*[A-Z])(?=[\w/+-]*[a-z])[\w/+-]{32,}"
KEYS = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "cloud key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "key of a language model": r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{24,}",
    "token of a code host": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{60,}|glpat-[\w-]{20})",
    "Slack token": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "Slack webhook": r"hooks\.slack\.com/services/T[0-9A-Z]{8,}/B[0-9A-Z]{8,}/[0-9A-Za-z]{24}",
    "Telegram token": r"\b\d{8,10}:AA[\w-]{33}\b",
    "signed token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}",
    "password in an address": rf"\b(?:postgres(?:ql)?|mysql|redis|amqp|mongodb)(?:\+\w+)?://[^\s:/@]+:(?!{PLACEHOLDERS})[^\s@{{}}<>$\"']{{6,}}@",
    "secret in a setting": rf"(?i:secret|password|api_?key|token)[\"']?\s*[:=]\s*[\"']?{DRAWN}",
}
"""Shapes that keys have by which others know them, and settings whose value looks drawn at random."""
DRAWN_FOR_TESTS = {
    ("tests/platform/test_deployment_files.py", "secret in a setting"): "strong enough for the settings to be accepted; seals nothing",
    ("tests/platform/test_settings.py", "secret in a setting"): "settings that are strong, of which nothing is sealed",
}
PINNED = re.compile(r"[A-Za-z0-9_.-]+(?:\[[a-z,]+\])?==[0-9][\w.]*(?:; .+)?")


def held() -> dict[str, str]:
    """Every text file that is kept, by name."""
    if shutil.which("git") is None or not (PROJECT / ".git").exists():
        pytest.skip("what is kept is known from git alone")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True, text=True).stdout.split("\0")  # noqa: S607
    files = {name: (PROJECT / name).read_bytes() for name in names if name and (PROJECT / name).is_file()}
    return {name: content.decode() for name, content in files.items() if b"\0" not in content[:8000]}


def test_no_key_is_in_the_repository() -> None:
    """S2."""
    shapes = {name: re.compile(shape) for name, shape in KEYS.items()}
    found = {(file, name) for file, text in held().items() for name, shape in shapes.items() if shape.search(text)}

    assert found == set(DRAWN_FOR_TESTS)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("private key", ("-----BEGIN RSA PRIVATE", " KEY-----")),
        ("cloud key", ("AKIA", "IOSFODNN7EXAMPLE")),
        ("key of a language model", ("sk-", "proj-", "a1B2c3D4e5F6g7H8i9J0k1L2")),
        ("token of a code host", ("ghp_", "a" * 36)),
        ("Slack token", ("xoxb-", "123456789012-abcdef")),
        ("Slack webhook", ("https://hooks.slack.com/services/", "T01234567/B01234567/", "a" * 24)),
        ("Telegram token", ("123456789:", "AA", "x" * 33)),
        ("signed token", ("eyJ", "hbGciOiJIUz.", "eyJ", "zdWIiOiIxIjoi.", "x" * 24)),
        ("password in an address", ("postgresql://app:", "Tr0ub4dor@db/x")),
        ("secret in a setting", ("PACESETTER_SECRET", "=", "hJ4kq9Zp2xW7vB1nM6sT3yR8cF5dGa0Q")),
    ],
)
def test_a_key_would_be_found(name: str, parts: tuple[str, ...]) -> None:
    assert re.search(KEYS[name], f"first\n{''.join(parts)}\nlast")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_one_version(name: str) -> None:
    """S3 as far as it goes without asking anybody: what these bring along is not pinned, and no hashes are."""
    lines = [line.split("#")[0].strip() for line in (PROJECT / name).read_text(encoding="utf-8").splitlines()]

    loose = [line for line in lines if line and not line.startswith("-r ") and not PINNED.fullmatch(line)]

    assert len(lines) > 20
    assert loose == []
