"""The load generator, against a small server that answers as Rasa's REST channel does."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.benchmarks.load import TURNS_OF_A_CONVERSATION, Load, Script, Turn, read_script, run_load

SCRIPT = Script(("greeting", "question"), frozenset({"Laba diena!"}))
ANSWERS: dict[str, object] = {
    "greeting": [{"recipient_id": "a", "text": "Laba diena!"}],
    "question": [{"recipient_id": "a", "text": "Reikia prašymo.", "buttons": []}],
    "silence": [],
    "nonsense": {"error": "no list"},
}


class RestBot:
    """Answers from a table and remembers who asked what."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.municipalities: set[str] = set()

    async def webhook(self, request: web.Request) -> web.Response:
        """Answer one message."""
        body = await request.json()
        self.asked[body["sender"]] += 1
        self.municipalities.add(body["metadata"]["municipality"])
        if body["message"] == "broken":
            return web.json_response([], status=503)
        return web.json_response(ANSWERS[body["message"]])


@pytest.fixture
def bot() -> RestBot:
    """A bot that nobody has asked yet."""
    return RestBot()


@pytest.fixture
async def url(bot: RestBot) -> AsyncIterator[str]:
    """Where the bot is served."""
    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", bot.webhook)
    async with TestServer(app) as server:
        yield str(server.make_url("/")).rstrip("/")


async def test_a_turn_that_says_more_than_the_domain_ran_a_custom_action(url: str) -> None:
    load = await run_load(url, SCRIPT, clients=1, turns=4, name="x")
    assert [turn.with_action for turn in load.turns] == [False, True, False, True]
    assert load.share_with_action == 0.5
    assert load.failures == ()


async def test_each_client_asks_its_turns_in_conversations_of_its_own(url: str, bot: RestBot) -> None:
    load = await run_load(url, SCRIPT, clients=3, turns=TURNS_OF_A_CONVERSATION + 1, name="x")
    assert len(load.turns) == 3 * (TURNS_OF_A_CONVERSATION + 1)
    full, begun = TURNS_OF_A_CONVERSATION, 1
    assert bot.asked == {f"x-{client}-{talk}": turns for client in range(3) for talk, turns in ((0, full), (1, begun))}
    assert bot.municipalities == {"varena"}


@pytest.mark.parametrize(
    ("question", "failure"), [("silence", "empty answer"), ("broken", "status 503"), ("nonsense", "ValidationError")]
)
async def test_a_turn_without_an_answer_has_failed(url: str, question: str, failure: str) -> None:
    load = await run_load(url, Script((question,), frozenset()), clients=1, turns=2, name="x")
    assert load.failures == (failure, failure)
    assert load.turns_per_second == 0


async def test_a_server_that_is_not_there_fails_the_turn() -> None:
    load = await run_load("http://127.0.0.1:1", SCRIPT, clients=1, turns=1, name="x")
    assert load.failures == ("ClientConnectorError",)


def test_percentiles_are_of_answered_turns_with_a_custom_action() -> None:
    plain, failed = Turn(9, with_action=False, failure=None), Turn(9, with_action=True, failure="status 500")
    load = Load((Turn(0.001, with_action=True, failure=None), plain, failed), seconds=2)
    assert load.action_milliseconds(0.95) == 1
    assert load.turns_per_second == 1


def test_the_script_has_forty_different_questions_and_the_plain_answers_of_the_domain() -> None:
    script = read_script()
    assert len(script.questions) == len(set(script.questions)) == 40
    assert script.plain_answers
