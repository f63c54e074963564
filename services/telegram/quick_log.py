"""`/log` and `/undo`: what somebody did, in the words of the buttons on Daily."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import activities as found
from data.queries import links
from domain.bot.languages import NAMES
from domain.bot.quick_log import NothingSaid, QuickLog, UnknownWord, WrongOutcome, understood
from domain.bot.said import Said
from domain.bot.words import BotWords
from domain.contact import OUTCOMES
from domain.errors import PacesetterError
from domain.facts import ActivityEntry
from domain.local_time import local_time, moment_at, wall_clock
from services import activities
from services.access import Viewer
from services.activity_input import new_activity

SECONDS_A_MINUTE: Final = 60
NAMED: Final = 5
"""Namesakes told; whoever has more says more of the name."""


def log(session: Session, viewer: Viewer, said: str, words: BotWords, now: datetime, *, written_at: datetime) -> Said:
    """Log what was said for the viewer, and tell how to take it back; nothing is logged where a word is not understood.

    It happened when it was written, or at the time that was said, on that day: the bot may have read it hours later.
    """
    match understood(said, NAMES):
        case QuickLog() as meant:
            return _logged(session, viewer, meant, words, now, _when(meant, viewer, written_at))
        case UnknownWord(word=word, near=near):
            hint = words.log.meant.format(word=near) if near else _usage(words)
            return Said(title=words.log.unknown.format(word=word), body=hint)
        case WrongOutcome(kind=kind, outcome=outcome):
            title = words.log.wrong.format(activity=words.field.activities[kind], outcome=words.field.outcomes[outcome])
            fitting = _listed(words.field.outcomes[each] for each in OUTCOMES[kind])
            return Said(title=title, body=words.log.fitting.format(outcomes=fitting))
        case NothingSaid():
            return Said(title=words.log.usage_title, body=_usage(words))


def undo(session: Session, viewer: Viewer, activity_id: int | None, words: BotWords, now: datetime) -> Said:
    """Take back an entry of the viewer's own."""
    entry = found.visible_entry(session, viewer.scope, activity_id) if activity_id is not None else None
    if entry is None or entry.agent_id != viewer.person_id:
        return Said(title=words.log.nothing_to_undo)
    try:
        with session.begin_nested():
            activities.delete_activity(session, viewer, entry.id, now)
    except PacesetterError:
        return Said(title=words.log.nothing_to_undo)
    return Said(title=words.log.undone.format(what=_what(entry, words)))


def _when(meant: QuickLog, viewer: Viewer, written_at: datetime) -> datetime:
    if meant.at is None:
        return written_at
    return moment_at(datetime.combine(local_time(written_at, viewer.time_zone).on, meant.at), viewer.time_zone).moment


def _logged(session: Session, viewer: Viewer, meant: QuickLog, words: BotWords, now: datetime, happened_at: datetime) -> Said:
    if happened_at > now:
        return Said(title=words.log.refused.format(reason=words.log.to_come))
    fields: dict[str, object] = {"type": meant.kind, "outcome": meant.outcome, "notes": meant.note, "occurred_at": happened_at}
    if meant.minutes:
        fields["duration_seconds"] = meant.minutes * SECONDS_A_MINUTE
    if meant.client:
        linked = _linked(session, viewer, meant.client, words, now)
        if isinstance(linked, Said):
            return linked
        fields |= linked
    try:
        new = new_activity(agent_id=viewer.person_id, **fields)
        with session.begin_nested():
            entry = activities.record_activity(session, viewer, new, now)
    except PacesetterError as error:
        return Said(title=words.log.refused.format(reason=error))
    at = f"{wall_clock(entry.occurred_at, viewer.time_zone):%H:%M}"
    body = words.log.logged_body.format(time=at, undo=f"/undo_{entry.id}")
    return Said(title=words.log.logged.format(what=_what(entry, words)), body=f"{entry.notes}\n\n{body}".strip(), link="/daily")


def _linked(session: Session, viewer: Viewer, name: str, words: BotWords, now: datetime) -> Said | dict[str, int]:
    """The one lead, or else the one open deal, of the viewer's that the name is of; what to say where it is of none or of several."""
    on = local_time(now, viewer.time_zone).on
    for field, search in (("lead_id", links.leads_named), ("deal_id", links.open_deals_named)):
        found = search(session, viewer.scope, viewer.person_id, name, on)
        exact = [each for each in found if each.name.casefold() == name.casefold()] or found
        if len(exact) == 1:
            return {field: exact[0].id}
        if exact:
            names = ", ".join(each.name for each in exact[:NAMED])
            return Said(title=words.log.several.format(name=name), body=words.log.several_body.format(names=names))
    return Said(title=words.log.no_client.format(name=name), body=words.log.no_client_body)


def _what(entry: ActivityEntry, words: BotWords) -> str:
    outcome = words.field.outcomes[entry.outcome] if entry.outcome else ""
    minutes = words.log.minutes.format(minutes=round(entry.duration_seconds / SECONDS_A_MINUTE)) if entry.duration_seconds else ""
    client = entry.lead_name or entry.deal_name or ""
    return " · ".join(filter(None, (words.field.activities[entry.type], outcome, minutes, client)))


def _usage(words: BotWords) -> str:
    activities = _listed(words.field.activities[each] for each in OUTCOMES)
    outcomes = _listed(words.field.outcomes[each] for each in dict.fromkeys(each for kind in OUTCOMES.values() for each in kind))
    return words.log.usage.format(activities=activities, outcomes=outcomes)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.casefold() for name in names)
