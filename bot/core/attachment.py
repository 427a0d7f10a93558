"""Files that people send: which are taken, how they are named, and how many."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from bot.errors import RefusedMessageError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 50_000_000
"""The largest photo of a usual telephone has 48 million; three bytes each must fit into memory."""
MAX_FILES = 5
"""In one message."""
MAX_KEPT = 50
"""Of one conversation: nobody fills the disk with one."""
UNSENT_KEPT = timedelta(hours=24)
"""A file that no message shows by then was given up."""
_LONGEST_NAME = 120


class FileType(Enum):
    """What is taken: media type and extensions, the usual one first.

    Photos, PDF, the office formats of the last twenty years and plain text, and the signed documents that Lithuanian
    offices use (ADOC, ASiC). Left out: what runs (scripts, HTML, SVG, documents with macros and the binary .doc and
    .xls that hide them), archives, whose content nobody sees, video, and GIF, whose pictures move. iPhones turn HEIC
    into JPEG by themselves when only JPEG is asked for.
    """

    JPEG = "image/jpeg", ".jpg", ".jpeg"
    PNG = "image/png", ".png"
    WEBP = "image/webp", ".webp"
    PDF = "application/pdf", ".pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"
    ODT = "application/vnd.oasis.opendocument.text", ".odt"
    ODS = "application/vnd.oasis.opendocument.spreadsheet", ".ods"
    ODP = "application/vnd.oasis.opendocument.presentation", ".odp"
    ADOC = "application/vnd.lt.archyvai.adoc-2008", ".adoc"
    ASICE = "application/vnd.etsi.asic-e+zip", ".asice", ".sce"
    TEXT = "text/plain", ".txt", ".csv"

    def __init__(self, media_type: str, *extensions: str) -> None:
        self.media_type = media_type
        self.extensions = extensions


IMAGES = frozenset({FileType.JPEG, FileType.PNG, FileType.WEBP})
IMAGE_TYPES = frozenset(kind.media_type for kind in IMAGES)
"""What may be shown inside a page; all else is only saved."""
BY_MEDIA_TYPE = {kind.media_type: kind for kind in FileType}


class AttachmentRefusedError(RefusedMessageError):
    """A file is not taken, or not there to be shown.

    `file_too_large`, `file_empty`, `file_type`, `file_broken`, `image_too_large`, `files_too_many`, `file_unknown`.
    """


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as a message shows it; `size` in bytes."""

    id: str
    name: str
    media_type: str
    size: int

    @property
    def is_image(self) -> bool:
        """Whether it may be shown inside a page."""
        return self.media_type in IMAGE_TYPES


def wanted_files(ids: Sequence[str]) -> tuple[str, ...]:
    """Return the files that one message is to show, each once. Raises `AttachmentRefusedError` (`files_too_many`)."""
    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) > MAX_FILES:
        raise AttachmentRefusedError("files_too_many")
    return wanted


def safe_name(typed: str, kind: FileType, unnamed: str) -> str:
    """Return a file name that can be shown and saved anywhere, with an extension that tells what the file is.

    Folders, control and direction characters and what no file system takes are left out; `unnamed` when nothing is
    left.
    """
    last = unicodedata.normalize("NFC", typed).replace("\\", "/").rsplit("/", 1)[-1]
    # Direction marks (Cf) can make "gnp.exe" look like "exe.png".
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*%')
    stem, extension = _split(" ".join(kept.split()).rstrip(". "), kind)
    return (stem.strip(". ")[:_LONGEST_NAME].rstrip(". ") or unnamed) + extension


def _split(name: str, kind: FileType) -> tuple[str, str]:
    lowered = name.lower()
    for extension in kind.extensions:
        if lowered.endswith(extension):
            return name[: -len(extension)], extension
    return name, kind.extensions[0]
