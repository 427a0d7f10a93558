"""Whatever is written is understood in time, with the real trained model and in catalogues of any kind."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.rasa.training import find_or_train
from bot.evaluation.speed import joined
from bot.nlu.decide import Action
from bot.nlu.normalise import MAX_LENGTH
from bot.nlu.pipeline import IntentPipeline, load_pipeline
from bot.services.catalogues import LoadedCatalogue
from bot.services.understanding import understand
from bot.settings import Settings, project_path
from tests.cost import within
from tests.packs import MUNICIPALITIES, SERVICE, shipped, small

BOUND_SECONDS = 0.02
_LETTERS = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"

PIECES = (
    *(
        "a",
        "ą",
        "я",
        "ß",
        "ŉ",
        "ﷺ",
        "😀",
        "a\u0301",
        "가",
        "中",
        "ab1",
        "=a",
        "a= ",
        "sh",
        "wx ",
        ">",
        "> a\n",
        "\n",
        "\0",
    ),
    *(
        "a ",
        "ą ",
        "я ",
        "2 ",
        "? ",
        "?!",
        ". ",
        "aaa. ",
        "-+",
        "a😀",
        "a\n",
        "a\u00a0",
        "www.a.lt ",
        "a@a.lt ",
        "+370 612 34567 ",
    ),
    *(
        "kur ",
        "kiek kainuoja? ",
        "ir dar kiek ",
        "laba diena kiek ",
        "ir dar tai na nu ",
        "kada a b ",
        "kaip a b rasti c d ",
    ),
    *(
        "ne ",
        "ne, o ",
        "ne a, o ",
        "palauk ",
        "aš man jus ",
        "apie ",
        "noriu apie ",
        "nebeprisikiškiakopūsteliaudavome",
    ),
    *("dujos a ", "dūmų a a a ", "dingo a a ", "muš ", "grasin a a a ", "reik a a ", "kas yra mokykloje ir kaip "),
    *("где горит ", "пропал а а ", "is it on fire ", "call a a ", "ile kosztuje przedszkole ", "зник а а "),
)


def shuffled(alphabet: str, seed: int = 20261121) -> str:
    """Return a longest message of random characters."""
    chosen = random.Random(seed)  # noqa: S311 - no secret
    return "".join(chosen.choice(alphabet) for _ in range(MAX_LENGTH))


MIXED = {
    "words": shuffled(_LETTERS + "   "),
    "short words": " ".join(shuffled(_LETTERS)[at : at + 2] for at in range(0, MAX_LENGTH, 3)),
    "Cyrillic": shuffled("абвгґдеєжзиіїклмнопрстуфхцчшщыэюя  "),
    "digits": shuffled("0123456789 "),
    "marks": shuffled(".,!?-;:()/&%= "),
    "Unicode": shuffled("".join(map(chr, (*range(32, 0xD800), *range(0xE000, 0x11000))))),
    "combining": shuffled("aeiou" + "".join(map(chr, range(0x300, 0x370)))),
    "questions": "Kiek kainuoja vaiko darželis Lentvaryje ir kokių dokumentų reikia prašymui pateikti? " * 3,
}


@pytest.fixture(scope="module")
def pipeline() -> IntentPipeline:
    """The real model, the one that the shared server uses."""
    return load_pipeline(asyncio.run(find_or_train(project_path(Settings().models_dir))))


@pytest.fixture(scope="module")
def three_hundred() -> LoadedCatalogue:
    """All shipped services, as many as the largest municipality could have, with the index built."""
    loaded = LoadedCatalogue(joined([shipped(name).catalogue for name in MUNICIPALITIES]), "speed")
    loaded.services.search("medis")
    loaded.named("medis")
    return loaded


@pytest.fixture(scope="module")
def in_time(pipeline: IntentPipeline, three_hundred: LoadedCatalogue) -> Callable[[str], bool]:
    """Tell whether a text is understood in time; each try has a text of its own, for what was read is remembered."""
    endings = count()

    def asked(text: str) -> bool:
        def read() -> None:
            ending = f"{next(endings)}"
            understood_well(f"{text[: MAX_LENGTH - len(ending)]}{ending}", pipeline, three_hundred)

        return within(read, BOUND_SECONDS)

    return asked


def understood_well(text: str, pipeline: IntentPipeline, loaded: LoadedCatalogue) -> None:
    """Understand a text and check that a prediction of the usual form comes of it."""
    found = understand(text, pipeline, loaded)
    assert found.intent
    assert found.action in {action.value for action in Action}
    assert all(0.0 < match.score <= 1.0 for match in found.services)


@pytest.mark.parametrize("piece", PIECES)
def test_the_longest_repetitions_are_understood_in_time(piece: str, in_time: Callable[[str], bool]) -> None:
    assert in_time((piece * MAX_LENGTH)[:MAX_LENGTH])


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
def test_long_mixtures_are_understood_in_time(text: str, in_time: Callable[[str], bool]) -> None:
    assert in_time(text)


ANYTHING = st.one_of(
    st.text(max_size=MAX_LENGTH),
    st.text(st.sampled_from(_LETTERS + "  ?,.1"), max_size=MAX_LENGTH),
    st.text(min_size=1, max_size=20).map(lambda piece: (piece * MAX_LENGTH)[:MAX_LENGTH]),
)


@given(ANYTHING)
@settings(max_examples=100)
def test_anything_is_understood_in_time(in_time: Callable[[str], bool], text: str) -> None:
    assert in_time(text)


@pytest.mark.parametrize("text", ["kaip gauti leidimą kirsti medį", "labas", "", "a" * MAX_LENGTH])
def test_an_empty_catalogue_finds_nothing(text: str, pipeline: IntentPipeline) -> None:
    found = understand(text, pipeline, small())
    assert found.services == ()
    assert found.action != Action.ANSWER.value


def test_a_catalogue_of_one_service_answers_about_it_and_about_nothing_else(pipeline: IntentPipeline) -> None:
    loaded = small(SERVICE)
    asked = understand("Kaip gauti leidimą kirsti medį?", pipeline, loaded)
    assert (asked.services[0].id, asked.action) == (SERVICE.id, Action.ANSWER.value)
    assert understand("kiek kainuoja darželis", pipeline, loaded).action == Action.FALLBACK.value


def test_of_services_with_the_same_aliases_the_resident_chooses(pipeline: IntentPipeline) -> None:
    services = [
        replace(SERVICE, id=f"{number}", title=f"Leidimas Nr. {number}", aliases=("medžių kirtimas",))
        for number in "123"
    ]
    found = understand("medžių kirtimas", pipeline, small(*services))
    assert {match.id for match in found.services} == {"1", "2", "3"}
    assert found.action == Action.CHOOSE.value
