"""Achievements a company defines itself: admins define, reword and retire them; what somebody holds, they keep."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session

from data.models import OwnAchievementDefinition
from data.models.people import BEGINNING
from data.queries import own_achievements as queries
from data.writes import own_achievements as writes
from domain.coaching.achievement_catalog import BY_KEY
from domain.coaching.achievements import Achievement
from domain.coaching.own_achievements import COUNTABLE, PREFIX, OwnAchievement, Span, achievement_of
from domain.coaching.points import LARGEST
from domain.errors import InputError, NotFoundError
from domain.periods import Period, containing
from domain.records import Role
from services import audit, rewards
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import storable, validated
from services.person_input import Name
from services.rewards import reward_details

MOST: Final = 30
"""On offer at once: a gallery of more is read by nobody."""
MOST_ASKED: Final = 1_000_000
GONE: Final = "There is no such achievement, or it was retired already."
About = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(storable)]


def _countable(key: str) -> str:
    if key not in COUNTABLE:
        raise ValueError(f"is not something that can be asked for; choose one of {', '.join(COUNTABLE)}")
    return key


class Wording(BaseModel):
    """What it is called, and what is said about it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name
    about: About = ""


class Definition(Wording):
    """What has to be done, and what is promised for it."""

    metric: Annotated[str, AfterValidator(_countable)]
    least: Annotated[int, Field(ge=1, le=MOST_ASKED)]
    span: Span
    reward: About = ""
    """Empty for the badge alone."""
    points: Annotated[int, Field(ge=0, le=LARGEST)] = 0
    """What it brings on the day it is earned; as what is asked, it never changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """How many people would hold it; a count only."""

    now: int
    """In all there is, or in the period that runs."""
    before: int | None
    """In the period before; None for once in all."""


def definition(**fields: object) -> Definition:
    """The definition, or an InputError that names what is not usable."""
    return validated(Definition, fields)


def wording(**fields: object) -> Wording:
    """The new words, or an InputError that names what is not usable."""
    return validated(Wording, fields)


def on_offer(session: Session, viewer: Viewer) -> Sequence[OwnAchievement]:
    """What can be earned now; admins only."""
    require_role(viewer, {Role.ADMIN})
    return [each for each in queries.defined(session) if each.is_active]


def preview(session: Session, viewer: Viewer, said: Definition, today: date) -> Preview:
    """How many active people reach what is asked; admins only."""
    require_role(viewer, {Role.ADMIN})
    grain = said.span.grain
    if grain is None:
        ever = Period(BEGINNING, today + timedelta(days=1))
        return Preview(now=queries.how_many_reach(session, said.metric, said.least, ever), before=None)
    running = containing(today, grain)
    spans = (running, containing(running.start - timedelta(days=1), grain))
    now, before = (queries.how_many_reach(session, said.metric, said.least, span) for span in spans)
    return Preview(now=now, before=before)


def define(session: Session, viewer: Viewer, said: Definition, now: datetime) -> int:
    """Offer it from now on, with its reward where one is promised; admins only. Raises InputError for one too many."""
    if len(on_offer(session, viewer)) >= MOST:
        raise InputError(f"{MOST} achievements of your own are on offer. Retire one first.")
    row = OwnAchievementDefinition(
        name=said.name,
        about=said.about,
        metric_key=said.metric,
        least=said.least,
        span=said.span,
        points=said.points,
        created_by=viewer.person_id,
        created_at=now,
    )
    achievement_id = writes.add(session, row)
    _note(session, viewer, Action.ACHIEVEMENT_ADDED, achievement_id, now)
    if said.reward:
        rewards.promise(session, viewer, reward_details(name=said.reward, achievement=f"{PREFIX}{achievement_id}"), now)
    return achievement_id


def reword(session: Session, viewer: Viewer, achievement_id: int, said: Wording, now: datetime) -> None:
    """Call it something else; admins only. What is asked stays: another threshold is another achievement, or held ones would be lost."""
    require_role(viewer, {Role.ADMIN})
    if not writes.change(session, achievement_id, name=said.name, about=said.about):
        raise NotFoundError(GONE)
    _note(session, viewer, Action.ACHIEVEMENT_CHANGED, achievement_id, now)


def retire(session: Session, viewer: Viewer, achievement_id: int, now: datetime) -> None:
    """Let nobody earn it any more; admins only. Who holds it keeps it, and its rewards can still be claimed by them."""
    require_role(viewer, {Role.ADMIN})
    if not writes.change(session, achievement_id, is_active=False):
        raise NotFoundError(GONE)
    _note(session, viewer, Action.ACHIEVEMENT_RETIRED, achievement_id, now)


def to_earn(session: Session) -> list[Achievement]:
    """Those that can be earned now."""
    return [achievement_of(each) for each in queries.defined(session) if each.is_active]


def shown_to(session: Session, held: Collection[str]) -> list[Achievement]:
    """Those that can be earned now, and the retired ones among what somebody holds."""
    return [achievement_of(each) for each in queries.defined(session) if each.is_active or each.key in held]


def known(session: Session) -> Mapping[str, Achievement]:
    """By key, everything that can be or ever could be earned: the product's and the company's own."""
    return BY_KEY | {each.key: achievement_of(each) for each in queries.defined(session)}


def _note(session: Session, viewer: Viewer, action: Action, achievement_id: int, now: datetime) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"own_achievement:{achievement_id}", at=now)
