"""The only reader of the environment: every setting, its default and what it is for."""

import os
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from domain.errors import SetupError

PROJECT: Final = Path(__file__).resolve().parent
SECRET_LENGTH: Final = 32
"""256 bits in base 64 are 43 characters; below 32 it was typed, not drawn."""
SECRET_VARIETY: Final = 10
"""A drawn secret of 32 characters has more different ones; `aaaa…` or a repeated word does not."""


class Mode(StrEnum):
    """How careful the process is: production refuses weak settings, development starts anyway."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class LogFormat(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


class Settings(BaseSettings):
    """What an administrator can set. In the environment: PACESETTER_ and the field's name in capitals, but for the first three."""

    model_config = SettingsConfigDict(env_prefix="PACESETTER_", env_ignore_empty=True, extra="ignore")

    database_url: str | None = Field(
        default=None, validation_alias="DATABASE_URL", description="PostgreSQL 15 or newer; unset means the embedded server."
    )
    database_read_url: str | None = Field(
        default=None, validation_alias="DATABASE_READ_URL", description="A replica for read-only queries; unset means the database itself."
    )
    port: int = Field(default=8501, validation_alias="PORT", description="The port of the web process.")
    host: str = Field(default="127.0.0.1", description="The address to listen on; behind a proxy leave it on loopback.")
    mode: Mode = Field(default=Mode.DEVELOPMENT, description="development or production.")
    home: Path = Field(
        default=PROJECT / ".pacesetter", description="Where the embedded database, the generated secret and recordings live."
    )
    secret: SecretStr | None = Field(
        default=None,
        description="At least 32 characters; signs what the server hands out. Generated into the home folder when unset in development.",
    )
    cookie_secure: bool = Field(default=False, description="Send the sign-in cookie over https only (production requires it).")
    demo: bool = Field(default=True, description="Load the demo company when the database is empty.")
    jobs: bool = Field(default=True, description="Run the jobs process beside the web process of `make run`.")
    public_url: str | None = Field(
        default=None, description="How people reach the product, for links in messages; unset means this machine and its port."
    )
    metrics_token: SecretStr | None = Field(default=None, description="Lets Prometheus read /api/metrics; unset means nobody can.")
    log_format: LogFormat = Field(default=LogFormat.TEXT, description="text for people, json for programs that collect logs.")
    slack_base: str = Field(default="https://hooks.slack.com", description="Slack webhooks must begin with it.")
    telegram_base: str = Field(default="https://api.telegram.org", description="Where Telegram's Bot API answers.")
    telegram_token: SecretStr | None = Field(default=None, description="The bot's token; unset means no Telegram.")
    amocrm_base: str | None = Field(
        default=None, description="The one address at which amoCRM is reached, such as a proxy's; unset means each account's own."
    )
    recording_megabytes: int = Field(
        default=64, ge=1, le=64, description="The largest recording taken: an hour of a browser's sound. More does not pass Streamlit."
    )
    recording_days: int = Field(
        default=90, ge=1, le=3650, description="How long recordings are kept: a quarter, for the coaching talk about it."
    )
    transcription_url: str | None = Field(
        default=None,
        description="An OpenAI-compatible service that writes recordings down, such as https://api.openai.com/v1; unset means none.",
    )
    transcription_key: SecretStr | None = Field(default=None, description="The key for it, where it asks for one.")
    transcription_model: str = Field(default="whisper-1", description="Its model; one with “diarize” in its name is asked who speaks.")
    ai_key: SecretStr | None = Field(
        default=None, description="The key of a language model that puts analyses into words; unset means that rules do."
    )
    ai_url: str = Field(default="https://api.openai.com/v1", description="Where it answers: OpenAI, or a service that speaks its protocol.")
    ai_model: str = Field(default="gpt-4.1-mini", description="The model that is asked.")
    ai_tokens_a_day: int = Field(default=200_000, ge=0, description="The most tokens all people together may use in a day.")
    ai_tokens_a_day_each: int = Field(default=20_000, ge=0, description="The most tokens one person may use in a day.")

    @property
    def cookie_name(self) -> str:
        """The sign-in cookie; it carries the port where it may, so that two copies on one host do not sign each other out."""
        return "__Host-pacesetter" if self.cookie_secure else f"pacesetter_{self.port}"

    @property
    def device_cookie_name(self) -> str:
        """The cookie that tells a browser somebody signed in with before from a stranger's."""
        return f"{self.cookie_name}_device"

    @property
    def address(self) -> str:
        """The product's address for people, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def database_folder(self) -> Path:
        """Where the embedded database lives."""
        return self.home / "postgres"

    @property
    def recordings_folder(self) -> Path:
        """Where recordings lie; every web and jobs process must see the same folder."""
        return self.home / "recordings"

    def refuse_weakness(self) -> None:
        """Raise SetupError naming the setting when production would start with a weak one; development may."""
        if self.mode is not Mode.PRODUCTION:
            return
        if self.database_url is None:
            raise SetupError("Production needs DATABASE_URL: the address of a PostgreSQL 15 or newer.")
        if not self.cookie_secure:
            raise SetupError("Production needs PACESETTER_COOKIE_SECURE=true: sign-in cookies travel over https only.")
        _refuse_weak_secret(self.secret.get_secret_value() if self.secret else "")


def _refuse_weak_secret(secret: str) -> None:
    if len(secret) < SECRET_LENGTH or len(set(secret)) < SECRET_VARIETY or "change" in secret.lower():
        raise SetupError(
            f"Production needs PACESETTER_SECRET: at least {SECRET_LENGTH} random characters. "
            "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def writes_to_journal() -> bool:
    """Whether systemd's journal reads what this process says on standard error (systemd.exec(5), JOURNAL_STREAM)."""
    said = os.environ.get("JOURNAL_STREAM", "")
    try:
        here = os.fstat(2)
    except OSError:
        return False
    return said == f"{here.st_dev}:{here.st_ino}"


def child_environment(**overrides: str) -> dict[str, str]:
    """The environment for a process we start: ours, with these on top."""
    return {**os.environ, **overrides}


@cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()


@cache
def version() -> str:
    """The product's version, as pyproject.toml says it."""
    described = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(described["project"]["version"])
