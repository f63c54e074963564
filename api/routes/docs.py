"""The API's own description, for people and programs that are signed in: /openapi.json, and a page to read and try it at /docs.

The page is Swagger UI; its files come from the installed package, so that nothing is loaded from elsewhere.
"""

from importlib.resources import files
from typing import Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from api.deps import Calling, caller
from domain.errors import NotFoundError

router: Final = APIRouter(include_in_schema=False)
PACKAGE: Final = "fastapi_swagger.resources"
ASSETS: Final = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript", "favicon-32x32.png": "image/png"}
START: Final = """window.addEventListener("load", () => {
  SwaggerUIBundle({
    url: "openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    validatorUrl: null,
  });
});
"""
"""A file of its own: the site's policy runs no script written into a page."""
PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pacesetter API</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<main id="swagger-ui"></main>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""


@router.get("/openapi.json")
def description(request: Request, _calling: Calling) -> JSONResponse:
    """Every route, body and error."""
    document: dict[str, Any] = request.app.openapi()
    return JSONResponse({**document, "servers": [{"url": request.scope.get("root_path", "") or "/"}]})


@router.get("/docs", dependencies=[Depends(caller)])
def page() -> HTMLResponse:
    """The description to read, and to try with one's own rights."""
    return HTMLResponse(PAGE)


@router.get("/docs/start.js", dependencies=[Depends(caller)])
def start() -> Response:
    """What starts the page."""
    return Response(START, media_type="text/javascript")


@router.get("/docs/{name}", dependencies=[Depends(caller)])
def asset(name: str) -> Response:
    """A file of Swagger UI."""
    if name not in ASSETS:
        raise NotFoundError("There is nothing at this address.")
    content = files(PACKAGE).joinpath(name).read_bytes()
    return Response(content, media_type=ASSETS[name], headers={"Cache-Control": "private, max-age=86400"})
