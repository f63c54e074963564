"""What wraps every request: its id and log line, headers that keep browsers safe, refusal of foreign pages, a door before files."""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

import clock
from api.middleware.headers import SecurityHeaders
from api.middleware.observed import Observed
from api.middleware.origins import OwnOriginOnly
from api.middleware.packed_files import PackedFiles
from api.middleware.page_head import PageHead, told_beforehand
from api.middleware.policy import inline_script_hashes
from api.middleware.signed_in import SignedInOnly
from database import database
from services.sign_in import viewer_of_token
from settings import Settings


def middleware(chosen: Settings, index_html: Path) -> list[Middleware]:
    """The wrapping, outermost first; `index_html` is Streamlit's page, whose inline scripts may run."""
    told = told_beforehand(index_html)
    return [
        Middleware(Observed),
        Middleware(SecurityHeaders, script_hashes=inline_script_hashes(told), https=chosen.cookie_secure),
        Middleware(OwnOriginOnly),
        Middleware(SignedInOnly, cookie_name=chosen.cookie_name, is_signed_in=is_signed_in),
        Middleware(PackedFiles),
        Middleware(GZipMiddleware, compresslevel=5),
        Middleware(PageHead, plain=index_html.read_bytes(), told=told.encode()),
    ]


def is_signed_in(token: str) -> bool:
    """Whether the token is somebody's living session at this moment."""
    with database().reading() as session:
        return viewer_of_token(session, token, clock.now()) is not None
