"""Files in a resident's own data: counted, named in the copy, and gone from the disk with the conversation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.app import Core
from bot.core.conversation import Inbound
from bot.storage import attachments
from tests.asking import PATIENCE_SECONDS, opened
from tests.desk import here, taken
from tests.fakes import FakeClock
from tests.files import PDF, picture
from tests.filing import file_case
from tests.integration.test_own_data import telling


async def send(core: Core, conversation: str, *files: tuple[str, bytes], text: str = "") -> tuple[str, ...]:
    """Let the resident send files; return their ids."""
    kept = [(await core.attachments.keep(conversation, name, content)).id for name, content in files]
    receipt = await core.hub.receive(conversation, Inbound(text=text, attachments=tuple(kept)))
    await core.hub.answers(receipt, PATIENCE_SECONDS)
    return tuple(kept)


async def with_a_case(core: Core, clock: FakeClock) -> tuple[str, str, str, str]:
    """Return a conversation with a filed case that has a file, and two files beside it: (conversation, number, ids)."""
    conversation = await opened(core, "siuntėjas")
    (own,) = await send(core, conversation, ("duobė.jpg", picture()), text="Štai nuotrauka")
    clock.move(hours=1)
    (filed,) = await send(core, conversation, ("skundas.pdf", PDF))
    since = clock.now() - timedelta(minutes=15)
    case = await file_case(core.desk, "Skundas dėl eilių.", conversation=conversation, files_since=since)
    return conversation, case.number, own, filed


def on_disk(core: Core) -> set[Path]:
    """Return all files of the folder."""
    return {path for path in core.settings.attachments_dir.rglob("*") if path.is_file()}


async def place_of(core: Core, attachment: str) -> Path:
    """Return where a file lies."""
    found = await core.attachments.open(attachment)
    assert found is not None
    return found.file


async def test_files_go_with_the_conversation_at_once_and_those_of_its_case_stay(core: Core, clock: FakeClock) -> None:
    conversation, number, own, filed = await with_a_case(core, clock)
    unsent = await core.attachments.keep(conversation, "neišsiųstas.txt", b"labas")
    others = await send(core, await opened(core, "kitas"), ("kito.txt", b"kito"))
    staying = {await place_of(core, filed), await place_of(core, others[0])}
    assert len(on_disk(core)) == 4
    await core.own_data.erasure.erase(conversation)
    assert on_disk(core) == staying
    async with core.database.read() as session:
        assert await attachments.by_id(session, own) is None
        assert await attachments.by_id(session, unsent.id) is None
        kept = await attachments.by_id(session, filed)
    assert kept is not None
    assert (kept.conversation, kept.seq) == (None, None)
    assert [file.id for file in await core.desk.files((await core.desk.get(number)).case)] == [filed]
    assert (await place_of(core, filed)).read_bytes() == PDF


async def test_files_of_the_conversation_and_of_its_cases_are_told_apart(core: Core, clock: FakeClock) -> None:
    conversation, number, _, _ = await with_a_case(core, clock)
    await send(core, conversation, ("antras.txt", b"antras"))
    said = (await telling(core).held(conversation)).text
    assert "Atsiųsti failai: 2. Ištrinami kartu su pokalbiu." in said
    assert "Kreipinių priedai: 1 failas. Saugomi kartu su byla." in said
    sure = (await telling(core).sure(conversation)).text
    assert "2 failai" in sure
    assert f"kreipinys {number} su priedais." in sure


async def test_without_files_none_are_told(core: Core) -> None:
    conversation = await opened(core, "be failų")
    await file_case(core.desk, "Skundas dėl eilių.", conversation=conversation)
    for reply in (await telling(core).held(conversation), await telling(core).sure(conversation)):
        assert "fail" not in reply.text
        assert "pried" not in reply.text


async def test_the_copy_names_the_files_that_were_sent(core: Core) -> None:
    operator = await here(core)
    conversation = await taken(core, operator)
    await send(core, conversation, ("duobė.jpg", picture()), ("planas.pdf", PDF), text="Štai nuotrauka")
    await send(core, conversation, ("vienas.txt", b"labas"))
    await core.attachments.keep(conversation, "neišsiųstas.txt", b"labas")
    answer = await core.attachments.keep(conversation, "tvarka.pdf", PDF, operator=operator.id)
    await core.handoff.talk.reply(operator, conversation, "Štai tvarka", "a", [answer.id])
    copy = await core.own_data.copies.of(conversation)
    assert copy is not None
    written = core.own_data.copies.as_text(copy)
    assert "Jūs:\nŠtai nuotrauka\nFailas: duobė.jpg\nFailas: planas.pdf\n" in written
    assert "Jūs:\nFailas: vienas.txt\n" in written
    assert "Rima:\nŠtai tvarka\nFailas: tvarka.pdf\n" in written
    assert "neišsiųstas" not in written
    (part,) = await telling(core).copy(conversation)
    assert "Failas: duobė.jpg" in part.text
