"""Counting the daily numbers again from the facts."""

from sqlalchemy.orm import Session

from data import rollups


def rebuild(session: Session) -> int:
    """Replace every row of the daily numbers by a recount and return how many there are; writers wait until it is committed."""
    return rollups.rebuild(session.connection())
