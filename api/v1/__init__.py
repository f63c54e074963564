"""Version 1 of the API for other programs, one subject per file; a new file is listed here once."""

from typing import Final

from fastapi import APIRouter

from api.v1 import activities, analytics, auth, deals, leads, people, teams

ROUTER: Final = APIRouter(prefix="/v1")
for _router in (auth.router, activities.router, leads.router, deals.router, people.router, teams.router, analytics.router):
    ROUTER.include_router(_router)
