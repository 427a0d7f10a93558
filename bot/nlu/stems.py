"""A light stemmer for folded Lithuanian: cuts inflection, and the commonest verb and noun suffixes, to one shared stem.

It is not a morphology: it only has to give the forms of one word the same key more often than two words.
"""

from __future__ import annotations

from functools import lru_cache

_SHORTEST = 3
# "-ym-" and "-im-" belong to short roots ("pažyma", "valdymas"): cut only where four letters are left.
_DERIVED = frozenset("imas imo imui ima ime imu imai imams imais ymas ymo ymui yma yme ymu ymai".split())

# Folded endings of nouns, adjectives, participles and verbs, tried longest first.
_ENDINGS = tuple(
    sorted(
        set(
            """
            iausiuose iausiose iausiems iausioms iausiais iausiomis iausiu iausias iausia iausio iausios iausi
            esnis esne esnio esnes esniu
            uosiuose iuosiuose uosius iuosius uose iuose ose iose yse ese amuose omis iomis ymis emis umis
            ajame ojoje iajame iojoje amjam ajam iajam amam iamjam osios iosios ojo iojo aja iaja oji ioji asis iasis
            uju iuju ieji aisiais iaisiais osiomis iosiomis iesiems osioms
            iams iais iems ioms ems oms ams ais aus eja ejai iui ui uje ei ai iai
            ia ie io iu ius ios ias is ys es as os us
            ame iame ime eme ome ioje oje yje eje ieje uje e o a i u y im om em
            inti yti eti oti uoti iuoti auti iauti ti ytis etis otis uotis autis intis
            ina ino ins isiu ysiu esiu osiu uosiu siu sime site
            uoja uoju uojame avo avau avome uosime uokite uoki iavo iavau
            eja ejo ejau ejome oja ojo ojau yja ijo
            kite kit kime kim iau eme iame ote ate iate ete
            imas imo imui ima ime imu imai imams imais imuose
            ymas ymo ymui yma yme ymu ymai
            ejimas ejimo ejimui ejima ejime ejimu ejimai
            ojimas ojimo ojimui ojima ojime ojimu
            avimas avimo avimui avima avime avimu avimai iavimas iavimo iavimui iavima iavimu
            acija acijos acijai acijas aciju acijoje
            imosi imasi imusi ymosi ymasi ejimasi ejimosi avimasi avimosi
            ntis nti nciu ncio nciai ncios anti ancio ancios anciu antis anciam anciai inti incio inciu
            damas dama dami damos davau davo
            tas ta to tam ta tu tai tiems tais tos tomis toms tuose
            tinas tina tini tinu
            """.split()
        ),
        key=lambda ending: (-len(ending), ending),
    )
)
_BY_LAST: dict[str, tuple[str, ...]] = {
    letter: tuple(ending for ending in _ENDINGS if ending[-1] == letter) for letter in {e[-1] for e in _ENDINGS}
}
_SOFTENED = (("dz", "d"), ("c", "t"))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of one folded word; numbers and words of up to three letters stay whole."""
    if len(word) <= _SHORTEST or word[-1] not in _BY_LAST:
        return word
    for ending in _BY_LAST[word[-1]]:
        if word.endswith(ending) and len(word) - len(ending) >= _shortest_before(ending):
            return _hardened(word[: -len(ending)])
    return word


def _shortest_before(ending: str) -> int:
    return _SHORTEST + (ending in _DERIVED)


def _hardened(base: str) -> str:
    """ "medz(io)" and "med(is)", "skaic(iai)" and "skait(yti)" share one stem: dž → d, č → t at its end."""
    for soft, hard in _SOFTENED:
        if base.endswith(soft):
            return base[: -len(soft)] + hard
    return base
