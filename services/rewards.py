"""Milestone rewards: promised by admins, claimed by agents who reached them, approved or declined by their managers or an admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from sqlalchemy.orm import Session

from data.models import Reward
from data.queries import achievements, own_achievements, recipients
from data.queries import rewards as queries
from data.queries.membership import team_on
from data.writes import rewards as writes
from domain.coaching.achievement_catalog import BY_KEY
from domain.coaching.achievements import GrantState
from domain.coaching.own_achievements import PREFIX
from domain.coaching.points import PlayLevel
from domain.coaching.rewards import ClaimState
from domain.errors import ConflictError, InputError, NotFoundError
from domain.local_time import local_time
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.agents import agent_seen
from services.audit import Action
from services.inputs import storable, validated
from services.notifications import Notice, put_in_inbox
from services.person_input import Name
from services.play_day import level_of

RewardEntry: TypeAlias = queries.RewardEntry
Claim: TypeAlias = queries.Claim
GONE: Final = "There is no such reward, or it is not offered any more."
NO_MILESTONE: Final = "choose a level of play, or one of the achievements"
DECIDED: Final = "Somebody decided this meanwhile. Look at it again."
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300), AfterValidator(storable)]


class RewardDetails(BaseModel):
    """What is promised for which milestone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    play_level: Annotated[int, Field(ge=2, le=1000)] | None = None
    achievement: str = ""

    @model_validator(mode="after")
    def _has_one_milestone(self) -> Self:
        is_known = not self.achievement or self.achievement in BY_KEY or self.achievement.startswith(PREFIX)
        if (self.play_level is None) == (not self.achievement) or not is_known:
            raise ValueError(NO_MILESTONE)
        return self


class Decision(BaseModel):
    """What is said to a claim."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_approved: bool
    word: Word = ""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if not self.is_approved and not self.word:
            raise ValueError("say in a word why not")
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardLine:
    """A reward as its agent stands to it."""

    reward: RewardEntry
    is_reached: bool
    claim: Claim | None

    @property
    def can_be_claimed(self) -> bool:
        """Whether the agent may ask for it now."""
        return self.is_reached and self.reward.is_active and (self.claim is None or self.claim.state is ClaimState.DECLINED)


def reward_details(**fields: object) -> RewardDetails:
    """The details, or an InputError that says what is not usable."""
    return validated(RewardDetails, fields)


def decision(**fields: object) -> Decision:
    """The decision, or an InputError that says what is missing."""
    return validated(Decision, fields)


def promised(session: Session, viewer: Viewer) -> Sequence[RewardEntry]:
    """Everything on offer; admins only."""
    require_role(viewer, {Role.ADMIN})
    return [each for each in queries.rewards(session) if each.is_active]


def promise(session: Session, viewer: Viewer, details: RewardDetails, now: datetime) -> int:
    """Promise a reward; admins only. InputError for an achievement of the company's own that is not on offer."""
    require_role(viewer, {Role.ADMIN})
    own = {each.key for each in own_achievements.defined(session) if each.is_active}
    if details.achievement.startswith(PREFIX) and details.achievement not in own:
        raise InputError(f"This is not on offer: {NO_MILESTONE}.")
    reward_id = writes.add(session, Reward(**details.model_dump(), created_by=viewer.person_id, created_at=now))
    _note(session, viewer, Action.REWARD_ADDED, f"reward:{reward_id}", now)
    return reward_id


def end(session: Session, viewer: Viewer, reward_id: int, now: datetime) -> None:
    """Offer a reward no more; admins only. What was claimed stays."""
    require_role(viewer, {Role.ADMIN})
    if queries.reward(session, reward_id) is None:
        raise NotFoundError(GONE)
    writes.end(session, reward_id)
    _note(session, viewer, Action.REWARD_ENDED, f"reward:{reward_id}", now)


def own_rewards(session: Session, viewer: Viewer, now: datetime) -> list[RewardLine]:
    """The viewer's own: those on offer, and those they claimed before they ended."""
    claims = {each.reward_id: each for each in queries.claims_of(session, viewer.person_id)}
    listed = [each for each in queries.rewards(session) if each.is_active or each.id in claims]
    if not listed:
        return []
    today = local_time(now, viewer.time_zone).on
    agent = agent_seen(session, viewer, viewer.person_id, today)
    level, held = level_of(session, viewer, agent, now), _held(session, viewer)
    return [RewardLine(reward=each, is_reached=_is_reached(each, level, held), claim=claims.get(each.id)) for each in listed]


def claim(session: Session, viewer: Viewer, reward_id: int, now: datetime) -> None:
    """Ask for a reward whose milestone the viewer reached; InputError before that, ConflictError where they asked already."""
    line = next((each for each in own_rewards(session, viewer, now) if each.reward.id == reward_id and each.reward.is_active), None)
    if line is None:
        raise NotFoundError(GONE)
    if not line.is_reached:
        raise InputError(f"“{line.reward.name}” is not reached yet.")
    if not writes.claim(session, reward_id, viewer.person_id, now):
        raise ConflictError("You have claimed this already.")
    _note(session, viewer, Action.REWARD_CLAIMED, f"reward:{reward_id}", now)
    _tell_who_decides(session, viewer, line.reward, now)


def waiting(session: Session, viewer: Viewer, today: date) -> list[Claim]:
    """Claims of the people the viewer looks after; nobody decides their own."""
    return queries.open_claims(session, viewer.scope, today) if viewer.role is not Role.AGENT and not viewer.is_program else []


def decide(session: Session, viewer: Viewer, claim_id: int, said: Decision, now: datetime) -> None:
    """Approve or decline a claim that waits; NotFoundError for one that is not the viewer's to decide, ConflictError when it is decided."""
    require_role(viewer, {Role.MANAGER, Role.ADMIN})
    found = next((each for each in waiting(session, viewer, local_time(now, viewer.time_zone).on) if each.id == claim_id), None)
    if found is None:
        raise NotFoundError("There is no such claim waiting among the people you look after.")
    state = ClaimState.APPROVED if said.is_approved else ClaimState.DECLINED
    if not writes.decide(session, claim_id, state, said.word, viewer.person_id, now):
        raise ConflictError(DECIDED)
    audit.record(
        session,
        person_id=viewer.person_id,
        action=Action.REWARD_DECIDED,
        subject=f"reward_claim:{claim_id}",
        details={"state": state.value},
        at=now,
    )
    notice = Notice(
        kind="reward_decided",
        title=f"{found.reward}: {'approved' if said.is_approved else 'not this time'}",
        body=said.word,
        link="/progress",
        dedupe_key=f"reward_decided:{claim_id}:{now.isoformat()}",
    )
    put_in_inbox(session, {found.agent_id}, notice, now)


def _held(session: Session, viewer: Viewer) -> set[str]:
    """Keys of what the viewer holds; what is under review is not claimed for."""
    return {each.achievement for each in achievements.grants_of(session, viewer.scope, viewer.person_id) if each.state is GrantState.HELD}


def _is_reached(reward: RewardEntry, level: PlayLevel | None, held: set[str]) -> bool:
    if reward.play_level is not None:
        return level is not None and level.number >= reward.play_level
    return reward.achievement in held


def _tell_who_decides(session: Session, viewer: Viewer, reward: RewardEntry, now: datetime) -> None:
    team = team_on(session, viewer.person_id, local_time(now, viewer.time_zone).on)
    managers = set(recipients.active_managers(session, team)) - {viewer.person_id} if team is not None else set[int]()
    notice = Notice(
        kind="reward_claimed",
        title=f"{viewer.name} claims a reward: {reward.name}",
        body="Approve or decline it on Progress.",
        link="/progress",
        dedupe_key=f"reward_claimed:{reward.id}:{viewer.person_id}:{now.isoformat()}",
    )
    put_in_inbox(session, managers or set(recipients.active_admins(session)), notice, now)


def _note(session: Session, viewer: Viewer, action: Action, subject: str, now: datetime) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=subject, at=now)
