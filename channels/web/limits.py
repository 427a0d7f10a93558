"""Rate limits of the web: by conversation first, then by network address."""

from __future__ import annotations

import time

from aiohttp import web

from bot.services.rate_limit import RateLimiter
from bot.settings import Settings


class Limits:
    """Counts messages; a town hall's whole staff may share one address, so that limit is wide."""

    def __init__(self, settings: Settings) -> None:
        self._by_token = RateLimiter(settings.token_messages_per_minute, time.monotonic)
        self._by_address = RateLimiter(settings.address_messages_per_minute, time.monotonic)
        self._trust_proxy = settings.trust_proxy

    def take(self, request: web.Request, token: str) -> int:
        """Count one message; return 0 when it is allowed, else the seconds to wait."""
        return self._by_token.take(token) or self.take_address(request)

    def take_address(self, request: web.Request) -> int:
        """Count one call from the request's address."""
        return self._by_address.take(self.address(request))

    def address(self, request: web.Request) -> str:
        """Return the network address that the request came from, behind a proxy the one that the proxy saw."""
        forwarded = request.headers.get("X-Forwarded-For", "") if self._trust_proxy else ""
        # The last address is the one that the proxy itself saw; those before it can be made up.
        return forwarded.rsplit(",", 1)[-1].strip() or request.remote or "unknown"
