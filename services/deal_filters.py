"""What the list of open deals is narrowed to, read from the parameters of its page's address; screen and download share it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from domain.deals.priority import DealPriority
from services.deal_warnings import Narrowed

AGENT, STAGE, PIPELINE, PRIORITY, QUIET = "agent", "stage", "pipeline", "priority", "quiet"
NAMES: Final = (AGENT, STAGE, PIPELINE, PRIORITY, QUIET)
LONGEST_QUIET: Final = 365
LONGEST_NAME: Final = 80
_PERSON_DIGITS: Final = 9
_DAY_DIGITS: Final = 3


def narrowed_by(params: Mapping[str, str], now: datetime) -> Narrowed:
    """The filter the parameters describe; a word that cannot be read narrows nothing."""
    days = quiet_days(params)
    return Narrowed(
        agent_id=agent_id(params),
        pipeline=name(params, PIPELINE),
        stage=name(params, STAGE),
        priority=priority(params),
        quiet_since=None if days is None else now - timedelta(days=days),
    )


def agent_id(params: Mapping[str, str]) -> int | None:
    """The agent the list is narrowed to."""
    return _number(params, AGENT, digits=_PERSON_DIGITS)


def name(params: Mapping[str, str], key: str) -> str | None:
    """The words of a parameter, without signs the database cannot store; None for one that is missing."""
    said = params.get(key)
    return None if said is None else said.replace("\0", "")[:LONGEST_NAME]


def priority(params: Mapping[str, str]) -> DealPriority | None:
    """The priority the list is narrowed to; None for all, and for a word that is none."""
    said = params.get(PRIORITY, "")
    return DealPriority(said) if said in set(DealPriority) else None


def quiet_days(params: Mapping[str, str]) -> int | None:
    """For how many days nothing was done for the deals listed; None for all."""
    days = _number(params, QUIET, digits=_DAY_DIGITS)
    return min(days, LONGEST_QUIET) if days else None


def _number(params: Mapping[str, str], key: str, *, digits: int) -> int | None:
    text = params.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None
