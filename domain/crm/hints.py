"""What a webhook of amoCRM says has changed: numbers only, because anybody who learns its address can send one."""

import re
from typing import Final
from urllib.parse import parse_qsl

MOST: Final = 1_000
"""Fields of one webhook; amoCRM sends a few dozen."""
LARGEST: Final = 2**53
_RECORD: Final = re.compile(r"(leads|contacts|task)\[(add|update|status|responsible|restore|delete)\]\[[0-9]+\]\[id\]")
_NOTE: Final = re.compile(r"(leads|contacts)\[note\]\[[0-9]+\]\[note\]\[id\]")
_NAMES: Final = {"leads": "deals", "contacts": "contacts", "task": "tasks"}
_NOTE_NAMES: Final = {"leads": "deal_notes", "contacts": "contact_notes"}


def hints(body: bytes) -> set[tuple[str, int]]:
    """The kind and number of each record it names; empty for words that are no webhook."""
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), max_num_fields=MOST)
    except ValueError:
        return set()
    found = ((_kind(key), value) for key, value in pairs)
    return {
        (kind, int(value)) for kind, value in found if kind is not None and re.fullmatch(r"[0-9]{1,15}", value) and 0 < int(value) < LARGEST
    }


def _kind(key: str) -> str | None:
    if record := _RECORD.fullmatch(key):
        return _NAMES[record[1]]
    note = _NOTE.fullmatch(key)
    return _NOTE_NAMES[note[1]] if note else None
