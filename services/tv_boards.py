"""Screens on the wall: made, listed and taken down by whoever looks after the team. A key is shown once and stored as a hash."""

from datetime import datetime, timedelta
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.models import TvBoard
from data.queries import choices
from data.queries import tv_boards as queries
from data.writes import tv_boards as writes
from domain.errors import NotFoundError
from domain.records import Role
from domain.tv_board import TvTheme
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import validated
from services.person_input import Name
from services.tokens import new_token, token_hash

Screen: TypeAlias = queries.Screen
OpenBoard: TypeAlias = queries.OpenBoard
LEADS: Final = frozenset({Role.MANAGER, Role.ADMIN})
SHOWN_EVERY: Final = timedelta(minutes=5)
"""How often it is written down that a screen is on."""
NO_TEAM: Final = "There is no such team among those you look after."


class NewScreen(BaseModel):
    """What somebody says about a screen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Name, Field(max_length=80)]
    theme: TvTheme


def new_screen(*, name: str, theme: str) -> NewScreen:
    """The screen to make; raises InputError that names the field."""
    return validated(NewScreen, {"name": name, "theme": theme})


def teams(session: Session, viewer: Viewer) -> dict[int, str]:
    """The teams the viewer may put up a screen for: names by id. AccessError for agents."""
    require_role(viewer, LEADS)
    return choices.teams_in_scope(session, viewer.scope)


def put_up(session: Session, viewer: Viewer, team_id: int, details: NewScreen, now: datetime) -> str:
    """Make a screen of the team; its key is returned this once. NotFoundError for a team that is not the viewer's."""
    if team_id not in teams(session, viewer):
        raise NotFoundError(NO_TEAM)
    key = new_token()
    board = TvBoard(
        team_id=team_id,
        name=details.name,
        token_hash=token_hash(key),
        theme=details.theme,
        created_by=viewer.person_id,
        created_at=now,
    )
    _note(session, viewer, Action.TV_BOARD_MADE, writes.add_board(session, board), now)
    return key


def screens(session: Session, viewer: Viewer) -> list[Screen]:
    """The screens of the viewer's teams, oldest first. AccessError for agents."""
    require_role(viewer, LEADS)
    return queries.screens(session, viewer.scope)


def take_down(session: Session, viewer: Viewer, board_id: int, now: datetime) -> None:
    """End a screen at once. Raises NotFoundError for one that is not of the viewer's teams."""
    require_role(viewer, LEADS)
    if not writes.delete_board(session, viewer.scope, board_id):
        raise NotFoundError("There is no such screen in the teams you look after.")
    _note(session, viewer, Action.TV_BOARD_ENDED, board_id, now)


def opened_by(session: Session, key: str) -> OpenBoard | None:
    """The board a key opens; None for one that is unknown or taken down."""
    return queries.opened_by(session, token_hash(key))


def is_stale(board: OpenBoard, now: datetime) -> bool:
    """Whether it should be written down that the screen is on."""
    return board.last_shown_at is None or now - board.last_shown_at >= SHOWN_EVERY


def touch(session: Session, board: OpenBoard, now: datetime) -> None:
    """Write down that the screen is on."""
    writes.touch_board(session, board.board_id, now, unless_after=now - SHOWN_EVERY)


def _note(session: Session, viewer: Viewer, action: Action, board_id: int, now: datetime) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"tv_board:{board_id}", details={}, at=now)
