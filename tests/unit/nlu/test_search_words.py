"""The words by which logs are searched."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.search_words import marked, search_query, search_words


def finds(text: str, query: str) -> bool:
    """Tell whether the full-text search finds a text, as the migration sets it up."""
    asked = search_query(query)
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE VIRTUAL TABLE found USING fts5(words, tokenize='ascii', detail='none')")
        database.execute("INSERT INTO found (words) VALUES (?)", [search_words(text)])
        hit = asked is not None and bool(
            database.execute("SELECT 1 FROM found WHERE found MATCH ?", [asked]).fetchall()
        )
    database.close()
    return hit


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Noriu pateikti skundą", "skundai"),
        ("Noriu pateikti skundą", "SKUNDAS noriu"),
        ("šiukšlės neišvežtos", "siuksliu"),
        ("šiukšlės neišvežtos", "neisv"),
        ("TR-2026-000001", "000001"),
        ("Привет, где садик?", "садик"),
        ("日本語", "日本語"),
        ("a_b", "b"),
    ],
)
def test_words_are_found_in_other_forms_begun_and_without_diacritics(text: str, query: str) -> None:
    assert finds(text, query)


@pytest.mark.parametrize(
    ("text", "query"), [("skundas", "prašymas"), ("skundas", "skundas dėl"), ("a", ""), ("a", "?!")]
)
def test_what_is_not_there_is_not_found(text: str, query: str) -> None:
    assert not finds(text, query)


@given(st.text(max_size=60))
def test_any_text_finds_itself_or_has_no_words(text: str) -> None:
    assert finds(text, text) or search_query(text) is None


@given(st.text(max_size=60), st.text(max_size=20))
def test_no_query_breaks_the_search_and_marking_keeps_every_character(text: str, query: str) -> None:
    finds(text, query)
    assert "".join(piece for piece, _ in marked(text, query)) == text


def test_only_what_was_asked_for_is_marked() -> None:
    assert marked("Mano skundą gavote?", "skundai") == [("Mano ", False), ("skundą", True), (" gavote?", False)]
    assert marked("Mano skundą gavote?", "") == [("Mano skundą gavote?", False)]
