"""Files over a real folder and database: what is taken in, shown, refused, and removed."""

from __future__ import annotations

import asyncio
import hashlib
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import Core
from bot.core.attachment import MAX_BYTES, MAX_KEPT, AttachmentRefusedError
from bot.core.conversation import Inbound, Owner
from bot.settings import PROJECT_ROOT
from tests.asking import ask, lines_of, log_of, opened
from tests.desk import here, taken
from tests.files import PDF, picture
from tests.people import hired

NOTE = "raštas.txt"


@pytest.fixture
async def conversation(core: Core) -> str:
    """A conversation with the bot."""
    return await opened(core)


def files_in(core: Core) -> list[Path]:
    """Return all files of the folder, also those that are coming in."""
    return [path for path in core.settings.attachments_dir.rglob("*") if path.is_file()]


async def send(core: Core, conversation: str, *files: str, text: str = "", client_id: str | None = None) -> int:
    """Let the resident send files."""
    inbound = Inbound(text=text, client_id=client_id, attachments=files)
    return (await core.hub.receive(conversation, inbound)).seq


async def test_a_file_is_kept_under_a_random_name_and_told_by_its_content(core: Core, conversation: str) -> None:
    kept = await core.attachments.keep(conversation, "../Duobė.exe", PDF)
    assert (kept.name, kept.media_type, kept.size) == ("Duobė.exe.pdf", "application/pdf", len(PDF))
    found = await core.attachments.open(kept.id)
    assert found is not None
    assert found.file.read_bytes() == PDF
    assert found.kept.sha256 == hashlib.sha256(PDF).hexdigest()
    assert "Duob" not in str(found.file)
    assert files_in(core) == [found.file]
    assert found.file.stat().st_mode & 0o077 == 0


async def test_of_a_photo_only_the_picture_is_kept(core: Core, conversation: str) -> None:
    kept = await core.attachments.keep(conversation, "IMG_1.jpg", picture(secret="Onos telefonas"))
    found = await core.attachments.open(kept.id)
    assert found is not None
    content = found.file.read_bytes()
    assert b"Onos" not in content
    assert found.kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.size == len(content)
    assert found.file.stat().st_mode & 0o077 == 0


async def test_a_file_of_200_megabytes_is_refused_after_the_limit_and_nothing_stays(
    core: Core, conversation: str
) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(200):
            read += 1
            yield b"0" * 1024 * 1024

    with pytest.raises(AttachmentRefusedError, match="file_too_large"):
        await core.attachments.keep(conversation, "filmas.txt", endless())
    assert read == MAX_BYTES // (1024 * 1024) + 1
    assert files_in(core) == []


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "file_empty"), (b"MZ" + b"\0" * 99, "file_type"), (picture()[:200], "file_broken")]
)
async def test_what_is_refused_leaves_nothing(core: Core, conversation: str, content: bytes, code: str) -> None:
    with pytest.raises(AttachmentRefusedError, match=code):
        await core.attachments.keep(conversation, NOTE, content)
    assert files_in(core) == []


async def test_an_upload_that_breaks_off_leaves_nothing(core: Core, conversation: str) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"labas"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await core.attachments.keep(conversation, NOTE, broken())
    assert files_in(core) == []


async def test_one_conversation_cannot_fill_the_disk(core: Core, conversation: str) -> None:
    for _ in range(MAX_KEPT):
        await core.attachments.keep(conversation, NOTE, b"labas")
    with pytest.raises(AttachmentRefusedError, match="files_too_many"):
        await core.attachments.keep(conversation, NOTE, b"labas")
    assert len(files_in(core)) == MAX_KEPT


async def test_a_resident_sends_a_file_with_words_and_the_bot_answers_the_words(core: Core, conversation: str) -> None:
    kept = await core.attachments.keep(conversation, NOTE, b"labas")
    receipt = await core.hub.receive(conversation, Inbound(text="štai raštas", attachments=(kept.id,)))
    said = [message.reply.text for message in await core.hub.answers(receipt, 10)]
    assert said[0] == core.texts.render("attachment.kept")
    assert said[1] == "atsakymas: štai raštas"
    shown = (await log_of(core, conversation))[0]
    assert (shown.reply.text, shown.reply.attachments) == ("štai raštas", (kept,))


async def test_of_a_file_alone_the_bot_says_what_becomes_of_it(core: Core, conversation: str) -> None:
    kept = await core.attachments.keep(conversation, NOTE, b"labas")
    receipt = await core.hub.receive(conversation, Inbound(text=" ", attachments=(kept.id,)))
    assert [m.reply.text for m in await core.hub.answers(receipt, 10)] == [core.texts.render("attachment.kept")]
    assert await lines_of(core, conversation) == [("resident", ""), ("bot", core.texts.render("attachment.kept"))]
    assert await ask(core, conversation, "labas") == ["atsakymas: labas"]


async def test_the_same_message_with_a_file_sent_twice_is_one(core: Core, conversation: str) -> None:
    kept = await core.attachments.keep(conversation, NOTE, b"labas")
    sent = [await send(core, conversation, kept.id, client_id="a") for _ in range(2)]
    assert sent == [1, 1]
    assert [len(message.reply.attachments) for message in await log_of(core, conversation)] == [1, 0]


async def test_files_of_others_made_up_ones_and_those_shown_already_are_refused(core: Core, conversation: str) -> None:
    operator = await here(core)
    other = await core.attachments.keep(await opened(core, "kita"), NOTE, b"labas")
    operators = await core.attachments.keep(conversation, NOTE, b"labas", operator=operator.id)
    shown = await core.attachments.keep(conversation, NOTE, b"labas")
    own = await core.attachments.keep(conversation, NOTE, b"labas")
    await send(core, conversation, shown.id)
    before = await log_of(core, conversation)
    for forged in (other.id, operators.id, shown.id, "", "../../etc/passwd", "f" * 32):
        with pytest.raises(AttachmentRefusedError, match="file_unknown"):
            await send(core, conversation, own.id, forged)
    assert await log_of(core, conversation) == before
    assert await send(core, conversation, own.id) == before[-1].seq + 1


async def test_an_operators_reply_shows_the_files_in_their_order(core: Core) -> None:
    operator = await here(core)
    conversation = await taken(core, operator)
    ids = [
        (await core.attachments.keep(conversation, f"{name}.txt", b"labas", operator=operator.id)).id
        for name in ("antras", "pirmas")
    ]
    said = await core.handoff.talk.reply(operator, conversation, "", "c1", list(reversed(ids)))
    row = (await log_of(core, conversation))[-1]
    assert row.seq == said.seq
    assert [file.name for file in row.reply.attachments] == ["pirmas.txt", "antras.txt"]
    repeated = await core.handoff.talk.reply(operator, conversation, "", "c1", ids)
    assert (repeated.seq, repeated.repeated) == (said.seq, True)


async def test_an_operator_cannot_send_the_file_of_a_colleague_or_of_the_resident(core: Core) -> None:
    operator, colleague = await here(core), await hired(core.people, "ona")
    conversation = await taken(core, operator)
    for owner in (colleague.id, None):
        kept = await core.attachments.keep(conversation, NOTE, b"labas", operator=owner)
        with pytest.raises(AttachmentRefusedError, match="file_unknown"):
            await core.handoff.talk.reply(operator, conversation, "štai", "c1", [kept.id])


async def test_given_up_files_and_orphans_are_tidied_and_nothing_else(core: Core, conversation: str) -> None:
    shown = await core.attachments.keep(conversation, NOTE, b"labas")
    await send(core, conversation, shown.id)
    core.clock.move(hours=2)  # type: ignore[attr-defined]
    given_up = await core.attachments.keep(conversation, NOTE, b"labas")
    found = await core.attachments.open(shown.id)
    assert found is not None
    orphan = found.file.parent / ("0" * 32)
    orphan.write_bytes(b"x")
    half = core.settings.attachments_dir / "incoming" / "puse"
    half.write_bytes(b"x")
    os.utime(half, (0, 0))
    fresh = half.with_name("dar siunciama")
    fresh.write_bytes(b"x")
    assert await core.attachments.tidy() == 1
    assert await core.attachments.open(given_up.id) is not None
    core.clock.move(hours=25)  # type: ignore[attr-defined]
    assert await core.attachments.tidy() == 1
    assert await core.attachments.open(given_up.id) is None
    assert sorted(files_in(core)) == sorted([found.file, fresh])


async def test_tidying_beside_many_uploads_removes_none_of_them(core: Core, conversation: str) -> None:
    async def keep(number: int) -> str:
        return (await core.attachments.keep(conversation, NOTE, f"{number}".encode())).id

    async def tidy() -> int:
        return await core.attachments.tidy()

    done = await asyncio.gather(*(keep(number) for number in range(30)), *(tidy() for _ in range(30)))
    for each in done[:30]:
        assert await core.attachments.open(str(each)) is not None


async def test_a_file_that_somebody_removed_is_not_opened(core: Core, conversation: str) -> None:
    kept = await core.attachments.keep(conversation, NOTE, b"labas")
    for file in files_in(core):
        file.unlink()
    assert await core.attachments.open(kept.id) is None
    assert await core.attachments.open("nera") is None


async def test_a_file_sent_while_a_person_has_the_conversation_gets_no_word_of_the_bot(core: Core) -> None:
    operator = await here(core)
    conversation = await taken(core, operator)
    kept = await core.attachments.keep(conversation, NOTE, b"labas")
    await send(core, conversation, kept.id)
    assert (await log_of(core, conversation))[-1].reply.attachments == (kept,)
    assert (await core.handoff.talk.standing(operator, conversation)).owner is Owner.OPERATOR  # type: ignore[union-attr]


KILLED = """
import asyncio, os, sys
from bot.app import build, running
from bot.settings import Settings
from bot.services.attachments.folder import Folder
from tests.fakes import FakeClock, FakeEngine

moved = Folder.move_in

def killed(self, file, path):
    if sys.argv[1] == "after":
        moved(self, file, path)
    os._exit(9)

async def main():
    core = build(Settings.from_environment(), engine=FakeEngine(), clock=FakeClock())
    Folder.move_in = killed
    await core.attachments.keep(sys.argv[2], "a.txt", b"labas")

asyncio.run(main())
"""


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_killed_while_it_keeps_a_file_leaves_no_row_without_one(
    core: Core, conversation: str, when: str
) -> None:
    environment = {
        **os.environ,
        "LANGELIS_DATABASE_URL": core.settings.database_url,
        "LANGELIS_ATTACHMENTS_DIR": str(core.settings.attachments_dir),
    }
    command = [sys.executable, "-W", "ignore", "-c", KILLED, when, conversation]
    run = await asyncio.to_thread(
        subprocess.run, command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 9, run.stderr
    left = files_in(core)
    assert left
    for file in left:
        os.utime(file, (0, 0))
    await core.attachments.tidy()
    assert files_in(core) == []
    # Nothing of the conversation is in the way of the next file.
    assert await core.attachments.open((await core.attachments.keep(conversation, NOTE, b"labas")).id) is not None
