"""What somebody chose to look at, read from the parameters of a page's address; screens and exports share it."""

import difflib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from domain.access import Selection
from domain.errors import InputError
from domain.periods import Period, Preset, from_preset

PERIOD, FROM, TO, AGENTS, TEAM, CATEGORY = "period", "from", "to", "agents", "team", "category"
NAMES: Final = (PERIOD, FROM, TO, AGENTS, TEAM, CATEGORY)
"""The parameters of an address that make a selection."""
CUSTOM: Final = "custom"
DEFAULT_PRESET: Final = Preset.THIS_MONTH
MAX_DAYS: Final = 5 * 366
"""Five years, long or ahead: more than any comparison people make, short enough that a mistyped year neither reads the whole history
nor plans the working days of centuries."""
FIRST_YEAR: Final = 1970
MAX_CHOICES: Final = 500
MAX_ID: Final = 2**31 - 1
MAX_CATEGORY_LENGTH: Final = 60


def selection_from(params: Mapping[str, str], today: date) -> Selection:
    """The selection the parameters describe; parameters of other subjects are left alone.

    Raises InputError naming the parameter when a value cannot be read. Ids outside the viewer's scope are not an error
    here: the queries give nothing for them.
    """
    return Selection(
        period=period_from(params, today),
        agent_ids=_ids(params, AGENTS),
        team_ids=_ids(params, TEAM),
        categories=_categories(params),
    )


def period_from(params: Mapping[str, str], today: date) -> Period:
    """The period a preset names or, with `period=custom`, the days `from` … `to`, both included; this month when unsaid."""
    name = params.get(PERIOD, "").strip()
    if name == CUSTOM or (not name and (FROM in params or TO in params)):
        return _custom(params, today)
    return from_preset(preset_from(name), today)


def preset_from(name: str) -> Preset:
    """The preset of that name, this month for no name."""
    if not name:
        return DEFAULT_PRESET
    known = [preset.value for preset in Preset]
    if name in known:
        return Preset(name)
    nearest = difflib.get_close_matches(name, [*known, CUSTOM], n=1, cutoff=0)
    raise InputError(f"There is no period called “{name[:40]}”. Did you mean “{nearest[0]}”?", code="unknown_period")


def params_from(selection: Selection, preset: Preset | None) -> dict[str, str]:
    """The parameters that describe the selection, the reverse of `selection_from`; the default period needs none."""
    chosen = _period_params(selection.period, preset)
    lists = {
        AGENTS: joined(sorted(selection.agent_ids)),
        TEAM: joined(sorted(selection.team_ids)),
        CATEGORY: joined(sorted(selection.categories)),
    }
    return chosen | {name: text for name, text in lists.items() if text}


def joined(values: Iterable[int | str]) -> str:
    """The values as one parameter, a comma between them; a comma inside a name is kept apart by a backslash."""
    return ",".join(_quoted(str(value)) for value in values)


def _period_params(period: Period, preset: Preset | None) -> dict[str, str]:
    if preset is None:
        return {PERIOD: CUSTOM, FROM: period.start.isoformat(), TO: period.last_day.isoformat()}
    return {} if preset is DEFAULT_PRESET else {PERIOD: preset.value}


def _custom(params: Mapping[str, str], today: date) -> Period:
    first, last = _day(params, FROM), _day(params, TO)
    if (first - today).days >= MAX_DAYS:
        raise InputError(f"{first} is more than five years ahead. Choose an earlier day.", code="period_too_far")
    if (last - first).days >= MAX_DAYS:
        raise InputError(f"{first} to {last} is longer than five years. Choose a shorter period.", code="period_too_long")
    return Period(first, last + timedelta(days=1))


def _day(params: Mapping[str, str], name: str) -> date:
    text = params.get(name, "").strip()
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-03-31") else None
    except ValueError:
        day = None
    if day is None or day.year < FIRST_YEAR:
        raise InputError(f"“{name}” should be a day written like 2026-03-31, not “{text[:40]}”.", code="invalid_day")
    return day


def _ids(params: Mapping[str, str], name: str) -> frozenset[int]:
    parts = [part.strip() for part in params.get(name, "").split(",") if part.strip()]
    wrong = next((part for part in parts if not _is_id(part)), None)
    if wrong is not None:
        raise InputError(f"“{name}” should be numbers with commas between them, like 3,17; “{wrong[:40]}” is none.", code="invalid_id")
    return frozenset(int(part) for part in _few(parts, name))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MAX_ID)) and 0 < int(text) <= MAX_ID


def _categories(params: Mapping[str, str]) -> frozenset[str]:
    names = [name for name in _split_quoted(params.get(CATEGORY, "")) if name]
    if any(len(name) > MAX_CATEGORY_LENGTH for name in names):
        raise InputError(f"A category has at most {MAX_CATEGORY_LENGTH} characters.", code="invalid_category")
    return frozenset(_few(names, CATEGORY))


def _few(parts: list[str], name: str) -> list[str]:
    if len(parts) > MAX_CHOICES:
        raise InputError(f"“{name}” names {len(parts)} choices; at most {MAX_CHOICES} fit.", code="too_many_choices")
    return parts


def _quoted(name: str) -> str:
    return name.replace("\\", r"\\").replace(",", r"\,")


def _split_quoted(text: str) -> list[str]:
    """The parts between commas; a comma or backslash that belongs to a name has a backslash before it."""
    parts: list[str] = []
    current, quoted = "", False
    for sign in text.replace("\0", ""):
        if quoted or sign not in ",\\":
            current, quoted = current + sign, False
        elif sign == "\\":
            quoted = True
        else:
            parts, current = [*parts, current], ""
    return [part.strip() for part in [*parts, current]]
