"""What an admin says about a training module, checked before it is stored."""

import re
from typing import Annotated, Final, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from domain.records import ModuleKind, Skill
from services.inputs import storable, validated
from services.person_input import Name

LONGEST_BODY: Final = 20_000
LONGEST_URL: Final = 500
LONGEST_MINUTES: Final = 600
"""Ten hours: longer is a course, which is several modules."""
_UNSAFE: Final = re.compile(r"[\s\\<>\"'`()\[\]]")
"""What could end an address inside markdown and begin something else."""


def _https(url: str) -> str:
    """An address of a page that a browser opens over https, without a name and password in it, and without signs nobody sees."""
    if not url:
        return url
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or not url.isprintable() or parts.scheme != "https" or parts.username is not None or _UNSAFE.search(url):
        raise ValueError("write an address that begins with https://")
    return url


Url = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_URL), AfterValidator(storable), AfterValidator(_https)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_BODY), AfterValidator(storable)]


class ModuleDetails(BaseModel):
    """What can be said about a module."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Name
    skill: Skill
    kind: ModuleKind
    body: Text = ""
    """The text in Markdown, or what a page or film is about."""
    url: Url = ""
    minutes: Annotated[int, Field(ge=1, le=LONGEST_MINUTES)]
    is_active: bool = True

    @model_validator(mode="after")
    def _has_content(self) -> Self:
        if self.kind is ModuleKind.MARKDOWN:
            if not self.body:
                raise ValueError("a text needs words")
            if self.url:
                raise ValueError("a text has no address of its own; put links into the text, or make it a page or film")
        elif not self.url:
            raise ValueError("a page or film needs its address")
        return self


def module_details(**fields: object) -> ModuleDetails:
    """The details, or an InputError that says what is not usable."""
    return validated(ModuleDetails, fields)
