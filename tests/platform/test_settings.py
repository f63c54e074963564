"""Production refuses to start with a weak setting and names it; development starts anyway."""

import os

import pytest

from domain.errors import SetupError
from settings import Mode, Settings, writes_to_journal

STRONG = {
    "database_url": "postgresql://db/pacesetter",
    "mode": "production",
    "cookie_secure": True,
    "secret": "hJ4-kq9_Zp2xW7vB1nM6sT3yR8cF5dGa",
}


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "PORT", "PACESETTER_MODE", "PACESETTER_SECRET", "PACESETTER_COOKIE_SECURE", "PACESETTER_HOME"):
        monkeypatch.delenv(name, raising=False)


def settings_with(monkeypatch: pytest.MonkeyPatch, **changes: object) -> Settings:
    for name, value in (STRONG | changes).items():
        if value is not None:
            monkeypatch.setenv(name.upper() if name == "database_url" else f"PACESETTER_{name.upper()}", str(value))
    return Settings()


def test_strong_settings_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    settings_with(monkeypatch).refuse_weakness()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"database_url": None}, "DATABASE_URL"),
        ({"cookie_secure": False}, "PACESETTER_COOKIE_SECURE"),
        ({"secret": None}, "PACESETTER_SECRET"),
        ({"secret": ""}, "PACESETTER_SECRET"),
        ({"secret": "short"}, "PACESETTER_SECRET"),
        ({"secret": "a" * 40}, "PACESETTER_SECRET"),
        ({"secret": "please-change-me-before-you-deploy-this"}, "PACESETTER_SECRET"),
    ],
)
def test_a_weak_setting_stops_production_and_is_named(monkeypatch: pytest.MonkeyPatch, change: dict[str, object], named: str) -> None:
    with pytest.raises(SetupError, match=f"Production needs {named}"):
        settings_with(monkeypatch, **change).refuse_weakness()


def test_development_starts_with_nothing_set() -> None:
    chosen = Settings()

    chosen.refuse_weakness()

    assert (chosen.mode, chosen.port, chosen.host) == (Mode.DEVELOPMENT, 8501, "127.0.0.1")


def test_the_secret_does_not_show_in_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert STRONG["secret"] not in repr(settings_with(monkeypatch))


def test_two_copies_on_one_host_have_cookies_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "8502")

    assert Settings().cookie_name == "pacesetter_8502"
    assert settings_with(monkeypatch).cookie_name == "__Host-pacesetter"


@pytest.mark.parametrize(("said", "is_journal"), [("{dev}:{ino}", True), ("1:1", False), ("", False)])
def test_the_journal_is_told_from_a_terminal_by_what_systemd_says(monkeypatch: pytest.MonkeyPatch, said: str, is_journal: bool) -> None:  # noqa: FBT001 - a table's cell
    here = os.fstat(2)
    monkeypatch.setenv("JOURNAL_STREAM", said.format(dev=here.st_dev, ino=here.st_ino))
    assert writes_to_journal() is is_journal
