"""The log: numbered without gaps, in order, and free of secrets."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from datetime import date

import pytest
import structlog

from bot.app import Core
from bot.core.conversation import Author, Inbound
from bot.core.reply import Button, Card, Link, Reply, Section
from bot.engine.base import Turn
from tests.asking import ask, lines_of, log_of, opened, raw_bytes
from tests.fakes import FakeEngine
from tests.numbers import account, card, personal_code, spaced

NOTICE = "Jūsų žinutėje buvo asmens kodas"


@pytest.fixture
def written_log() -> Iterator[io.StringIO]:
    """Everything that is logged during the test, with tracebacks."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)],
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    yield stream
    structlog.reset_defaults()
    logging.getLogger().removeHandler(handler)


async def test_fifty_parallel_conversations_have_numbers_without_gaps(core: Core) -> None:
    conversations = [await opened(core, f"gyventojas {number}") for number in range(50)]

    async def talk(conversation: str) -> None:
        await asyncio.gather(*(ask(core, conversation, f"klausimas {number}") for number in range(4)))

    await asyncio.gather(*map(talk, conversations))
    for conversation in conversations:
        log = await log_of(core, conversation)
        assert [message.seq for message in log] == list(range(1, 9))
        asked = [message.seq for message in log if message.author is Author.RESIDENT]
        answered = [message.turn for message in log if message.author is Author.BOT]
        assert answered == asked


async def test_messages_that_come_while_the_first_is_answered_are_answered_in_order(
    core: Core, engine: FakeEngine
) -> None:
    engine.hold = asyncio.Event()
    conversation = await opened(core)
    receipts = [await core.hub.receive(conversation, Inbound(text=f"klausimas {number}")) for number in range(5)]
    engine.hold.set()
    answers = await asyncio.gather(*(core.hub.answers(receipt, 10) for receipt in receipts))
    assert [turn.text for turn in engine.turns] == [f"klausimas {number}" for number in range(5)]
    assert [answer[0].reply.text for answer in answers] == [f"atsakymas: klausimas {number}" for number in range(5)]
    said = [message for message in await log_of(core, conversation) if message.author is Author.BOT]
    assert [message.turn for message in said] == [receipt.seq for receipt in receipts]


async def test_messages_ten_milliseconds_apart_are_answered_in_order(core: Core, engine: FakeEngine) -> None:
    conversation = await opened(core)
    first = asyncio.create_task(ask(core, conversation, "pirmas"))
    await asyncio.wait([first], timeout=0.01)
    second = asyncio.create_task(ask(core, conversation, "antras"))
    assert (await first, await second) == (["atsakymas: pirmas"], ["atsakymas: antras"])
    assert [turn.text for turn in engine.turns] == ["pirmas", "antras"]


async def test_a_reply_comes_back_from_the_log_as_it_was_said(core: Core, engine: FakeEngine) -> None:
    reply = Reply(
        text="Paslauga „Leidimas“",
        buttons=(Button("Kaina", '/ask_service_cost{"service": "x"}'),),
        card=Card(
            kind="service",
            title="Leidimas",
            sections=(Section(lines=("a", "b"), heading="Ką daryti", style="steps", asked=True),),
            warnings=("2018 m. duomenimis",),
            links=(Link("Šaltinis", "https://example.lt"),),
            checked="2026-11-21",
        ),
        image="https://example.lt/a.png",
        lang="lt",
    )
    engine.answerer = lambda _: (reply, Reply(text="antra"))
    conversation = await opened(core)
    await ask(core, conversation, "kas?")
    asked, first, second = await log_of(core, conversation)
    assert (asked.author, asked.turn) == (Author.RESIDENT, None)
    assert (first.reply, first.turn, first.author) == (reply, 1, Author.BOT)
    assert (second.reply.text, second.turn) == ("antra", 1)
    assert first.at == core.clock.now()


@pytest.mark.parametrize(
    "secret",
    [
        personal_code(),
        personal_code(date(2015, 2, 28), 42),
        account(),
        spaced(account()),
        card(),
        spaced(card()),
    ],
)
async def test_a_secret_is_nowhere_on_the_disk_and_not_in_the_logs(
    core: Core, engine: FakeEngine, written_log: io.StringIO, secret: str
) -> None:
    def fail(turn: Turn) -> tuple[Reply, ...]:
        raise RuntimeError(f"cannot answer turn {turn.seq}")

    conversation = await opened(core)
    await ask(core, conversation, f"Mano numeris {secret}, ačiū", client_id="a")
    await ask(core, conversation, "Kaina", payload=f'/ask_service_cost{{"service": "{secret}"}}')
    await ask(core, conversation, f'/ask_service_cost{{"service": "{secret}"}}')
    engine.answerer = fail
    await ask(core, conversation, f"be 2 klaidų {secret} mano")
    compact = secret.replace(" ", "")
    seen = raw_bytes(core).decode(errors="replace") + written_log.getvalue() + "".join(t.text for t in engine.turns)
    assert secret not in seen
    assert compact not in seen.replace(" ", "")
    assert "turn_failed" in written_log.getvalue()


async def test_what_residents_write_is_not_in_the_logs_even_when_storing_fails(
    core: Core, engine: FakeEngine, written_log: io.StringIO
) -> None:
    engine.answerer = lambda _: (Reply(text="netinkamas \ud800 atsakymas"),)
    conversation = await opened(core)
    await ask(core, conversation, "labai asmeniška žinutė")
    assert "asmeniška" not in written_log.getvalue()
    assert "netinkamas" not in written_log.getvalue()


async def test_the_resident_is_told_of_masking_once_only(core: Core) -> None:
    conversation = await opened(core)
    for _ in range(3):
        await ask(core, conversation, f"Mano kodas {personal_code()}")
    notices = [text for _, text in await lines_of(core, conversation) if text.startswith(NOTICE)]
    assert len(notices) == 1
    assert await lines_of(core, conversation) == [
        ("resident", "Mano kodas [asmens kodas paslėptas]"),
        ("bot", notices[0]),
        ("bot", "atsakymas: Mano kodas [asmens kodas paslėptas]"),
        *[
            ("resident", "Mano kodas [asmens kodas paslėptas]"),
            ("bot", "atsakymas: Mano kodas [asmens kodas paslėptas]"),
        ]
        * 2,
    ]


async def test_two_secrets_sent_at_once_are_told_of_once(core: Core) -> None:
    conversation = await opened(core)
    await asyncio.gather(*(ask(core, conversation, f"Mano kodas {personal_code()}") for _ in range(5)))
    assert sum(text.startswith(NOTICE) for _, text in await lines_of(core, conversation)) == 1


async def test_each_conversation_is_told_of_masking_for_itself(core: Core) -> None:
    for sender in ("jonas", "ona"):
        said = await ask(core, await opened(core, sender), f"Mano kodas {personal_code()}")
        assert said[0].startswith(NOTICE)


async def test_a_log_longer_than_one_read_is_given_in_parts(core: Core, engine: FakeEngine) -> None:
    engine.answerer = lambda _: tuple(Reply(text=str(number)) for number in range(600))
    conversation = await opened(core)
    await ask(core, conversation, "daug")
    first = await core.hub.log_after(conversation, 0)
    rest = await core.hub.log_after(conversation, first[-1].seq)
    assert [message.seq for message in (*first, *rest)] == list(range(1, 602))
