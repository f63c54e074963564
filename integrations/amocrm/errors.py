"""What amoCRM answers when it does not do what was asked; each says what to do.

AmoError
├── KeyRefusedError   401: the key is no good any more
├── UnpaidError       402: the account is not paid
├── ForbiddenError    403: no rights, or our address is blocked
├── MissingError      404: there is no such thing
├── NotTakenError     400, 422: it does not understand what was asked
├── TooFastError      429: too many requests
├── TooMuchError      504, or an answer longer than we read: ask for less
└── NoAnswerError     no answer in time, trouble on its side, or words that are no JSON
"""

from datetime import timedelta
from typing import Final

from domain.errors import PacesetterError

AFTER_FORBIDDEN: Final = timedelta(minutes=10)
"""amoCRM blocks addresses that go on asking after a 403."""
AFTER_UNPAID: Final = timedelta(hours=1)


class AmoError(PacesetterError):
    """Base of all; `pause` is how long to leave amoCRM alone, None when it is ours to choose."""

    code = "crm"
    pause: timedelta | None = None
    needs_somebody = False
    """Whether it stays like that until a person does something."""


class KeyRefusedError(AmoError):
    """401."""

    code = "crm_key_refused"
    needs_somebody = True

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("amoCRM does not accept this key. Make a new token or code in amoCRM and connect again.")


class UnpaidError(AmoError):
    """402."""

    code = "crm_unpaid"
    needs_somebody = True
    pause = AFTER_UNPAID

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The amoCRM account is not paid. Pay it in amoCRM; Pacesetter looks again every hour.")


class ForbiddenError(AmoError):
    """403."""

    code = "crm_forbidden"
    needs_somebody = True
    pause = AFTER_FORBIDDEN

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "amoCRM refuses this: the key needs the rights of an administrator, or this server's address is blocked there. "
            "Pacesetter leaves amoCRM alone for 10 minutes and then looks again."
        )


class MissingError(AmoError):
    """404."""

    code = "crm_missing"

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("There is nothing at this address. Check the account's address, such as https://acme.kommo.com.")


class NotTakenError(AmoError):
    """400 and 422."""

    code = "crm_not_taken"

    def __init__(self, why: str) -> None:
        """`why` are amoCRM's own words about it, cut short."""
        super().__init__(f"amoCRM did not take it: {why or 'it gives no reason'}.")


class TooFastError(AmoError):
    """429."""

    code = "crm_too_fast"

    def __init__(self, pause: timedelta | None) -> None:
        """Keep the pause it asks for."""
        super().__init__("amoCRM asks for a pause. Pacesetter goes on by itself where it stopped.")
        self.pause = pause


class TooMuchError(AmoError):
    """504, and what is longer than we read."""

    code = "crm_too_much"

    def __init__(self) -> None:
        """Say what happens."""
        super().__init__("amoCRM could not answer for so many records at once. Pacesetter asks for fewer and goes on by itself.")


class NoAnswerError(AmoError):
    """Nobody there, or nobody that makes sense."""

    code = "crm_no_answer"

    def __init__(self, detail: str) -> None:
        """`detail` is the kind of trouble, never an address."""
        super().__init__(f"amoCRM did not answer as it should ({detail}). Pacesetter tries again by itself.")
