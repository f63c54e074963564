"""What becomes of amoCRM's records: each is accepted, or refused with a reason that is listed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from data.queries.forgotten import forgotten
from domain.crm.reading import Record, UnreadableError
from domain.forgotten import Trait, client_refusal, digest
from services.amocrm.places import Places

KEY: Final = ("origin", "external_id")
NOBODY: Final = "Nobody here is the user it belongs to. Say who that is under “Who is who”."
NO_DEAL, NO_CLIENT = "Its deal is not here.", "Its client is not here."
NO_STAGE: Final = "Its stage is in no pipeline of the account."
Value = TypeVar("Value")
Key = TypeVar("Key", int, str)


@dataclass(slots=True, kw_only=True)
class Verdicts:
    """What became of a page's records, by their ids there."""

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def read(self, records: Iterable[Record], reading: Callable[[Record], Value]) -> list[Value]:
        """The records that can be read; the others are refused."""
        found = []
        for record in records:
            try:
                found.append(reading(record))
            except UnreadableError as error:
                self.refused[str(record.get("id") or "without a number")] = str(error)
        return found

    def keep(self, key: str, why_not: str | None) -> bool:
        """Whether it is accepted: it is, without a reason against it."""
        if why_not is None:
            self.accepted.append(key)
        else:
            self.refused[key] = why_not
        return why_not is None


def forgotten_among(places: Places, traits: Mapping[Key, frozenset[Trait]]) -> dict[Key, str]:
    """Why nothing is stored about those who asked to be forgotten."""
    digests = {key: {digest(places.secret, trait) for trait in each} for key, each in traits.items()}
    known = forgotten(places.session, set().union(*digests.values())) if digests else {}
    since = {key: [known[each] for each in found if each in known] for key, found in digests.items()}
    return {key: client_refusal(min(days)) for key, days in since.items() if days}
