"""What there is to tell, before anybody is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from data.models import Urgency

LONGEST_KEY: Final = 160
"""Leaves room for the recipient in what makes a notification and a message unique."""
LONGEST_TITLE: Final = 200
LONGEST_BODY: Final = 4_000
"""Of a notification in the inbox."""
LONGEST_MESSAGE: Final = 20_000
"""Of what goes out by channels, some of which take more than the inbox shows."""
LONGEST_LINK: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something somebody should know, in plain words.

    `dedupe_key` names the cause, such as `alert:low_calls:team3:2026-W47`: told twice it is told once. `link` is an address
    inside the product, such as `/overview?team=3`. After `expires_at` it is not sent out any more; the inbox keeps it.
    """

    kind: str
    title: str
    body: str = ""
    link: str = ""
    urgency: Urgency = Urgency.INFO
    dedupe_key: str
    expires_at: datetime | None = None
    content: Mapping[str, object] = field(default_factory=dict)
    """What some channels show beyond words; see `integrations.sender.Message`."""

    def __post_init__(self) -> None:
        """Refuse what only a mistake in the program can bring."""
        if not self.dedupe_key or len(self.dedupe_key) > LONGEST_KEY:
            raise ValueError(f"a dedupe key has 1 to {LONGEST_KEY} characters: {self.dedupe_key!r}")
        if self.link and (not self.link.startswith("/") or self.link.startswith(("//", "/\\")) or len(self.link) > LONGEST_LINK):
            raise ValueError(f"a link leads inside the product: {self.link!r}")


def storable_words(words: str, longest: int) -> str:
    """The words as PostgreSQL can keep them, cut with an ellipsis where they are longer than the column."""
    kept = words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()
    return kept if len(kept) <= longest else f"{kept[: longest - 1]}…"
