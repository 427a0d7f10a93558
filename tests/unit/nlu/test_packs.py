"""Every service of the data packs is found by its title and by each of its aliases, in simple frames too."""

from pathlib import Path

import pytest

from bot.nlu.lexicon import content_words
from bot.nlu.normalise import fold
from bot.nlu.ranker_data import read_services
from bot.nlu.resolver import ServiceIndex, Verdict, decide

PACKS = read_services(Path(__file__).parents[3] / "nlu_data" / "municipalities")
INDICES = {name: ServiceIndex.build(services) for name, services in PACKS.items()}
FRAMES = ("{}", "kur kreiptis dėl {}", "noriu {}", "laba diena, kokių dokumentų reikia: {}")
_CHOICES = 4


def _misses(name: str) -> list[tuple[str, str]]:
    index = INDICES[name]
    missed = []
    for service in PACKS[name]:
        for number, asked in enumerate((service.title, *service.aliases)):
            # "TAU" is a pronoun too: in a sentence it names nothing
            frame = FRAMES[number % len(FRAMES)].format(asked) if content_words(asked) else asked
            text = fold(frame) if number % 2 else frame
            if service.id not in {match.id for match in index.search(text, limit=_CHOICES)}:
                missed.append((service.id, text))
    return missed


@pytest.mark.parametrize("name", sorted(PACKS))
def test_titles_and_aliases_lead_to_their_service_or_to_a_choice_with_it(name: str) -> None:
    assert _misses(name) == []


@pytest.mark.parametrize(
    ("municipality", "word", "wanted"),
    [
        ("trakai", "mokykla", Verdict.CHOOSE),
        ("trakai", "leidimas", Verdict.CHOOSE),
        ("varena", "Laba diena, atliekos", Verdict.CHOOSE),
        ("varena", "pažyma", Verdict.CHOOSE),
        ("alytus-r", "parama", Verdict.CHOOSE),
        ("alytus-r", "kapinės", Verdict.ANSWER),
        ("trakai", "biblioteka", Verdict.ANSWER),
        ("trakai", "qwerty", Verdict.NOTHING),
        ("trakai", "pasas", Verdict.NOTHING),
        ("trakai", "pica", Verdict.NOTHING),
    ],
)
def test_a_bare_word_is_offered_what_its_services_are(municipality: str, word: str, wanted: Verdict) -> None:
    assert decide(INDICES[municipality].search(word)).verdict is wanted
