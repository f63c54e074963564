"""What somebody says about a post and about what came of it, checked before anything is stored."""

from datetime import date
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from domain.coaching.content_kinds import PostChannel
from services.activity_input import Words
from services.inputs import validated

MOST_RESULT: Final = 1_000_000_000
Result: TypeAlias = Annotated[int, Field(ge=0, le=MOST_RESULT)] | None


class PostDetails(BaseModel):
    """A post as its agent wants it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    topic: Annotated[Words, Field(min_length=1, max_length=200)]
    body: Annotated[Words, Field(max_length=4000)] = ""
    channel: PostChannel
    planned_on: date


class PostResults(BaseModel):
    """What came of a post as its agent counts it; None is unknown."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    views: Result = None
    replies: Result = None
    leads: Result = None


def post_details(**fields: object) -> PostDetails:
    """The post described; InputError names the first thing that is not usable."""
    return validated(PostDetails, fields)


def post_results(**fields: object) -> PostResults:
    """The results; InputError names the first that is not usable."""
    return validated(PostResults, fields)
