"""Danger is seen in whatever spelling, and phrases that only speak of fire, death or violence are not danger."""

import pytest

from bot.nlu.danger import Danger, detect_danger
from bot.nlu.normalise import MAX_LENGTH, fold
from tests.cost import within

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


FOREIGN_LIFE = """
My house is on fire
Fire!
my neighbour is beating his wife
I smell gas
he has a knife
my child is missing
please call an ambulance
a man is drowning in the lake
пожар
Горит дом!
муж меня бьёт
пахнет газом в подъезде
вызовите скорую
ребёнок пропал
кто-то ломится в дверь
пожежа
горить будинок
чоловік б'є мене
викличте швидку
дитина зникла
pożar
pali się dom
mąż mnie bije
wezwijcie karetkę
dziecko zaginęło
ratunku
""".strip().splitlines()

FOREIGN_SUICIDE = """
I want to die
I want to kill myself
хочу умереть
не хочу больше жить
хочу померти
не хочу жити
chcę umrzeć
nie chcę już żyć
""".strip().splitlines()

FOREIGN_HARMLESS = """
where is the fire station
help after a fire
I lost my passport
where to register my dog
где пожарная часть
на улице не горит свет
горит ли фонарь у школы
не хочу жить в общежитии, хочу социальное жильё
пособие после пожара
умерла бабушка, какие документы нужны
не горить ліхтар
не хочу жити в гуртожитку
gdzie jest straż pożarna adres
latarnia się nie pali
zgubiłem dowód
jestem po zawale, czy dostanę zasiłek
""".strip().splitlines()


@pytest.mark.parametrize("text", FOREIGN_LIFE)
def test_danger_is_seen_in_other_languages(text: str) -> None:
    assert detect_danger(text) is Danger.LIFE


@pytest.mark.parametrize("text", FOREIGN_SUICIDE)
def test_suicide_is_seen_in_other_languages(text: str) -> None:
    assert detect_danger(text) is Danger.SUICIDE


@pytest.mark.parametrize("text", FOREIGN_HARMLESS)
def test_harmless_messages_in_other_languages_are_no_emergency(text: str) -> None:
    assert detect_danger(text) is None


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
    "piece",
    [
        "горит фонарь ",
        "нужна а б ",
        "call me a ",
        "pali lampa się ",
        "dega ",
        "kvepia a ",
        "dingo a ",
        "po gaisro ",
        "a b ",
        "žibintas a a ",
        "grasina a ",
    ],
)
def test_long_repetitions_are_quick(piece: str) -> None:
    text = (piece * MAX_LENGTH)[:MAX_LENGTH]
    assert within(lambda: detect_danger(text), 0.15)
