"""One checked paragraph in each other language, with contacts that are named as what they are."""

from __future__ import annotations

import re

import pytest

from bot.core.reply import Asks
from bot.services.answering.foreign import FOREIGN_LANGUAGES, ForeignAnswers
from tests.packs import MUNICIPALITIES, MUNICIPALITY, TEXTS, shipped

ANSWERS = ForeignAnswers(TEXTS)
LITHUANIAN_ONLY = re.compile("[ėįųūąęčš]", re.IGNORECASE)


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
@pytest.mark.parametrize("language", FOREIGN_LANGUAGES)
def test_the_paragraph_has_the_contacts_the_offer_and_its_language(language: str, municipality: str) -> None:
    asked = shipped(municipality).catalogue.municipality
    reply = ANSWERS.paragraph(language, asked)
    for known in (asked.name, asked.phone, asked.email, asked.address, asked.website):
        assert known is None or known in reply.text
    assert "112" in reply.text
    assert reply.lang == language
    assert reply.asks is Asks.PERSON
    assert [button.payload for button in reply.buttons] == ["/request_human", "/ask_contacts"]


@pytest.mark.parametrize("language", FOREIGN_LANGUAGES)
def test_contacts_for_the_quality_of_services_are_named_as_such(language: str) -> None:
    asked = shipped("trakai").catalogue.municipality
    reply = ANSWERS.paragraph(language, asked)
    label = TEXTS.render(f"foreign.{language}.contact.quality_phone", value="").strip()
    assert asked.phone is None
    assert f"{label} {asked.charter.report_channels.phones[0]}" in reply.text
    assert label not in ANSWERS.paragraph(language, shipped("varena").catalogue.municipality).text


def test_a_municipality_without_contacts_still_has_its_website() -> None:
    assert MUNICIPALITY.website in ANSWERS.paragraph("en", MUNICIPALITY).text


@pytest.mark.parametrize("language", FOREIGN_LANGUAGES)
def test_an_unknown_municipality_is_asked_for_in_the_language(language: str) -> None:
    reply = ANSWERS.which_municipality(language, [MUNICIPALITY])
    assert reply.lang == language
    assert [button.title for button in reply.buttons] == [MUNICIPALITY.name]
    assert reply.buttons[0].payload.startswith("/foreign_language{")


@pytest.mark.parametrize("language", FOREIGN_LANGUAGES)
def test_danger_begins_with_112_and_suicide_has_the_support_line(language: str) -> None:
    assert "112" in ANSWERS.emergency(language, suicide=False).text.partition("\n")[0]
    suicide = ANSWERS.emergency(language, suicide=True).text
    assert "112" in suicide.partition("\n")[0]
    assert "116 123" in suicide


@pytest.mark.parametrize("language", FOREIGN_LANGUAGES)
def test_nothing_lithuanian_is_left_in_the_paragraphs(language: str) -> None:
    words = [TEXTS.render(f"foreign.{language}.{key}") for key in ("intro", "offer", "which_municipality", "emergency")]
    unlike = LITHUANIAN_ONLY if language != "pl" else re.compile("[ėįųūčš]", re.IGNORECASE)
    assert not unlike.search(" ".join(words))
