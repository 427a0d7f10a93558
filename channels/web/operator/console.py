"""The console's one page: an empty shell that its script fills."""

from __future__ import annotations

import secrets

from aiohttp import web

from channels.web.pages import html

_NONCE_BYTES = 18


async def page(request: web.Request) -> web.Response:
    """Send the shell; its policy runs what carries this answer's nonce and nothing else."""
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return html(request, "operator/console.html.j2", headers=console_headers(nonce), nonce=nonce)


def console_headers(nonce: str) -> dict[str, str]:
    """Return the headers of the console's page."""
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' blob:; "
        "font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )
    # Under `no-referrer` the form that signs out would be sent with `Origin: null`.
    return {"Content-Security-Policy": policy, "Referrer-Policy": "same-origin"}
