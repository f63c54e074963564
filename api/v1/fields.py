"""The types bodies are made of; strict where JSON is, so that nothing is guessed from a wrong type."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr

from services.inputs import storable

_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
YEARS_OF_MOMENTS: Final = range(1900, 2201)
"""A moment at an end of the calendar cannot be shown in every zone. What is too long ago or to come is for the service to refuse:
one dialer's wrong clock must not refuse a whole batch."""
YEARS_OF_DAYS: Final = range(1970, 2101)
"""Anything real, as an import takes it; one deal won in the year 1900 would stretch every chart of all time."""
LARGEST_INT: Final = 2**31 - 1
LARGEST_BIGINT: Final = 2**63 - 1
LARGEST_AMOUNT: Final = 10**15
"""Ten trillion with two decimals: a larger amount is a slip."""
PAGE: Final = 50
LARGEST_PAGE: Final = 200


def _moment(given: object) -> object:
    if not isinstance(given, datetime) and not (isinstance(given, str) and _MOMENT.fullmatch(given)):
        raise ValueError("write a moment with its offset, such as 2026-03-10T14:30:00+01:00")
    return given


def _day(given: object) -> object:
    if not isinstance(given, date) and not (isinstance(given, str) and _DAY.fullmatch(given)):
        raise ValueError("write a day such as 2026-03-10")
    return given


def _among(years: range) -> AfterValidator:
    def checked(when: date) -> date:
        if when.year not in years:
            raise ValueError(f"the year is not between {years[0]} and {years[-1]}")
        return when

    return AfterValidator(checked)


def _in_utc(moment: datetime) -> datetime:
    """The same moment as it is stored, so that an answer shows what a later question shows."""
    return moment.astimezone(UTC)


def left_out() -> Any:  # noqa: ANN401 - like Field, typed by the attribute it is assigned to
    """A field that may be left out of a change, which then leaves what there is; read it with `exclude_unset`."""
    return Field(default_factory=lambda: None)


PersonId: TypeAlias = Annotated[StrictInt, Field(ge=1, le=LARGEST_INT)]
RecordId: TypeAlias = Annotated[StrictInt, Field(ge=1, le=LARGEST_BIGINT)]
Moment: TypeAlias = Annotated[AwareDatetime, BeforeValidator(_moment), _among(YEARS_OF_MOMENTS), AfterValidator(_in_utc)]
Day: TypeAlias = Annotated[date, BeforeValidator(_day), _among(YEARS_OF_DAYS)]
Amount: TypeAlias = Annotated[StrictInt, Field(ge=0, le=LARGEST_AMOUNT)]
Words: TypeAlias = Annotated[StrictStr, AfterValidator(storable)]
Origin: TypeAlias = Annotated[StrictStr, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
"""The short name of a system, such as `aircall`."""
ExternalId: TypeAlias = Annotated[Words, Field(min_length=1, max_length=120)]
PathId: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_INT)]
PathRecordId: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_BIGINT)]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]
Cursor: TypeAlias = Annotated[Words, Field(max_length=120)]


class Body(BaseModel):
    """What somebody sends: nothing beside the fields, so that a misspelt one is not silently ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shown(BaseModel):
    """What somebody gets, read off the attributes of a record."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)
