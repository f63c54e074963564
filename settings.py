"""The only reader of the environment: every setting, its default and what it is for."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent


class Mode(StrEnum):
    """How careful the process is: production refuses weak settings, development starts anyway."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """What an administrator can set. In the environment: PACESETTER_ and the field's name in capitals, but for the first three."""

    model_config = SettingsConfigDict(env_prefix="PACESETTER_", extra="ignore")

    database_url: str | None = Field(
        default=None, validation_alias="DATABASE_URL", description="PostgreSQL 15 or newer; unset means the embedded server."
    )
    database_read_url: str | None = Field(
        default=None, validation_alias="DATABASE_READ_URL", description="A replica for read-only queries; unset means the database itself."
    )
    port: int = Field(default=8501, validation_alias="PORT", description="The port of the web process.")
    host: str = Field(default="127.0.0.1", description="The address to listen on; behind a proxy leave it on loopback.")
    mode: Mode = Field(default=Mode.DEVELOPMENT, description="development or production.")
    home: Path = Field(default=PROJECT / ".pacesetter", description="Where the embedded database and the generated secret live.")
    secret: SecretStr | None = Field(
        default=None,
        description="At least 32 characters; signs what the server hands out. Generated into the home folder when unset in development.",
    )
    cookie_secure: bool = Field(default=False, description="Send the sign-in cookie over https only (production requires it).")
    demo: bool = Field(default=True, description="Load the demo company when the database is empty.")

    @property
    def cookie_name(self) -> str:
        """The sign-in cookie; it carries the port where it may, so that two copies on one host do not sign each other out."""
        return "__Host-pacesetter" if self.cookie_secure else f"pacesetter_{self.port}"

    @property
    def device_cookie_name(self) -> str:
        """The cookie that tells a browser somebody signed in with before from a stranger's."""
        return f"{self.cookie_name}_device"


@cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()
