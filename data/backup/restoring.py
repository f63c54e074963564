"""Putting a backup back: one transaction that empties, fills and proves the database, or leaves everything as it was."""

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Connection, Engine, text

from data import migrate
from data.backup import archive
from data.backup.dumping import last_words, server_major
from data.backup.manifest import SCHEMA, SPELLING, Manifest, fact_query, table_names
from data.backup.programs import Programs, programs_for
from data.sound_store import SoundStore
from domain.errors import ConflictError, InputError, SetupError

LOCK_SECONDS: Final = 20
"""Screens and jobs that still work hold the tables longer than this."""
TRANSACTION_TIMEOUT_SINCE: Final = 17
"""Older servers refuse the setting that newer programs write at the head of every script."""
_DROP_ALL: Final = f"""
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename) AS statement
        FROM pg_tables WHERE schemaname = '{SCHEMA}'
    LOOP EXECUTE found.statement; END LOOP;
    FOR found IN SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) AS statement
        FROM pg_proc AS p WHERE p.pronamespace = '{SCHEMA}'::regnamespace
        AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP EXECUTE found.statement; END LOOP;
    FOR found IN SELECT format('DROP SEQUENCE IF EXISTS %I.%I CASCADE', sequence_schema, sequence_name) AS statement
        FROM information_schema.sequences WHERE sequence_schema = '{SCHEMA}'
    LOOP EXECUTE found.statement; END LOOP;
END $$;
"""
"""The schema itself stays, with the rights others have in it: the application's user may not be allowed to make it again."""


def restore(engine: Engine, path: Path, *, replace: bool, environment: Mapping[str, str], sounds: SoundStore) -> Manifest:
    """Make the database what the archive holds and return its manifest; the schema is then as old as the archive.

    InputError for an archive that is damaged or newer than this code, ConflictError for a database that holds something
    unless `replace` is given, or that somebody is using. In each case the database is as it was. The recordings' files are written
    first: a row never waits for its sound, and files no row tells of go with the nightly sweep.
    """
    manifest = archive.read_manifest(path)
    if not migrate.knows(manifest.revision):
        raise InputError(f"{path} has the schema of a newer Pacesetter ({manifest.revision}). Restore it with that version.")
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with engine.connect() as connection:
        if not replace and (filled := _filled_table(connection)):
            raise ConflictError(
                f"This database is not empty: {filled} has rows. --replace restores over it, and what is there now is lost."
            )
        programs = programs_for(url, server=server_major(connection), at_least=manifest.tool, environment=environment)
    with tempfile.TemporaryDirectory(prefix="pacesetter-restore-") as folder:
        dump = Path(folder) / archive.DUMP
        archive.unpack_dump(path, dump, manifest)
        archive.check_recordings(path, manifest)
        archive.unpack_recordings(path, sounds, manifest)
        _fill(programs, dump, manifest)
    return manifest


def _filled_table(connection: Connection) -> str | None:
    """A table with rows in it, the schema's own revision aside."""
    tables = (table for table in table_names(connection) if table != migrate.REVISION_TABLE)
    return next((table for table in tables if connection.scalar(text(f'SELECT EXISTS (SELECT FROM {SCHEMA}."{table}")'))), None)


def _fill(programs: Programs, dump: Path, manifest: Manifest) -> None:
    """Feed psql one transaction; unless every part came through whole, it never sees the COMMIT."""
    options = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", f"--dbname={programs.target}")
    with tempfile.TemporaryFile() as errors:
        psql = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            programs.command("psql", *options),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=dict(programs.environment),
        )
        assert psql.stdin is not None  # noqa: S101 - asked for a pipe
        try:
            _tell(psql.stdin, programs, dump, manifest)
        except BrokenPipeError:
            pass  # psql stopped at an error, which it has said
        except BaseException:
            psql.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                psql.stdin.close()
            psql.wait()
        if psql.returncode:
            raise _refusal(last_words(errors))


def _tell(psql: IO[bytes], programs: Programs, dump: Path, manifest: Manifest) -> None:
    psql.write(f"BEGIN;\nSET LOCAL lock_timeout = '{LOCK_SECONDS}s';\nSET LOCAL client_min_messages = warning;\n{_DROP_ALL}".encode())
    for chunk in _script(programs, dump):
        psql.write(chunk)
    psql.write("".join(_proofs(manifest)).encode())
    psql.write(b"COMMIT;\n")
    psql.flush()


def _script(programs: Programs, dump: Path) -> Iterator[bytes]:
    """The dump as SQL, piece by piece; SetupError when it could not be read to its end."""
    options = ("--no-owner", "--no-privileges", f"--use-list={_contents(programs, dump)}", "--file=-", str(dump))
    foreign = b"" if programs.server >= TRANSACTION_TIMEOUT_SINCE else b"SET transaction_timeout = 0;\n"
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
            programs.command("pg_restore", *options), stdout=subprocess.PIPE, stderr=errors, env=dict(programs.environment)
        )
        with process:
            assert process.stdout is not None  # noqa: S101 - asked for a pipe
            while chunk := process.stdout.read(archive.CHUNK):
                yield chunk.replace(foreign, b"", 1) if foreign else chunk
                foreign = b""
        if process.returncode:
            raise SetupError(f"pg_restore could not read the archive: {last_words(errors)}. The database is as it was.")


def _contents(programs: Programs, dump: Path) -> Path:
    """What of the dump is restored: everything but the schema, which stays."""
    listed = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        programs.command("pg_restore", "--list", str(dump)), check=False, capture_output=True, env=dict(programs.environment)
    )
    if listed.returncode:
        raise SetupError("pg_restore does not understand the archive. The database is as it was.")
    contents = dump.with_suffix(".list")
    contents.write_bytes(b"".join(line for line in listed.stdout.splitlines(keepends=True) if b" SCHEMA - " not in line))
    return contents


def _proofs(manifest: Manifest) -> Iterator[str]:
    """Inside the transaction: every table must be what the manifest says, or nothing of it is kept."""
    yield "".join(f"{setting};\n" for setting in (*SPELLING, "SET LOCAL search_path = public"))
    for table, fact in manifest.tables.items():
        name = table.replace("'", "''")
        yield (
            f"DO $$ BEGIN IF ({fact_query(table)}) IS DISTINCT FROM '{fact}' THEN "
            f"RAISE EXCEPTION 'table {name} is not what the manifest says'; END IF; END $$;\n"
        )


def _refusal(words: str) -> ConflictError | SetupError:
    if "lock timeout" in words:
        return ConflictError("Somebody is using the database. Stop Pacesetter (web and jobs) and try again; nothing was changed.")
    return SetupError(f"The archive could not be restored: {words}. The database is as it was.")
