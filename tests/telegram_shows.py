"""`python -m tests.telegram_shows`: three conversations with the trained model, written into docs/telegram.md.

Residents speak through a server that speaks the Bot API, the operator through the console's own socket. What stands in
the document is what these servers saw.
"""

from __future__ import annotations

import asyncio
import io
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from aiohttp.test_utils import TestClient, TestServer
from PIL import Image

from bot.app import Core, build, running
from bot.core.case import Assignee
from bot.core.case_rules import Assign
from bot.logging_setup import set_up_logging
from bot.settings import PROJECT_ROOT, Settings
from bot.storage import attachments, telegram
from channels.web.app import create_app
from tests.bot_api import TOKEN, BotApi, Call, seen
from tests.channels.operator.console import console
from tests.channels.operator.desk_wire import Desk
from tests.conftest import CHEAP
from tests.filing import OFFICIAL
from tests.waiting import until_true

DOCUMENT = PROJECT_ROOT / "docs" / "telegram.md"
_BEGIN, _END = "<!-- shows -->", "<!-- /shows -->"
_PATIENCE_SECONDS = 60.0
STORY = "Darželyje auklėtoja rėkė ant mano vaiko ir išstūmė jį iš grupės, o direktorė nereagavo"
_CODE = re.compile(r"\b\w{4}-\w{4}-\w{4}\b")


@dataclass
class Show:
    """One resident's conversation, with its transcript."""

    api: BotApi
    chat: int
    lines: list[str] = field(default_factory=list)
    heard: int = 0

    async def say(self, text: str, answers: int = 1) -> list[Call]:
        """Write and wait for so many messages."""
        self.api.write(text, chat=self.chat)
        self._tell("Gyventojas", text)
        return await self.hear(answers)

    async def press(self, title: str, answers: int = 1) -> list[Call]:
        """Press a button of the newest keyboard and wait for so many messages."""
        await until_true(lambda: self._key(title) is not None, _PATIENCE_SECONDS)
        found = self._key(title)
        assert found is not None
        shown, wanted = found
        self.api.press(shown, wanted)
        self._tell("Gyventojas", f"[paspaudžia: {wanted}]")
        return await self.hear(answers)

    def _key(self, title: str) -> tuple[Call, str] | None:
        """Return the newest button whose title begins so, and its message."""
        for call in reversed(self.api.sent(self.chat)):
            for key in call.buttons:
                if key["text"].startswith(title):
                    return call, str(key["text"])
        return None

    async def send_photo(self) -> list[Call]:
        """Send a photo with the place where it was taken in it."""
        written, data = io.BytesIO(), Image.Exif()
        data[0x010E] = "Trakai"
        Image.new("RGB", (40, 30), "green").save(written, "JPEG", exif=data)
        self.api.files["nuotrauka"] = written.getvalue()
        size = {"file_id": "nuotrauka", "file_unique_id": "n", "width": 40, "height": 30}
        self.api.push({"message": self.api.message(self.chat, photo=[size])})
        self._tell("Gyventojas", "[nuotrauka]")
        return await self.hear(1)

    async def send_place(self) -> list[Call]:
        """Send a place on the map."""
        place = {"latitude": 54.638612, "longitude": 24.934301}
        self.api.push({"message": self.api.message(self.chat, location=place)})
        self._tell("Gyventojas", "[vieta žemėlapyje]")
        return await self.hear(1)

    async def hear(self, count: int) -> list[Call]:
        """Wait for so many further messages and note them."""
        came = await self.api.until_sent(self.heard + count, self.chat, _PATIENCE_SECONDS)
        news = came[self.heard : self.heard + count]
        self.heard += len(news)
        for call in news:
            buttons = " ".join(f"[{key['text']}]" for key in call.buttons)
            self._tell("Langelis", _CODE.sub("····-····-····", seen(call.text)) + (f"\n{buttons}" if buttons else ""))
        return news

    def operator(self, text: str) -> None:
        """Note what is done in the console."""
        self._tell("Darbuotoja konsolėje", text)

    def _tell(self, who: str, text: str) -> None:
        quoted = "\n> ".join(line or " " for line in text.split("\n"))
        self.lines.append(f"**{who}**\n> {quoted}".replace("> \n", ">\n"))

    def __str__(self) -> str:
        return "\n\n".join(self.lines)


async def service_with_choice(api: BotApi) -> Show:
    """Ask for a service in words that fit several, and choose one."""
    show = Show(api, 101)
    await show.say("/start varena", 2)
    choice = (await show.say("leidimas"))[-1]
    await show.press(choice.buttons[0]["text"])
    await show.say("o kokių dokumentų reikia?")
    return show


async def complaint(api: BotApi, core: Core) -> Show:
    """Tell a whole complaint with a photo and a place; then it is given to a unit."""
    show = Show(api, 102)
    await show.say("/start trakai", 2)
    await show.say("/skundas")
    await show.say(STORY)
    await show.send_photo()
    await show.send_place()
    await show.press("Nežinau")
    await show.press("Vakar")
    await show.say("noriu, kad atsiprašytų")
    await show.say("Ona Onaitė, ona@pastas.lt")
    filed = (await show.press("Pateikti"))[-1]
    found = re.search(r"TR-\d{4}-\d{6}", filed.text)
    assert found is not None, filed.text
    async with core.database.read() as session:
        kept = await attachments.of_case(session, (await core.desk.get(found[0])).case.id)
    assert [file.shown.media_type for file in kept] == ["image/jpeg", "text/plain"]
    show.operator(f"[paskiria {found[0]}: Švietimo skyrius]")
    await core.desk.act(found[0], Assign(assignee=Assignee(unit="Švietimo skyrius")), OFFICIAL)
    await show.hear(1)
    return show


async def hand_off(api: BotApi, core: Core) -> Show:
    """Ask for a person, who joins in the console, answers, and says goodbye."""
    show = Show(api, 103)
    await show.say("/start trakai", 2)
    async with TestClient(TestServer(create_app(core))) as client:
        rima = await console(client, core)
        desk = await Desk.greet(rima)
        await core.handoff.presence.seen(rima.operator)
        await show.say("/operatorius", 2)
        async with core.database.read() as session:
            chat = await telegram.chat(session, "all", show.chat)
        assert chat is not None
        conversation = chat.conversation
        show.operator("[prisijungia]")
        assert (await desk.do(type="claim", conversation=conversation))["type"] == "done"
        await show.hear(1)
        api.write("Laba diena, ar dar yra vietų Lentvario darželyje?", chat=show.chat)
        show._tell("Gyventojas", "Laba diena, ar dar yra vietų Lentvario darželyje?")
        await desk.until("Laba diena, ar dar yra vietų Lentvario darželyje?")
        await _reply(show, desk, conversation, "Laba diena. Taip, nuo sausio laisvos dvi vietos.")
        show.operator("[baigia pokalbį]")
        done = await desk.do(type="close", conversation=conversation, reason="answered", topic="Darželis")
        assert done["type"] == "done", done
        await show.hear(2)
        await show.press("5")
    return show


async def _reply(show: Show, desk: Desk, conversation: str, text: str) -> None:
    show.operator(text)
    done = await desk.do(type="reply", conversation=conversation, text=text, client_id="a1")
    assert done["type"] == "done", done
    await show.hear(1)


@asynccontextmanager
async def served(settings: Settings, api: BotApi) -> AsyncIterator[Core]:
    """Serve Telegram with the real engine over the given database."""
    given = replace(settings, telegram_token=TOKEN, telegram_api_url=api.url, telegram_poll_seconds=1)
    core = build(given, password_cost=CHEAP)
    async with running(core) as load_engine:
        await load_engine()
        yield core


async def run(settings: Settings) -> dict[str, Show]:
    """Run all shows and return them by title."""
    api = BotApi()
    await api.start()
    try:
        async with served(settings, api) as core:
            return {
                "A service question with a choice": await service_with_choice(api),
                "A whole complaint": await complaint(api, core),
                "A hand-off with the console": await hand_off(api, core),
            }
    finally:
        await api.close()


def written(shows: dict[str, Show]) -> str:
    """Return the transcripts as Markdown."""
    return "\n\n".join(f"### {title}\n\n{show}" for title, show in shows.items())


def main() -> None:
    """Run the shows and write their transcripts into the document, or print them (`--print`)."""
    set_up_logging(Settings(log_level="WARNING"))
    with TemporaryDirectory() as folder:
        shows = asyncio.run(run(Settings(database_url=f"sqlite:///{Path(folder) / 'langelis.db'}")))
    if sys.argv[1:] == ["--print"]:
        print(written(shows))
        return
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    DOCUMENT.write_text(f"{before}{_BEGIN}\n{written(shows)}\n{_END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
