"""Queries over files that people sent; the files themselves lie in the folder of attachments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.attachment import Attachment, AttachmentRefusedError
from bot.core.conversation import Author
from bot.storage.tables import AttachmentRow

_NO_SYNC = {"synchronize_session": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAttachment:
    """A file that is kept: of which conversation or case, shown by which row of the log, and who sent it.

    `path` is relative to the folder of attachments; `operator` is who sent it, None for a resident.
    """

    shown: Attachment
    conversation: str | None
    case: int | None
    seq: int | None
    author: Author
    operator: str | None
    path: str
    sha256: str
    at: datetime


async def add(session: AsyncSession, kept: KeptAttachment) -> None:
    """Store what is known of a file that lies in the folder already."""
    await session.execute(
        insert(AttachmentRow).values(
            id=kept.shown.id,
            conversation_id=kept.conversation,
            case_id=kept.case,
            seq=kept.seq,
            author=kept.author.value,
            operator_id=kept.operator,
            name=kept.shown.name,
            media_type=kept.shown.media_type,
            size_bytes=kept.shown.size,
            sha256=kept.sha256,
            path=kept.path,
            added_at=kept.at,
        )
    )


async def by_id(session: AsyncSession, attachment_id: str) -> KeptAttachment | None:
    """Return a file, or None."""
    row = (await session.execute(select(AttachmentRow).where(AttachmentRow.id == attachment_id))).scalar_one_or_none()
    return None if row is None else _kept(row)


async def count(session: AsyncSession, conversation: str) -> int:
    """Return how many files a conversation has."""
    counted = await session.execute(select(func.count()).where(AttachmentRow.conversation_id == conversation))
    return int(counted.scalar_one())


async def show(
    session: AsyncSession, ids: Sequence[str], *, conversation: str, seq: int, author: Author, operator: str | None
) -> tuple[Attachment, ...]:
    """Let a row of the log show these files, in their order.

    Raises `AttachmentRefusedError` with `file_unknown` unless this author sent each of them for this conversation and
    no other row shows any: a made-up id shows nothing.
    """
    if not ids:
        return ()
    changed = await session.execute(
        update(AttachmentRow)
        .where(
            AttachmentRow.id.in_(ids),
            AttachmentRow.conversation_id == conversation,
            AttachmentRow.seq.is_(None),
            AttachmentRow.author == author.value,
            AttachmentRow.operator_id == operator if operator is not None else AttachmentRow.operator_id.is_(None),
        )
        .values(seq=seq)
        .returning(AttachmentRow)
        .execution_options(**_NO_SYNC)
    )
    found = {row.id: _kept(row).shown for row in changed.scalars()}
    if len(found) != len(ids):
        raise AttachmentRefusedError("file_unknown")
    return tuple(found[wanted] for wanted in ids)


async def give_to_case(session: AsyncSession, conversation: str, case_id: int, since: datetime) -> None:
    """Let what the resident sent in a conversation since a moment belong to a case, unless it does to another."""
    await session.execute(
        update(AttachmentRow).where(_free_of(conversation, since)).values(case_id=case_id).execution_options(**_NO_SYNC)
    )


async def free_of(session: AsyncSession, conversation: str, since: datetime) -> tuple[Attachment, ...]:
    """Return what the resident sent in a conversation since a moment and what belongs to no case yet."""
    rows = await session.execute(_ordered().where(_free_of(conversation, since)))
    return tuple(_kept(row).shown for row in rows.scalars())


async def of_case(session: AsyncSession, case_id: int) -> tuple[KeptAttachment, ...]:
    """Return the files of a case, in the order in which they came."""
    rows = await session.execute(_ordered().where(AttachmentRow.case_id == case_id))
    return tuple(_kept(row) for row in rows.scalars())


async def forget_case(session: AsyncSession, case_id: int) -> None:
    """Forget the files of a case; those without a row are removed by `Attachments.tidy`."""
    await session.execute(delete(AttachmentRow).where(AttachmentRow.case_id == case_id).execution_options(**_NO_SYNC))


async def forget_chats(session: AsyncSession, conversations: Collection[str]) -> None:
    """Forget the files of conversations that are to be removed; those of a case stay with the case alone."""
    await session.execute(
        update(AttachmentRow)
        .where(AttachmentRow.conversation_id.in_(conversations), AttachmentRow.case_id.is_not(None))
        .values(conversation_id=None, seq=None)
        .execution_options(**_NO_SYNC)
    )
    await session.execute(
        delete(AttachmentRow).where(AttachmentRow.conversation_id.in_(conversations)).execution_options(**_NO_SYNC)
    )


async def forget_unsent(session: AsyncSession, before: datetime) -> None:
    """Forget files that no message shows though they came before a moment."""
    await session.execute(
        delete(AttachmentRow)
        .where(AttachmentRow.seq.is_(None), AttachmentRow.case_id.is_(None), AttachmentRow.added_at < before)
        .execution_options(**_NO_SYNC)
    )


async def known_paths(session: AsyncSession, paths: Collection[str]) -> frozenset[str]:
    """Return those of these paths that belong to a file that is kept."""
    rows = await session.execute(select(AttachmentRow.path).where(AttachmentRow.path.in_(paths)))
    return frozenset(rows.scalars())


def _free_of(conversation: str, since: datetime) -> ColumnElement[bool]:
    return and_(
        AttachmentRow.conversation_id == conversation,
        AttachmentRow.author == Author.RESIDENT.value,
        AttachmentRow.seq.is_not(None),
        AttachmentRow.case_id.is_(None),
        AttachmentRow.added_at >= since,
    )


def _ordered() -> Select[tuple[AttachmentRow]]:
    return select(AttachmentRow).order_by(AttachmentRow.added_at, AttachmentRow.seq, AttachmentRow.id)


def _kept(row: AttachmentRow) -> KeptAttachment:
    return KeptAttachment(
        shown=Attachment(row.id, row.name, row.media_type, row.size_bytes),
        conversation=row.conversation_id,
        case=row.case_id,
        seq=row.seq,
        author=Author(row.author),
        operator=row.operator_id,
        path=row.path,
        sha256=row.sha256,
        at=row.added_at,
    )
