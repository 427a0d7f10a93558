"""The page of a resident's own copy: a link asks first, and only a pressed button opens the copy and uses it up."""

from __future__ import annotations

from aiohttp import web

from bot.core.own_data import Copy, CopyForm
from channels.web.headers import FORM_HEADERS
from channels.web.keys import CORE, LIMITS
from channels.web.origins import from_own_page
from channels.web.pages import html

_FOREIGN, _GONE, _TOO_MANY = 403, 410, 429
_PRINTED, _DAY = "%Y-%m-%d %H:%M", "%Y-%m-%d"
_UNCACHED = {"Cache-Control": "no-store"}


async def ask(request: web.Request) -> web.Response:
    """Offer the copy to be read or saved: programs that look at links before people do press no buttons."""
    if not await request.app[CORE].own_data.copies.is_good(request.match_info["ticket"]):
        return _refused(request, _GONE, "own_data.page.gone")
    return html(request, "copy.html.j2", headers=FORM_HEADERS | _UNCACHED, refused=None)


async def give(request: web.Request) -> web.Response:
    """Give the copy, once in each form, as long as the link is good."""
    core = request.app[CORE]
    if not from_own_page(request):
        return _refused(request, _FOREIGN, "own_data.page.foreign")
    wait = request.app[LIMITS].take_address(request)
    if wait:
        return _refused(request, _TOO_MANY, "error.rate_limited", retry_after=wait)
    fields = await request.post()
    form = CopyForm.TEXT if fields.get("form") == CopyForm.TEXT.value else CopyForm.PRINT
    copy = await core.own_data.copies.open(request.match_info["ticket"], form)
    if copy is None:
        return _refused(request, _GONE, "own_data.page.gone")
    return _file(request, copy) if form is CopyForm.TEXT else _page(request, copy)


def _page(request: web.Request, copy: Copy) -> web.Response:
    lines = [{"at": line.at.strftime(_PRINTED), "author": line.author, "text": line.text} for line in copy.lines]
    made = copy.made_at.strftime(_PRINTED)
    return html(
        request,
        "copy_print.html.j2",
        headers=_UNCACHED,
        municipality=copy.municipality,
        lines=lines,
        made=made,
    )


def _file(request: web.Request, copy: Copy) -> web.Response:
    core = request.app[CORE]
    name = core.texts.render("own_data.copy.file", date=copy.made_at.strftime(_DAY))
    return web.Response(
        # The mark at the beginning lets every editor read Lithuanian letters.
        body=("\ufeff" + core.own_data.copies.as_text(copy)).encode(),
        content_type="text/plain",
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', **_UNCACHED},
    )


def _refused(request: web.Request, status: int, phrase: str, **values: object) -> web.Response:
    message = request.app[CORE].texts.render(phrase, **values)
    return html(request, "copy.html.j2", headers=_UNCACHED, status=status, refused=message)
