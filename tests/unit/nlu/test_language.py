"""Short messages in five languages; Lithuanian without diacritics is always Lithuanian."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.language import LANGUAGES, detect, foreign_language
from bot.nlu.normalise import fold

LITHUANIAN = """
labas
sveiki, turiu klausima
kiek kainuoja darželis
kaip užrašyti vaiką į mokyklą
kur kreiptis del pasalpos
noriu deklaruoti gyvenamaja vieta
Ar dirbate šeštadienį?
šiukšlės
info
ok
telefonas
NVŠ krepšelis
darzelis Ezerelis
o kada
taip
ne
aha
nu ir kas is to
man reikia pazymos apie seimos sudeti
as is Varenos
pranesu apie duobe gatveje
to nezinau
12345
🙂
""".strip().splitlines()

NAMES = """
Vilnius
Google
Facebook
Google Street View
New York
Smart-ID
Kowalski
Łódź
Żabka
Trakai Lentvaris
Gimnazjum w Trokach
""".strip().splitlines()

ONE_FOREIGN_WORD = """
ar bibliotekoje yra wifi free
kaip pasakyti спасибо lietuviškai
labas, привет
noriu užregistruoti new house
kur yra library Lentvaryje
registracija online
""".strip().splitlines()

OTHERS = """
ru	skolko stoit detskii sad
ru	zdravstvuyte, kak zapisat rebenka v shkolu
ru	до свидания
uk	до побачення
pl	do widzenia
pl	tak
en	goodbye
en	is it open on Saturday
ru	Здравствуйте
ru	как записать ребенка в детский сад
ru	Где получить справку?
ru	привет
ru	сколько стоит
uk	Доброго дня
uk	як записати дитину в садок
uk	Де отримати довідку?
uk	скільки коштує
uk	дякую
pl	Dzień dobry
pl	jak zapisać dziecko do szkoły
pl	Gdzie mogę złożyć wniosek
pl	ile kosztuje przedszkole
pl	dziękuję
pl	czy ktoś mówi po polsku
en	hello
en	How do I register my child in kindergarten?
en	where can I get a building permit
en	what documents do I need
en	thank you
en	do you speak English
""".strip().splitlines()


@pytest.mark.parametrize("text", NAMES)
def test_a_name_alone_is_lithuanian(text: str) -> None:
    assert detect(text) == "lt"


@pytest.mark.parametrize("text", ONE_FOREIGN_WORD)
def test_lithuanian_with_one_foreign_word_stays_lithuanian(text: str) -> None:
    assert detect(text) == "lt"


@pytest.mark.parametrize(("text", "language"), [("thanks", None), ("help", None), ("help me please", "en")])
def test_words_that_lithuanians_borrow_are_answered_in_lithuanian(text: str, language: str | None) -> None:
    assert foreign_language(text) == language


@pytest.mark.parametrize("text", [*LITHUANIAN, *map(fold, LITHUANIAN)])
def test_lithuanian_is_never_taken_for_another_language(text: str) -> None:
    assert detect(text) == "lt"


@pytest.mark.parametrize("line", OTHERS)
def test_short_texts_in_other_languages_are_recognised(line: str) -> None:
    language, text = line.split("\t")
    assert detect(text) == language


@given(st.text(max_size=120))
@settings(max_examples=200)
def test_any_text_gets_one_of_the_languages(text: str) -> None:
    assert detect(text) in LANGUAGES
