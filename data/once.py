"""What several parts of one reading ask for in the same words is read once."""

from collections.abc import Callable, Hashable
from typing import Final, TypeVar

from sqlalchemy.orm import Session

READ_ONCE: Final = "read_once"
"""Where a reading session keeps it. A session that writes has none: what it read may change under its hands."""
Value = TypeVar("Value")


def once(session: Session, key: Hashable, read: Callable[[], Value]) -> Value:
    """What `read` gives, or gave before in this session under the key, which names the question with everything it depends on."""
    answers = session.info.get(READ_ONCE)
    if answers is None:
        return read()
    if key not in answers:
        answers[key] = read()
    answer: Value = answers[key]
    return answer
