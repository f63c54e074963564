"""Whether somebody is named on leaderboards, written."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import LeaderboardChoice


def put_choice(session: Session, person_id: int, *, is_listed: bool, alias: str) -> None:
    """Keep what the person chose, in the place of what they chose before."""
    said = {"is_listed": is_listed, "alias": alias}
    fresh = insert(LeaderboardChoice).values(person_id=person_id, **said)
    session.execute(fresh.on_conflict_do_update(index_elements=("person_id",), set_=said))
