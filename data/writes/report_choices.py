"""Which reports somebody wants to be told of."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import ReportChoice


def keep_choice(session: Session, person_id: int, *, weekly: bool, monthly: bool) -> None:
    """Keep what the person wants, in the place of what they wanted before."""
    said = {"weekly": weekly, "monthly": monthly}
    session.execute(
        insert(ReportChoice).values(person_id=person_id, **said).on_conflict_do_update(index_elements=("person_id",), set_=said)
    )
