"""What somebody agrees to of their own will: each change is in the audit log, and can be taken back at any time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy.orm import Session

from data.models import Person
from data.queries import consents as queries
from data.queries import feeds, leaderboard_choices
from services import audit
from services.access import Viewer
from services.audit import Action


class Consent(StrEnum):
    """What there is to agree to."""

    OWN_PATTERNS = "own_patterns"
    AI_ENERGY = "ai_energy"
    RECORDING = "recording"
    LEADERBOARD = "leaderboard"
    FEED = "feed"


IN_THE_TABLE: Final = frozenset({Consent.OWN_PATTERNS, Consent.AI_ENERGY})
"""Those kept with their purpose; the others are a choice of the account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether it is agreed to now, and since when that is so."""

    is_given: bool
    since: datetime | None
    """None where it was never changed, or before changes were written down."""


def note(session: Session, viewer: Viewer, consent: Consent, *, is_given: bool, now: datetime) -> None:
    """Write down that the viewer changed it."""
    details = {"consent": consent.value, "is_given": is_given}
    audit.record(
        session, person_id=viewer.author_id, action=Action.CONSENT_CHANGED, subject=f"person:{viewer.person_id}", details=details, at=now
    )


def standings(session: Session, viewer: Viewer) -> dict[Consent, Standing]:
    """Each as it stands for the viewer."""
    given = queries.given_at(session, viewer.person_id)
    changed = queries.changed_at(session, viewer.person_id, Action.CONSENT_CHANGED)
    feed = feeds.feed_of(session, viewer.person_id)
    now_given = {each: each in given for each in IN_THE_TABLE} | {
        Consent.RECORDING: session.get_one(Person, viewer.person_id).records_calls,
        Consent.LEADERBOARD: leaderboard_choices.choice_of(session, viewer.person_id).is_listed,
        Consent.FEED: feed is not None,
    }
    since = changed | given | ({Consent.FEED: feed.created_at} if feed else {})
    return {each: Standing(is_given=now_given[each], since=since.get(each)) for each in Consent}
