"""Where a sentence joins several requests, and where it only seems to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.requests import MOST_REQUESTS, destination_of, requests


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "noriu užrašyti vaiką į baseiną ir užrašyti į menų mokyklą",
            ("noriu užrašyti vaiką į baseiną", "užrašyti į menų mokyklą"),
        ),
        ("socialinį būstą ir pašalpą ir vaiko pinigus", ("socialinį būstą", "pašalpą", "vaiko pinigus")),
        ("reikia darželio, vaiko pinigų ir būsto", ("reikia darželio", "vaiko pinigų", "būsto")),
        ("laba diena, noriu deklaruoti gyvenamąją vietą ir dar užregistruoti šunį", None),
        ("leidimas kirsti medį", ()),
        ("noriu sužinoti ir viskas", ()),
        ("dainuoja moterys ir vyrai, kurie save vadina dėdėmis", ()),
        ("vaikas serga ir nežinau, ar reikia mokėti už darželį", ()),
        ("a ir b, c ir d", ()),
        ("Persikraustėme iš Kauno. Noriu deklaruoti gyvenamąją vietą ir užregistruoti šunį", ()),
        ("Laba diena! Noriu į baseiną ir į menų mokyklą.", ("Noriu į baseiną", "į menų mokyklą.")),
        ("", ()),
    ],
)
def test_requests_are_found(text: str, found: tuple[str, ...] | None) -> None:
    assert requests(text) == (requests(text)[:2] if found is None else found)
    if found is None:
        assert requests(text)[-1] == "užregistruoti šunį"


@pytest.mark.parametrize(
    ("request_", "end"),
    [
        ("noriu užrašyti vaiką į baseiną", "į baseiną"),
        ("uzrasyti i menu mokykla", "i menu mokykla"),
        ("klausimas dėl pašalpos", "dėl pašalpos"),
        ("gauti vaiko pinigus", None),
    ],
)
def test_what_stands_after_the_last_preposition_is_the_end(request_: str, end: str | None) -> None:
    assert destination_of(request_) == end


@given(st.text(max_size=400))
@settings(max_examples=200)
def test_any_text_is_read_without_error(text: str) -> None:
    assert len(requests(text)) <= MOST_REQUESTS
