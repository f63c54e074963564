"""daily_metrics kept exact: triggers add each statement's difference in the writing transaction; a rebuild counts everything again.

What a fact contributes is written down once, in `CONTRIBUTIONS`; triggers, rebuild and the correction of days are all rendered from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from sqlalchemy import Connection, text

from data.models.daily_metrics import SUMMED_NAMES
from domain.counters import BIG_COUNTERS, CALL_HOUR_NAMES, CONVERSATION_HOUR_NAMES, COUNTER_NAMES, FAST_RESPONSE_SECONDS
from domain.records import NOT_HELD, REACHED, WORK_TYPES, ActivityType, Outcome


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in sorted(words))


def _of_type(kind: ActivityType) -> str:
    return f"f.type = '{kind.value}'"


_CALL: Final = _of_type(ActivityType.CALL)
_REACHED: Final = f"{_CALL} AND coalesce(f.outcome, '') IN ({_words(REACHED)})"
_HELD: Final = f"coalesce(f.outcome, '') NOT IN ({_words(NOT_HELD)})"


def _flag(condition: str) -> str:
    return f"({condition})::int"


def _hours(names: tuple[str, ...], condition: str) -> dict[str, str]:
    """The hour is asked first: it is the cheapest question, and 23 of 24 times the last."""
    return {name: _flag(f"f.local_hour = {hour} AND {condition}") for hour, name in enumerate(names)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a row of `table`, called f, adds on the day `day` where `when` holds."""

    table: str
    day: str
    when: str
    sums: Mapping[str, str]


CONTRIBUTIONS: Final = (
    Contribution(
        table="activity",
        day="f.local_on",
        when=f"f.type IN ({_words(WORK_TYPES)})",
        sums={
            "activities": "1",
            "calls": _flag(_CALL),
            "conversations": _flag(_REACHED),
            "call_seconds": f"CASE WHEN {_CALL} THEN coalesce(f.duration_seconds, 0) ELSE 0 END",
            "emails": _flag(_of_type(ActivityType.EMAIL)),
            "messages": _flag(_of_type(ActivityType.MESSAGE)),
            "meetings": _flag(f"{_of_type(ActivityType.MEETING)} AND {_HELD}"),
            "appointments_set": _flag(f"coalesce(f.outcome, '') = '{Outcome.APPOINTMENT_SET.value}'"),
            "appointments": _flag(f"{_of_type(ActivityType.APPOINTMENT)} AND {_HELD}"),
            "showings": _flag(f"{_of_type(ActivityType.SHOWING)} AND {_HELD}"),
            "follow_ups": _flag(_of_type(ActivityType.FOLLOW_UP)),
            "tasks": _flag(_of_type(ActivityType.TASK)),
            "posts": _flag(_of_type(ActivityType.POST)),
            **_hours(CALL_HOUR_NAMES, _CALL),
            **_hours(CONVERSATION_HOUR_NAMES, _REACHED),
        },
    ),
    Contribution(
        table="lead",
        day="f.assigned_on",
        when="true",
        sums={
            "leads_assigned": "1",
            "leads_contacted": _flag("f.contacted_on IS NOT NULL OR f.interested_on IS NOT NULL OR f.converted_on IS NOT NULL"),
            "leads_interested": _flag("f.interested_on IS NOT NULL OR f.converted_on IS NOT NULL"),
            "leads_converted": _flag("f.converted_on IS NOT NULL"),
        },
    ),
    Contribution(
        table="lead",
        day="f.contacted_on",
        when="f.response_seconds IS NOT NULL",
        sums={
            "responses": "1",
            "response_seconds": "f.response_seconds",
            "fast_responses": _flag(f"f.response_seconds <= {FAST_RESPONSE_SECONDS}"),
        },
    ),
    Contribution(table="lead", day="f.converted_on", when="true", sums={"conversions": "1"}),
    Contribution(
        table="lead",
        day="f.rated_on",
        when="true",
        sums={"ratings": "1", "rating_points": "f.satisfaction", "rating_squares": "f.satisfaction * f.satisfaction"},
    ),
    Contribution(table="deal", day="f.created_on", when="true", sums={"deals_created": "1"}),
    Contribution(
        table="deal",
        day="f.closed_on",
        when="true",
        sums={
            "deals_won": _flag("f.status = 'won'"),
            "deals_won_valued": _flag("f.status = 'won' AND f.amount_minor IS NOT NULL"),
            "deals_lost": _flag("f.status = 'lost'"),
            "revenue_minor": "CASE WHEN f.status = 'won' THEN coalesce(f.amount_minor, 0) ELSE 0 END",
        },
    ),
    Contribution(
        table="deal",
        day="f.proposal_on",
        when="true",
        sums={"proposals": "1", "proposals_agreed": _flag("f.agreement_on IS NOT NULL")},
    ),
    Contribution(table="deal", day="f.agreement_on", when="true", sums={"agreements": "1"}),
    Contribution(
        table="deal",
        day="f.partner_list_sent_on",
        when="true",
        sums={
            "lists_sent": "1",
            "list_contacts": "coalesce(f.partner_list_size, 0)",
            "lists_sold": _flag("f.first_sale_on IS NOT NULL"),
        },
    ),
    Contribution(
        table="deal",
        day="f.first_sale_on",
        when="true",
        sums={"first_sales": "1", "list_sales": "coalesce(f.total_sales_from_list, 0)"},
    ),
)
FACT_TABLES: Final = ("activity", "lead", "deal")
EVENTS: Final = ("insert", "update", "delete")
RECOUNT_LOCK: Final = 727_011
"""Advisory lock: rebuild and corrections run one after the other; two corrections at once would correct twice."""
PATIENCE: Final = "SET LOCAL lock_timeout = '10s'"
"""A correction gives way to a long import rather than keep other writers waiting behind it."""
ENOUGH_MEMORY: Final = "SET LOCAL work_mem = '256MB'"
"""A recount of everything keeps all keys' sums in memory at once: 180,000 agent-days take about 150 MB; on disk it takes far longer."""
ANY_DAY: Final = "IS NOT NULL"
THESE_DAYS: Final = "= ANY(CAST(:days AS date[]))"
Key: TypeAlias = tuple[int, str, str]
"""Agent, day as text, category."""
_KEY: Final = "agent_id, day, category"
_COLUMNS: Final = ", ".join(SUMMED_NAMES)
_DIFFERS: Final = " OR ".join(f"sum(sign{factor}) <> 0" for factor in ("", *(f" * {name}" for name in SUMMED_NAMES)))
"""An edit that changes nothing counted, such as of a note, touches and locks no row."""


def _added_rows(contribution: Contribution, source: str, days: str) -> str:
    """One SELECT: key, sign, then every summed column, those the contribution does not touch as zero; `days` is a condition on a day."""
    values = ", ".join(f"({contribution.sums.get(name, '0')})::{_number(name)}" for name in SUMMED_NAMES)
    return (
        f"SELECT f.agent_id, {contribution.day} AS day, f.category, f.sign, {values} FROM {source} f "
        f"WHERE f.agent_id IS NOT NULL AND {contribution.day} {days} AND ({contribution.when})"
    )


def _number(name: str) -> str:
    """Plain integers where they suffice: PostgreSQL adds them several times faster than bigints, whose sums are numeric."""
    return "bigint" if name in BIG_COUNTERS else "int"


def _sums(table: str, source: str, days: str = ANY_DAY) -> str:
    """The signed sums per key over all contributions of a table's rows, in key order so that writers lock rows alike."""
    parts = " UNION ALL ".join(_added_rows(item, source, days) for item in CONTRIBUTIONS if item.table == table)
    names = f"agent_id, day, category, sign, {_COLUMNS}"
    totals = ", ".join(f"sum(sign * {name})" for name in SUMMED_NAMES)
    return f"SELECT {_KEY}, sum(sign), {totals} FROM ({parts}) AS part({names}) GROUP BY {_KEY} HAVING {_DIFFERS} ORDER BY {_KEY}"


def _upsert(table: str, source: str) -> str:
    """Add the signed sums of the source's rows to the stored ones."""
    added = ", ".join(f"{name} = d.{name} + excluded.{name}" for name in ("facts", *SUMMED_NAMES))
    return f"INSERT INTO daily_metrics AS d ({_KEY}, facts, {_COLUMNS}) {_sums(table, source)} ON CONFLICT ({_KEY}) DO UPDATE SET {added}"


def function_name(table: str, event: str) -> str:
    """What the trigger function of a table and event is called in the database."""
    return f"roll_up_{table}_{event}"


def _function(table: str, event: str) -> str:
    """The trigger function of one table and event: upsert the difference, then drop rows nothing contributes to any more."""
    signed = {
        "insert": "SELECT 1 AS sign, n.* FROM new_rows n",
        "delete": "SELECT -1 AS sign, o.* FROM old_rows o",
        "update": "SELECT -1 AS sign, o.* FROM old_rows o UNION ALL SELECT 1, n.* FROM new_rows n",
    }[event]
    emptied = "" if event == "insert" else _delete_emptied(table)
    return (
        f"CREATE OR REPLACE FUNCTION {function_name(table, event)}() RETURNS trigger LANGUAGE plpgsql AS $roll_up$ BEGIN "
        f"WITH facts AS ({signed}) {_upsert(table, 'facts')}; {emptied} RETURN NULL; END $roll_up$"
    )


def _delete_emptied(table: str) -> str:
    return (
        f"DELETE FROM daily_metrics d USING ({_touched_keys(table)}) t "
        "WHERE (d.agent_id, d.day, d.category) = (t.agent_id, t.day, t.category) AND d.facts = 0;"
    )


def _touched_keys(table: str) -> str:
    days = dict.fromkeys(item.day for item in CONTRIBUTIONS if item.table == table)
    return " UNION ".join(
        f"SELECT f.agent_id, {day} AS day, f.category FROM old_rows f WHERE f.agent_id IS NOT NULL AND {day} IS NOT NULL" for day in days
    )


def _trigger(table: str, event: str) -> str:
    rows = {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    }[event]
    return (
        f"CREATE OR REPLACE TRIGGER roll_up_{event} AFTER {event.upper()} ON {table} {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function_name(table, event)}()"
    )


def install(connection: Connection) -> None:
    """Create or replace the triggers; safe to repeat, done after every migration."""
    for table in FACT_TABLES:
        for event in EVENTS:
            connection.execute(text(_function(table, event)))
            connection.execute(text(_trigger(table, event)))


def rebuild(connection: Connection) -> int:
    """Count every fact again into an emptied daily_metrics and return its rows. Writers wait until the transaction ends."""
    connection.execute(text(ENOUGH_MEMORY))
    _recount_alone(connection)
    connection.execute(text(f"LOCK TABLE {', '.join(FACT_TABLES)} IN SHARE MODE"))
    connection.execute(text("DELETE FROM daily_metrics"))
    connection.execute(text(f"INSERT INTO daily_metrics ({_KEY}, facts, {_COLUMNS}) {_recounted(ANY_DAY)} ORDER BY {_KEY}"))
    return int(connection.execute(text("SELECT count(*) FROM daily_metrics")).scalar_one())


def drift(connection: Connection) -> list[Key]:
    """The (agent, day, category) keys whose stored row differs from a recount; empty when all is well."""
    return _drift(connection, ANY_DAY, {})


def correct(connection: Connection, days: Sequence[date]) -> list[Key]:
    """Make the stored rows of these days what a recount gives, and return the keys that differed. Writers go on meanwhile.

    A fact and what it adds to the roll-up are committed together, so one statement sees both or neither: what differs within it
    differs in truth, whoever is writing. Only such rows are locked, compared again and given the difference; a difference,
    unlike a value, can be added before or after what others add to the same row. The transaction must be READ COMMITTED.
    """
    connection.execute(text(PATIENCE))
    _recount_alone(connection)
    differing = _drift(connection, THESE_DAYS, {"days": list(days)})
    if differing:
        agents, on, categories = (list(each) for each in zip(*differing, strict=True))
        names = {"agents": agents, "days": on, "categories": categories}
        connection.execute(text(f"SELECT 1 FROM daily_metrics WHERE {_NAMED} ORDER BY {_KEY} FOR UPDATE"), names)
        connection.execute(text(_CORRECTION), names)
        connection.execute(text(f"DELETE FROM daily_metrics WHERE {_NAMED} AND facts = 0"), names)
    return differing


def _recount_alone(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": RECOUNT_LOCK})


def _recounted(days: str) -> str:
    """Every key's row as the facts of all tables make it; written in one go, so that no row is written twice and none left dead."""
    names = ("facts", *SUMMED_NAMES)
    parts = " UNION ALL ".join(f"({_sums(table, f'(SELECT 1 AS sign, * FROM {table})', days)})" for table in FACT_TABLES)
    totals = ", ".join(f"sum({name})::bigint AS {name}" for name in names)
    return f"SELECT {_KEY}, {totals} FROM ({parts}) AS part({_KEY}, {', '.join(names)}) GROUP BY {_KEY}"


def _stored(days: str) -> str:
    stored = ", ".join(f"{name}::bigint" for name in ("facts", *SUMMED_NAMES))
    return f"SELECT {_KEY}, {stored} FROM daily_metrics WHERE day {days}"


def _drift(connection: Connection, days: str, values: Mapping[str, object]) -> list[Key]:
    connection.execute(text(ENOUGH_MEMORY))
    query = (
        f"WITH counted AS ({_recounted(days)}), stored AS ({_stored(days)}), "
        "differing AS ((SELECT * FROM counted EXCEPT SELECT * FROM stored) UNION ALL (SELECT * FROM stored EXCEPT SELECT * FROM counted)) "
        "SELECT DISTINCT agent_id, day::text, category FROM differing ORDER BY 1, 2, 3"
    )
    return [tuple(row) for row in connection.execute(text(query), values)]


_NAMED: Final = f"({_KEY}) IN (SELECT * FROM unnest(CAST(:agents AS integer[]), CAST(:days AS date[]), CAST(:categories AS varchar[])))"
"""The rows of the keys bound as three lists."""


def _correction() -> str:
    """Add what is missing to the named rows, and take away what is too much."""
    names = ("facts", *SUMMED_NAMES)
    added = ", ".join(f"{name} = d.{name} + excluded.{name}" for name in names)
    missing = ", ".join(f"coalesce(c.{name}, 0) - coalesce(s.{name}, 0)" for name in names)
    return (
        f"WITH counted AS (SELECT * FROM ({_recounted(THESE_DAYS)}) AS all_of_them WHERE {_NAMED}), "
        f"stored AS ({_stored(THESE_DAYS)} AND {_NAMED}) "
        f"INSERT INTO daily_metrics AS d ({_KEY}, facts, {_COLUMNS}) "
        f"SELECT {_KEY}, {missing} FROM counted c FULL JOIN stored s USING ({_KEY}) ORDER BY {_KEY} "
        f"ON CONFLICT ({_KEY}) DO UPDATE SET {added}"
    )


_CORRECTION: Final = _correction()


assert set(COUNTER_NAMES) <= {name for item in CONTRIBUTIONS for name in item.sums}, "every counter needs a contribution"  # noqa: S101
