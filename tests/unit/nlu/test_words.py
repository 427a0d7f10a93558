"""Stems, terms, word lists and frames: the small parts under resolving and intents."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.frames import frame
from bot.nlu.lexicon import alternation, aspect_stems, concepts, content_words, is_place_name, sections_of, silent_words
from bot.nlu.postings import CharIndex, char_grams
from bot.nlu.stems import stem
from bot.nlu.terms import CONCEPT, SAME, Terms, root, weighed


@pytest.mark.parametrize(
    "forms",
    [
        "darzelis darzelio darzeli darzelyje darzeliai",
        "deklaruoti deklaravimas deklaracija deklaruoju",
        "medis medzio medziai medzius",
        "siuksles siuksliu siukslems",
        "pazyma pazymos pazymai",
        "mokestis mokescio mokesciai",
        "vaikas vaiko vaikui vaikams",
    ],
)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@given(st.text(alphabet="abcdeginklmoprstuvyz", max_size=20))
def test_a_stem_is_never_empty_for_a_word(word: str) -> None:
    assert bool(stem(word)) == bool(word)
    assert len(stem(word)) <= len(word)


def test_prefixed_verbs_share_a_root() -> None:
    assert root("uzregistr") == root("prisiregistr") == root("iregistr") == "registr"


def test_words_meet_the_same_related_and_mistyped_terms() -> None:
    terms = Terms([["santuoka", "registravimas"], ["siuksles", "isvezimas"], ["darzelis"]])
    names = terms.names
    assert terms.meeting(stem("santuokos"))[names.index("santuok")] == SAME
    assert terms.meeting(stem("vestuves"))[names.index("santuok")] == CONCEPT
    assert names.index("darzel") in terms.meeting("darzle")
    assert terms.meeting("qqqqqq") == {}


def test_aspect_words_and_numbers_weigh_little_and_fillers_nothing() -> None:
    found = weighed(["labas", "kiek", "kainuoja", "darzelis", "12"])
    assert found["darzel"] == 1.0
    assert 0 < found["kain"] < 1
    assert 0 < found["12"] < 1
    assert set(found) == {"darzel", "kain", "12"}


def test_every_word_list_is_readable() -> None:
    assert {"labas", "noriu", "kur"} <= silent_words()
    assert "kain" in aspect_stems()
    assert concepts()["santuok"] & concepts()["vestuv"]
    assert {"harmless", "suicide", "life"} == set(sections_of("danger"))


def test_content_words_drop_what_names_nothing() -> None:
    assert content_words("Sveiki, kur kreiptis dėl medžio kirtimo?") == ("medzio", "kirtimo")


@pytest.mark.parametrize(
    ("word", "named"),
    [("trakai", True), ("vilniuje", True), ("rudiskese", True), ("trakinys", False)],
)
def test_names_of_places_are_known_by_their_beginnings_or_whole(word: str, named: bool) -> None:
    assert is_place_name(word) is named


def test_a_frame_is_what_a_question_is_asked_with() -> None:
    assert frame("kiek kainuoja leidimas kirsti medi".split()) == ["kiek", "kain", "_"]


def test_cosine_is_one_for_the_same_and_zero_for_nothing_shared() -> None:
    index = CharIndex([char_grams(["darzelis"], [1.0]), char_grams(["xyz"], [1.0])])
    same, other = index.cosine(char_grams(["darzelis"], [1.0]))
    assert same == pytest.approx(1.0)
    assert other == 0.0
    assert list(CharIndex([]).cosine({"abc": 1.0})) == []


@pytest.mark.parametrize("text", ["dega", "sudega", "112", "skambink 112", "reglamentas", "poreglamentas", "a. dega!"])
def test_an_alternation_finds_what_its_lines_find(text: str) -> None:
    lines = [r"\bdega\b", r"^112\W*$", "reglament", r"\b(?:su|uz)?deg\w*"]
    assert bool(alternation(lines).search(text)) == any(re.search(line, text) for line in lines)
