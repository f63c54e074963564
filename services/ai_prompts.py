"""The instructions a language model gets: a file for each purpose and version, so that an answer can be told from what asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent.parent / "prompts"


class Purpose(StrEnum):
    """What a model is asked for."""

    GOAL_ANALYSIS = "goal_analysis"
    DAY_PLAN = "day_plan"
    PATTERNS = "patterns"
    CONTENT = "content"
    ENERGY = "energy"
    DEAL_REVIEW = "deal_review"
    TRIAL = "trial"
    """Whether the connection works."""


VERSIONS: Final[Mapping[Purpose, str]] = MappingProxyType(dict.fromkeys(Purpose, "v1"))
"""Which is asked with now; a changed prompt is a new file with a new version."""
EVALUATED: Final = frozenset({Purpose.DAY_PLAN, Purpose.PATTERNS, Purpose.CONTENT, Purpose.ENERGY, Purpose.DEAL_REVIEW})
"""The coach's texts and reviews: asked for only where the model did as well as the rules on the cases, with this very prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """How to answer for a purpose."""

    purpose: Purpose
    version: str
    text: str


@cache
def prompt(purpose: Purpose, version: str | None = None) -> Prompt:
    """The prompt in this version, else the one in use."""
    version = version or VERSIONS[purpose]
    return Prompt(purpose=purpose, version=version, text=(FOLDER / f"{purpose}.{version}.md").read_text(encoding="utf-8"))
