"""How files are named, and how many a message may show."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.attachment import MAX_FILES, AttachmentRefusedError, FileType, safe_name, wanted_files


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("Duobė Vytauto g..jpg", FileType.JPEG, "Duobė Vytauto g.jpg"),
        ("IMG_1.JPEG", FileType.JPEG, "IMG_1.jpeg"),
        ("../../etc/passwd", FileType.TEXT, "passwd.txt"),
        ("C:\\Dokumentai\\prašymas.docx", FileType.DOCX, "prašymas.docx"),
        ("virus.exe", FileType.PDF, "virus.exe.pdf"),
        ("gnp\u202egpj.exe", FileType.PNG, "gnpgpj.exe.png"),
        ('a<b>"c"|d?.pdf', FileType.PDF, "abcd.pdf"),
        ("eilutė\r\nSet-Cookie: x.txt", FileType.TEXT, "eilutėSet-Cookie x.txt"),
        ("", FileType.JPEG, "be vardo.jpg"),
        ("...", FileType.PDF, "be vardo.pdf"),
        (".pdf", FileType.PDF, "be vardo.pdf"),
        ("a" * 500 + ".odt", FileType.ODT, "a" * 120 + ".odt"),
    ],
)
def test_a_name_is_shown_without_what_could_deceive(typed: str, kind: FileType, expected: str) -> None:
    assert safe_name(typed, kind, "be vardo") == expected


@given(st.text(max_size=300), st.sampled_from(list(FileType)))
def test_any_name_becomes_one_that_can_be_shown_and_saved(typed: str, kind: FileType) -> None:
    name = safe_name(typed, kind, "be vardo")
    assert name.endswith(kind.extensions)
    assert len(name) <= 130
    assert not set(name) & set('/\\<>:"|?*%')
    assert not any(unicodedata.category(character)[0] == "C" for character in name)
    assert not name.startswith(".")
    assert safe_name(name, kind, "be vardo") == name


def test_a_message_shows_each_file_once_and_not_too_many() -> None:
    assert wanted_files(["b", "a", "b"]) == ("b", "a")
    with pytest.raises(AttachmentRefusedError, match="files_too_many"):
        wanted_files([str(number) for number in range(MAX_FILES + 1)])
