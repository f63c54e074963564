"""Which planned entries of one agent share time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from domain.facts import EventEntry
from domain.records import EventStatus


def conflicts(entries: Iterable[EventEntry]) -> Mapping[int, list[EventEntry]]:
    """For each planned entry that shares time with others of its agent these others, as they start; touching at an end is not sharing."""
    planned = sorted((entry for entry in entries if entry.status is EventStatus.PLANNED), key=lambda entry: (entry.starts_at, entry.id))
    found: defaultdict[int, list[EventEntry]] = defaultdict(list)
    under_way: defaultdict[int, list[EventEntry]] = defaultdict(list)
    for entry in planned:
        still = [other for other in under_way[entry.agent_id] if other.ends_at > entry.starts_at]
        for other in still:
            found[other.id].append(entry)
            found[entry.id].append(other)
        under_way[entry.agent_id] = [*still, entry]
    return found
