"""A deal as it was at some moment: only what was known then, so that a model learns nothing from what came later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class DealAsOf:
    """What was known of an open deal at a moment. Unknown is None, and is learnt from as such.

    Never what is only filled in at the close: the final owner, the closing date, an amount that changed with the sale.
    """

    stage: str
    """The stage it stood in."""
    age_days: float
    """Since it was created."""
    days_in_stage: float | None = None
    """Since it entered the stage."""
    quiet_days: float | None = None
    """Since the last thing that was done for it; None where nothing was."""
    moves: float | None = None
    """Stages it entered so far, those it came back to counted again."""
    calls: float | None = None
    """So far."""
    calls_7d: float | None = None
    """In the seven days before."""
    messages_7d: float | None = None
    """E-mails and messages in the seven days before."""
    tasks_7d: float | None = None
    """Tasks and meetings in the seven days before."""
    amount: float | None = None
    """In major units of one currency."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """What sorts it, by name, as known then: product, lead source, customer's industry."""


Number: TypeAlias = Callable[[DealAsOf], float | None]

NUMBERS: Final[Mapping[str, Number]] = MappingProxyType(
    {
        "age_days": lambda deal: deal.age_days,
        "days_in_stage": lambda deal: deal.days_in_stage,
        "quiet_days": lambda deal: deal.quiet_days,
        "moves": lambda deal: deal.moves,
        "calls": lambda deal: deal.calls,
        "calls_7d": lambda deal: deal.calls_7d,
        "messages_7d": lambda deal: deal.messages_7d,
        "tasks_7d": lambda deal: deal.tasks_7d,
        "amount": lambda deal: deal.amount,
    }
)
"""The numbers a model looks at, by name."""
