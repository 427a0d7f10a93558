"""What a story says already: read from stories as residents of Trakai tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.case import CaseKind
from bot.services.filing.draft import Draft, Place, ReplyTo, When
from bot.services.filing.story import apart, offered_places, tells_a_story, understood
from tests.unit.services.filing.scenes import HIDDEN, PRINCIPLES, SCENE, TODAY, draft

POLITE = PRINCIPLES[-1]
COMPLAINT, NOTICE, REQUEST = CaseKind.COMPLAINT, CaseKind.CHARTER_NOTICE, CaseKind.REQUEST
ONA = ReplyTo(name="Ona Petraitė", email="ona.petraite@example.lt")
TELEPHONE = ReplyTo(phone="+37061234567")


def read(text: str, before: Draft | None = None) -> Draft:
    """Return the draft after a story."""
    return understood(before or draft(), text, SCENE.loaded, TODAY, hidden=HIDDEN)


# Kind, institution, day or words, wish, reply.
Expected = tuple[CaseKind, str | None, str | None, str | None, ReplyTo | None]
STORIES: list[tuple[str, CaseKind, str | None, str | None, str | None, ReplyTo | None]] = [
    ("Vakar Lentvario darželyje auklėtoja šaukė ant mano vaiko.", NOTICE, None, "2026-11-20", None, None),
    (
        "Skundžiuosi, kad Trakų meno mokykloje lapkričio 10 d. neįvyko pamoka ir niekas neperspėjo. "
        "Noriu, kad grąžintų pinigus.",
        *(COMPLAINT, "traku-meno-mokykla", "2026-11-10", "Noriu, kad grąžintų pinigus.", None),
    ),
    (
        "Prieš savaitę Rūdiškių gimnazijoje mokytojas nemandagiai kalbėjo su tėvais, prašau, kad atsiprašytų.",
        *(NOTICE, "rudiskiu-gimnazija", "2026-11-14", "prašau, kad atsiprašytų.", None),
    ),
    (
        "Užvakar kreipiausi į savivaldybę dėl pažymos ir man atsisakė ją išduoti be jokio paaiškinimo.",
        *(COMPLAINT, None, "2026-11-19", None, None),
    ),
    (
        "Senųjų Trakų seniūnijoje jau antras mėnuo šalta. Ona Petraitė, ona.petraite@example.lt",
        *(NOTICE, "senuju-traku-seniunija", "jau antras mėnuo", None, ONA),
    ),
    ("Mokykloje nemandagiai bendravo sekretorė. Mano telefonas 861234567.", NOTICE, None, None, None, TELEPHONE),
    (
        "Nenoriu sakyti vardo, bet Lentvario seniūnijoje darbuotoja šaiposi iš senų žmonių.",
        *(NOTICE, "lentvario-seniunija", None, None, ReplyTo(wanted=False)),
    ),
    (
        "Šiandien Trakų bibliotekoje darbuotoja mane išvadino kvailiu",
        *(NOTICE, "traku-biblioteka", "2026-11-21", None, None),
    ),
    ("2026-11-02 pateikiau prašymą, iki šiol negavau jokio atsakymo.", COMPLAINT, None, "2026-11-02", None, None),
    (
        "vakar lentvario seniunijoje darbuotoja nemandagiai kalbejo su manimi",
        *(NOTICE, "lentvario-seniunija", "2026-11-20", None, None),
    ),
    (
        "Prašau išduoti pažymą apie mano vaiko lankomą darželį.",
        *(REQUEST, None, None, "Prašau išduoti pažymą apie mano vaiko lankomą darželį.", None),
    ),
    ("Labai ačiū Trakų lopšelio-darželio „Ežerėlis“ auklėtojoms!", NOTICE, "ld-ezerelis", None, None, None),
    ("Rytoj einu į savivaldybę skųstis, nes man niekas nepadeda.", COMPLAINT, None, None, None, None),
    (
        "Onuškio vaikų darželyje spalio mėnesį neveikė šildymas, reikalauju kompensacijos.",
        *(COMPLAINT, "onuskio-darzelis", "spalio mėnesį", "reikalauju kompensacijos.", None),
    ),
    (
        "Autobusas šiandien nepaėmė vaiko; skambinkite +370 612 34567 po 17 val.",
        *(NOTICE, None, "2026-11-21", None, TELEPHONE),
    ),
    (
        "Sausio 5 d. prašiau Trakų seniūnijos nuvalyti kelią. Nieko nepadarė. Atsakyti galite ona.petraite@example.lt",
        *(NOTICE, "traku-seniunija", "2026-01-05", None, ReplyTo(email="ona.petraite@example.lt")),
    ),
]


@pytest.mark.parametrize(("text", "expected"), [(text, tuple(expected)) for text, *expected in STORIES])
def test_a_story_fills_in_what_it_says(text: str, expected: Expected) -> None:
    kind, place, when, outcome, reply = expected
    told = read(text)
    assert told.kind is kind
    assert told.place == (None if place is None else Place(id=place, found=True))
    if when is None:
        assert told.when is None
    else:
        assert told.when is not None
        assert when in {told.when.day and told.when.day.isoformat(), told.when.text}
        assert told.when.found
    assert told.outcome == outcome
    assert told.reply == reply


@pytest.mark.parametrize("text", [story[0] for story in STORIES])
def test_a_story_is_kept_in_its_own_words_without_contacts(text: str) -> None:
    story = read(text).story
    assert story
    assert "@" not in story
    assert "34567" not in story
    assert story.replace(f"[{HIDDEN}]", "+370 612 34567") in text


@pytest.mark.parametrize("text", [story[0] for story in STORIES])
def test_what_tells_something_is_a_story(text: str) -> None:
    assert tells_a_story(text)


@pytest.mark.parametrize(
    "text",
    ["noriu pasiskųsti", "Laba diena, noriu pateikti skundą savivaldybei", "skundas", "kaip pateikti skundą?", ""],
)
def test_a_wish_to_complain_is_no_story(text: str) -> None:
    assert not tells_a_story(text)


def test_what_was_answered_before_is_kept() -> None:
    answered = draft(
        place=Place(text="kita įstaiga"),
        when=When(text="pernai"),
        outcome="",
        reply=ReplyTo(wanted=False),
        principle=PRINCIPLES[0],
    )
    told = read("Vakar Lentvario seniūnijoje nemandagiai kalbėjo, noriu atsiprašymo. ona@example.lt", answered)
    assert (told.place, told.when, told.outcome, told.reply, told.principle) == (
        answered.place,
        answered.when,
        "",
        answered.reply,
        PRINCIPLES[0],
    )


def test_a_suggestion_stays_one_whatever_its_words_say() -> None:
    told = read("Skundžiuosi, kad pažeistos mano teisės gauti suoliuką.", draft(kind=CaseKind.SUGGESTION))
    assert told.kind is CaseKind.SUGGESTION


def test_an_address_that_may_be_mistyped_is_left_to_be_asked() -> None:
    assert read("Auklėtoja šaukė ant vaiko. Rašykite ona@gmial.com").reply is None
    assert read("Auklėtoja šaukė ant vaiko. Skambinkite 8612345").reply is None


def test_who_gives_an_address_but_wants_no_answer_gets_none() -> None:
    reply = read("Auklėtoja šaukė ant vaiko. Atsakymo nereikia, ona@example.lt").reply
    assert reply == ReplyTo(email="ona@example.lt", wanted=False)


def test_the_principle_is_found_by_its_own_words() -> None:
    assert read("Seniūnijoje nemandagiai kalbėjo darbuotoja.").principle == POLITE
    assert read("Atskleidė konfidencialią informaciją apie mane kaimynui.").principle == PRINCIPLES[3]
    assert read("Gatvė nevaloma visą savaitę.").principle is None


@pytest.mark.parametrize(
    ("text", "story", "addressed"),
    [
        ("Auklėtoja šaukė. Rašykite ona@example.lt", "Auklėtoja šaukė.", "Rašykite ona@example.lt"),
        ("Auklėtoja šaukė.\nOna Petraitė\n861234567", "Auklėtoja šaukė.\nOna Petraitė", "861234567"),
        ("Ona, ona@example.lt. Auklėtoja šaukė.", "Auklėtoja šaukė.", "Ona, ona@example.lt."),
        ("Auklėtoja šaukė.", "Auklėtoja šaukė.", "Auklėtoja šaukė."),
        ("ona@example.lt", "ona@example.lt", "ona@example.lt"),
        (
            "Rašykite ona.petraite@example.lt! Auklėtoja šaukė. Telefonas 861234567",
            "Auklėtoja šaukė.",
            "Rašykite ona.petraite@example.lt! Telefonas 861234567",
        ),
    ],
)
def test_sentences_that_only_say_where_to_answer_are_no_part_of_the_story(
    text: str, story: str, addressed: str
) -> None:
    assert tuple(" ".join(part.split()) for part in apart(text)) == (" ".join(story.split()), addressed)


def test_a_long_sentence_with_an_address_stays_in_the_story_without_it() -> None:
    long = (
        "Vakar aš su savo vaiku nuėjau į darželį, kur auklėtoja pasakė, kad rašyčiau jai adresu aukletoja@example.lt, "
        "nors nieko neatsakė."
    )
    assert apart(long)[0] == long
    told = read(long)
    assert f"adresu [{HIDDEN}], nors" in (told.story or "")


def test_an_abbreviation_ends_no_sentence() -> None:
    assert apart("Auklėtoja šaukė. Mano tel. 861234567") == ("Auklėtoja šaukė.", "Mano tel. 861234567")


def test_an_institution_is_known_as_it_is_spoken() -> None:
    place = read("vakar lentvario seniunijoj darbuotoja nemandagiai kalbejo su manimi").place
    assert place == Place(id="lentvario-seniunija", found=True)


LONG_WISH = (
    "Kreipiausi į Trakų švietimo centrą ir niekas neatsakė, noriu gauti atsakymą raštu adresu ona@example.lt, labai "
    "laukiu, nes man labai reikia šito atsakymo kuo greičiau."
)


def test_a_wish_holds_no_contact() -> None:
    assert "@" not in (read(LONG_WISH).outcome or "")


@pytest.mark.parametrize(
    "text",
    [
        "Aukštadvario mokykloje-darželyje jau antras mėnuo šalta klasė.",
        "Trakuose ir Lentvaryje mokyklų valgyklose maistas šaltas.",
    ],
)
def test_an_institution_that_is_not_named_for_certain_is_asked(text: str) -> None:
    place = read(text).place
    assert place is None or place.id == "dm-gandriukas"


def test_institutions_of_the_place_are_offered() -> None:
    offered = [each.id for each in offered_places(SCENE.loaded, "Vakar Lentvario darželyje šaukė.", TODAY)]
    assert {"ld-silas", "ld-svajonele"} <= set(offered)
    assert 0 < len(offered) <= 5
    assert len(set(offered)) == len(offered)


def test_the_day_is_counted_from_today() -> None:
    told = understood(draft(), "Vakar šaukė auklėtoja.", SCENE.loaded, date(2027, 1, 1), hidden=HIDDEN)
    assert told.when == When(day=date(2026, 12, 31), text="Vakar", found=True)


def test_a_story_told_anew_replaces_the_old_one() -> None:
    told = read("Auklėtoja šaukė ant vaiko.", replace(draft(), story="Sena istorija."))
    assert told.story == "Auklėtoja šaukė ant vaiko."
