"""Security headers: what every answer carries, and what differs on a page with a form."""

from __future__ import annotations

# Pictures of a conversation are fetched with its token and shown from the page's own memory (blob:).
_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FORM_HEADERS = {
    "Content-Security-Policy": _CSP.replace("form-action 'none'", "form-action 'self'"),
    # Under `no-referrer` browsers send forms with `Origin: null`, and a foreign form could not be told from our own.
    "Referrer-Policy": "same-origin",
}
