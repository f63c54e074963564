"""Single values of amoCRM's records, which promise less than they seem to: numbers as text, lists where objects were, dates of 0."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

Record: TypeAlias = Mapping[str, Any]
LATEST: Final = 4_102_444_800
"""The year 2100; a later moment is no moment."""
_UNWANTED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class UnreadableError(Exception):
    """A record cannot become one of ours; the message is the reason, for the list of what was refused."""


def number(value: object) -> int | None:
    """A whole number, also one written as text; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = str(value).strip() if isinstance(value, str | float) else ""
    return int(text) if re.fullmatch(r"-?[0-9]{1,18}", text) else None


def record_id(record: Record) -> int:
    """The record's own number; raises UnreadableError without one."""
    found = number(record.get("id"))
    if found is None or found <= 0:
        raise UnreadableError("It has no number of its own.")
    return found


def known_id(value: object) -> int | None:
    """A number that points at something; amoCRM writes 0 for nothing and for its robots."""
    found = number(value)
    return found if found is not None and found > 0 else None


def moment(value: object) -> datetime | None:
    """A moment from seconds since 1970; None for none."""
    seconds = number(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds < LATEST else None


def needed_moment(record: Record, name: str) -> datetime:
    """A moment the record must have."""
    found = moment(record.get(name))
    if found is None:
        raise UnreadableError(f"Its {name} is not a moment.")
    return found


def words(value: object, most: int) -> str:
    """Text that can be stored, cut to `most` characters."""
    text = value if isinstance(value, str) else "" if value is None or isinstance(value, dict | list) else str(value)
    return _UNWANTED.sub("", text).strip()[:most]


def inner(record: Record, name: str) -> Record:
    """An object inside the record; an empty list, which amoCRM writes for an empty object, is one without anything."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def inner_list(record: Record, name: str) -> list[Record]:
    """The objects of a list inside the record."""
    found = record.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def field_texts(record: Record) -> dict[int, str]:
    """The first value of each of the account's own fields, by the field's number."""
    found = {}
    for each in inner_list(record, "custom_fields_values"):
        key, values = known_id(each.get("field_id")), inner_list(each, "values")
        if key is not None and values:
            found[key] = words(values[0].get("value"), 300)
    return found


def field_by_code(record: Record, code: str) -> str:
    """The first value of a field amoCRM knows itself, such as EMAIL."""
    for each in inner_list(record, "custom_fields_values"):
        values = inner_list(each, "values")
        if each.get("field_code") == code and values:
            return words(values[0].get("value"), 254)
    return ""
