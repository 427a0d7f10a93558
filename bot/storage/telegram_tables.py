"""The tables of Telegram: updates as they came, chats and their conversations, messages, and one-time codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.handoff_tables import metadata as known_metadata
from bot.storage.tables import Base


class TelegramUpdateRow(Base):
    """An update as Telegram sent it, stored before work; `done_at` is None until it is worked off."""

    __tablename__ = "telegram_updates"
    __table_args__ = (Index("ix_telegram_updates_waiting", "done_at", "bot", "chat", "update_id"),)

    bot: Mapped[str] = mapped_column(String(64), primary_key=True)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    chat: Mapped[int] = mapped_column(BigInteger)
    body: Mapped[dict[str, Any]]
    attempts: Mapped[int]
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class TelegramChatRow(Base):
    """Which conversation a chat carries on now; `private` is False for a group."""

    __tablename__ = "telegram_chats"
    __table_args__ = (UniqueConstraint("conversation_id"),)

    bot: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    private: Mapped[bool]
    created_at: Mapped[datetime]


class TelegramMessageRow(Base):
    """Which row of which log a message of a chat is; a long row is several messages.

    `pressed` is the title of the button that was pressed under it.
    """

    __tablename__ = "telegram_messages"
    __table_args__ = (Index("ix_telegram_messages_row", "conversation_id", "seq"),)

    bot: Mapped[str] = mapped_column(String(64), primary_key=True)
    chat: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    seq: Mapped[int]
    part: Mapped[int]
    pressed: Mapped[str | None] = mapped_column(Text)


class TelegramCodeRow(Base):
    """A one-time code that carries a website's conversation on to Telegram; only its hash stands here."""

    __tablename__ = "telegram_codes"
    __table_args__ = (Index("ix_telegram_codes_conversation", "conversation_id"),)

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


metadata = known_metadata
"""Of all tables: importing it from here means that all are known."""

OF_CONVERSATIONS = (TelegramCodeRow, TelegramMessageRow, TelegramChatRow)
"""What goes when its conversation goes."""
