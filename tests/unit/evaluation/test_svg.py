"""The shapes that plots are made of."""

from __future__ import annotations

from bot.evaluation.svg import mixed, picture, rectangle, text


def test_a_colour_is_mixed_with_white() -> None:
    assert mixed("#000000", 0.0) == "#ffffff"
    assert mixed("#000000", 1.0) == "#000000"
    assert mixed("#ff0000", 0.5) == "#ff8080"


def test_what_is_written_is_escaped() -> None:
    assert "&lt;a&gt; &amp; b" in text((0, 0), "<a> & b")
    assert "&lt;x&gt;" in rectangle((0, 0), 1, 1, "#fff", "<x>")
    assert "<title>&lt;t&gt;</title>" in picture(10, 10, "<t>", [])


def test_coordinates_are_short() -> None:
    assert 'x="1.3" y="2"' in rectangle((1.2999, 2.0), 1, 1, "#fff")
