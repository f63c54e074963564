"""Which facts stand behind a metric's figure, so that every number on a screen can be opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The facts a metric is made of, by the counters that count them; all of one kind and dated alike."""

    counters: tuple[str, ...]
    part: str | None = None
    """For a share: the counter of those among them that count as a success."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOfWeek:
    """One cell of the heatmap; weekday is ISO (Monday 1), hour is local."""

    weekday: int
    hour: int


def _all(counter: str) -> Behind:
    return Behind(counters=(counter,))


def _share(part: str, whole: str) -> Behind:
    return Behind(counters=(whole,), part=part)


_COUNTS: Final = (
    *("activities", "calls", "conversations", "emails", "messages", "meetings", "appointments_set", "appointments", "showings"),
    *("follow_ups", "tasks", "posts", "leads_assigned", "conversions"),
    *("deals_created", "deals_won", "deals_lost", "proposals", "agreements", "lists_sent"),
)
"""Metrics that count the facts of the counter they are named after."""

BEHIND: Final[Mapping[str, Behind]] = MappingProxyType(
    {key: _all(key) for key in _COUNTS}
    | {
        "conversation_rate": _share("conversations", "calls"),
        "list_size": _all("lists_sent"),
        "talk_time": _all("calls"),
        "contact_rate": _share("leads_contacted", "leads_assigned"),
        "interest_rate": _share("leads_interested", "leads_assigned"),
        "conversion_rate": _share("leads_converted", "leads_assigned"),
        "response_time": _all("responses"),
        "fast_response_rate": _share("fast_responses", "responses"),
        "satisfaction": _all("ratings"),
        "win_rate": Behind(counters=("deals_won", "deals_lost"), part="deals_won"),
        "revenue": _all("deals_won"),
        "deal_value": _all("deals_won_valued"),
        "call_to_proposal": _all("proposals"),
        "proposal_to_agreement": _share("proposals_agreed", "proposals"),
        "list_to_first_sale": _share("lists_sold", "lists_sent"),
        "revenue_per_call": _all("deals_won"),
        "revenue_per_list": _all("deals_won"),
    }
)
"""By metric key. A rate of two different things is opened by its events; an index by each of its components."""
