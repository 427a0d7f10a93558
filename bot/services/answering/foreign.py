"""What is said in another language: one checked paragraph with the municipality's contacts, and 112 in danger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from bot.core.catalogue import Municipality
from bot.core.reply import Asks, Button, Reply
from bot.nlu.language import DEFAULT, LANGUAGES
from bot.services.texts import Texts

FOREIGN_LANGUAGES = tuple(language for language in LANGUAGES if language != DEFAULT)


class ForeignAnswers:
    """Speaks the languages that Langelis recognises but gives no official answers in."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def paragraph(self, language: str, municipality: Municipality) -> Reply:
        """Say that answers are in Lithuanian, whom to ask, and offer a person."""
        said = (
            self._texts.render(f"foreign.{language}.intro"),
            self._contacts(language, municipality),
            self._texts.render(f"foreign.{language}.offer"),
        )
        return Reply(text="\n\n".join(said), buttons=self._ways(language), lang=language, asks=Asks.PERSON)

    def again(self, language: str) -> Reply:
        """Say in short what was said in full before."""
        text = self._texts.render(f"foreign.{language}.again")
        return Reply(text=text, buttons=self._ways(language), lang=language, asks=Asks.PERSON)

    def handing_over(self, language: str) -> Reply:
        """Say that a person is asked in."""
        return Reply(text=self._texts.render(f"foreign.{language}.handing_over"), lang=language)

    def away(self, language: str, opens: datetime | None) -> Reply:
        """Say that no person is there, when people are back, and what can be left for them."""
        buttons = (
            Button(self._texts.render(f"foreign.{language}.button.callback"), "/request_callback"),
            Button(self._texts.render(f"foreign.{language}.button.message"), '/request_callback{"value":"message"}'),
            Button(self._texts.render(f"foreign.{language}.button.contacts"), "/ask_contacts"),
        )
        date, time = (None, None) if opens is None else (f"{opens:%Y-%m-%d}", f"{opens:%H:%M}")
        text = self._texts.render(f"foreign.{language}.away", date=date, time=time)
        return Reply(text=text, buttons=buttons, lang=language)

    def which_municipality(self, language: str, municipalities: Iterable[Municipality]) -> Reply:
        """Say that answers are in Lithuanian and ask whose contacts are wanted."""
        said = (
            self._texts.render(f"foreign.{language}.intro"),
            self._texts.render(f"foreign.{language}.which_municipality"),
        )
        buttons = tuple(Button(each.name, _payload(language, each)) for each in municipalities)
        return Reply(text="\n\n".join(said), buttons=buttons, lang=language)

    def emergency(self, language: str, *, suicide: bool) -> Reply:
        """Send to 112 first; whoever speaks of suicide also gets the support line."""
        kind = "suicide" if suicide else "emergency"
        return Reply(text=self._texts.render(f"foreign.{language}.{kind}"), lang=language)

    def _ways(self, language: str) -> tuple[Button, ...]:
        return (
            Button(self._texts.render(f"foreign.{language}.button.human"), "/request_human"),
            Button(self._texts.render(f"foreign.{language}.button.contacts"), "/ask_contacts"),
        )

    def _contacts(self, language: str, municipality: Municipality) -> str:
        channels = municipality.charter.report_channels
        # Where the municipality's own are not known, the charter's are named as what they are.
        known = {
            "phone": municipality.phone,
            "email": municipality.email,
            "quality_phone": None if municipality.phone else ", ".join(channels.phones),
            "quality_email": None if municipality.email else channels.email,
            "address": municipality.address,
            "website": municipality.website,
        }
        lines = [
            self._texts.render(f"foreign.{language}.contact.{name}", value=value)
            for name, value in known.items()
            if value
        ]
        return "\n".join((f"{municipality.name}:", *(f"• {line}" for line in lines)))


def _payload(language: str, municipality: Municipality) -> str:
    return "/foreign_language" + json.dumps({"language": language, "municipality": municipality.id})
