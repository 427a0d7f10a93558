"""Browsing the catalogue by life event."""

from __future__ import annotations

import json

from bot.core.aspects import Aspect
from bot.core.reply import Asks, Button, Reply
from bot.nlu.normalise import fold
from bot.services.answering.question import Answer, Question
from bot.services.answering.service_card import payload
from bot.services.texts import Texts

_PAGE = 8


class Browse:
    """Answers `list_services`: life events first, then the services of the chosen one."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def answer(self, question: Question) -> Answer:
        """Return buttons of life events, or of the services of the named event."""
        page = int(question.chosen.get("page", "0")) if question.chosen.get("page", "0").isdecimal() else 0
        named = question.chosen.get("life_event")
        if named is None:
            return self._events(question, page)
        events = {fold(event): event for event in question.catalogue.life_events()}
        event = events.get(fold(named))
        if event is None:
            return self._events(question, page, unknown=True)
        return self._services(question, event, page)

    def _events(self, question: Question, page: int, *, unknown: bool = False) -> Answer:
        events = list(question.catalogue.life_events())
        buttons = [Button(_capitalised(event), _payload(life_event=event)) for event in events]
        text = self._texts.render("browse.events", count=len(question.catalogue.services))
        if unknown:
            text = self._texts.render("browse.unknown_event")
        return self._paged(text, buttons, page, {})

    def _services(self, question: Question, event: str, page: int) -> Answer:
        services = question.catalogue.life_events()[event]
        buttons = [Button(service.title, payload(Aspect.GENERAL, service)) for service in services]
        text = self._texts.render("browse.event", event=_capitalised(event))
        return self._paged(text, buttons, page, {"life_event": event})

    def _paged(self, text: str, buttons: list[Button], page: int, chosen: dict[str, str]) -> Answer:
        page = min(page, (len(buttons) - 1) // _PAGE)
        shown = buttons[page * _PAGE : (page + 1) * _PAGE]
        if len(buttons) > (page + 1) * _PAGE:
            shown.append(Button(self._texts.render("browse.more"), _payload(**chosen, page=str(page + 1))))
        return Answer(replies=(Reply(text=text, buttons=tuple(shown), asks=Asks.CHOICE),))


def _payload(**chosen: str) -> str:
    return f"/list_services{json.dumps(chosen, ensure_ascii=False, separators=(',', ':'))}"


def _capitalised(event: str) -> str:
    return event[:1].upper() + event[1:]
