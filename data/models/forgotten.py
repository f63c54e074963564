"""What clients and people who are erased were known by, as hashes."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field, SQLModel


class Forgotten(SQLModel, table=True):
    """The keyed hash of an external id, a name, an address or a number of somebody erased; which it is, and whose, nobody can tell."""

    __tablename__: ClassVar[str] = "forgotten"

    digest: str = Field(primary_key=True, max_length=64)
    forgotten_on: date
