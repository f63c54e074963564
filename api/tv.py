"""A team's screen on the wall, at an address that is its own key: one page, what it shows as JSON, its style and its script.

None of it asks for a session, and a key opens nothing else: neither a screen of the product nor a route of the API knows it.
"""

import re
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import clock
from database import database
from services import tv_boards
from services.tv_content import Shown, shown

_FOLDER: Final = Path(__file__).parent / "tv_files"
_TYPES: Final = {"board.css": "text/css", "board.js": "text/javascript"}
_FILES: Final = {name: (_FOLDER / name).read_bytes() for name in (*_TYPES, "board.html")}
VERSION: Final = sha256(b"".join(_FILES.values())).hexdigest()[:12]
"""A screen that hangs for months loads itself anew when a release changed how it looks."""
UNSTORED: Final = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
GONE: Final = "There is no board at this address."
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def page(request: Request) -> Response:
    """The page, the same for every board; 404, in the same words, for every key that opens none."""
    if _found(request.path_params["key"]) is None:
        return Response(GONE, 404, UNSTORED, "text/plain")
    return Response(_FILES["board.html"], headers=UNSTORED, media_type="text/html")


def content(request: Request) -> Response:
    """What the board shows now."""
    found = _found(request.path_params["key"])
    return Response(GONE, 404, UNSTORED, "text/plain") if found is None else JSONResponse(_told(found), headers=UNSTORED)


def file(request: Request) -> Response:
    """The style and the script: no secret, and the same for everybody."""
    name = request.path_params["name"]
    if name not in _TYPES:
        return Response(GONE, 404, UNSTORED, "text/plain")
    return Response(_FILES[name], headers={"Cache-Control": "no-cache"}, media_type=_TYPES[name])


def _found(key: str) -> Shown | None:
    if not _KEY.fullmatch(key):
        return None
    now = clock.now()
    with database().reading() as session:
        board = tv_boards.opened_by(session, key)
        found = shown(session, board, now) if board else None
    if board is not None and tv_boards.is_stale(board, now):
        database().write(lambda session: tv_boards.touch(session, board, now))
    return found


def _told(found: Shown) -> dict[str, Any]:
    return asdict(found) | {"version": VERSION, "wins": [each.sentence for each in found.wins]}


ROUTES: Final = (
    Route("/tv/files/{name}", file, methods=["GET"]),
    Route("/tv/{key}", page, methods=["GET"]),
    Route("/tv/{key}/now", content, methods=["GET"]),
)
