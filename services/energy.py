"""How somebody's energy is, as they say themselves. Every function is about the viewer alone: nobody else can ask, whatever their role."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import energy as queries
from data.writes import coaching
from data.writes import energy as writes
from domain.coaching.energy import LEAST, MOST, CheckIn, EnergyPattern, daypart_at, pattern
from domain.coaching.texts.text import CoachKind
from domain.errors import AccessError, InputError
from domain.local_time import local_time
from services.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """What the viewer said just now, and what all they said shows."""

    now: int | None
    """In this part of the day; None before they said."""
    pattern: EnergyPattern


def energy_of(session: Session, viewer: Viewer, now: datetime) -> Energy:
    """The viewer's own."""
    told = check_ins_of(session, viewer)
    clock = local_time(now, viewer.time_zone)
    part = daypart_at(clock.hour)
    here = [each.energy for each in told if each.on == clock.on and each.daypart is part]
    return Energy(now=here[-1] if here else None, pattern=pattern(told))


def check_ins_of(session: Session, viewer: Viewer) -> list[CheckIn]:
    """Everything the viewer ever said, for their own copy of their data."""
    return queries.check_ins_of(session, _oneself(viewer))


def check_in(session: Session, viewer: Viewer, energy: int, now: datetime) -> None:
    """Keep how the viewer's energy is now, from 1 to 5; said again within the same part of the day it replaces."""
    if not LEAST <= energy <= MOST:
        raise InputError(f"Energy is told from {LEAST} (empty) to {MOST} (full).")
    clock = local_time(now, viewer.time_zone)
    writes.put_check_in(session, _oneself(viewer), CheckIn(on=clock.on, daypart=daypart_at(clock.hour), energy=energy), now)


def forget(session: Session, viewer: Viewer) -> int:
    """Delete everything the viewer said, and what the coach said of it; returns how many check-ins it was."""
    coaching.forget(session, _oneself(viewer), {CoachKind.ENERGY})
    return writes.forget(session, _oneself(viewer))


def _oneself(viewer: Viewer) -> int:
    if viewer.is_program:
        raise AccessError("Energy check-ins are private: only the person themselves sees them.")
    return viewer.person_id
