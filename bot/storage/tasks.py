"""Queries over the call-backs and messages that residents left."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.conversation import Signature
from bot.core.handoff import Task, TaskKind, TaskState
from bot.storage.handoff_tables import TaskRow

_MOST = 500
_NO_SYNC = {"synchronize_session": False}


async def add(
    session: AsyncSession,
    *,
    kind: TaskKind,
    municipality: str,
    conversation: str | None,
    name: str,
    contact: str,
    best_time: str | None,
    text: str,
    due: date,
    now: datetime,
) -> Task:
    """Store a new task."""
    stored = await session.execute(
        insert(TaskRow)
        .values(
            kind=kind.value,
            municipality=municipality,
            conversation_id=conversation,
            name=name,
            contact=contact,
            best_time=best_time,
            text=text,
            due=due,
            state=TaskState.OPEN.value,
            created_at=now,
        )
        .returning(TaskRow)
    )
    return _task(stored.scalar_one())


async def by_id(session: AsyncSession, task: int) -> Task | None:
    """Return a task, or None."""
    row = (await session.execute(select(TaskRow).where(TaskRow.id == task))).scalar_one_or_none()
    return None if row is None else _task(row)


async def of_conversation(session: AsyncSession, conversation: str) -> tuple[Task, ...]:
    """Return what was left in a conversation, oldest first."""
    rows = await session.execute(select(TaskRow).where(TaskRow.conversation_id == conversation).order_by(TaskRow.id))
    return tuple(_task(row) for row in rows.scalars())


async def same_open(session: AsyncSession, conversation: str, kind: TaskKind, contact: str, text: str) -> Task | None:
    """Return the open task with the very same words of a conversation, or None."""
    row = (
        await session.execute(
            select(TaskRow)
            .where(
                TaskRow.conversation_id == conversation,
                TaskRow.kind == kind.value,
                TaskRow.contact == contact,
                TaskRow.text == text,
                TaskRow.state == TaskState.OPEN.value,
            )
            .limit(1)
        )
    ).scalar_one_or_none()
    return None if row is None else _task(row)


async def listed(session: AsyncSession, state: TaskState) -> tuple[Task, ...]:
    """Return the tasks in a state: open ones by their due date, done ones newest first."""
    order = (TaskRow.due, TaskRow.id) if state is TaskState.OPEN else (TaskRow.done_at.desc(), TaskRow.id.desc())
    rows = await session.execute(select(TaskRow).where(TaskRow.state == state.value).order_by(*order).limit(_MOST))
    return tuple(_task(row) for row in rows.scalars())


async def take(session: AsyncSession, task: int, operator: Signature) -> bool:
    """Give an open task to an operator; of parallel callers one gets True."""
    return await _changed(
        session, task, TaskRow.operator_id.is_(None), operator_id=operator.id, operator_name=operator.name
    )


async def finish(session: AsyncSession, task: int, operator: Signature, now: datetime) -> bool:
    """Mark an open task as done by an operator who has it, or which nobody has."""
    return await _changed(
        session,
        task,
        (TaskRow.operator_id.is_(None)) | (TaskRow.operator_id == operator.id),
        state=TaskState.DONE.value,
        done_at=now,
        operator_id=operator.id,
        operator_name=operator.name,
    )


async def _changed(session: AsyncSession, task: int, condition: ColumnElement[bool], **values: object) -> bool:
    result = await session.execute(
        update(TaskRow)
        .where(TaskRow.id == task, TaskRow.state == TaskState.OPEN.value, condition)
        .values(**values)
        .returning(TaskRow.id)
        .execution_options(**_NO_SYNC)
    )
    return result.scalar_one_or_none() is not None


def _task(row: TaskRow) -> Task:
    return Task(
        id=row.id,
        kind=TaskKind(row.kind),
        municipality=row.municipality,
        conversation=row.conversation_id,
        name=row.name,
        contact=row.contact,
        best_time=row.best_time,
        text=row.text,
        due=row.due,
        state=TaskState(row.state),
        operator_id=row.operator_id,
        operator_name=row.operator_name,
        created_at=row.created_at,
    )
