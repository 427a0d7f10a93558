"""What is said: text, buttons and cards, as plain values that every channel can draw."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.core.attachment import Attachment


class Asks(Enum):
    """What a bare "yes", "no" or number would answer."""

    PERSON = "person"
    """Whether the resident wants to talk to a person."""
    COMPLAINT = "complaint"
    """Whether a complaint is to be taken down, or gone on with."""
    ANSWER = "answer"
    """What was asked while a complaint is taken down; its form reads the answer."""
    WITHDRAWAL = "withdrawal"
    """Whether the case is really taken back."""
    ERASURE = "erasure"
    """Whether the conversation is really to be deleted."""
    HELPED = "helped"
    """Whether the answer before helped."""
    CHOICE = "choice"
    """Which of the message's buttons is meant."""


@dataclass(frozen=True, slots=True)
class Button:
    """A suggested answer; pressing it sends `payload` (Rasa's `/intent{…}`) and shows `title`."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with the words to show for it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A block of a card; `asked` marks what the resident asked for."""

    lines: tuple[str, ...]
    heading: str | None = None
    style: str = "text"
    """`text`, `list` or `steps`."""
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Facts laid out: title, lead, sections, warnings, links and the date of the last check."""

    kind: str
    title: str
    lead: str | None = None
    sections: tuple[Section, ...] = ()
    warnings: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    checked: str | None = None
    checked_label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One message: `text` says all of it, `card` and `buttons` are for clients that can draw them."""

    text: str
    buttons: tuple[Button, ...] = ()
    card: Card | None = None
    image: str | None = None
    lang: str | None = None
    asks: Asks | None = None
    attachments: tuple[Attachment, ...] = ()
    """Files; of a message that is nothing else the text is empty."""
    is_copy: bool = False
    """A part of the resident's copy of the conversation: no part of later copies, nor of the search."""
