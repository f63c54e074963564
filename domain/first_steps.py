"""What somebody new does in their first ten minutes. A step is done once the facts say so; nobody ticks it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.records import Role


class Step(StrEnum):
    """Something to do once."""

    BRING_DATA = "bring_data"
    INVITE = "invite"
    NAME_MANAGERS = "name_managers"
    SET_TARGETS = "set_targets"
    TALK = "talk"
    LOG = "log"
    BOOK = "book"
    SET_GOAL = "set_goal"
    BE_REACHED = "be_reached"


OF_ROLE: Final[Mapping[Role, tuple[Step, ...]]] = MappingProxyType(
    {
        Role.AGENT: (Step.LOG, Step.BOOK, Step.SET_GOAL, Step.BE_REACHED),
        Role.MANAGER: (Step.BRING_DATA, Step.SET_TARGETS, Step.TALK, Step.BE_REACHED),
        Role.ADMIN: (Step.BRING_DATA, Step.INVITE, Step.NAME_MANAGERS, Step.SET_TARGETS),
    }
)
"""In the order in which they are worth doing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """Somebody's first steps and which of them are done."""

    steps: tuple[Step, ...]
    done: frozenset[Step]

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= set(self.steps)

    @property
    def next(self) -> Step | None:
        """The first that is left; None when it is over."""
        return next((step for step in self.steps if step not in self.done), None)


def checklist(role: Role, done: Collection[Step]) -> Checklist:
    """The steps of a role; what was done beside them does not count."""
    steps = OF_ROLE[role]
    return Checklist(steps=steps, done=frozenset(step for step in steps if step in done))
