"""Formatted text: packed into messages at sentence ends, nothing lost, nothing taken for markup."""

from __future__ import annotations

from html import unescape
from re import sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.telegram.words import MOST_UNITS, Span, cut, packed, plain, units

TEXTS = st.text(alphabet=st.sampled_from("aą<>&.!? \n🏛"), min_size=1, max_size=400)


def words(text: str) -> list[str]:
    """Return what is left of a text without spaces and markup."""
    return list("".join(unescape(sub(r"</?[abi][^>]*>", "", text)).split()))


@given(TEXTS, st.integers(min_value=16, max_value=60))
def test_no_message_is_longer_than_it_may_be_and_no_word_is_lost(text: str, most: int) -> None:
    parts = packed(plain(text), most)
    assert all(0 < units(part) <= most for part in parts)
    assert [sign for part in parts for sign in words(part)] == list("".join(text.split()))


def test_utf_16_is_counted_and_not_characters() -> None:
    assert units("ą🏛") == 3
    parts = packed(plain("🏛" * 3000))
    assert [units(part) for part in parts] == [4096, 1904]


def test_a_text_is_cut_at_the_end_of_a_sentence_else_of_a_word() -> None:
    assert list(cut("Vienas du. Trys keturi? Penki", 25)) == ["Vienas du. Trys keturi?", "Penki"]
    assert list(cut("vienas du trys", 11)) == ["vienas du", "trys"]
    assert list(cut("vienasdutrys", 5)) == ["viena", "sdutr", "ys"]


def test_a_sentence_that_ends_with_a_quotation_keeps_it() -> None:
    assert list(cut("Jis sakė: „Taip.“ Ji tylėjo.", 20)) == ["Jis sakė: „Taip.“", "Ji tylėjo."]


@pytest.mark.parametrize("tag", ["b", "i"])
def test_what_is_long_and_marked_stays_marked_in_each_part(tag: str) -> None:
    parts = packed([[Span("Sakinys. " * 1000, tag)]])
    assert len(parts) == 3
    assert all(part.startswith(f"<{tag}>") and part.endswith(f"</{tag}>") for part in parts)
    assert all(units(part) <= MOST_UNITS for part in parts)


def test_markup_of_others_is_text() -> None:
    assert packed([[Span('<a href="x">&', link='https://a.lt/?b="c"&d')]]) == (
        '<a href="https://a.lt/?b=&quot;c&quot;&amp;d">&lt;a href="x"&gt;&amp;</a>',
    )


def test_nothing_is_no_message() -> None:
    assert packed(plain("")) == ()
    assert packed([[], [Span("a")], []]) == ("a",)
