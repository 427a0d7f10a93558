"""The shipped catalogues, and small ones made for a test, with a short way to ask the answering modules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.core.catalogue import (
    Catalogue,
    Charter,
    Institution,
    MobileLibrary,
    Municipality,
    Provider,
    ReportChannels,
    Service,
    Source,
)
from bot.core.reply import Button, Card, Reply
from bot.services.answering.question import Answer, Question
from bot.services.answering.router import Answering
from bot.services.catalogues import LoadedCatalogue
from bot.services.packs import load_pack
from bot.services.texts import Texts
from bot.settings import PROJECT_ROOT

MUNICIPALITIES = ("alytus-r", "trakai", "varena")
CHECKED = date(2026, 11, 21)
# A Saturday.
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Vilnius"))
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Vilnius"))
TEXTS = Texts()
ANSWERING = Answering(TEXTS)


@cache
def shipped(municipality: str) -> LoadedCatalogue:
    """Return a shipped pack, read once for all tests."""
    catalogue = load_pack(PROJECT_ROOT / "nlu_data" / "municipalities" / municipality, CHECKED).catalogue
    assert catalogue is not None
    return LoadedCatalogue(catalogue, municipality)


SERVICE = Service(
    id="leidimas",
    title="Leidimas kirsti medį",
    description="Saugotinam medžiui nukirsti reikia leidimo.",
    life_event="aplinka",
    audience="medžio savininkai",
    provider=Provider(text="Savivaldybės administracija"),
    scope="bandymas",
    checked=CHECKED,
    sources=(Source("https://example.lt/leidimas"),),
)
INSTITUTION = Institution(
    id="seniunija",
    name="Girios seniūnija",
    kind="seniūnija",
    settlement="Giria",
    sources=(Source("https://example.lt/seniunija"),),
)
CHARTER = Charter(
    principles=("pagarba",), requests_to_residents=(), commitments=(), report_channels=ReportChannels(), sources=()
)
MUNICIPALITY = Municipality(
    id="bandymas", name="Girios rajono savivaldybė", website="https://giria.example.lt", charter=CHARTER
)


def small(
    *services: Service,
    institutions: tuple[Institution, ...] = (),
    municipality: Municipality = MUNICIPALITY,
    mobile_library: MobileLibrary | None = None,
) -> LoadedCatalogue:
    """Return a catalogue with just these entries."""
    catalogue = Catalogue(
        municipality=municipality, institutions=institutions, services=services, mobile_library=mobile_library
    )
    return LoadedCatalogue(catalogue, "small")


def ask(
    loaded: LoadedCatalogue | str, intent: str, text: str = "", *, now: datetime = NOON, **before: object
) -> Answer:
    """Return the answer to a message with this intent; `before` is what the conversation was about."""
    if isinstance(loaded, str):
        loaded = shipped(loaded)
    question = Question(text=text, intent=intent, loaded=loaded, local_now=now)
    return ANSWERING.answer(replace(question, **before))  # type: ignore[arg-type]


def press(loaded: LoadedCatalogue | str, intent: str, *, now: datetime = NOON, **chosen: str) -> Answer:
    """Return the answer to a pressed button that names `chosen`."""
    return ask(loaded, intent, f"/{intent}", now=now, chosen=chosen)


def card_of(answer: Answer) -> Card:
    """Return the card of the last reply."""
    card = answer.replies[-1].card
    assert card is not None, answer.replies[-1].text
    return card


def said(answer: Answer) -> str:
    """Return all that is said."""
    return "\n".join(reply.text for reply in answer.replies)


def titles(reply: Reply) -> list[str]:
    """Return the words on the buttons."""
    return [button.title for button in reply.buttons]


def buttons_of(answer: Answer) -> tuple[Button, ...]:
    """Return the buttons of the last reply."""
    return answer.replies[-1].buttons
