"""A row of the log as Telegram messages: words, cards, who speaks, and the keyboard under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram import Message as TelegramMessage

from bot.core.conversation import Author, Message
from bot.core.reply import Button, Card
from bot.services.telegram.groups import PRIVATE_CHAT
from bot.services.texts import Texts
from channels.telegram.words import Paragraph, Span, packed, plain

LOCKED = "x"
"""The callback data of the one button that is left of a used keyboard."""
_WIDTH = 36
"""So many characters of titles stand in one row; a title that is longer stands alone."""
_NARROWEST = 7
_DATA = re.compile(r"(\d{1,9})\.(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The messages of a row; the keyboard stands under the last one."""

    parts: tuple[str, ...]
    keyboard: InlineKeyboardMarkup | None


def rendered(texts: Texts, message: Message, private_link: str | None) -> Rendered:
    """Return what is sent for a row of the log; `private_link` opens the private chat with the bot."""
    keyboard = keyboard_of(message.seq, message.reply.buttons, private_link)
    return Rendered(packed(_paragraphs(texts, message)), keyboard)


def keyboard_of(seq: int, buttons: tuple[Button, ...], private_link: str | None = None) -> InlineKeyboardMarkup | None:
    """Return the keyboard of a row, None without buttons.

    Its data names the row and the button's place: a payload may be longer than the 64 bytes that Telegram allows.
    """
    if not buttons:
        return None
    rows: list[list[InlineKeyboardButton]] = []
    used = _WIDTH
    for place, button in enumerate(buttons):
        width = max(len(button.title), _NARROWEST)
        if used + width > _WIDTH:
            rows.append([])
            used = 0
        rows[-1].append(_key(button, f"{seq}.{place}", private_link))
        used += width
    return InlineKeyboardMarkup(rows)


def locked_keyboard(title: str) -> InlineKeyboardMarkup:
    """Return what is left of a keyboard once a button was pressed."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(f"✓ {title}", callback_data=LOCKED)]])


def title_of(query: CallbackQuery) -> str | None:
    """Return the title of the button that was pressed, None for a message so old that Telegram does not show it."""
    message = query.message
    if not isinstance(message, TelegramMessage) or message.reply_markup is None:
        return None
    keys = (key for row in message.reply_markup.inline_keyboard for key in row)
    return next((key.text for key in keys if key.callback_data == query.data), None)


def pressed_place(data: str) -> tuple[int, int] | None:
    """Return (row, place of the button) of callback data, None for what is not ours."""
    found = _DATA.fullmatch(data)
    return None if found is None else (int(found[1]), int(found[2]))


def _key(button: Button, data: str, private_link: str | None) -> InlineKeyboardButton:
    if button.payload == PRIVATE_CHAT and private_link is not None:
        return InlineKeyboardButton(button.title, url=private_link)
    return InlineKeyboardButton(button.title, callback_data=data)


def _paragraphs(texts: Texts, message: Message) -> Iterator[Paragraph]:
    if message.author is Author.RESIDENT:
        yield [Span(texts.render("telegram.from_website"), "i")]
    elif message.operator is not None:
        yield [Span(message.operator.name, "b")]
    if message.reply.card is not None:
        yield from _card(message.reply.card)
    elif message.author is Author.SYSTEM:
        yield from ([Span(line, "i")] if line else [] for line in message.reply.text.split("\n"))
    else:
        yield from plain(message.reply.text)


def _card(card: Card) -> Iterator[Paragraph]:
    yield [Span(card.title, "b")]
    if card.lead:
        yield []
        yield from plain(card.lead)
    for section in card.sections:
        yield []
        if section.heading:
            yield [Span(f"{section.heading}:", "b")]
        for place, line in enumerate(section.lines, start=1):
            mark = {"steps": f"{place}. ", "list": "• "}.get(section.style, "")
            yield from plain(f"{mark}{line}")
    if card.warnings:
        yield []
        yield from ([Span(f"⚠ {warning}")] for warning in card.warnings)
    if card.links or card.checked_label:
        yield []
    yield from ([Span(link.label, link=link.url)] for link in card.links)
    if card.checked_label:
        yield [Span(card.checked_label, "i")]
