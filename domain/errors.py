"""Named errors of the product; each has a stable code and a message that says what to do.

PacesetterError
├── InputError          what was given is not usable as it is
│   └── TooLargeError   it is more than is taken at once
├── NotFoundError       there is no such record, or the viewer may not see it
├── AccessError         the viewer may not do this
├── SignedOutError      nobody is signed in, or not any more
├── BusyError           it was tried too often; the error says when to try again
├── ConflictError       somebody or something changed it first
└── SetupError          the installation is not ready
"""


class PacesetterError(Exception):
    """Base of all named errors; `str(error)` is written for the person in front of the screen."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        """Keep the message, and a more specific code where there is one."""
        super().__init__(message)
        self.code = code or type(self).code


class InputError(PacesetterError):
    """What was given is not usable as it is; the message names the value and the nearest valid one."""

    code = "invalid_input"


class TooLargeError(InputError):
    """It is more than is taken at once; the message names the limit."""

    code = "too_large"


class NotFoundError(PacesetterError):
    """There is no such record, or the viewer may not see it: the two are not told apart on purpose."""

    code = "not_found"


class AccessError(PacesetterError):
    """The viewer may not do this."""

    code = "not_allowed"


class ConflictError(PacesetterError):
    """The record changed since it was read; the message says to look again."""

    code = "conflict"


class SetupError(PacesetterError):
    """The installation is not ready; the message names the setting or the command that helps."""

    code = "setup"


class SignedOutError(PacesetterError):
    """Nobody is signed in, or not any more; the same words whatever the reason."""

    code = "not_signed_in"


class BusyError(PacesetterError):
    """It was tried too often."""

    code = "too_many_requests"

    def __init__(self, message: str, *, retry_after: int, code: str | None = None) -> None:
        """Keep the message, and in how many seconds the next try is worth it."""
        super().__init__(message, code=code)
        self.retry_after = retry_after
