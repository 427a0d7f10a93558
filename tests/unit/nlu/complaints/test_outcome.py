"""What a resident wants to come of a complaint, in the resident's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.complaints.outcome import outcome_in
from bot.nlu.normalise import fold

WISHES = """
Buvau priimamajame, mane aprėkė, todėl noriu, kad atsiprašytų.|noriu, kad atsiprašytų.
Prašau grąžinti pinigus už bilietą. Ačiū.|Prašau grąžinti pinigus už bilietą.
Vairuotojas nesustojo. Reikalauju jį nubausti!|Reikalauju jį nubausti!
Tikiuosi, kad daugiau taip nebus|Tikiuosi, kad daugiau taip nebus
noreciau kad sutvarkytu eile|noreciau kad sutvarkytu eile
Tegul direktorė atsiprašo vaiko|Tegul direktorė atsiprašo vaiko
Vaiko nepriėmė ir prašau paaiškinti raštu kodėl|prašau paaiškinti raštu kodėl
Nenoriu, kad tai kartotųsi.|Nenoriu, kad tai kartotųsi.
Laukiau dvi valandas. Turėtų atsiprašyti ir sutrumpinti eiles|Turėtų atsiprašyti ir sutrumpinti eiles
Noriu pasiskųsti vairuotoju. Jis keikėsi. Norėčiau, kad jį įspėtų.|Norėčiau, kad jį įspėtų.
Nieko daugiau nenoriu, tik kad atsiprašytų.|kad atsiprašytų.
Grąžinkite pinigus už salę|Grąžinkite pinigus už salę
Ar galiu tikėtis? Pageidauju rašytinio paaiškinimo.|Pageidauju rašytinio paaiškinimo.
""".strip().splitlines()

NO_WISHES = """
noriu pateikti skundą dėl mokytojos
Noriu pasiskųsti
Norėčiau pranešti apie netinkamą elgesį
noreciau parasyti skunda
ji sakė: nenoriu jūsų matyti
Darbuotoja rėkė: „Noriu, kad išeitumėte!“
norėjau pasiimti pažymą
prašiau paaiškinti, bet ji tylėjo
nieko nenoriu
Tikiuosi, suprantate
Noriu sužinoti, kada atsakysite
prašau
prašau atsakyti el. paštu
Vakar seniūnijoje mane aprėkė
""".strip().splitlines()


@pytest.mark.parametrize("line", WISHES)
def test_the_wish_is_returned_as_written(line: str) -> None:
    story, wish = line.split("|")
    assert outcome_in(story) == wish
    assert outcome_in(fold(story)) == fold(wish)


@pytest.mark.parametrize("story", [*NO_WISHES, "", "🙂"])
def test_a_story_without_a_wish_has_no_outcome(story: str) -> None:
    assert outcome_in(story) is None
    assert outcome_in(fold(story)) is None


def test_several_wishes_are_joined_as_sentences() -> None:
    story = "Noriu, kad atsiprašytų\nJi rėkė. Prašau peržiūrėti darbo laiką"
    assert outcome_in(story) == "Noriu, kad atsiprašytų. Prašau peržiūrėti darbo laiką"


def test_an_abbreviation_ends_no_sentence() -> None:
    wish = "Prašau iki gruodžio 5 d. grąžinti 20 Eur."
    assert outcome_in(f"Pinigų negavau. {wish}") == wish


@given(st.text(max_size=300))
def test_an_outcome_begins_with_words_of_the_story(before: str) -> None:
    found = outcome_in(f"{before}\nPrašau atsiprašyti")
    assert found is None or found.split()[0] in f"{before} Prašau"
