"""What a language needs so that the bot can speak it: its sentences, and the words of the field."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.deals.messages.template import Template
from domain.deals.warnings import WarningRule
from domain.records import ActivityType, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWords:
    """The words of the field; a metric without one keeps its English name."""

    activities: Mapping[ActivityType, str]
    outcomes: Mapping[Outcome, str]
    also: Mapping[str, ActivityType | Outcome]
    """What else people say for the same, in lower case."""
    warnings: Mapping[WarningRule, str]
    metrics: Mapping[str, str]
    weekdays: tuple[str, ...]
    """Monday first."""
    months: tuple[str, ...]
    """January first, as they stand beside a day."""
    day: str
    """`{weekday}`, `{number}`, `{month}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatWords:
    """Whose a chat is, and what the bot does not do."""

    stranger: str
    connected: str
    connected_body: str
    """`{name}` and `{help}`."""
    bad_code: str
    full: str
    disconnected: str
    switched_off: str
    sign_in_first: str
    unknown: str
    help_title: str
    help: str
    trouble: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogWords:
    """Quick logs."""

    logged: str
    """`{what}`."""
    logged_body: str
    """`{time}` and `{undo}`."""
    minutes: str
    """`{minutes}`."""
    usage_title: str
    usage: str
    """`{activities}` and `{outcomes}`."""
    unknown: str
    """`{word}`."""
    meant: str
    """`{word}`."""
    wrong: str
    """`{activity}` and `{outcome}`."""
    fitting: str
    """`{outcomes}`."""
    no_client: str
    """`{name}`."""
    no_client_body: str
    several: str
    """`{name}`."""
    several_body: str
    """`{names}`."""
    refused: str
    """`{reason}`."""
    to_come: str
    """A reason: the time said is later than now."""
    undone: str
    """`{what}`."""
    nothing_to_undo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """The day."""

    done: str
    """`{done}` and `{asked}`."""
    left: str
    """`{minutes}`."""
    all_done: str
    day_off: str
    nothing: str
    minutes: str
    """`{minutes}`."""
    came_in: str
    so_far: str
    of: str
    """`{name}`, `{value}`, `{target}`."""
    points: str
    """`{points}`."""
    team: str
    no_plan: str
    no_team: str
    more: str
    """`{count}`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWords:
    """Deals that need somebody."""

    title: str
    none_title: str
    none: str
    planned: str
    """`{title}`."""
    quiet: str
    """`{days}`."""
    more: str
    """`{count}`."""
    figures: Template
    """What messages about deals call a deal's figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BotWords:
    """Everything the bot says in one language."""

    field: FieldWords
    chat: ChatWords
    log: LogWords
    day: DayWords
    deals: DealWords
