"""The load: residents who ask through the REST channel, each waiting for an answer before asking again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import msgspec

from bot.settings import PROJECT_ROOT
from tests.benchmarks.figures import percentile

MUNICIPALITY = "varena"
TURNS_OF_A_CONVERSATION = 20
"""So long a client keeps its sender; then a fresh conversation begins."""
_ANSWER_SECONDS = 120.0
_STRIDE = 7
"""Clients begin so many questions apart, so that they do not all ask the same at once."""


class Answer(msgspec.Struct):
    """One message of an answer in the shape of Rasa's REST channel; other fields do not matter here."""

    text: str | None = None
    custom: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer."""

    seconds: float
    with_action: bool
    failure: str | None


@dataclass(frozen=True, slots=True)
class Load:
    """All turns of one round, and how long the round took."""

    turns: tuple[Turn, ...]
    seconds: float

    @property
    def turns_per_second(self) -> float:
        """Answered turns of every kind a second."""
        return sum(turn.failure is None for turn in self.turns) / self.seconds

    @property
    def failures(self) -> tuple[str, ...]:
        """What went wrong, one entry a failed turn."""
        return tuple(turn.failure for turn in self.turns if turn.failure is not None)

    @property
    def share_with_action(self) -> float:
        """Share of the turns (0 … 1) that ran a custom action."""
        return sum(turn.with_action for turn in self.turns) / len(self.turns)

    def action_milliseconds(self, share: float) -> float:
        """Return the percentile (0 < share ≤ 1) of the answered turns that ran a custom action, in milliseconds."""
        times = [turn.seconds for turn in self.turns if turn.with_action and turn.failure is None]
        return percentile(times, share) * 1000


@dataclass(frozen=True, slots=True)
class Script:
    """What is asked, and which answers `domain.yml` gives without a custom action."""

    questions: tuple[str, ...]
    plain_answers: frozenset[str]

    def with_action(self, answers: Sequence[Answer]) -> bool:
        """Tell whether an answer came from a custom action: it says something that is no response of the domain."""
        return any(answer.text and answer.text.strip() not in self.plain_answers for answer in answers)


def read_script() -> Script:
    """Read the questions, and the responses of the domain that both sides share."""
    from ruamel.yaml import YAML

    questions = Path(__file__).with_name("questions.txt").read_text(encoding="utf-8").splitlines()
    domain = YAML(typ="safe").load((PROJECT_ROOT / "domain.yml").read_text(encoding="utf-8"))
    plain = frozenset(str(variant["text"]).strip() for variants in domain["responses"].values() for variant in variants)
    return Script(tuple(questions), plain)


@dataclass(frozen=True, slots=True)
class Door:
    """Where questions are asked."""

    session: aiohttp.ClientSession
    url: str
    script: Script

    async def ask(self, sender: str, question: str) -> Turn:
        """Ask one question; whatever goes wrong is told in the turn."""
        body = {"sender": sender, "message": question, "metadata": {"municipality": MUNICIPALITY}}
        begun = time.perf_counter()
        try:
            async with self.session.post(f"{self.url}/webhooks/rest/webhook", json=body) as response:
                content = await response.read()
                seconds = time.perf_counter() - begun
                if response.status != 200:
                    return Turn(seconds, with_action=False, failure=f"status {response.status}")
                answers = msgspec.json.decode(content, type=list[Answer])
        except (aiohttp.ClientError, asyncio.TimeoutError, msgspec.DecodeError) as error:
            return Turn(time.perf_counter() - begun, with_action=False, failure=type(error).__name__)
        if not any(answer.text or answer.custom for answer in answers):
            return Turn(seconds, with_action=False, failure="empty answer")
        return Turn(seconds, with_action=self.script.with_action(answers), failure=None)

    async def talk(self, client: str, first: int, turns: int) -> list[Turn]:
        """Ask so many questions one after another, beginning with number `first` of the script."""
        questions = self.script.questions
        return [
            await self.ask(f"{client}-{place // TURNS_OF_A_CONVERSATION}", questions[(first + place) % len(questions)])
            for place in range(turns)
        ]


async def run_load(url: str, script: Script, *, clients: int, turns: int, name: str) -> Load:
    """Let so many clients ask `turns` questions each; `name` sets this load's conversations apart from others'."""
    connector = aiohttp.TCPConnector(limit=clients)
    timeout = aiohttp.ClientTimeout(total=_ANSWER_SECONDS)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        door = Door(session, url, script)
        begun = time.perf_counter()
        talks = (door.talk(f"{name}-{number}", number * _STRIDE, turns) for number in range(clients))
        taken = await asyncio.gather(*talks)
        seconds = time.perf_counter() - begun
    return Load(tuple(turn for client in taken for turn in client), seconds)
