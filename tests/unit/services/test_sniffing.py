"""What a file is, whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.attachment import AttachmentRefusedError, FileType
from bot.services.attachments import sniffing
from bot.services.attachments.sniffing import sniff
from tests.files import DOCX, PDF, packed, picture

ODT = "application/vnd.oasis.opendocument.text"
GOOD = {
    FileType.JPEG: picture("JPEG"),
    FileType.PNG: picture("PNG"),
    FileType.WEBP: picture("WEBP"),
    FileType.PDF: PDF,
    FileType.DOCX: DOCX,
    FileType.XLSX: packed("[Content_Types].xml", "xl/workbook.xml"),
    FileType.PPTX: packed("[Content_Types].xml", "ppt/presentation.xml"),
    FileType.ODT: packed("content.xml", mimetype=ODT),
    FileType.ODS: packed("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet"),
    FileType.ODP: packed("content.xml", mimetype="application/vnd.oasis.opendocument.presentation"),
    FileType.ADOC: packed("META-INF/manifest.xml", mimetype="application/vnd.lt.archyvai.adoc-2008"),
    FileType.ASICE: packed("META-INF/manifest.xml", mimetype="application/vnd.etsi.asic-e+zip"),
    FileType.TEXT: "Laba diena,\r\nšaligatvis nesutvarkytas – žr. brėžinį.\n".encode(),
}
BAD = {
    "program": b"MZ\x90\x00" + b"\0" * 200,
    "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 200,
    "page": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "gif": picture("GIF"),
    "old word": bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600,
    "archive": packed("a.txt"),
    "macros": packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "macros of opendocument": packed("content.xml", "Basic/script-lc.xml", mimetype=ODT),
    "archive that claims to be a picture": packed("a.txt", mimetype="image/png"),
    "archive that claims to be text": packed("a.txt", mimetype="text/plain"),
    "rich text": b"{\\rtf1\\ansi labas}",
    "binary": bytes(range(256)) * 4,
    "text in another encoding": "žąsis".encode("cp1257"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the file lies; its name says nothing."""
    return tmp_path / "be vardo"


def test_every_type_that_is_taken_is_told() -> None:
    assert set(GOOD) == set(FileType)


@pytest.mark.parametrize("kind", list(GOOD))
def test_a_good_file_is_told_by_its_content(file: Path, kind: FileType) -> None:
    file.write_bytes(GOOD[kind])
    assert sniff(file) is kind


@pytest.mark.parametrize("name", list(BAD))
def test_any_other_file_is_refused(file: Path, name: str) -> None:
    file.write_bytes(BAD[name])
    with pytest.raises(AttachmentRefusedError, match="file_type"):
        sniff(file)


def test_a_program_behind_much_text_is_refused(file: Path) -> None:
    file.write_bytes(b"labas " * 20_000 + b"\0\1\2")
    with pytest.raises(AttachmentRefusedError, match="file_type"):
        sniff(file)


def test_an_ordinary_text_that_begins_like_a_picture_is_a_text(file: Path) -> None:
    file.write_bytes(b"BMW stovi ant zolyno.\n")
    assert sniff(file) is FileType.TEXT


def test_an_empty_file_is_refused(file: Path) -> None:
    file.write_bytes(b"")
    with pytest.raises(AttachmentRefusedError, match="file_empty"):
        sniff(file)


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_a_broken_archive_is_refused(file: Path, cut: int) -> None:
    file.write_bytes(DOCX[:cut])
    with pytest.raises(AttachmentRefusedError, match="file_broken"):
        sniff(file)


def test_an_archive_that_unpacks_to_gigabytes_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniffing, "_MOST_UNPACKED_BYTES", 1_000_000)
    file.write_bytes(packed("[Content_Types].xml", "word/document.xml", content=b"0" * 600_000))
    assert file.stat().st_size < 10_000
    with pytest.raises(AttachmentRefusedError, match="file_broken"):
        sniff(file)
