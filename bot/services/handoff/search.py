"""Search over all logs, without diacritics and by stem, and the conversations that an export holds."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.handoff import Scope
from bot.core.operators import Operator
from bot.nlu.search_words import marked, search_query
from bot.services.handoff.tools import Tools
from bot.services.handoff.views import Line, Views
from bot.storage import search, summaries
from bot.storage.search import Filters, Hit

PAGE = 30
MOST_EXPORTED = 5000
_SNIPPET = 240
_BEFORE_HIT = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found; the snippet's pieces say which of them were looked for."""

    hit: Hit
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Hits, newest first; `next` is the place to go on from, None at the end."""

    items: tuple[Found, ...]
    next: int | None


class Search:
    """Finds what was said."""

    def __init__(self, tools: Tools, views: Views) -> None:
        self._tools = tools
        self._views = views

    async def find(self, operator: Operator, text: str, filters: Filters, before: int | None = None) -> Page:
        """Return the newest rows that hold all words of a text, in any of their forms, within the operator's scope."""
        scope, query = Scope.of(operator), search_query(text)
        if query is None and text.strip():
            return Page((), None)
        async with self._tools.database.read() as session:
            hits = await search.find(session, query, filters, scope, before=before, limit=PAGE + 1)
        items = tuple(Found(hit, snippet(hit.text, text)) for hit in hits[:PAGE])
        return Page(items, items[-1].hit.place if len(hits) > PAGE else None)

    async def conversations(self, operator: Operator, text: str, filters: Filters) -> tuple[Line, ...]:
        """Return the conversations in which something fits, newest first, at most `MOST_EXPORTED`."""
        scope, query = Scope.of(operator), search_query(text)
        if query is None and text.strip():
            return ()
        async with self._tools.database.read() as session:
            ids = await search.conversations(session, query, filters, scope, limit=MOST_EXPORTED)
            found: list[Line] = []
            for start in range(0, len(ids), 500):
                part = ids[start : start + 500]
                shown = await summaries.by_ids(session, part)
                found += await self._views.lines(session, [shown[one] for one in part if one in shown])
        return tuple(found)


def snippet(text: str, query: str) -> tuple[tuple[str, bool], ...]:
    """Return as much of a text as shows the first hit, cut into what was looked for and what was not."""
    line = " ".join(text.split())
    pieces = marked(line, query)
    first = next((place for place, piece in enumerate(pieces) if piece[1]), 0)
    if first and len(pieces[0][0]) > _BEFORE_HIT:
        pieces[0] = ("…" + pieces[0][0][-_BEFORE_HIT:], False)
    shown: list[tuple[str, bool]] = []
    left = _SNIPPET
    for piece, hit in pieces:
        if left <= 0:
            break
        shown.append((piece if len(piece) <= left else piece[:left] + "…", hit))
        left -= len(piece)
    return tuple(shown)
