"""What a bot may say before others: in a group no complaint and nothing of a person's own is discussed."""

from __future__ import annotations

from dataclasses import replace

from bot.core.reply import Asks, Button, Reply
from bot.engine.base import Turn, TurnResult
from bot.services.telegram.chats import GROUP_CHANNEL
from bot.services.texts import Texts

PRIVATE_CHAT = "/private_chat"
"""The payload of a button that leads to the private chat with the bot."""
_PERSONAL_INTENTS = frozenset(
    {
        *("file_complaint", "complaint_status", "withdraw_case", "resume_case", "case_answer"),
        *("suggest", "praise", "rate_service", "report_problem", "problem_status"),
        *("request_human", "request_callback", "delete_my_data", "get_my_data"),
    }
)
_PERSONAL_QUESTIONS = frozenset({Asks.ANSWER, Asks.WITHDRAWAL})


def fit_for_group(texts: Texts, turn: Turn, result: TurnResult) -> TurnResult:
    """Return the result; in a group what is personal is replaced by the way to a private chat and leaves no trace."""
    if turn.channel != GROUP_CHANNEL or not _is_personal(result):
        return result
    button = Button(texts.render("telegram.button.private"), PRIVATE_CHAT)
    reply = Reply(text=texts.render("telegram.private_only"), buttons=(button,))
    return replace(result, replies=(reply,), state=turn.state, handoff=None)


def _is_personal(result: TurnResult) -> bool:
    intent = (result.nlu or {}).get("intent")
    name = intent.get("name") if isinstance(intent, dict) else None
    asked = {reply.asks for reply in result.replies}
    return name in _PERSONAL_INTENTS or bool(asked & _PERSONAL_QUESTIONS) or result.handoff is not None
