"""Resolving a message to services of the catalogue: by name, in frames, mistyped, and not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold
from bot.nlu.resolver import Match, ServiceIndex, Verdict, decide
from tests.cost import within
from tests.unit.nlu.catalogues import SERVICES, service

INDEX = ServiceIndex.build(SERVICES)
FRAMES = (
    "{}",
    "laba diena, kur kreiptis dėl {}",
    "noriu {}",
    "kokių dokumentų reikia, {}?",
    "sveiki, norėčiau sužinoti apie {}",
)
NAMES = tuple((name, item.id) for item in SERVICES for name in (item.title, *item.aliases))


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("name", "wanted"), NAMES)
def test_every_title_and_alias_comes_first_in_any_frame(frame: str, name: str, wanted: str) -> None:
    for text in (frame.format(name), fold(frame.format(name))):
        assert INDEX.search(text)[0].id == wanted, text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dekleruoti gyvenamaja vieta", "deklaravimas"),
        ("noriu istekėti", "santuoka"),
        ("kada tuoktis galima", "santuoka"),
        ("shiukshles", "atliekos"),
        ("=1sino med5 nupjauti", "medziai"),
        ("mirė tėtis, reikia kapo vietos", "laidojimas"),
        ("darželyje vietų eilė", "darzelis"),
        ("beržo kirtimas", "medziai"),
        ("užsiregistruoti naujame adrese, deklaracija", "deklaravimas"),
    ],
)
def test_other_words_forms_and_slips_lead_to_the_service(text: str, wanted: str) -> None:
    assert INDEX.search(text)[0].id == wanted


def test_what_is_asked_chooses_between_services_of_one_name() -> None:
    assert INDEX.search("kiek kainuoja darželis")[0].id == "darzelio-mokestis"
    assert INDEX.search("darželis")[0].id == "darzelis"


@pytest.mark.parametrize(
    "text", ["koks oras rytoj", "kas laimėjo krepšinio rungtynes", "ačiū", "labas", "papasakok anekdotą", "xyz qwerty"]
)
def test_messages_off_the_catalogue_have_no_service(text: str) -> None:
    assert decide(INDEX.search(text)).verdict is Verdict.NOTHING


@pytest.mark.parametrize(
    "text", ["o kiek kainuoja?", "kokių dokumentų reikia?", "kur kreiptis", "labas", "", "o kada?", "iki kada galima"]
)
def test_a_follow_up_names_no_service(text: str) -> None:
    assert content_words(text) == ()


def test_content_words_are_the_telling_ones() -> None:
    assert content_words("Laba diena, kiek kainuoja darželis Trakuose?") == ("darzelis", "trakuose")


def test_scores_are_chances() -> None:
    found = INDEX.search("darželis", limit=8)
    assert all(0 <= match.score <= 1 for match in found)
    assert sum(match.score for match in found) <= 1
    assert list(found) == sorted(found, key=lambda match: -match.score)


def test_one_clear_match_is_answered_near_ones_are_offered_and_weak_ones_are_nothing() -> None:
    assert decide([Match("a", 0.9), Match("b", 0.05)]).verdict is Verdict.ANSWER
    near = decide([Match("a", 0.4), Match("b", 0.35), Match("c", 0.01)])
    assert (near.verdict, [match.id for match in near.matches]) == (Verdict.CHOOSE, ["a", "b"])
    assert decide([Match("a", 0.05)]).verdict is Verdict.NOTHING
    assert decide([]).verdict is Verdict.NOTHING


def test_at_most_four_are_offered() -> None:
    assert len(decide([Match(str(i), 0.16) for i in range(6)]).matches) == 4


def test_an_empty_catalogue_finds_nothing() -> None:
    assert ServiceIndex.build(()).search("darželis") == ()


def test_a_catalogue_of_one_service_answers_only_its_own() -> None:
    index = ServiceIndex.build(SERVICES[:1])
    assert [match.id for match in index.search("darželis")] == ["darzelis"]
    assert decide(index.search("koks oras")).verdict is Verdict.NOTHING


def test_colliding_aliases_are_offered_together() -> None:
    index = ServiceIndex.build(
        [*SERVICES, service("kita", "Kita paslauga", "pažyma"), service("trecia", "Trečia", "pažyma")]
    )
    outcome = decide(index.search("pažyma"))
    assert {match.id for match in outcome.matches} == {"kita", "trecia"}
    assert outcome.verdict is Verdict.CHOOSE


def test_a_service_without_any_words_does_no_harm() -> None:
    index = ServiceIndex.build([service("tuscia", "…"), *SERVICES])
    assert index.search("darželis")[0].id == "darzelis"


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_is_searched_without_error(text: str) -> None:
    assert len(INDEX.search(text)) <= 5


@pytest.mark.parametrize("piece", ["darželis ", "a", "žž ", "kiek kainuoja ", "zxqv ", "ab cd ef gh ij kl mn "])
def test_long_repetitions_are_quick(piece: str) -> None:
    assert within(lambda: INDEX.search((piece * 2000)[:2000]), 0.1)
