"""Photos are written anew: what rides along with them is gone."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from bot.core.attachment import AttachmentRefusedError, FileType
from bot.services.attachments.images import cleaned
from tests.files import picture

SECRET = "Onos telefonas"
KINDS = {FileType.JPEG: "JPEG", FileType.PNG: "PNG", FileType.WEBP: "WEBP"}


def clean(folder: Path, content: bytes, kind: FileType) -> Path:
    """Return the file that is kept of a picture."""
    (folder / "old").write_bytes(content)
    cleaned(folder / "old", kind, folder / "new")
    return folder / "new"


@pytest.mark.parametrize("kind", list(KINDS))
def test_place_camera_and_comments_are_gone_and_the_picture_is_there(tmp_path: Path, kind: FileType) -> None:
    content = picture(KINDS[kind], secret=SECRET)
    assert SECRET.encode() in content
    new = clean(tmp_path, content, kind)
    assert SECRET.encode() not in new.read_bytes()
    with Image.open(new) as opened:
        assert opened.format == KINDS[kind]
        assert opened.size == (40, 30)
        assert dict(opened.getexif()) == {}


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    with Image.open(clean(tmp_path, picture(orientation=6), FileType.JPEG)) as opened:
        assert opened.size == (30, 40)


def test_what_is_hidden_behind_the_picture_is_cut_off(tmp_path: Path) -> None:
    new = clean(tmp_path, picture() + b"PK\x03\x04 paslaptis", FileType.JPEG)
    assert b"paslaptis" not in new.read_bytes()


@pytest.mark.parametrize(("width", "height"), [(60_000, 60_000), (14_000, 7_000), (8_000, 7_000)])
def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused(tmp_path: Path, width: int, height: int) -> None:
    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(b"\0" * 1000)) + part(b"IEND", b"")
    with pytest.raises(AttachmentRefusedError, match="image_too_large"):
        clean(tmp_path, bomb, FileType.PNG)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, kind: FileType) -> None:
    content = picture(KINDS[kind], (300, 300))
    with pytest.raises(AttachmentRefusedError, match="file_broken"):
        clean(tmp_path, content[: len(content) // 2], kind)
