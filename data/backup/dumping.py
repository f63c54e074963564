"""Making a backup: pg_dump and the manifest look at the same snapshot, so that they agree while people go on working."""

import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final
from zipfile import ZipFile

from sqlalchemy import Connection, Engine, text

from data import migrate
from data.backup import archive
from data.backup.manifest import FORMAT, SCHEMA, Manifest, table_facts, table_names
from data.backup.programs import Programs, programs_for
from data.sound_store import SoundStore
from domain.errors import SetupError

LOCK_SECONDS: Final = 30
"""A migration holds a table for a moment; who holds it longer is told of, not waited for all night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished backup."""

    manifest: Manifest
    bytes: int
    missing: int
    """Recordings whose sound was not there to be put in."""


def dump(
    engine: Engine, path: Path, *, product: str, now: datetime, environment: Mapping[str, str], sounds: SoundStore | None = None
) -> Made:
    """Write the whole database, as it is at this moment, and its recordings to a new private file; on any failure there is no file.

    Without `sounds` the recordings' files are left out; a sound that is deleted while the backup is made is too.
    """
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True) as connection:
        programs = programs_for(url, server=server_major(connection), environment=environment)
        snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
        with archive.new_archive(path) as output:
            digest = _dumped(programs, snapshot, output)
            keys = _recording_keys(connection) if sounds else []
            held = _recordings(output, sounds, keys) if sounds else {}
            manifest = _manifest(connection, programs, product=product, now=now, digest=digest, recordings=held)
            output.writestr(archive.MANIFEST, manifest.as_json())
    return Made(manifest=manifest, bytes=path.stat().st_size, missing=len(keys) - len(held))


def server_major(connection: Connection) -> int:
    """The server's major version."""
    return int(str(connection.scalar(text("SELECT current_setting('server_version_num')")))) // 10_000


def last_words(errors: IO[bytes]) -> str:
    """What a program complained about, without the lines that quote rows."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").splitlines()
    found = [line for line in lines if "ERROR" in line or "error:" in line or "FATAL" in line]
    return (found or lines or ["it said nothing"])[0][:300]


def _dumped(programs: Programs, snapshot: str, output: ZipFile) -> str:
    what = ("--format=custom", "--no-owner", "--no-privileges", f"--schema={SCHEMA}")
    options = (*what, f"--lock-wait-timeout={LOCK_SECONDS}s", f"--snapshot={snapshot}", programs.target)
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            programs.command("pg_dump", *options), stdout=subprocess.PIPE, stderr=errors, env=dict(programs.environment)
        )
        with process:
            assert process.stdout is not None  # noqa: S101 - asked for a pipe
            digest = archive.add_dump(output, process.stdout)
        if process.returncode:
            raise SetupError(f"pg_dump could not read the database: {last_words(errors)}")
    return digest


def _recording_keys(connection: Connection) -> list[str]:
    """Of the snapshot; none in a schema from before there were recordings."""
    if "recording" not in table_names(connection):
        return []
    return list(connection.scalars(text(f"SELECT storage_key FROM {SCHEMA}.recording ORDER BY id")))


def _recordings(output: ZipFile, sounds: SoundStore, keys: list[str]) -> dict[str, str]:
    """Copy the sounds in; their SHA-256 by key."""
    places = ((key, sounds.path(key)) for key in keys)
    found = ((key, archive.add_recording(output, key, place)) for key, place in places if place)
    return {key: digest for key, digest in found if digest}


def _manifest(
    connection: Connection, programs: Programs, *, product: str, now: datetime, digest: str, recordings: Mapping[str, str]
) -> Manifest:
    revision = migrate.revision(connection)
    if revision is None:
        raise SetupError("There is no Pacesetter in this database yet. Run: python manage.py migrate")
    return Manifest(
        format=FORMAT,
        made_at=now.isoformat(),
        product=product,
        revision=revision,
        server=str(connection.scalar(text("SHOW server_version"))),
        tool=programs.major,
        tables=table_facts(connection),
        dump_sha256=digest,
        recordings=recordings,
    )
