"""Phrases by key: rendered whole or refused, never with an empty place."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.services.texts import Texts

TEMPLATES = Path(__file__).parents[3] / "bot" / "templates"
TEXTS = Texts()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one file of phrases."""
    (tmp_path / "greeting.yml").write_text(
        'hello: "Laba diena, {{ name }}!"\n'
        "parts:\n  day:\n    good: |\n\n      Geros dienos  \n"
        'genitive: "{{ name | genitive }}"\nraw: "{{ name }}"\nnumber: 112\n',
        encoding="utf-8",
    )
    return tmp_path


def test_a_phrase_is_found_by_file_and_key(folder: Path) -> None:
    texts = Texts(folder)
    assert texts.render("greeting.hello", name="Ona") == "Laba diena, Ona!"
    assert texts.render("greeting.parts.day.good") == "Geros dienos"
    assert texts.render("greeting.number") == "112"


def test_an_unknown_key_is_an_error(folder: Path) -> None:
    with pytest.raises(KeyError):
        Texts(folder).render("greeting.bye")
    assert not Texts(folder).has("greeting.parts")
    assert Texts(folder).has("greeting.parts.day.good")


def test_a_variable_that_is_not_given_is_an_error(folder: Path) -> None:
    with pytest.raises(UndefinedError):
        Texts(folder).render("greeting.hello")


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Trakų rajono savivaldybė", "Trakų rajono savivaldybės"),
        ("Varėnos rajono savivaldybė", "Varėnos rajono savivaldybės"),
        ("Alytaus r. sav.", "Alytaus r. sav."),
    ],
)
def test_a_municipality_is_put_in_the_genitive(folder: Path, name: str, genitive: str) -> None:
    assert Texts(folder).render("greeting.genitive", name=name) == genitive


def test_what_is_put_into_a_phrase_is_never_read_as_a_template(folder: Path) -> None:
    assert Texts(folder).render("greeting.raw", name="{{ 7 * 7 }} {% x %}") == "{{ 7 * 7 }} {% x %}"


def test_plain_text_is_not_escaped_as_html(folder: Path) -> None:
    assert Texts(folder).render("greeting.raw", name="<b> & „“") == "<b> & „“"


def test_every_shipped_phrase_has_words_and_a_lower_case_key() -> None:
    keys = TEXTS._phrases.keys()
    assert len(keys) > 100
    assert [key for key in keys if key != key.lower() or "true" in key.split(".") or "false" in key.split(".")] == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.yml")), ids=lambda path: str(path.stem))
def test_shipped_phrases_use_lithuanian_quotation_marks_only(path: Path) -> None:
    words = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
    assert [line for line in words if "”" in line or "«" in line] == []
    # „ opens and “ closes.
    assert all(line.count("„") == line.count("“") for line in words)
