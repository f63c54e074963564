"""Training modules as a calendar books them."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TrainingModule
from domain.facts import LinkChoice


def modules_on_offer(session: Session) -> list[LinkChoice]:
    """The modules that are offered, by title, each with its skill."""
    query = select(col(TrainingModule.id), col(TrainingModule.title), col(TrainingModule.skill)).where(col(TrainingModule.is_active))
    return [
        LinkChoice(id=module_id or 0, name=title, detail=skill.value.replace("_", " "))
        for module_id, title, skill in session.execute(query.order_by(col(TrainingModule.title), col(TrainingModule.id)))
    ]


def module_on_offer(session: Session, module_id: int) -> int | None:
    """The module's id, if it is offered."""
    return session.scalar(select(col(TrainingModule.id)).where(col(TrainingModule.id) == module_id, col(TrainingModule.is_active)))
