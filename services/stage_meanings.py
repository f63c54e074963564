"""Old moves filled in batch by batch: stopped at any moment it goes on where it was, because what is left is found in the rows."""

from collections.abc import Callable
from functools import partial

from data.engine import Database
from data.writes import stage_meanings as writes


def fill_meanings(database: Database, advance: Callable[[float, float], None], size: int = writes.BATCH) -> int:
    """Give every old move its meaning, each batch in a transaction of its own; how many got one. `advance` hears done and all."""
    with database.reading() as session:
        waiting = writes.left(session)
    done, last = 0, 0
    while True:
        filled, reached = database.write(partial(writes.fill, after=last, size=size))
        if reached is None:
            return done
        done, last = done + filled, reached
        advance(done, max(done, waiting))
