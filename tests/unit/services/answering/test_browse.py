"""Browsing by life event, page by page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.reply import Button
from tests.packs import MUNICIPALITIES, SERVICE, TEXTS, ask, buttons_of, press, said, shipped, small

MORE = TEXTS.render("browse.more")


def chosen(button: Button) -> dict[str, str]:
    """Return what the button names."""
    found: dict[str, str] = json.loads(button.payload[button.payload.index("{") :])
    return found


def pages(municipality: str, named: dict[str, str] | None = None) -> list[Button]:
    """Return the buttons of all pages, pressing "more" as long as there is one."""
    found: list[Button] = []
    while True:
        buttons = buttons_of(ask(municipality, "list_services", "/list_services", chosen=named or {}))
        assert 0 < len(buttons) <= 9
        more = [button for button in buttons if button.title == MORE]
        found += [button for button in buttons if button.title != MORE]
        if not more:
            return found
        named = chosen(more[0])


@pytest.mark.parametrize("municipality", MUNICIPALITIES)
def test_all_life_events_can_be_reached_and_all_services_in_them(municipality: str) -> None:
    catalogue = shipped(municipality).catalogue
    events = pages(municipality)
    assert [chosen(button)["life_event"] for button in events] == list(catalogue.life_events())
    services = [chosen(button)["service"] for event in events for button in pages(municipality, chosen(event))]
    assert sorted(services) == sorted(service.id for service in catalogue.services)


def test_the_number_of_services_is_told_in_good_lithuanian() -> None:
    def named(count: int) -> str:
        services = (replace(SERVICE, id=f"s{number}") for number in range(count))
        return said(press(small(*services), "list_services")).partition(".")[0]

    assert named(1) == "Kataloge yra 1 paslauga"
    assert named(2) == "Kataloge yra 2 paslaugos"
    assert named(11) == "Kataloge yra 11 paslaugų"
    assert named(21) == "Kataloge yra 21 paslauga"


def test_an_event_is_found_whatever_its_case_and_marks() -> None:
    answer = press("varena", "list_services", life_event="VAIKO GIMIMAS")
    assert said(answer).startswith("Vaiko gimimas.")
    assert all(button.payload.startswith("/ask_service{") for button in buttons_of(answer))


def test_an_unknown_event_offers_the_list() -> None:
    answer = press("varena", "list_services", life_event="skrydis į Marsą")
    assert said(answer) == TEXTS.render("browse.unknown_event")
    assert buttons_of(answer)


@pytest.mark.parametrize("page", ["99", "-1", "", "²", "du", "0.5", "9" * 300])
def test_a_page_that_is_not_there_is_no_dead_end(page: str) -> None:
    assert buttons_of(press("varena", "list_services", page=page))
