"""Questions to the bot in the middle of a complaint, told from stories that only ask the world."""

import pytest

from bot.nlu.complaints.question import is_question
from bot.nlu.normalise import fold

QUESTIONS = """
Kiek laiko nagrinėjamas skundas?
ar galima anonimiškai
o kiek dar klausimų liko
Kodėl reikia mano vardo?
norėčiau sužinoti, kada gausiu atsakymą
pasakykite, kas matys mano duomenis
Neturiu el. pašto. Ar galima be jo?
Ar galiu pridėti nuotrauką?
kas perskaitys mano skunda
Palaukit, o kada man atsakys?
Laba diena, kiek tai kainuos?
gal galit paaiškinti, ką čia rašyti
nesuprantu, ką reikia parašyti
Koks skirtumas tarp skundo ir prašymo? Ar turiu rinktis?
kieno čia atsakomybė nagrinėti
Kurią įstaigą man nurodyti?
kokia forma reikia pildyti
Tiksliai neatsimenu. Ar užteks mėnesio?
iki kada galima pateikti
Kaip vadinasi ta įstaiga, kuri tvarko kelius?
ar jūs robotas
kas tai yra institucija
gal galiu rasyti trumpai
man reikia prisegti nuotrauką, kaip tai padaryti
o po to kas bus
ne visai supratau klausimą
a kam to reikia?
nežinau, ką rašyti
""".strip().splitlines()

STORIES = """
Kiek galima kęsti?
Darbuotoja mane aprėkė. Ar tai normalu?
Kada nuėjau, durys buvo užrakintos
Kas rytą vairuotojas pravažiuoja stotelę
gal rugsėjį?
Turbūt vakar?
Vakar buvau seniūnijoje, manęs nepriėmė, ar tai normalu?
Ji man sakė, ko čia atėjai?
Darbuotoja rėkė: „Ko čia atėjai? Eik namo!“
Auklėtoja išvarė vaiką. Kodėl taip elgiamasi su mažais?
kas čia per tvarka, niekas nekelia ragelio
Kaip jau minėjau, antradienį
kiek pamenu, rugsėjo pradžioje
Ko gero, seniūnija
Varėnos seniūnija
vakar
noriu, kad atsiprašytų
Nežinau
kas aptarnavo, nežinau
Kiek kartų skambinau, niekas neatsiliepė
Kuo greičiau sutvarkykite
nejaugi taip galima su žmogum?
Už ką mes mokame mokesčius?
kas mane aptarnavo, tas ir atsakė grubiai
kam skambinau, niekas nekėlė
Kodėl aš turiu klausytis įžeidinėjimų?
Ar aš šuo, kad mane varytų?
Kas atsitiko: vairuotojas nesustojo stotelėje
Kuris laikas negaunu atsakymo
Kokia gėda, taip elgtis su žmonėmis
Ar matėte, kaip atrodo kelias?
Darbuotoja paklausė, ar aš turiu pažymą, ir trenkė durimis
""".strip().splitlines()

LONG_STORY = (
    "Laba diena, esu pensininkė iš Merkinės. Vakar nuvykau į seniūniją dėl malkų, laukiau koridoriuje pusantros "
    "valandos. Kai pagaliau mane pakvietė, specialistė net nepakėlė galvos nuo telefono. Ar taip bendraujama su "
    "žmonėmis? Kodėl aš turiu važinėti tris kartus?"
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_one_with_and_without_diacritics(text: str) -> None:
    assert is_question(text)
    assert is_question(fold(text))


@pytest.mark.parametrize("text", [*STORIES, LONG_STORY, "", "🙂", "?", "…"])
def test_what_is_told_is_no_question(text: str) -> None:
    assert not is_question(text)
    assert not is_question(fold(text))


def test_several_questions_at_once_are_questions() -> None:
    assert is_question("Laba diena. Kiek laiko nagrinėjamas skundas? Ar galima be vardo? Kas jį skaitys?")


def test_a_question_mark_inside_a_quotation_is_not_the_residents() -> None:
    assert not is_question('Ji atkirto "o jums ko?" ir uždarė langelį')
