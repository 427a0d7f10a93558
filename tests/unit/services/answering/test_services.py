"""Questions about services: one is answered, several are offered, a follow-up keeps the service."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.aspects import Aspect
from bot.core.catalogue import Cost
from tests.packs import (
    MUNICIPALITIES,
    SERVICE,
    TEXTS,
    ask,
    buttons_of,
    card_of,
    press,
    said,
    shipped,
    small,
    titles,
)

WHICH = TEXTS.render("service.which")
CHOOSE = TEXTS.render("service.choose")
NURSERY = "priemimas-i-darzeli"
# As like each other as services can be: only the resident knows which one is meant.
ALIKE = small(*(replace(SERVICE, id=f"medis-{place}", cost=Cost(f"{place} Eur")) for place in range(6)))
LIKE_ALL = "leidimas kirsti medį"


@pytest.mark.parametrize(
    ("municipality", "text", "intent", "service"),
    [
        ("trakai", "kokiu dokumentu reikia i darzeli", "ask_service_documents", "priemimas-i-darzeli"),
        ("trakai", "Kiek kainuoja meno mokykla?", "ask_service_cost", "meno-mokyklos-mokestis"),
        ("varena", "noriu deklaruoti gyvenamąją vietą", "ask_service", "gyvenamosios-vietos-deklaravimas"),
        ("varena", "LAIDOJIMO PAŠALPA", "ask_service", "laidojimo-pasalpa"),
    ],
)
def test_a_named_service_is_answered(municipality: str, text: str, intent: str, service: str) -> None:
    answer = ask(municipality, intent, text)
    assert answer.service == service
    found = shipped(municipality).catalogue.service(service)
    assert found is not None
    assert card_of(answer).title == found.title
    assert answer.institution == found.provider.institution


def test_several_that_fit_are_offered_at_most_four_with_the_asked_aspect() -> None:
    answer = ask(ALIKE, "ask_service_documents", LIKE_ALL)
    assert said(answer) == CHOOSE
    assert 2 <= len(buttons_of(answer)) <= 4
    assert len(answer.candidates) == len(buttons_of(answer))
    assert answer.service is None
    assert all(button.payload.startswith('/ask_service_documents{"service":') for button in buttons_of(answer))


def test_a_follow_up_keeps_the_service() -> None:
    for text, aspect in (("o kiek kainuoja?", Aspect.COST), ("o kur?", Aspect.WHERE), ("kas atsakingas", Aspect.WHO)):
        answer = ask("trakai", f"ask_service_{aspect.value}", text, service=NURSERY)
        assert answer.service == NURSERY
        assert card_of(answer).sections[0].asked


def test_a_follow_up_of_one_unknown_word_keeps_the_service() -> None:
    assert ask("trakai", "ask_service_cost", "o kiek ten eurų, ane?", service=NURSERY).service == NURSERY


def test_a_new_service_named_later_is_taken_instead_of_the_former() -> None:
    answer = ask("trakai", "ask_service_cost", "o kiek kainuoja meno mokykla?", service=NURSERY)
    assert answer.service == "meno-mokyklos-mokestis"


def test_a_follow_up_before_a_choice_offers_the_same_services_with_the_new_aspect() -> None:
    first = ask(ALIKE, "ask_service_documents", LIKE_ALL)
    again = ask(ALIKE, "ask_service_cost", "o kiek kainuoja?", candidates=first.candidates, service="medis-5")
    assert again.candidates == first.candidates
    assert [button.payload.partition("{")[0] for button in buttons_of(again)] == ["/ask_service_cost"] * len(
        first.candidates
    )


def test_a_follow_up_after_a_choice_keeps_the_chosen_service() -> None:
    first = ask(ALIKE, "ask_service_documents", LIKE_ALL)
    chosen = press(ALIKE, "ask_service_documents", service=first.candidates[1])
    assert chosen.service == first.candidates[1]
    assert chosen.candidates == ()
    after = ask(ALIKE, "ask_service_cost", "o kiek kainuoja?", service=chosen.service, candidates=chosen.candidates)
    assert after.service == first.candidates[1]
    assert card_of(after).sections[0].lines == (f"{first.candidates[1][-1]} Eur",)


def test_an_aspect_without_any_service_asks_which_and_leads_on() -> None:
    answer = ask("trakai", "ask_service_cost", "kiek kainuoja?")
    assert said(answer) == WHICH
    assert [button.payload for button in buttons_of(answer)] == ["/list_services", "/ask_contacts", "/request_human"]


def test_services_that_are_no_longer_in_the_catalogue_are_forgotten() -> None:
    assert said(ask("trakai", "ask_service_cost", "o kiek kainuoja?", service="panaikinta")) == WHICH
    assert said(ask("trakai", "ask_service_cost", "o kiek kainuoja?", candidates=("panaikinta",))) == WHICH
    assert said(press("trakai", "ask_service_cost", service="panaikinta")) == WHICH


def test_a_pressed_button_is_never_searched_for_as_words() -> None:
    service = replace(SERVICE, title="ask service cost")
    assert said(press(small(service), "ask_service_cost")) == WHICH


def test_what_the_catalogue_does_not_hold_is_not_guessed() -> None:
    answer = ask("trakai", "ask_service", "kaip gauti leidimą laikyti krokodilą baseine")
    assert not answer.understood
    assert said(answer) == TEXTS.render("fallback.not_understood")


def test_a_message_without_known_intent_is_answered_when_it_plainly_names_a_service() -> None:
    title = "Mokestis už mokslą Trakų meno mokykloje"
    assert ask("trakai", "nlu_fallback", title).service == "meno-mokyklos-mokestis"
    assert ask("trakai", "out_of_scope", title).service == "meno-mokyklos-mokestis"
    assert not ask("trakai", "nlu_fallback", "asdf qwerty zxcv").understood


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_choice_can_be_pressed(municipality: str) -> None:
    for text in ("pašalpa", "mokykla", "leidimas", "pažyma", "biblioteka", "darželis", "registracija"):
        answer = ask(municipality, "ask_service", text)
        assert len(answer.candidates) <= 4
        for identifier in answer.candidates:
            assert press(municipality, "ask_service", service=identifier).service == identifier
        assert all(titles(reply) for reply in answer.replies)


def test_an_empty_catalogue_says_that_it_has_no_answer() -> None:
    answer = ask(small(), "ask_service_cost", "kiek kainuoja leidimas kirsti medį")
    assert not answer.understood
    assert buttons_of(answer)


def test_a_price_named_in_the_pack_is_the_price_answered() -> None:
    service = replace(SERVICE, cost=Cost("nemokamai", 0.0))
    answer = ask(small(service), "ask_service_cost", "kiek kainuoja leidimas kirsti medį?")
    assert card_of(answer).sections[0].lines == ("nemokamai",)
