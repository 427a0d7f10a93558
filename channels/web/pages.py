"""Pages: the landing page, a full-page chat for each municipality, the built widget."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.services.catalogues import LoadedCatalogue
from channels.web.failures import Failure
from channels.web.keys import CORE, PAGES

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_TOPICS = 4


def page_environment() -> Environment:
    """Return the environment of HTML templates; everything is escaped."""
    return Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined)


async def index(request: web.Request) -> web.Response:
    """List the municipalities."""
    municipalities = [
        {
            "id": loaded.catalogue.municipality.id,
            "name": loaded.catalogue.municipality.name,
            "website": loaded.catalogue.municipality.website,
            "services_count": len(loaded.catalogue.services),
            "topics": _topics(loaded),
        }
        for loaded in request.app[CORE].catalogues.all
    ]
    return html(request, "index.html.j2", municipalities=municipalities)


async def municipality(request: web.Request) -> web.Response:
    """Show a municipality's chat as a page."""
    loaded = request.app[CORE].catalogues.find(request.match_info["municipality"])
    if loaded is None:
        return error_page(request, Failure("unknown_municipality"))
    found = loaded.catalogue.municipality
    return html(request, "municipality.html.j2", municipality=found, examples=found.examples)


async def widget(_request: web.Request) -> web.StreamResponse:
    """Send the widget's script."""
    # Websites that isolate themselves (COEP) take scripts from elsewhere only with this header.
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    return web.FileResponse(STATIC / "widget.js", headers=headers)


def error_page(request: web.Request, failure: Failure) -> web.Response:
    """Return a failure as a page."""
    body = failure.body(request.app[CORE].texts)
    return html(request, "error.html.j2", status=failure.status, title=str(failure.status), message=body["message"])


def html(
    request: web.Request, template: str, *, headers: Mapping[str, str] | None = None, **values: object
) -> web.Response:
    """Return a rendered page; a number among the values that is called `status` is its HTTP status."""
    text = request.app[PAGES].get_template(template).render(values)
    status = values.get("status")
    return web.Response(
        text=text, content_type="text/html", status=status if isinstance(status, int) else 200, headers=headers
    )


def _topics(loaded: LoadedCatalogue) -> list[str]:
    events = sorted(loaded.catalogue.life_events().items(), key=lambda event: -len(event[1]))
    return [name for name, _ in events[:_TOPICS]]
