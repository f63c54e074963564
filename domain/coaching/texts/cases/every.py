"""All cases by what is asked for; patterns of a team and of one agent are one thing to ask for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.coaching.texts.cases.case import Case
from domain.coaching.texts.cases.content import CONTENT_CASES
from domain.coaching.texts.cases.day import DAY_CASES
from domain.coaching.texts.cases.energy import ENERGY_CASES
from domain.coaching.texts.cases.patterns import PATTERN_CASES
from domain.coaching.texts.text import CoachKind

CASES: Final[Mapping[CoachKind, tuple[Case, ...]]] = MappingProxyType(
    {
        CoachKind.DAY_PLAN: DAY_CASES,
        CoachKind.PATTERNS: PATTERN_CASES,
        CoachKind.CONTENT: CONTENT_CASES,
        CoachKind.ENERGY: ENERGY_CASES,
    }
)
