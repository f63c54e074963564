"""Says on a PostgreSQL channel whose records a statement changed; triggers do, so that no writer can forget.

One message a statement, sent when its transaction commits: the kind of record and the ids of the agents, nothing about the record.
"""

import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, text

CHANNEL: Final = "pacesetter_changes"
MOST_AGENTS: Final = 100
"""A statement about more agents is about everybody: a list of them would help nobody and outgrow a message's 8,000 bytes."""
AGENT_COLUMNS: Final = {
    "activity": "agent_id",
    "lead": "agent_id",
    "deal": "agent_id",
    "deal_warning": "agent_id",
    "deal_review": "agent_id",
    "calendar_event": "agent_id",
    "goal": "agent_id",
    "goal_advice": "agent_id",
    "notification": "person_id",
    "open_call": "agent_id",
    "recording": "agent_id",
    "training_completion": "person_id",
    "must_do": "agent_id",
    "nudge": "agent_id",
    "celebration": "agent_id",
    "achievement_grant": "agent_id",
    "reward_claim": "agent_id",
    "vision_board": "agent_id",
    "content_post": "agent_id",
    "coaching_cycle": "agent_id",
    "cycle_proposal": "agent_id",
    "one_on_one": "agent_id",
    "one_on_one_commitment": "agent_id",
}
"""The tables screens show, each with the column that says whose a row is."""
TEAM_ROWS: Final = {
    "alert": "SELECT team_id FROM {rows}",
    "alert_entry": "SELECT alert.team_id FROM alert JOIN {rows} AS entry ON entry.alert_id = alert.id",
    "alert_setting": "SELECT team_id FROM {rows}",
}
"""The tables that are about teams, each with the teams of its rows: said of everybody who is or was on them, whose managers hear it."""
FOR_EVERYBODY: Final = (
    "absence",
    "kpi_target",
    "leaderboard_choice",
    "organisation",
    "own_achievement",
    "person",
    "team",
    "team_manager",
    "team_membership",
)
"""Who is there, who may see whom, and what is asked: it changes rarely, and everybody looks again."""
EVENTS: Final = ("insert", "update", "delete")
TABLES: Final = (*AGENT_COLUMNS, *TEAM_ROWS, *FOR_EVERYBODY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Records of one table changed; `agent_ids` is None when they may be anybody's."""

    table: str | None
    """None for anything at all: what was said meanwhile has been missed."""
    agent_ids: frozenset[int] | None


ANYTHING: Final = Change(table=None, agent_ids=None)


def read(message: str) -> Change:
    """The change a message tells of; raises ValueError for one that is not ours."""
    said = json.loads(message)
    agents = said["agents"]
    return Change(table=str(said["table"]), agent_ids=None if agents is None else frozenset(agents))


def function_name(table: str, event: str) -> str:
    """What the trigger function of a table and event is called in the database."""
    return f"announce_{table}_{event}"


def install(connection: Connection) -> None:
    """Create or replace the triggers; safe to repeat, done after every migration."""
    for table in TABLES:
        for event in EVENTS:
            connection.execute(text(_function(table, event)))
            connection.execute(text(_trigger(table, event)))


def _function(table: str, event: str) -> str:
    body = _tell_everybody(table) if table in FOR_EVERYBODY else _tell_agents(table, event)
    return (
        f"CREATE OR REPLACE FUNCTION {function_name(table, event)}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$announce$ {body} RETURN NULL; END $announce$"
    )


def _tell_everybody(table: str) -> str:
    return f"BEGIN {_notify(table, 'NULL')}"


def _tell_agents(table: str, event: str) -> str:
    """Records without an agent are nobody's: nothing is said about them. A record that moved is said of both its agents."""
    rows = {"insert": ("new_rows",), "delete": ("old_rows",), "update": ("old_rows", "new_rows")}[event]
    touched = " UNION ".join(_agents_in(table, each) for each in rows)
    told = _notify(table, f"CASE WHEN cardinality(agents) <= {MOST_AGENTS} THEN to_json(agents) END")
    return (
        f"DECLARE agents int[]; BEGIN agents := ARRAY(SELECT DISTINCT * FROM ({touched}) AS touched LIMIT {MOST_AGENTS + 1}); "
        f"IF cardinality(agents) > 0 THEN {told} END IF;"
    )


def _agents_in(table: str, rows: str) -> str:
    if table in TEAM_ROWS:
        return f"SELECT person_id FROM team_membership WHERE team_id IN ({TEAM_ROWS[table].format(rows=rows)})"
    column = AGENT_COLUMNS[table]
    return f"SELECT {column} FROM {rows} WHERE {column} IS NOT NULL"


def _notify(table: str, agents: str) -> str:
    return f"PERFORM pg_notify('{CHANNEL}', json_build_object('table', '{table}', 'agents', {agents})::text);"


def _trigger(table: str, event: str) -> str:
    rows = {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    }[event]
    return (
        f"CREATE OR REPLACE TRIGGER announce_{event} AFTER {event.upper()} ON {table} {'' if table in FOR_EVERYBODY else rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function_name(table, event)}()"
    )
