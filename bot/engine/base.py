"""The answering engine as a port: a turn in, a result out. Rasa is one implementation, the test fake another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from bot.core.conversation import Nlu
from bot.core.handoff import HandoffAsk
from bot.core.reply import Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message of a resident, masked and stored, for the bot to answer."""

    conversation: str
    seq: int
    text: str
    channel: str
    municipality: str | None
    state: bytes | None = None
    """The dialogue state that the turn before returned; None at the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnResult:
    """What the bot says, how it read the message, and its new dialogue state.

    The caller stores `state` in the transaction that stores the replies, so that a killed process answers a message
    either wholly or not at all.
    """

    replies: tuple[Reply, ...]
    nlu: Nlu | None = None
    state: bytes | None = None
    municipality: str | None = None
    """Set when the resident named the municipality in this turn."""
    handoff: HandoffAsk | None = None
    """Set when the conversation is to go to people once the replies are said."""
    erase: bool = False
    """The resident has confirmed that the conversation is to be deleted: nothing of the turn is stored."""


class Engine(ABC):
    """Answers messages; `start` may take many seconds, messages wait meanwhile."""

    @property
    @abstractmethod
    def ready(self) -> bool:
        """Whether `answer` may be called."""

    @abstractmethod
    async def start(self) -> None:
        """Load what is needed. Raises `EngineError` when that fails."""

    @abstractmethod
    async def stop(self) -> None:
        """Let go of everything."""

    @abstractmethod
    def lock(self, conversation: str) -> AbstractAsyncContextManager[None]:
        """Return the conversation's lock: turns run one after another; across processes, if its store is shared."""

    @abstractmethod
    def forget(self, conversation: str) -> None:
        """Let go of whatever is remembered of a conversation."""

    @abstractmethod
    async def answer(self, turn: Turn) -> TurnResult:
        """Answer one message. Raises `EngineError`."""
