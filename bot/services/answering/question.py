"""A resident's question as the answering modules take it, and their answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.aspects import Aspect
from bot.core.catalogue import Catalogue, Municipality
from bot.core.reply import Button, Card, Reply
from bot.nlu.reading import Part
from bot.services.catalogues import LoadedCatalogue
from bot.services.finding import asked_aspect
from bot.services.texts import Texts

HOURS, CONTACTS, LIBRARY = "ask_hours", "ask_contacts", "ask_mobile_library"
WHERE = "ask_service_where"


@dataclass(frozen=True, slots=True)
class Subject:
    """What was told last besides a service: hours or contacts of an institution, or the mobile library.

    Without an institution it is the municipality itself. A few words that name only another day or place go on with it.
    """

    intent: str
    institution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked, in which municipality, and what the conversation was about before."""

    text: str
    intent: str
    loaded: LoadedCatalogue
    local_now: datetime
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What a pressed button named: `service`, `institution`, `life_event`, `topic`."""
    service: str | None = None
    """Id of the service that the conversation is about."""
    institution: str | None = None
    """Id of the institution that the conversation is about."""
    subject: Subject | None = None
    """What was told last, when it was no service."""
    candidates: tuple[str, ...] = ()
    """Ids of the services among which the resident was asked to choose."""
    misunderstood: float = 0.0
    """How many messages were not understood lately; each that was answered since takes half of one away."""
    parts: tuple[Part, ...] = ()
    """The questions of a message that holds several; a single one is the question without its story."""

    @property
    def catalogue(self) -> Catalogue:
        """The municipality's catalogue."""
        return self.loaded.catalogue

    @property
    def municipality(self) -> Municipality:
        """The municipality that is asked."""
        return self.loaded.catalogue.municipality

    @property
    def from_button(self) -> bool:
        """Whether a button was pressed, so that the text is a payload and no words."""
        return self.text.startswith("/")

    @property
    def aspect(self) -> Aspect:
        """The aspect that the intent names, or else the words."""
        return asked_aspect(self.intent, "" if self.from_button else self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to say, and what the conversation is about from now on (`None` leaves it as it was)."""

    replies: tuple[Reply, ...]
    service: str | None = None
    institution: str | None = None
    candidates: tuple[str, ...] = ()
    """The services among which the resident is asked to choose."""
    subject: Subject | None = None
    """What was told when it was no service."""
    understood: bool = True


def card_reply(texts: Texts, card: Card, buttons: tuple[Button, ...] = ()) -> Reply:
    """Return a card with its plain text."""
    return Reply(text=texts.render("card.text", card=card), card=card, buttons=buttons)


def offers(texts: Texts) -> tuple[Button, ...]:
    """Return the buttons that lead on from anywhere: browse, contacts, a person."""
    return (
        Button(texts.render("conversation.button.browse"), "/list_services"),
        Button(texts.render("conversation.button.contacts"), "/ask_contacts"),
        human_button(texts),
    )


def human_button(texts: Texts) -> Button:
    """Return the button that asks for a person."""
    return Button(texts.render("conversation.button.human"), "/request_human")
