"""`/start`, also by a deep link that names the municipality."""

from __future__ import annotations

import json

from bot.core.conversation import Inbound
from bot.core.reply import Reply
from bot.services.catalogues import Catalogues
from bot.services.telegram.chats import Chats
from bot.storage.telegram import Chat
from channels.telegram.bots import Line
from channels.telegram.commands import START

_CHOOSE = "/inform_municipality"


class Starting:
    """Says what is to be said to a resident who begins, or begins again."""

    def __init__(self, chats: Chats, catalogues: Catalogues) -> None:
        self._chats = chats
        self._catalogues = catalogues

    def inbound(self, line: Line, chat: Chat, parameter: str) -> Inbound:
        """Return what the hub is to receive for `/start parameter`.

        A chat that is new has the greeting already; what is left to say is the municipality, by the bot, which then
        knows it. A bot of one municipality has no choice to offer.
        """
        text = f"/{START}"
        named = self._catalogues.find(parameter) if line.municipality is None else None
        if named is not None and parameter != chat.municipality:
            entities = json.dumps({"municipality": parameter}, separators=(",", ":"))
            return Inbound(text=text, payload=_CHOOSE + entities)
        if chat.municipality is None:
            return Inbound(text=text, payload=_CHOOSE)
        greeted = chat.with_person or chat.is_new
        said: tuple[Reply, ...] = () if greeted else (self._chats.greeting(chat.municipality),)
        return Inbound(text=text, said=said, asks_bot=False)
