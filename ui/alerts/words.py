"""Words of the Alerts screen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from domain.alerts.finding import Priority
from domain.alerts.log import Happening
from domain.alerts.words import PRIORITY_WORDS
from domain.formatting import hours_text
from domain.local_time import wall_clock
from domain.metrics.status import Tone
from services.alerts import AlertShown, LogEntry, Silence
from ui.wording import plain, tone_color

ICONS: Final[Mapping[Priority, str]] = MappingProxyType(
    {Priority.URGENT: "priority_high", Priority.HIGH: "warning", Priority.MEDIUM: "info"}
)
TONES: Final[Mapping[Priority, Tone]] = MappingProxyType(
    {Priority.URGENT: Tone.BAD, Priority.HIGH: Tone.WARNING, Priority.MEDIUM: Tone.QUIET}
)
SPANS: Final[Mapping[Silence, str]] = MappingProxyType({Silence.HOURS: "4 hours", Silence.DAY: "A day", Silence.WEEK: "A week"})
HAPPENED: Final[Mapping[Happening, str]] = MappingProxyType(
    {
        Happening.FIRED: "Fired: {note}",
        Happening.RESOLVED: "Resolved",
        Happening.SILENCED: "{who} silenced it: {note}",
        Happening.SPOKEN: "{who} let it speak again",
        Happening.ASSIGNED: "{who} gave it to {note}",
        Happening.UNASSIGNED: "{who} gave it back",
        Happening.COMMENTED: "{who}: {note}",
    }
)
FIELDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "calls": ("Calls a week", "Of the whole team, in a full week. By now as many are asked for as working days are gone."),
        "booked": ("Calls booked for next week", "In the calendars of the whole team; judged from the middle of this week on."),
        "lists": ("Partner lists past due", "From how many on you hear of them."),
        "support_calls": ("Support: calls below", "Of one agent in a full week; only together with too few points."),
        "support_index": ("Support: points below", "Of one agent in a full week: calls × 1, agreements × 3, lists × 2, sales × 5."),
        "silent_hours": (
            "Hours without data",
            "Of those in which records usually arrive, and longer than any silence of four weeks.",
        ),
        "goals": ("Goals at risk", "Of one agent, from how many on."),
    }
)
"""Thresholds as fields, in the form's order: what each is called, and what it means."""


def badge(priority: Priority) -> str:
    """How much it presses: icon, word and colour together."""
    return f":{tone_color(TONES[priority])}-badge[:material/{ICONS[priority]}: {PRIORITY_WORDS[priority]}]"


def since_text(alert: AlertShown, now: datetime, zone: str) -> str:
    """`since 10 Mar, 14:00 (3.0 h)`."""
    at = alert.fired_at or alert.noticed_at
    return f"since {moment_text(at, zone)} ({hours_text(max(now - at, timedelta(0)) / timedelta(hours=1))})"


def moment_text(at: datetime, zone: str) -> str:
    """A moment by the reader's clock."""
    return f"{wall_clock(at, zone):%d %b, %H:%M}"


def log_text(entry: LogEntry, zone: str) -> str:
    """One line of the log in markdown: when, who, what."""
    note = SPANS[Silence(entry.note)].lower() if entry.what is Happening.SILENCED else plain(entry.note, limit=500)
    said = HAPPENED[entry.what].format(who=plain(entry.person or "Somebody"), note=note)
    return f":gray[{moment_text(entry.at, zone)}] {said}"
