"""What a post can be about, where it goes, and how far it is: the closed sets of the content calendar."""

from enum import StrEnum


class PostIdea(StrEnum):
    """What a post was suggested for; `own` is its agent's own idea."""

    OWN = "own"
    STAGE = "stage"
    SOURCE = "source"
    WINS = "wins"
    CATEGORY = "category"
    WAITING = "waiting"
    OBJECTION = "objection"


class PostChannel(StrEnum):
    """Where a post goes."""

    LINKEDIN = "linkedin"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    EMAIL = "email"
    VIDEO = "video"
    OTHER = "other"


class PostState(StrEnum):
    """How far a post is; a suggestion nobody wanted is kept as dismissed, so that it does not come back that week."""

    PLANNED = "planned"
    POSTED = "posted"
    DISMISSED = "dismissed"
