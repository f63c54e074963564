"""Parsed rows become records: people found, days told in their zone, references resolved, and what contradicts itself refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from data.imports.authority import Authority
from data.imports.directory import Directory, Known
from data.imports.forgotten import ErasedPersonError, Memory
from data.imports.kinds import FieldType, KindSpec
from data.imports.newcomers import Newcomers
from data.imports.references import Reference
from data.imports.values.dates import When
from data.imports.values.numbers import Money
from domain.contact import FUTURE_LEEWAY
from domain.local_time import day_start, zone
from domain.money import to_minor
from domain.pipeline.stages import Pipelines

Record = dict[str, Any]
SAME: Final = frozenset({FieldType.TEXT, FieldType.NOTES, FieldType.WORD, FieldType.COUNT, FieldType.RATING, FieldType.DURATION})
"""Types whose parsed value is stored as it is."""


class RefusedError(Exception):
    """The row cannot become a record; which field stopped it, and why."""

    def __init__(self, field_key: str, reason: str, value: object = "") -> None:
        super().__init__(reason)
        self.field_key, self.reason, self.value = field_key, reason, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a row is understood against."""

    spec: KindSpec
    currency: str
    time_zone: str
    now: datetime
    book: Directory
    authority: Authority
    memory: Memory
    newcomers: Newcomers | None
    """None where people may not be created."""
    default_team: str
    pipelines: Pipelines
    deals: Mapping[str, Reference]
    leads: Mapping[str, Reference]
    found: dict[str, Known | ValueError] = field(default_factory=dict)
    """People already looked for: who, or why nobody."""


def base(cells: Record, around: Surroundings) -> tuple[Record, Known | None]:
    """The columns every kind shares the rules for, and the agent they are told in."""
    agent = person(cells, "agent", around)
    place = agent.time_zone if agent else around.time_zone
    record: Record = {"agent_id": agent.id if agent else None} if "agent" in cells else {}
    for name, value in cells.items():
        convert = _CONVERSIONS.get(around.spec.field(name).type)
        if convert is not None:
            record |= convert(name, value, place, around)
    _check_currency(cells, around)
    return record, agent


def person(cells: Record, field_key: str, around: Surroundings) -> Known | None:
    """Who the cell names; nobody when it is empty. Raises RefusedError when that is unknown, ambiguous or not theirs to import."""
    text = cells.get(field_key) or ""
    if not text:
        return None
    if text not in around.found:
        around.found[text] = _looked_up(text, cells.get("agent_team") or around.default_team, around)
    found = around.found[text]
    if isinstance(found, ValueError):
        raise refused_person(field_key, found, text)
    return found


def refused_person(field_key: str, reason: ValueError, value: object) -> RefusedError:
    """The refusal of a row because of somebody it names; who was erased is not named in it."""
    return RefusedError(field_key, str(reason), "" if isinstance(reason, ErasedPersonError) else value)


def _looked_up(text: str, team: str, around: Surroundings) -> Known | ValueError:
    try:
        known = around.book.find(text)
        if known is None and around.newcomers is not None:
            known = around.newcomers.person(text, team)
    except ValueError as error:
        return error
    return known or ValueError("Nobody here has this e-mail, id or name. Import people first, or let this import create them.")


def require_authority(agent_id: int | None, around: Surroundings, *, what: str) -> None:
    """Raise RefusedError unless the importing person may write facts of this agent."""
    if not around.authority.over_agent(agent_id):
        reason = f"{what} belongs to an agent outside your teams." if agent_id else f"{what} has no agent; only an admin can import it."
        raise RefusedError("agent", reason)


def local_day(moment: When, place: str) -> date:
    """The day itself, or the day a moment falls on in the zone."""
    return moment.astimezone(zone(place)).date() if isinstance(moment, datetime) else moment


def _same(name: str, value: object, _place: str, _around: Surroundings) -> Record:
    return {name: value}


def _day(name: str, value: When | None, place: str, _around: Surroundings) -> Record:
    return {name: None if value is None else local_day(value, place)}


def _moment(name: str, value: When | None, place: str, _around: Surroundings) -> Record:
    """The moment; a day without a time is the day's first moment for the agent."""
    if value is None or isinstance(value, datetime):
        return {name: value}
    return {name: day_start(value, place)}


def _amount(name: str, value: Money | None, _place: str, around: Surroundings) -> Record:
    if value is None:
        return {f"{name}_minor": None}
    if value.currencies is not None and around.currency not in value.currencies:
        raise RefusedError(name, f"The amount is in {value.symbol}, this organisation counts in {around.currency}.", value.amount)
    return {f"{name}_minor": to_minor(value.amount, around.currency)}


def _stage(name: str, value: str, _place: str, around: Surroundings) -> Record:
    """The stage by its key where the file has the company's own name for it; other words stay as they are."""
    return {name: around.pipelines.key_of_own(value)}


def _deal(name: str, value: str | None, _place: str, around: Surroundings) -> Record:
    return {f"{name}_id": _reference(name, value, around.deals, "deal")}


def _lead(name: str, value: str | None, _place: str, around: Surroundings) -> Record:
    return {f"{name}_id": _reference(name, value, around.leads, "lead")}


def _reference(field_key: str, external_id: str | None, known: Mapping[str, Reference], what: str) -> int | None:
    if not external_id:
        return None
    if external_id not in known:
        raise RefusedError(field_key, f"There is no {what} with this id from the same system. Import the {what}s first.", external_id)
    return known[external_id].id


def _check_currency(cells: Record, around: Surroundings) -> None:
    code = cells.get("currency") or around.currency
    if code != around.currency:
        raise RefusedError("currency", f"The row is in {code}, this organisation counts in {around.currency}.", code)


def is_future(when: When, around: Surroundings) -> bool:
    """Whether this lies further ahead than clocks and zones can explain."""
    latest = around.now + FUTURE_LEEWAY
    return when > latest if isinstance(when, datetime) else when > (latest + timedelta(hours=14)).date()


_CONVERSIONS: Final[dict[FieldType, Callable[[str, Any, str, Surroundings], Record]]] = {
    **dict.fromkeys(SAME, _same),
    FieldType.DAY: _day,
    FieldType.MOMENT: _moment,
    FieldType.MONEY: _amount,
    FieldType.STAGE: _stage,
    FieldType.DEAL: _deal,
    FieldType.LEAD: _lead,
}
