"""What is said about a resident's own data: what is held and how long, the copy, and whether it is to be deleted."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.case import Case, Contact
from bot.core.clock import local
from bot.core.contact_mask import masked
from bot.core.handoff import Task, TaskState
from bot.core.own_data import Holdings
from bot.core.reply import Asks, Button, Reply
from bot.core.retention import Periods
from bot.services.own_data.copies import TICKET_LIFE, Copies
from bot.services.own_data.orders import COPY, DELETE, ERASE, KEEP
from bot.services.texts import Texts
from bot.storage import own_data
from bot.storage.database import Database

_DAY, _MINUTE = "%Y-%m-%d", "%Y-%m-%d %H:%M"


class Telling:
    """Answers residents who ask about their data."""

    def __init__(self, *, database: Database, texts: Texts, copies: Copies, periods: Periods, public_url: str) -> None:
        self._database = database
        self._texts = texts
        self._copies = copies
        self._periods = periods
        self._public_url = public_url

    async def held(self, conversation: str) -> Reply:
        """Say what is held about a conversation, how long and by which law, and offer the copy and the deletion."""
        holdings = await self._holdings(conversation)
        if holdings is None:
            return self._nothing()
        listed = "\n".join(f"• {line}" for line in self._lines(holdings))
        text = "\n\n".join((self._say("held.intro"), listed, self._say("held.law", filed=bool(holdings.cases))))
        return Reply(text=text, buttons=(self._button("copy", COPY), self._button("delete", DELETE)))

    async def sure(self, conversation: str) -> Reply:
        """Ask whether all of it is to be deleted, naming what goes and what the law keeps."""
        holdings = await self._holdings(conversation)
        if holdings is None:
            return self._nothing()
        parts = [self._say("sure.ask"), self._say("sure.goes", count=holdings.messages, file_count=holdings.files)]
        parts += [self._of_task("sure", task) for task in holdings.tasks]
        if holdings.cases:
            numbers = [case.number for case in holdings.cases]
            several, files = len(numbers) > 1, bool(holdings.case_files)
            parts.append(self._say("sure.kept", numbers=", ".join(numbers), several=several, files=files))
        buttons = (self._button("erase", ERASE), self._button("keep", KEEP), self._button("copy_first", COPY))
        return Reply(text="\n\n".join((*parts, self._say("sure.views"))), buttons=buttons, asks=Asks.ERASURE)

    def kept(self) -> Reply:
        """Say that nothing was deleted."""
        return Reply(text=self._say("nothing_deleted"))

    async def copy(self, conversation: str) -> tuple[Reply, ...]:
        """Give the copy: as a link where this server's address is known, else in messages."""
        if self._public_url:
            path = await self._copies.offer(conversation)
            if path is None:
                return (self._nothing(),)
            minutes = int(TICKET_LIFE.total_seconds() // 60)
            url = self._public_url + path
            return (Reply(text=self._say("copy.link", url=url, count=minutes)),)
        copy = await self._copies.of(conversation)
        if copy is None:
            return (self._nothing(),)
        return tuple(Reply(text=part, is_copy=True) for part in self._copies.in_parts(copy))

    async def _holdings(self, conversation: str) -> Holdings | None:
        async with self._database.read() as session:
            return await own_data.holdings(session, conversation)

    def _lines(self, holdings: Holdings) -> Iterator[str]:
        since, days = local(holdings.since).strftime(_MINUTE), self._periods.chat_days
        filed = bool(holdings.cases)
        yield self._say("held.messages", count=holdings.messages, since=since, days=days, filed=filed)
        yield from (self._of_task("held", task) for task in holdings.tasks)
        yield from (self._of_case(case) for case in holdings.cases)
        counts = {"case_files": holdings.case_files, "files": holdings.files, "notes": holdings.notes}
        for key, count in (counts | {"rating": holdings.rating}).items():
            if count:
                yield self._say(f"held.{key}", count=count)
        yield self._say("held.views")

    def _of_task(self, key: str, task: Task) -> str:
        contact = Contact(email=task.contact) if "@" in task.contact else Contact(phone=task.contact)
        day, is_open = local(task.created_at).strftime(_DAY), task.state is TaskState.OPEN
        return self._say(f"{key}.{task.kind.value}", date=day, contact=_shown(contact), open=is_open)

    def _of_case(self, case: Case) -> str:
        return self._say(
            "held.case",
            number=case.number,
            kind=self._texts.render(f"case.kind.{case.kind.value}"),
            state=self._texts.render(f"case.state.{case.state.value}"),
            contact=_shown(case.filing.contact),
            days=self._periods.case_days,
            count=self._periods.case_contact_days,
        )

    def _say(self, key: str, **values: object) -> str:
        return self._texts.render(f"own_data.{key}", **values)

    def _button(self, key: str, payload: str) -> Button:
        return Button(self._say(f"button.{key}"), payload)

    def _nothing(self) -> Reply:
        return Reply(text=self._say("nothing_held"))


def _shown(contact: Contact) -> str:
    """Return a contact as it may be shown on a screen that others may see."""
    hidden = masked(contact)
    return ", ".join(part for part in (hidden.name, hidden.email, hidden.phone) if part)
