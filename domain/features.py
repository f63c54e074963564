"""Which screens somebody already has while a new one is rolled out: by team, by role, by a share of the people, or everybody."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from domain.records import Role

WHOLE: Final = 100
"""A share is a whole number of per cent: nobody rolls anything out in finer steps."""


class Feature(StrEnum):
    """What can be rolled out step by step. Whatever has no rule is on for everybody."""

    PIPELINE = "pipeline"
    ALERTS = "alerts"
    FORECAST = "forecast"


NAMES: Final[Mapping[Feature, str]] = MappingProxyType(
    {
        Feature.PIPELINE: "Pipeline",
        Feature.ALERTS: "Alerts",
        Feature.FORECAST: "Forecast on the Overview",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRule:
    """Who has a feature: whoever any of the three names; nobody, where all are empty."""

    share: int = 0
    """Per cent of the people, always the same ones; a larger share adds people and takes it from nobody."""
    roles: frozenset[Role] = frozenset()
    team_ids: frozenset[int] = frozenset()

    @property
    def is_everybody(self) -> bool:
        """Whether there is nothing left to ask."""
        return self.share >= WHOLE or self.roles >= frozenset(Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """What a rule asks about somebody."""

    person_id: int
    role: Role
    team_ids: frozenset[int] = frozenset()
    """The teams they are on or manage today."""


def is_on(feature: Feature, rule: FlagRule | None, asker: Asker) -> bool:
    """Whether somebody has the feature; without a rule everybody has."""
    if rule is None or asker.role in rule.roles or asker.team_ids & rule.team_ids:
        return True
    return place(feature, asker.person_id) < rule.share


def hidden(rules: Mapping[Feature, FlagRule], asker: Asker) -> frozenset[Feature]:
    """The features somebody does not have."""
    return frozenset(feature for feature, rule in rules.items() if not is_on(feature, rule, asker))


def place(feature: Feature, person_id: int) -> int:
    """Where somebody stands among a hundred, for this feature alone: a hash, so that it never changes and is nobody's choice."""
    return int.from_bytes(sha256(f"{feature}:{person_id}".encode()).digest()[:8]) % WHOLE


def rule_words(rule: FlagRule | None, roles: Mapping[Role, str], teams: Mapping[int, str]) -> str:
    """`Everybody`, `Nobody`, or `Managers, team North, 20 % of the people`; a team that is gone is left out."""
    if rule is None:
        return "Everybody"
    named = [f"{roles[role]}s" for role in Role if role in rule.roles]
    named += [f"team {name}" for team_id, name in teams.items() if team_id in rule.team_ids]
    named += [f"{rule.share} % of the people"] if rule.share else []
    return _sentence(named) or "Nobody"


def _sentence(parts: Collection[str]) -> str:
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]
