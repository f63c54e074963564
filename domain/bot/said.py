"""What the bot says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of the bot: plain words, escaped by whoever sends them."""

    title: str
    body: str = ""
    link: str = ""
    """An address inside the product, such as `/deals`; empty where it leads nowhere."""
