"""Messages about deals: how they look here, which an admin decides, and one as a notice in its reader's language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from sqlalchemy.orm import Session

from data.models import DealMessageLayout
from data.writes import deal_messages as writes
from domain.deals.facts import DealFacts
from domain.deals.messages.glance import stale, summary
from domain.deals.messages.headline import DealHeadline, DealMessage, headline
from domain.deals.messages.layout import ICONS, Icon, MessageLayout, Section
from domain.deals.messages.whole import detailed
from domain.deals.review import DealReview
from domain.errors import InputError
from domain.language import Language
from domain.local_time import wall_clock
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import storable, validated
from services.notifications import Notice, Urgency
from services.roster import currency_of

LONGEST_SIGN: Final = 8
"""An emoji of a family is seven characters; words are no sign."""
Sign = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_SIGN), AfterValidator(storable)]


class LayoutDetails(BaseModel):
    """What an admin decides; an empty sign leaves the words alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hidden: frozenset[Section]
    icons: Mapping[Icon, Sign]


def layout_details(**given: object) -> LayoutDetails:
    """The details, or an InputError that names what is not usable."""
    return validated(LayoutDetails, given)


def layout(session: Session) -> MessageLayout:
    """How messages about deals look here; they are no secret, every message shows it."""
    found = session.get(DealMessageLayout, 1)
    if found is None:
        return MessageLayout()
    icons = {icon: str(found.icons[icon]) for icon in Icon if icon in found.icons}
    return MessageLayout(hidden=frozenset(map(Section, found.hidden)), icons=icons)


def keep_layout(session: Session, viewer: Viewer, details: LayoutDetails, now: datetime) -> None:
    """Let messages look like this from now on. Raises AccessError for all but admins, InputError where nothing would be left."""
    require_role(viewer, {Role.ADMIN})
    if details.hidden >= set(Section):
        raise InputError("Leave at least one section: a message without any says nothing.")
    signs = {icon.value: sign for icon, sign in details.icons.items() if sign != ICONS[icon]}
    writes.keep_layout(session, details.hidden, signs, changed_by=viewer.person_id, now=now)
    counts = {"hidden": sorted(details.hidden), "signs": len(signs)}
    audit.record(session, person_id=viewer.person_id, action=Action.SETTINGS_CHANGED, subject="deal_messages:1", details=counts, at=now)


def whole_review(
    session: Session, review: DealReview, facts: DealFacts, language: Language, *, chance: float | None, reviewed_at: datetime, zone: str
) -> DealMessage:
    """A review as one deal's message, as this installation wants it to look.

    `language` is the one the review is written in; `zone` is where its reader is, by whose clock it tells when it was made.
    """
    told = headline(facts, currency=currency_of(session), chance=chance, reviewed_at=wall_clock(reviewed_at, zone))
    return detailed(review, told, language, layout(session))


def at_a_glance(
    session: Session, reviewed: Sequence[tuple[DealReview, DealHeadline]], language: Language, *, unchanged: int
) -> DealMessage:
    """Many deals in one message, as this installation wants it to look; `unchanged` are others there is nothing new of."""
    return summary(reviewed, language, layout(session), unchanged=unchanged)


def of_stale(
    session: Session, reviewed: Sequence[tuple[DealReview, DealHeadline]], language: Language, *, days: int, count: int, is_own: bool
) -> DealMessage:
    """The first of so many deals without activity, as this installation wants it to look."""
    return stale(reviewed, language, layout(session), days=days, count=count, is_own=is_own)


def as_notice(message: DealMessage, *, kind: str, dedupe_key: str, link: str, urgency: Urgency = Urgency.INFO) -> Notice:
    """The message as something to tell somebody: whole by their channels, as much as fits in their inbox."""
    return Notice(kind=kind, title=message.title, body=message.body, link=link, urgency=urgency, dedupe_key=dedupe_key)
