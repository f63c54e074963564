"""The stages of each pipeline as a company arranges them: what they are called is its own, what they mean is one of a few things."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from domain.errors import InputError
from domain.pipeline.steps import LIST_OUT, STAGES, Milestone, ending, milestone, words
from domain.profiles import PROFILES
from domain.records import DealStatus, Profile


class Meaning(StrEnum):
    """What a stage says of a deal; figures count by it, never by a name."""

    LEAD = "lead"
    CALL_BOOKED = "call_booked"
    CALL_HELD = "call_held"
    ON_THE_WAY = "on_the_way"
    """Nothing more than that it is open; what any stage means that nobody described."""
    PROPOSAL = "proposal"
    AGREEMENT = "agreement"
    LIST_SENT = "list_sent"
    NURTURED = "nurtured"
    """Open, and not pressed: to be looked after until its time comes."""
    WON = "won"
    LOST = "lost"

    @property
    def status(self) -> DealStatus:
        """What entering such a stage decides."""
        return {Meaning.WON: DealStatus.WON, Meaning.LOST: DealStatus.LOST}.get(self, DealStatus.OPEN)

    @property
    def milestone(self) -> Milestone | None:
        """What has happened once a deal is there."""
        return _MILESTONES.get(self)


MEANINGS: Final[Mapping[Meaning, str]] = MappingProxyType(
    {
        Meaning.LEAD: "New lead",
        Meaning.CALL_BOOKED: "Call booked",
        Meaning.CALL_HELD: "Call held",
        Meaning.ON_THE_WAY: "On its way",
        Meaning.PROPOSAL: "Proposal (soft yes)",
        Meaning.AGREEMENT: "Agreement (hard yes)",
        Meaning.LIST_SENT: "Partner list sent",
        Meaning.NURTURED: "Nurtured",
        Meaning.WON: "Won",
        Meaning.LOST: "Lost",
    }
)
_MILESTONES: Final = {Meaning.PROPOSAL: Milestone.PROPOSAL, Meaning.AGREEMENT: Milestone.AGREEMENT, Meaning.LIST_SENT: Milestone.LIST_SENT}
_BY_MILESTONE: Final = {told: meaning for meaning, told in _MILESTONES.items()}
NAMED: Final = MappingProxyType(
    {
        "LEAD": Meaning.LEAD,
        "CALL_BOOKED": Meaning.CALL_BOOKED,
        "CALL_CONDUCTED": Meaning.CALL_HELD,
        "FREE_QA_OFFERED": Meaning.NURTURED,
    }
)
"""What the names of the list-out pipeline mean beyond their families and ends."""
LONGEST: Final = 80
MOST: Final = 24
"""Stages of a pipeline in use: more are not a board any more."""
ONE_MEANING: Final = "“{name}” means “{meaning}” in {profile}, and one name means one thing. Choose that meaning, or another name."


def usual_meaning(key: str) -> Meaning:
    """What a stage means that nobody described, by the names teams start with and their families."""
    status, reached = ending(key), milestone(key)
    if status is not DealStatus.OPEN:
        return Meaning.WON if status is DealStatus.WON else Meaning.LOST
    return NAMED.get(key.strip().upper()) or (_BY_MILESTONE[reached] if reached else Meaning.ON_THE_WAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of a pipeline. Its key stands in records and never changes; its name is what people read."""

    key: str
    name: str
    meaning: Meaning
    is_used: bool = True
    chance: float | None = None
    """How many of a hundred deals here are won, as the company reckons, from 0 to 1; None where it does not."""


def _usual(key: str) -> Stage:
    meaning = usual_meaning(key)
    return Stage(key=key, name=words(key), meaning=meaning, chance={Meaning.WON: 1.0, Meaning.LOST: 0.0}.get(meaning))


USUAL: Final[Mapping[Profile, tuple[Stage, ...]]] = MappingProxyType(
    {profile: tuple(map(_usual, keys)) for profile, keys in STAGES.items()}
)
"""The stages a team starts with."""


@dataclass(frozen=True, slots=True)
class Pipelines:
    """The stages of every kind of business in their order, those no longer used among them."""

    by_profile: Mapping[Profile, tuple[Stage, ...]]

    @classmethod
    def with_own(cls, own: Mapping[Profile, Sequence[Stage]]) -> Self:
        """What a company arranged, and the usual stages of every business it did not."""
        return cls({profile: tuple(own.get(profile) or USUAL[profile]) for profile in Profile})

    def used(self, profile: Profile) -> tuple[Stage, ...]:
        """The stages in use, in order."""
        return tuple(stage for stage in self.by_profile[profile] if stage.is_used)

    def stage(self, key: str) -> Stage | None:
        """The stage with this key, however it is written; the first that has it."""
        wanted = _folded(key)
        return next((stage for stage in self._all() if _folded(stage.key) == wanted), None)

    def key_of(self, said: str) -> str:
        """The key of what somebody calls a stage, by key or by name; their own word where no stage is called so."""
        found = self.stage(said) or next((stage for stage in self._all() if _folded(stage.name) == _folded(said)), None)
        return found.key if found else said

    def key_of_own(self, said: str) -> str:
        """The key of a stage a company gave this name itself; what a file or a program says otherwise stays in its own words."""
        if self.stage(said) is not None:
            return said
        own = (stage for stage in self._all() if stage.name != words(stage.key) and _folded(stage.name) == _folded(said))
        return next((stage.key for stage in own), said)

    def meaning(self, key: str) -> Meaning:
        """What a stage means, also one nobody described."""
        found = self.stage(key)
        return found.meaning if found else usual_meaning(key)

    def words(self, key: str) -> str:
        """The stage as people read it."""
        found = self.stage(key)
        return found.name if found else words(key)

    def keys(self, profile: Profile) -> frozenset[str]:
        """Every key of a kind of business, used or not."""
        return frozenset(stage.key for stage in self.by_profile[profile])

    def places(self) -> dict[str, int]:
        """How far along each stage is."""
        return {_folded(stage.key): place for stages in self.by_profile.values() for place, stage in enumerate(stages)}

    def first_stage(self, key: str) -> str:
        """Where the pipeline that has this stage begins; a lead of the list-out pipeline where none is known to have it."""
        wanted = _folded(key)
        profile = next((each for each in Profile if wanted in map(_folded, self.keys(each))), Profile.BDR)
        return self.used(profile)[0].key

    def placed(self, profile: Profile, stage: Stage, place: int) -> tuple[Stage, ...]:
        """The pipeline with the stage at a place from 1 on, instead of one with its key. InputError for what cannot be."""
        kept = [each for each in self.by_profile[profile] if _folded(each.key) != _folded(stage.key)]
        kept.insert(max(0, place - 1), stage)
        self._check(profile, stage, kept)
        return tuple(kept)

    def _check(self, profile: Profile, changed: Stage, stages: Sequence[Stage]) -> None:
        used = [stage for stage in stages if stage.is_used]
        if not 0 < len(changed.name.strip()) <= LONGEST:
            raise InputError(f"A stage's name has 1 to {LONGEST} characters.", code="stage_name")
        if sum(_folded(stage.name) == _folded(changed.name) for stage in used) > 1:
            raise InputError(f"There is a stage “{changed.name}” already. Give it another name.", code="stage_taken")
        if changed.key in LIST_OUT and changed.meaning is not usual_meaning(changed.key):
            raise InputError(
                f"“{changed.key}” always means “{MEANINGS[usual_meaning(changed.key)]}”. Add another stage.", code="fixed_meaning"
            )
        if len(used) > MOST:
            raise InputError(f"A pipeline has at most {MOST} stages in use. Take one out of use first.", code="too_many_stages")
        if {stage.meaning.status for stage in used} != set(DealStatus):
            raise InputError("A pipeline needs a stage for deals on their way, one for won and one for lost.", code="stage_needed")
        self._check_elsewhere(profile, changed)

    def _check_elsewhere(self, profile: Profile, changed: Stage) -> None:
        for other in (each for each in Profile if each is not profile):
            for stage in self.by_profile[other]:
                if _folded(changed.key) == _folded(stage.key) and stage.meaning is not changed.meaning:
                    told = {"name": changed.name, "meaning": MEANINGS[stage.meaning], "profile": PROFILES[other].name}
                    raise InputError(ONE_MEANING.format(**told), code="one_meaning")

    def _all(self) -> Iterable[Stage]:
        return (stage for stages in self.by_profile.values() for stage in stages)


def differences(before: Stage | None, after: Stage) -> dict[str, list[str]]:
    """What changed of a stage, each with how it was and is, for its history."""
    was = before or replace(after, name="", chance=None)
    told = {
        "name": (was.name, after.name),
        "meaning": ("" if before is None else MEANINGS[was.meaning], MEANINGS[after.meaning]),
        "used": ("" if before is None else _yes(was.is_used), _yes(after.is_used)),
        "chance": (_per_cent(was.chance), _per_cent(after.chance)),
    }
    return {what: list(pair) for what, pair in told.items() if pair[0] != pair[1]}


def _yes(is_so: bool) -> str:  # noqa: FBT001 - one fact, told
    return "yes" if is_so else "no"


def _per_cent(chance: float | None) -> str:
    return "" if chance is None else f"{round(chance * 100)} %"


def _folded(key: str) -> str:
    return key.strip().upper()
