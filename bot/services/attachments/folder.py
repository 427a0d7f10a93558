"""The folder of attachments: files come in under `incoming`, are moved to their place, and go."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_INCOMING = "incoming"
_GIVEN_UP_SECONDS = 3600.0
"""No upload takes so long: what is older in `incoming` was left by a process that was killed."""


class Spool:
    """A file that is coming in."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")

    def write(self, chunk: bytes) -> None:
        """Add a piece; it goes to the system's cache, so the event loop does not wait for the disk."""
        self._file.write(chunk)
        self.size += len(chunk)

    def close(self) -> None:
        """End what comes in."""
        self._file.close()


class Folder:
    """Keeps files under random names, readable by this user only."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    @contextmanager
    def spool(self) -> Iterator[Spool]:
        """Begin to take in a file; it is removed when the block ends, unless it was moved to its place."""
        incoming = self.root / _INCOMING
        incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        spool = Spool(incoming / secrets.token_hex(16))
        try:
            yield spool
        finally:
            spool.close()
            spool.path.unlink(missing_ok=True)

    def new_path(self) -> str:
        """Return a random path for a file, relative to the folder; 256 folders keep each of them short."""
        name = secrets.token_hex(16)
        return f"{name[:2]}/{name}"

    def move_in(self, file: Path, path: str) -> None:
        """Move a file that came in to its place, so that it is there after a power cut too."""
        target = self.root / path
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.rename(target)
        handle = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def find(self, path: str) -> Path | None:
        """Return where a file lies; None when it is gone, or when the path leads out of the folder."""
        file = (self.root / path).resolve()
        return file if file.is_relative_to(self.root) and file.is_file() else None

    def paths(self) -> tuple[str, ...]:
        """Return the paths of all files that are in their place."""
        return tuple(f"{file.parent.name}/{file.name}" for file in self.root.glob("??/*") if file.is_file())

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files; those that are gone already do no harm."""
        for path in paths:
            file = self.find(path)
            if file is not None:
                file.unlink(missing_ok=True)

    def remove_given_up(self) -> None:
        """Remove what a killed process left half taken in."""
        oldest = time.time() - _GIVEN_UP_SECONDS
        for file in (self.root / _INCOMING).glob("*"):
            # Between the look and this step a file may have been moved to its place.
            with suppress(FileNotFoundError):
                if file.stat().st_mtime < oldest:
                    file.unlink()
