"""Rows about those who asked to be forgotten, told by the hashes that are kept of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from data.imports.kinds import FieldType, Kind, KindSpec
from domain.forgotten import Trait, contact_traits, digest, person_refusal, person_traits, record_trait

_TABLES: Final = {FieldType.LEAD: "lead", FieldType.DEAL: "deal"}


class ErasedPersonError(ValueError):
    """A file names somebody who was erased; the reason does not say who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """Everything that is remembered, and the secret its hashes are made with."""

    secret: str
    days: Mapping[str, date]

    def since(self, traits: Iterable[Trait]) -> date | None:
        """Since when somebody known by one of these is forgotten; None where nobody is."""
        if not self.days:
            return None
        return next((day for trait in traits if (day := self.days.get(digest(self.secret, trait))) is not None), None)

    def refuse_erased(self, *, name: str, email: str | None, external_id: str | None) -> None:
        """Raise ErasedPersonError for one of our people who was erased: only an invitation brings them back."""
        on = self.since(person_traits(name=name, email=email, external_id=external_id))
        if on is not None:
            raise ErasedPersonError(person_refusal(on))


def client_traits(spec: KindSpec, origin: str, external_id: str, cells: Mapping[str, object]) -> frozenset[Trait]:
    """What a row says of who its client is: the record's own id, those of the lead and the deal it is about, and how to reach them."""
    traits = record_trait(spec.table, origin, external_id)
    for field in spec.fields:
        if field.type in _TABLES:
            traits |= record_trait(_TABLES[field.type], origin, _text(cells, field.key))
    if spec.kind is Kind.LEADS:
        traits |= contact_traits(email=_text(cells, "email"), phone=_text(cells, "phone"))
    return traits


def _text(cells: Mapping[str, object], name: str) -> str:
    return str(cells.get(name) or "")
