"""The problem map, and what is referred to the municipality: true contacts, nothing promised."""

from __future__ import annotations

import re

import pytest

from bot.services.answering.router import REFERRED
from tests.packs import MUNICIPALITIES, TEXTS, ask, buttons_of, card_of, said, shipped

# "We will answer", "an employee will call": what nobody has undertaken to do.
PROMISES = re.compile(
    r"\b(?:susisieks|paskambins|atsakys(?:ime)?|perduosi(?:u|me)|perdaviau|užregistravau|priėmiau|išspręs\w*|pasirūpins\w*"
    r"|ištrinsi(?:u|me)|informuosi(?:u|me)|sutvarkys\w*|nurodys|pasakys)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("matter", REFERRED)
@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_every_referral_has_title_lead_and_the_municipalitys_true_contacts(municipality: str, matter: str) -> None:
    answer = ask(municipality, matter, "žinutė")
    card, own = card_of(answer), shipped(municipality).catalogue.municipality
    assert card.title == TEXTS.render(f"referral.title.{matter}")
    assert card.lead
    known = (own.phone, own.email, *own.charter.report_channels.phones, own.charter.report_channels.email)
    numbers = re.findall(r"\+370[\d ]+\d", said(answer))
    addresses = re.findall(r"[\w.]+@[\w.]+\w", said(answer))
    assert numbers
    assert set(numbers) | set(addresses) <= set(known)
    assert own.address is not None
    assert own.address in said(answer)
    assert own.website in {link.url for link in card.links}
    assert [button.payload for button in buttons_of(answer)] == ["/list_services", "/ask_contacts"]
    assert answer.understood


@pytest.mark.parametrize("matter", REFERRED)
@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_no_referral_promises_anything(municipality: str, matter: str) -> None:
    assert PROMISES.search(said(ask(municipality, matter, "žinutė"))) is None


@pytest.mark.parametrize("matter", ["file_complaint", "rate_service"])
def test_complaints_and_ratings_get_the_charters_channels_and_term(matter: str) -> None:
    assert "ne vėliau kaip per 5 darbo dienas" in said(ask("trakai", matter))
    assert "Asmenų aptarnavimo kokybės vertinimo anketa" in said(ask("trakai", matter))
    assert TEXTS.render("charter.no_term") in said(ask("varena", matter))


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_who_reports_a_problem_is_told_of_112(municipality: str) -> None:
    assert "112" in card_of(ask(municipality, "report_problem", "duobė kelyje")).warnings[0]
    assert card_of(ask(municipality, "rate_service", "vertinu puikiai")).warnings == ()


def test_the_problem_map_is_offered_only_where_there_is_one() -> None:
    varena, trakai = ask("varena", "report_problem", "duobė"), ask("trakai", "report_problem", "duobė")
    assert "problemų žemėlapyje" in said(varena)
    assert "https://www.varena.lt" in {link.url for link in card_of(varena).links}
    assert "žemėlap" not in said(trakai)


def test_the_problem_map_is_described_whole() -> None:
    card = card_of(ask("varena", "ask_problem_map", "kaip veikia problemų žemėlapis"))
    found = shipped("varena").catalogue.problem_map
    assert found is not None
    assert card.title == found.name
    assert (card.lead or "").startswith("Paskirtis – greičiau sužinoti")
    steps, categories, examples, who = card.sections
    assert (steps.style, steps.lines) == ("steps", found.how)
    assert steps.asked
    assert categories.lines == found.categories
    assert examples.lines == ("duobės, netvarka, želdynai",)
    assert who.lines == ("Rajono gyventojai ir svečiai",)
    assert card.warnings == (found.categories_note,)
    assert card.links[0].url == found.url
    assert len(card.links) == 1 + len(found.sources)


@pytest.mark.parametrize("municipality", ["trakai", "alytus-r"])
def test_where_there_is_no_problem_map_the_way_to_report_is_told(municipality: str) -> None:
    answer = ask(municipality, "ask_problem_map", "kur problemų žemėlapis")
    assert "problemų žemėlapio nėra" in answer.replies[0].text
    assert card_of(answer).title == TEXTS.render("referral.title.report_problem")


@pytest.mark.parametrize("matter", ["file_complaint", "report_problem"])
@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_complaint_and_problem_cards_name_their_sources_each_once(municipality: str, matter: str) -> None:
    links = [link.url for link in card_of(ask(municipality, matter, "žinutė")).links]
    own = shipped(municipality).catalogue.municipality
    wanted = own.charter.sources if matter == "file_complaint" else own.sources
    assert {source.url for source in wanted[:3]} <= set(links)
    assert len(links) == len(set(links))
