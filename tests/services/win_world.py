"""A company whose past deals teach something, or nothing: written as a year of work would have been."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from data.models import Activity, Deal, Person, StageChange
from domain.records import ActivityType, DealStatus

DAY: Final = timedelta(days=1)
PIPELINE: Final = "Roofs"


def write(session: Session, agent: Person, today: date, *, deals: int = 700, effect: float = 1.0, days: int = 420, seed: int = 1) -> None:
    """Deals begun over so many days. With an effect those worked on are won and those left alone are lost; without, chance decides."""
    dice = np.random.default_rng(seed)
    made = [_life(dice, today - int(dice.integers(1, days)) * DAY, today, effect) for _ in range(deals)]
    ids = session.scalars(insert(Deal).returning(Deal.id), [_deal(agent, life, number) for number, life in enumerate(made)]).all()
    for table, rows in ((StageChange, _moves), (Activity, _work)):
        session.execute(insert(table), [row for deal_id, life in zip(ids, made, strict=True) for row in rows(agent, deal_id, life)])
    session.flush()


def _life(dice: np.random.Generator, created: date, today: date, effect: float) -> dict[str, Any]:
    """Worked on every three days or left alone after the first call; decided after ten to fifty days."""
    is_worked = bool(dice.random() < 0.5)
    ends = created + int(dice.integers(10, 50)) * DAY
    is_won = bool(dice.random() < 0.35 + effect * (0.3 if is_worked else -0.3))
    until = min(ends, today)
    worked = [created + number * DAY for number in range(0, (until - created).days, 3)] if is_worked else [created]
    return {
        "created": created,
        "offer": created + int(dice.integers(4, 10)) * DAY,
        "closed": ends if ends <= today else None,
        "is_won": is_won,
        "worked": worked,
        "today": today,
    }


def _deal(agent: Person, life: dict[str, Any], number: int) -> dict[str, Any]:
    closed = life["closed"]
    status = DealStatus.OPEN if closed is None else DealStatus.WON if life["is_won"] else DealStatus.LOST
    stage = status.value.capitalize() if closed else "Offer" if life["offer"] <= life["today"] else "Lead"
    return {
        "agent_id": agent.id,
        "name": f"Roof {number}",
        "pipeline": PIPELINE,
        "stage": stage,
        "status": status,
        "created_on": life["created"],
        "closed_on": closed,
        "amount_minor": 100_000,
    }


def _moves(agent: Person, deal_id: int, life: dict[str, Any]) -> Iterator[dict[str, Any]]:
    end = ("Won" if life["is_won"] else "Lost", life["closed"])
    for stage, on in (("Lead", life["created"]), ("Offer", life["offer"]), end):
        if on is not None and on <= life["today"]:
            yield {"deal_id": deal_id, "to_stage": stage, "changed_on": on, "changed_at": at(on), "changed_by": agent.id}


def _work(agent: Person, deal_id: int, life: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for on in life["worked"]:
        yield {
            "agent_id": agent.id,
            "type": ActivityType.CALL,
            "deal_id": deal_id,
            "occurred_at": at(on),
            "local_on": on,
            "local_hour": 9,
        }


def at(on: date) -> datetime:
    """Nine in the morning."""
    return datetime.combine(on, time(9), UTC)
