"""The one door for files: taken in piece by piece, told by their content, cleaned, and kept outside the web root.

A file is in its place before its row is committed, so a killed process leaves no row without a file; a file without a
row is removed by `tidy`.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import uuid
from collections.abc import AsyncIterable
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.core.attachment import (
    IMAGES,
    MAX_BYTES,
    MAX_KEPT,
    UNSENT_KEPT,
    Attachment,
    AttachmentRefusedError,
    FileType,
    safe_name,
)
from bot.core.clock import Clock
from bot.core.conversation import Author
from bot.services.attachments.folder import Folder, Spool
from bot.services.attachments.images import cleaned
from bot.services.attachments.sniffing import sniff
from bot.services.texts import Texts
from bot.settings import Settings, project_path
from bot.storage import attachments as storage
from bot.storage.attachments import KeptAttachment
from bot.storage.database import Database

log = structlog.get_logger(__name__)

_BATCH = 500
_AT_ONCE = 2
"""So many pictures are unpacked at the same time; each may need some 300 MB."""


@dataclass(frozen=True, slots=True)
class OpenedAttachment:
    """A file and where it lies now."""

    kept: KeptAttachment
    file: Path


@dataclass(frozen=True, slots=True)
class _Looked:
    """A file that came in and was found good."""

    kind: FileType
    file: Path
    size: int
    sha256: str


class Attachments:
    """Keeps the files of conversations and cases."""

    def __init__(self, *, database: Database, clock: Clock, texts: Texts, folder: Path) -> None:
        self._database = database
        self._clock = clock
        self._texts = texts
        self._folder = Folder(folder)
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    async def keep(
        self,
        conversation: str,
        name: str,
        content: bytes | AsyncIterable[bytes],
        *,
        operator: str | None = None,
    ) -> Attachment:
        """Take in a file of a conversation, from the resident or from an operator (by id).

        It is shown once a message names it (`Inbound.attachments`, `Talk.reply`); until then it may be given up. Raises
        `AttachmentRefusedError`; of a file that is too large no more than the limit is read.
        """
        with self._folder.spool() as incoming, self._folder.spool() as clean:
            await _receive(incoming, content)
            async with self._at_once:
                looked = await asyncio.to_thread(_look, incoming, clean)
            return await self._store(conversation, name, looked, operator)

    async def open(self, attachment: str) -> OpenedAttachment | None:
        """Return a file, None when there is none. Whether the asker may have it is for the caller to check."""
        async with self._database.read() as session:
            kept = await storage.by_id(session, attachment)
        if kept is None:
            return None
        file = await asyncio.to_thread(self._folder.find, kept.path)
        if file is None:
            log.error("attachment_missing", attachment=attachment)
            return None
        return OpenedAttachment(kept, file)

    async def tidy(self) -> int:
        """Remove files that were given up or belong to nothing any more; return how many."""
        present = await asyncio.to_thread(self._folder.paths)
        removed = 0
        async with self._database.write() as session:
            await storage.forget_unsent(session, self._clock.now() - UNSENT_KEPT)
        for start in range(0, len(present), _BATCH):
            batch = present[start : start + _BATCH]
            # As a writer: whoever is about to commit a row for a file that lies there already is waited for.
            async with self._database.write() as session:
                known = await storage.known_paths(session, batch)
            orphans = [path for path in batch if path not in known]
            await asyncio.to_thread(self._folder.remove, orphans)
            removed += len(orphans)
        await asyncio.to_thread(self._folder.remove_given_up)
        return removed

    async def _store(self, conversation: str, name: str, looked: _Looked, operator: str | None) -> Attachment:
        unnamed = self._texts.render("attachment.photo" if looked.kind in IMAGES else "attachment.file")
        shown = Attachment(uuid.uuid4().hex, safe_name(name, looked.kind, unnamed), looked.kind.media_type, looked.size)
        kept = KeptAttachment(
            shown=shown,
            conversation=conversation,
            case=None,
            seq=None,
            author=Author.RESIDENT if operator is None else Author.OPERATOR,
            operator=operator,
            path=self._folder.new_path(),
            sha256=looked.sha256,
            at=self._clock.now(),
        )
        async with self._database.write() as session:
            # The row first: it takes the lock that `tidy` waits for, and is rolled back if the file cannot be moved.
            await storage.add(session, kept)
            if await storage.count(session, conversation) > MAX_KEPT:
                raise AttachmentRefusedError("files_too_many")
            await asyncio.to_thread(self._folder.move_in, looked.file, kept.path)
        return shown


def open_attachments(settings: Settings, database: Database, clock: Clock, texts: Texts) -> Attachments:
    """Return the files that these settings keep."""
    return Attachments(database=database, clock=clock, texts=texts, folder=project_path(settings.attachments_dir))


async def _receive(spool: Spool, content: bytes | AsyncIterable[bytes]) -> None:
    if isinstance(content, bytes):
        _take(spool, content)
    else:
        async for chunk in content:
            _take(spool, chunk)


def _take(spool: Spool, chunk: bytes) -> None:
    if spool.size + len(chunk) > MAX_BYTES:
        raise AttachmentRefusedError("file_too_large")
    spool.write(chunk)


def _look(incoming: Spool, clean: Spool) -> _Looked:
    incoming.close()
    kind = sniff(incoming.path)
    file = incoming.path
    if kind in IMAGES:
        cleaned(incoming.path, kind, clean.path)
        file = clean.path
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while piece := opened.read(1 << 20):
            digest.update(piece)
        size = opened.tell()
        os.fsync(opened.fileno())
    return _Looked(kind, file, size, digest.hexdigest())
