"""The card of a service: the asked aspect first, only what the catalogue holds, always with its source and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.aspects import Aspect, held_aspects
from bot.core.catalogue import Benefit, Cost, Institution, Provider, Service, Source
from bot.core.catalogue import Question as Asked
from bot.nlu.aspects import detect_aspect
from bot.services.answering.service_card import source_links
from tests.packs import (
    INSTITUTION,
    MUNICIPALITIES,
    MUNICIPALITY,
    NOON,
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

NOT_HELD = TEXTS.render("service.not_held")
HUMAN = TEXTS.render("conversation.button.human")


def intent(aspect: Aspect) -> str:
    """Return the intent that asks for the aspect."""
    return "ask_service" if aspect is Aspect.GENERAL else f"ask_service_{aspect.value}"


def every_held_aspect() -> list[tuple[str, str, Aspect]]:
    """Return (municipality, service id, aspect) for everything that the shipped catalogues hold."""
    return [
        (name, service.id, aspect)
        for name in MUNICIPALITIES
        for service in shipped(name).catalogue.services
        for aspect in held_aspects(service, shipped(name).catalogue)
    ]


def test_the_asked_aspect_stands_first_and_the_description_last() -> None:
    service = replace(SERVICE, documents=("prašymas", "žemės sklypo planas"), cost=Cost("5 Eur", 5.0))
    card = card_of(press(small(service), "ask_service_documents", service=service.id))
    assert card.title == service.title
    assert card.sections[0].lines == ("prašymas", "žemės sklypo planas")
    assert card.sections[0].asked
    assert card.sections[-1].lines == (service.description,)
    assert "5 Eur" not in said(press(small(service), "ask_service_documents", service=service.id))


def test_a_general_question_is_led_by_the_description() -> None:
    service = replace(SERVICE, notes=("Vaismedžiams leidimo nereikia.",))
    card = card_of(press(small(service), "ask_service", service=service.id))
    assert card.lead == service.description
    assert [section.lines for section in card.sections] == [service.notes]


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_answer_about_every_service_names_source_and_date(municipality: str) -> None:
    for service in shipped(municipality).catalogue.services:
        for aspect in Aspect:
            card = card_of(press(municipality, intent(aspect), service=service.id))
            assert card.title == service.title
            assert card.links, service.id
            assert {link.url for link in card.links} <= {source.url for source in service.sources}
            assert card.checked == "2026-11-21"
            assert "2026-11-21" in (card.checked_label or "")


def test_the_plain_text_says_all_that_the_card_shows() -> None:
    for municipality, service, aspect in every_held_aspect():
        answer = press(municipality, intent(aspect), service=service)
        card = card_of(answer)
        for section in card.sections:
            assert all(line in said(answer) for line in section.lines)
        assert all(link.url in said(answer) for link in card.links)
        assert all(warning in said(answer) for warning in card.warnings)


def test_buttons_lead_only_to_aspects_that_the_catalogue_holds_and_never_to_the_shown_one() -> None:
    for municipality, identifier, aspect in every_held_aspect():
        service = shipped(municipality).catalogue.service(identifier)
        assert service is not None
        answer = press(municipality, intent(aspect), service=identifier)
        held = {intent(other) for other in held_aspects(service, shipped(municipality).catalogue)} - {intent(aspect)}
        asked = {button.payload.partition("{")[0].removeprefix("/") for button in buttons_of(answer)}
        # Who asks how to complain can do it at once.
        assert asked - {"ask_service", "file_complaint"} == held - {"ask_service"}
        assert ("file_complaint" in asked) == ("skund" in service.title and "savivaldyb" in service.title)
        assert NOT_HELD not in said(answer)


def test_a_service_without_questions_has_no_button_for_them() -> None:
    faq = TEXTS.render("service.faq_button")
    asked = replace(SERVICE, faq=(Asked("Ar reikia mokėti?", "Ne."),))
    assert faq not in titles(press(small(SERVICE), "ask_service", service=SERVICE.id).replies[0])
    assert faq in titles(press(small(asked), "ask_service", service=SERVICE.id).replies[0])


def test_a_benefit_is_not_called_a_price_on_its_button() -> None:
    paying = replace(SERVICE, benefit=Benefit("100 Eur", 100.0))
    labels = titles(press(small(paying), "ask_service", service=SERVICE.id).replies[0])
    assert TEXTS.render("service.part.benefit") in labels
    assert TEXTS.render("service.aspect.cost") not in labels


@pytest.mark.parametrize("aspect", [Aspect.COST, Aspect.DURATION, Aspect.DEADLINE, Aspect.LEGAL_BASIS])
def test_an_aspect_that_is_not_held_is_said_plainly_with_the_provider_and_a_person(aspect: Aspect) -> None:
    answer = press(small(SERVICE), intent(aspect), service=SERVICE.id)
    assert card_of(answer).sections[0].lines[0] == NOT_HELD
    assert "Savivaldybės administracija" in said(answer)
    assert MUNICIPALITY.website in said(answer)
    assert HUMAN in titles(answer.replies[0])


@pytest.mark.parametrize(
    ("provider", "shown"),
    [
        (replace(INSTITUTION, phone="+370 310 00000", email="giria@example.lt"), "Girios seniūnija, +370 310 00000"),
        (replace(INSTITUTION, email="giria@example.lt"), "Girios seniūnija, giria@example.lt"),
        (
            replace(INSTITUTION, website="https://seniunija.example.lt"),
            "Girios seniūnija, https://seniunija.example.lt",
        ),
        # Whose contact it is stands beside it: nobody of the eldership answers there.
        (INSTITUTION, "Girios seniūnija (įstaigos kontaktų kataloge nėra; savivaldybė – https://giria.example.lt)"),
    ],
)
def test_the_providers_most_direct_contact_is_given(provider: Institution, shown: str) -> None:
    service = replace(SERVICE, provider=Provider(institution=INSTITUTION.id))
    answer = press(small(service, institutions=(provider,)), "ask_service_cost", service=SERVICE.id)
    assert card_of(answer).sections[0].lines[1].endswith(shown)


def test_what_is_held_offers_no_person() -> None:
    service = replace(SERVICE, cost=Cost("5 Eur", 5.0))
    assert HUMAN not in titles(press(small(service), "ask_service_cost", service=SERVICE.id).replies[0])


def test_a_national_procedure_is_marked_as_such() -> None:
    warning = TEXTS.render("service.national")
    national = replace(SERVICE, scope="national")
    assert warning in card_of(press(small(national), "ask_service", service=SERVICE.id)).warnings
    assert card_of(press(small(SERVICE), "ask_service", service=SERVICE.id)).warnings == ()


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_national_service_of_the_packs_is_marked(municipality: str) -> None:
    for service in shipped(municipality).catalogue.services:
        warnings = card_of(press(municipality, "ask_service", service=service.id)).warnings
        assert (TEXTS.render("service.national") in warnings) == (service.scope == "national")


def test_figures_of_an_earlier_year_carry_their_year_as_a_warning() -> None:
    service = replace(SERVICE, cost=Cost("12 Eur (2018 m.)", 12.0), documents=("prašymas",))
    warnings = card_of(press(small(service), "ask_service_cost", service=SERVICE.id)).warnings
    assert warnings == (TEXTS.render("service.dated", years="2018"),)
    assert card_of(press(small(service), "ask_service_documents", service=SERVICE.id)).warnings == ()


def test_figures_of_this_year_need_no_warning_until_the_year_is_over() -> None:
    service = replace(SERVICE, cost=Cost("12 Eur (2026 m.)", 12.0))
    assert card_of(press(small(service), "ask_service_cost", service=SERVICE.id)).warnings == ()
    later = press(small(service), "ask_service_cost", now=NOON.replace(year=2027), service=SERVICE.id)
    assert "2026" in card_of(later).warnings[0]


def test_the_year_of_a_legal_act_dates_no_figures() -> None:
    service = replace(SERVICE, legal_basis=("Tarybos 2019 m. sprendimas (2019 m.)",))
    assert card_of(press(small(service), "ask_service_legal_basis", service=SERVICE.id)).warnings == ()


def test_two_sources_on_one_site_are_told_apart_by_their_notes() -> None:
    service = replace(
        SERVICE,
        sources=(
            Source("https://www.example.lt/a", "kainos"),
            Source("https://example.lt/b", "terminai"),
            Source("https://kitas.lt/c", "dokumentai"),
            Source("https://ketvirtas.lt/d"),
        ),
    )
    links = card_of(press(small(service), "ask_service", service=SERVICE.id)).links
    assert [link.label for link in links] == [
        "Šaltinis: example.lt (kainos)",
        "Šaltinis: example.lt (terminai)",
        "Šaltinis: kitas.lt",
    ]


def test_the_date_shown_is_the_services_own() -> None:
    service = replace(SERVICE, checked=date(2025, 1, 2))
    assert card_of(press(small(service), "ask_service", service=SERVICE.id)).checked_label == "Patikrinta 2025-01-02"


def test_a_question_that_the_catalogue_answers_word_for_word_is_answered_with_that_answer() -> None:
    for municipality in MUNICIPALITIES:
        for service in shipped(municipality).catalogue.services:
            for item in service.faq:
                answer = ask(municipality, "ask_service", item.q, chosen={"service": service.id})
                assert item.a in said(answer), (service.id, item.q)


def test_the_button_of_the_questions_shows_all_of_them() -> None:
    service = replace(SERVICE, faq=(Asked("Ar reikia mokėti?", "Ne."), Asked("Ar ilgai?", "Iki savaitės.")))
    card = card_of(press(small(service), "ask_service", service=SERVICE.id, topic="faq"))
    assert [(section.heading, section.lines) for section in card.sections] == [
        ("Ar reikia mokėti?", ("Ne.",)),
        ("Ar ilgai?", ("Iki savaitės.",)),
    ]


def test_the_words_for_an_aspect_name_that_aspect() -> None:
    # The asked aspect comes from the words where the intent names none.
    assert detect_aspect("kiek tai kainuoja") is Aspect.COST
    service = replace(SERVICE, cost=Cost("5 Eur", 5.0))
    card = card_of(ask(small(service), "ask_service", "kiek kainuoja leidimas kirsti medį"))
    assert card.sections[0].lines == ("5 Eur",)


def test_sources_of_one_site_are_told_apart_by_note_or_number() -> None:
    pages = (Source("https://kultura.lt/a"), Source("https://kultura.lt/b"), Source("https://kultura.lt/c", "kainos"))
    labels = [link.label.partition(": ")[2] for link in source_links(TEXTS, pages)]
    assert labels == ["kultura.lt", "kultura.lt (2)", "kultura.lt (kainos)"]


def test_a_service_that_does_not_tell_its_price_names_the_one_that_does() -> None:
    places = replace(SERVICE, id="vieta", title="Priėmimas į darželį")
    fee = replace(SERVICE, id="mokestis", title="Mokestis už darželį", cost=Cost("2 Eur", 2.0))
    answer = press(small(places, fee), "ask_service_cost", service="vieta")
    assert card_of(answer).sections[0].lines == (TEXTS.render("service.held_by", service=fee),)
    first = answer.replies[0].buttons[0]
    assert (first.title, first.payload) == ("Mokestis už darželį", '/ask_service_cost{"service":"mokestis"}')


@pytest.mark.parametrize(
    "other",
    [
        replace(SERVICE, id="kita", title="Mokestis už meno mokyklą", cost=Cost("2 Eur", 2.0)),
        replace(SERVICE, id="kita", title="Mokestis už darželį"),
        replace(SERVICE, id="kita", title="Mokestis už darželį", benefit=Benefit("2 Eur", 2.0)),
        replace(SERVICE, id="kita", title="Darželio lankymas vasarą", cost=Cost("2 Eur", 2.0)),
    ],
    ids=["of another matter", "without a price", "paid to the resident", "not about the price"],
)
def test_a_service_that_does_not_plainly_tell_the_price_is_no_neighbour(other: Service) -> None:
    places = replace(SERVICE, id="vieta", title="Priėmimas į darželį")
    answer = press(small(places, other), "ask_service_cost", service="vieta")
    assert card_of(answer).sections[0].lines[0] == NOT_HELD


def test_the_fee_is_no_answer_to_how_much_a_relief_from_it_is() -> None:
    relief = replace(SERVICE, id="lengvata", title="Lengvata mokant už darželį")
    fee = replace(SERVICE, id="mokestis", title="Mokestis už darželį", cost=Cost("2 Eur", 2.0))
    answer = press(small(relief, fee), "ask_service_cost", service="lengvata")
    assert card_of(answer).sections[0].lines[0] == NOT_HELD
