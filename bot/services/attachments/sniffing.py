"""What a file is, told by its content alone: the name and what the sender says count for nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import puremagic

from bot.core.attachment import BY_MEDIA_TYPE, IMAGES, AttachmentRefusedError, FileType

_PLAIN = frozenset({*IMAGES, FileType.PDF})
_HEAD_BYTES = 4096
_SURE = 0.5
"""From this confidence on puremagic's signature is long enough not to begin an ordinary text by chance."""
_ZIP = b"PK\x03\x04"
_LONGEST_MIME = 100
_MOST_ENTRIES = 5000
_MOST_UNPACKED_BYTES = 200 * 1024 * 1024
_OFFICE = {"word/": FileType.DOCX, "xl/": FileType.XLSX, "ppt/": FileType.PPTX}
_OFFICE_MARK = "[Content_Types].xml"
_MACROS = ("vbaproject.bin", "basic/script-lc.xml", "scripts/")
_TEXT_CONTROLS = frozenset("\n\r\t\f")


def sniff(path: Path) -> FileType:
    """Return what a file is. Raises `AttachmentRefusedError` with `file_empty`, `file_type` or `file_broken`."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise AttachmentRefusedError("file_empty")
    if head.startswith(_ZIP):
        return _packed(path)
    found = _signatures(head)
    plain = next((BY_MEDIA_TYPE[kind] for kind in found if BY_MEDIA_TYPE.get(kind) in _PLAIN), None)
    if plain is not None:
        return plain
    if not any(sure >= _SURE for sure in found.values()) and _is_text(path):
        return FileType.TEXT
    raise AttachmentRefusedError("file_type")


def _signatures(head: bytes) -> dict[str, float]:
    try:
        return {match.mime_type: match.confidence for match in reversed(puremagic.magic_string(head))}
    except puremagic.PureError:
        return {}


def _packed(path: Path) -> FileType:
    """Tell the office formats, which are ZIP archives all, by what is in them; plain archives are not taken."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _MOST_UNPACKED_BYTES:
                # A bomb for whoever opens it.
                raise AttachmentRefusedError("file_broken")
            mime = _declared(archive, entries[0]) if names[:1] == ["mimetype"] else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise AttachmentRefusedError("file_broken") from error
    kind = BY_MEDIA_TYPE.get(mime) if mime is not None else _office(names)
    if kind is None or kind in _PLAIN or kind is FileType.TEXT or _has_macros(names):
        raise AttachmentRefusedError("file_type")
    return kind


def _declared(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str | None:
    if entry.file_size > _LONGEST_MIME:
        return None
    return archive.read(entry).decode("ascii", errors="replace").strip()


def _office(names: list[str]) -> FileType | None:
    if _OFFICE_MARK not in names:
        return None
    return next((kind for folder, kind in _OFFICE.items() if any(name.startswith(folder) for name in names)), None)


def _has_macros(names: list[str]) -> bool:
    return any(mark in name.lower() for name in names for mark in _MACROS)


def _is_text(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            while piece := file.read(65536):
                if any(character < " " and character not in _TEXT_CONTROLS for character in piece):
                    return False
    except UnicodeDecodeError:
        return False
    return True
