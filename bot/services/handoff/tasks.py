"""Call-backs and messages that residents leave when nobody is there: tasks with a due date, not lost chats."""

from __future__ import annotations

from bot.core.clock import local
from bot.core.handoff import HandoffRefusedError, Task, TaskKind, TaskState, accepted_line
from bot.core.operators import Operator, Permission, may
from bot.core.text_rules import accepted_text
from bot.core.working_days import nth_working_day, receipt_day
from bot.services.handoff.availability import Availability
from bot.services.handoff.tools import Tools, signature
from bot.storage import desk_events
from bot.storage import tasks as storage
from bot.storage.desk_events import EventKind

TASK = "task"
"""In an event's body: the number of the task that it tells of."""
_LONGEST_LINE = 200


class Tasks:
    """Takes them down, lists them, and lets operators do them."""

    def __init__(self, tools: Tools, availability: Availability) -> None:
        self._tools = tools
        self._availability = availability

    async def leave(
        self,
        *,
        kind: TaskKind,
        municipality: str,
        conversation: str | None,
        name: str,
        contact: str,
        text: str,
        best_time: str | None = None,
    ) -> Task:
        """Take down what a resident leaves, the same words once; it is due at the end of the next working day.

        What comes after office hours counts as come on the next working day. Raises `UnknownMunicipalityError`,
        `HandoffRefusedError` for an empty or too long line, `RefusedMessageError` for the text.
        """
        calendar, now = self._availability.calendar(municipality), self._tools.clock.now()
        came = receipt_day(local(now), calendar.hours, calendar.rest)
        kept_contact, kept_text = accepted_line(contact, _LONGEST_LINE), accepted_text(text)
        async with self._tools.database.write() as session:
            if conversation is not None:
                before = await storage.same_open(session, conversation, kind, kept_contact, kept_text)
                if before is not None:
                    return before
            task = await storage.add(
                session,
                kind=kind,
                municipality=municipality,
                conversation=conversation,
                name=accepted_line(name, _LONGEST_LINE),
                contact=kept_contact,
                best_time=accepted_line(best_time, _LONGEST_LINE) if best_time and best_time.strip() else None,
                text=kept_text,
                due=nth_working_day(came, 1, calendar.rest),
                now=now,
            )
            await desk_events.add(
                session,
                EventKind.TASK,
                municipality=municipality,
                conversation=conversation,
                body={TASK: task.id},
                at=now,
            )
        self._tools.wake("")
        return task

    def receipt(self, task: Task) -> str:
        """Say to the resident by when somebody will answer."""
        key = f"handoff.left.{task.kind.value}"
        return self._tools.texts.render(key, date=task.due.isoformat(), contact=task.contact)

    async def listed(self, operator: Operator, state: TaskState, municipality: str | None) -> tuple[Task, ...]:
        """Return the tasks of an operator's municipalities."""
        async with self._tools.database.read() as session:
            found = await storage.listed(session, state)
        return tuple(
            task
            for task in found
            if may(operator, Permission.MANAGE_TASKS, task.municipality) and municipality in {None, task.municipality}
        )

    async def take(self, operator: Operator, task: int) -> Task:
        """Take a task on; of parallel callers one gets it.

        Raises `HandoffRefusedError` with `unknown_task`, `forbidden` or `already_claimed` (and by whom).
        """
        return await self._change(operator, task, done=False)

    async def finish(self, operator: Operator, task: int) -> Task:
        """Mark a task as done. Raises as `take`."""
        return await self._change(operator, task, done=True)

    async def _change(self, operator: Operator, number: int, *, done: bool) -> Task:
        now, me = self._tools.clock.now(), signature(operator)
        async with self._tools.database.write() as session:
            task = await storage.by_id(session, number)
            if task is None:
                raise HandoffRefusedError("unknown_task")
            if not may(operator, Permission.MANAGE_TASKS, task.municipality):
                raise HandoffRefusedError("forbidden")
            changed = await (storage.finish(session, number, me, now) if done else storage.take(session, number, me))
            if not changed:
                if task.operator_id == me.id and done == (task.state is TaskState.DONE):
                    return task
                raise HandoffRefusedError("already_claimed", task.operator_name)
            await desk_events.add(
                session,
                EventKind.TASK,
                municipality=task.municipality,
                conversation=task.conversation,
                body={TASK: number},
                at=now,
            )
            after = await storage.by_id(session, number)
        self._tools.wake("")
        return task if after is None else after
