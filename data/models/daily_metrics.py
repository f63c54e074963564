"""The roll-up every screen reads: one row per agent, local day and category, kept exact by triggers (data/rollups.py)."""

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Index, Integer, String, Table, text
from sqlmodel import SQLModel

from domain.counters import BIG_COUNTERS, CALL_HOUR_NAMES, CONVERSATION_HOUR_NAMES, COUNTER_NAMES

SUMMED_NAMES = (*COUNTER_NAMES, *CALL_HOUR_NAMES, *CONVERSATION_HOUR_NAMES)


def _counter(name: str) -> Column[int]:
    kind = BigInteger if name in BIG_COUNTERS else Integer
    return Column(name, kind, nullable=False, server_default=text("0"))


daily_metrics = Table(
    "daily_metrics",
    SQLModel.metadata,
    Column("agent_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("category", String(60), primary_key=True, server_default=text("''")),
    Column("facts", Integer, nullable=False),
    *(_counter(name) for name in SUMMED_NAMES),
    Index("ix_daily_metrics_day_agent", "day", "agent_id"),
    postgresql_with={"fillfactor": "70"},
)
"""`facts` counts the contributions a row is made of; a row whose last contribution goes is deleted with it."""
