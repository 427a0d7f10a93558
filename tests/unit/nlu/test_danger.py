"""Danger is seen in whatever spelling, and phrases that only speak of fire, death or violence are not danger."""

import time

import pytest

from bot.nlu.danger import Danger, detect_danger
from bot.nlu.normalise import MAX_LENGTH, fold

LIFE = """
Gaisras!
Dega namas Lentvaryje
kaimynų tvartas užsidegė
Degame, padėkit
Iš lango virsta dūmai
Kvepia dujomis laiptinėje
Jaučiu dujų kvapą virtuvėje
Smirdi dujos visame name
Sprogo dujų balionas
Nutrūko elektros laidas ir kibirkščiuoja
Guli be sąmonės
Žmogus prarado sąmonę stotelėje
Močiutė nekvėpuoja
tėtis nualpo
Vyrui infarktas
Labai skauda širdį
Vaikas užspringo
Skęsta žmogus ežere
Vaikas įkrito į šulinį
įlūžo ledas, žmogus vandenyje
Avarija kelyje prie Daugų
Mašina partrenkė pėsčiąjį
Vaikas apsinuodijo
Žmona gimdo
Dingo vaikas, niekur nerandam
Močiutė pasiklydo miške
Vyras mane muša
kaimynas smurtauja prieš žmoną
Grasina nužudyti
Vaikšto su peiliu po kiemą
Kažkas laužiasi į butą
Šaudo prie parduotuvės
Mane užpuolė
Išprievartavo
Iškvieskite greitąją
kvieskit policiją
kaip iškviesti gaisrinę
reikia greitosios
112
gelbėkit
""".strip().splitlines()

SUICIDE = """
Noriu mirti
nusižudysiu
Nebenoriu gyventi
nenoriu gyvent
noriu nusižudyti
nebegaliu daugiau gyventi
Pasidarysiu sau galą
Nebematau prasmės gyventi
galvoju apie savižudybę
pasikarsiu
persipjausiu venas
Geriau jau numirti
iššoksiu pro langą
""".strip().splitlines()

HARMLESS = """
Gaisrinės saugos pažyma
priešgaisrinė sauga mokykloje
kur gauti mirties liudijimą
mirties registravimas
šeimos krizių centras
Smurto prevencijos programa
savižudybių prevencijos mokymai
gatvėje nedega žibintas
dieną dega gatvės apšvietimas
pašalpa po gaisro
namas nukentėjo nuo gaisro, ar gausiu kompensaciją
nebenoriu gyventi bendrabutyje, noriu socialinio būsto
avarinės būklės medis
vandentiekio avarija
pirmosios pagalbos kursai
slauga po insulto
dujotiekio įvedimas
kur pasikeisti dujų balioną kaina
degtinės prekybos licencija
Alytaus degalinė
Kiek kainuoja darželis
mūsų gatvė
kada gausiu atsakymą
vaikas dingo iš sąrašo eilėje
noriu palaidoti tėtį
išmoka gimus vaikui
šaudykla Varėnoje
""".strip().splitlines()


@pytest.mark.parametrize("text", [*LIFE, *map(fold, LIFE)])
def test_danger_to_life_is_seen_with_and_without_diacritics(text: str) -> None:
    assert detect_danger(text) is Danger.LIFE


@pytest.mark.parametrize("text", [*SUICIDE, *map(fold, SUICIDE)])
def test_suicide_is_a_kind_of_its_own(text: str) -> None:
    assert detect_danger(text) is Danger.SUICIDE


@pytest.mark.parametrize("text", [*HARMLESS, *map(fold, HARMLESS), "", "🙂"])
def test_services_that_only_speak_of_danger_are_no_emergency(text: str) -> None:
    assert detect_danger(text) is None


@pytest.mark.parametrize(
    "piece", ["dega ", "kvepia a ", "dingo a ", "po gaisro ", "a b ", "žibintas a a ", "grasina a "]
)
def test_long_repetitions_are_quick(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    started = time.perf_counter()
    detect_danger(text)
    assert time.perf_counter() - started < 0.15
