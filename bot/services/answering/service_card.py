"""The card of a service: the asked aspect first, then what it is, its source, its date and its warnings."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from bot.core.aspects import Aspect, AspectBlock, Part, blocks, dated_years, held_aspects, is_national
from bot.core.catalogue import Catalogue, Question, Service, Source
from bot.core.reply import Button, Card, Link, Section
from bot.nlu.normalise import fold
from bot.services.texts import Texts

_MAX_SOURCES = 3
_COMPLAINT = ("skund", "savivaldyb")
"""Stems of the title of the service that a complaint in the chat stands for."""
# The years in titles of legal acts date the act and not the figures.
_TIMELESS_PARTS = frozenset({Part.LEGAL_BASIS})


def service_card(
    texts: Texts,
    service: Service,
    aspect: Aspect,
    catalogue: Catalogue,
    year: int,
    *,
    neighbour: Service | None = None,
) -> Card:
    """Return the card of a service for the asked aspect; `year` is the present one.

    `neighbour` is the service that tells what this one does not.
    """
    held = blocks(service, aspect, catalogue)
    general = aspect is Aspect.GENERAL
    sections = [_section(texts, block, asked=not general) for block in held if block.part is not Part.DESCRIPTION]
    if not general:
        sections = sections or [_not_held(texts, service, aspect, catalogue, neighbour)]
        sections.append(Section((service.description,)))
    return _card(texts, service, tuple(sections), _warnings(texts, service, held, year), lead=general)


def faq_card(texts: Texts, service: Service, questions: tuple[Question, ...], year: int) -> Card:
    """Return the card with the service's answers to the given questions residents ask."""
    sections = tuple(Section((item.a,), heading=item.q, asked=True) for item in questions)
    warnings = _general_warnings(texts, service, tuple(item.a for item in questions), year)
    return _card(texts, service, sections, warnings, lead=False)


def lacks(service: Service, aspect: Aspect, catalogue: Catalogue) -> bool:
    """Tell whether the catalogue holds nothing about the asked aspect."""
    return aspect is not Aspect.GENERAL and not blocks(service, aspect, catalogue)


def aspect_buttons(texts: Texts, service: Service, catalogue: Catalogue, asked: Aspect | None) -> tuple[Button, ...]:
    """Return a button for each other aspect that the catalogue really holds, and for the answered questions."""
    buttons = [
        Button(_aspect_label(texts, service, aspect), payload(aspect, service))
        for aspect in held_aspects(service, catalogue)
        if aspect not in {asked, Aspect.GENERAL}
    ]
    if service.faq and asked is not None:
        buttons.append(Button(texts.render("service.faq_button"), payload(Aspect.GENERAL, service, topic="faq")))
    if all(word in fold(service.title) for word in _COMPLAINT):
        # Who asks how to complain can do it at once.
        buttons.insert(0, Button(texts.render("complaint.button.file"), "/file_complaint"))
    return tuple(buttons)


def _aspect_label(texts: Texts, service: Service, aspect: Aspect) -> str:
    # What the resident is paid is no price.
    if aspect is Aspect.COST and service.cost is None:
        return texts.render("service.part.benefit")
    return texts.render(f"service.aspect.{aspect.value}")


def payload(aspect: Aspect, service: Service, **more: str) -> str:
    """Return the button payload that asks for an aspect of a service."""
    intent = "ask_service" if aspect is Aspect.GENERAL else f"ask_service_{aspect.value}"
    return f"/{intent}{json.dumps({'service': service.id, **more}, ensure_ascii=False, separators=(',', ':'))}"


def _card(
    texts: Texts, service: Service, sections: tuple[Section, ...], warnings: tuple[str, ...], *, lead: bool
) -> Card:
    return Card(
        kind="service",
        title=service.title,
        lead=service.description if lead else None,
        sections=sections,
        warnings=warnings,
        links=source_links(texts, service.sources),
        checked=service.checked.isoformat(),
        checked_label=texts.render("service.checked", date=service.checked.isoformat()),
    )


def source_links(texts: Texts, sources: tuple[Source, ...]) -> tuple[Link, ...]:
    """Return the links to the first sources; where two lie on one site, their notes or numbers tell them apart."""
    shown = sources[:_MAX_SOURCES]
    hosts = [urlsplit(source.url).netloc.removeprefix("www.") for source in shown]
    links = []
    for place, (host, source) in enumerate(zip(hosts, shown, strict=True)):
        before = hosts[:place].count(host)
        note = source.note or (str(before + 1) if before else None)
        label = texts.render("service.source", host=host, note=note if hosts.count(host) > 1 else None)
        links.append(Link(label, source.url))
    return tuple(links)


def _section(texts: Texts, block: AspectBlock, *, asked: bool) -> Section:
    return Section(block.lines, texts.render(f"service.part.{block.part.value}"), block.style, asked)


def _not_held(
    texts: Texts, service: Service, aspect: Aspect, catalogue: Catalogue, neighbour: Service | None
) -> Section:
    lines = (
        (texts.render("service.held_by", service=neighbour),)
        if neighbour is not None
        else (
            texts.render("service.not_held"),
            texts.render("service.ask_provider", provider=_provider(texts, service, catalogue)),
        )
    )
    return Section(lines, texts.render(f"service.aspect.{aspect.value}"), asked=True)


def _provider(texts: Texts, service: Service, catalogue: Catalogue) -> str:
    """Return who provides the service with its most direct contact, else with the municipality's, named as such."""
    institution, municipality = catalogue.provider_of(service), catalogue.municipality
    name = (institution.name if institution is not None else service.provider.text) or municipality.name
    own = (institution.phone, institution.email, institution.website) if institution is not None else ()
    contact = next(filter(None, own), None)
    if contact is not None:
        return f"{name}, {contact}"
    of_municipality = municipality.phone or municipality.website
    return texts.render("service.provider_without_contact", name=name, contact=of_municipality)


def _warnings(texts: Texts, service: Service, held: tuple[AspectBlock, ...], year: int) -> tuple[str, ...]:
    lines = tuple(line for block in held if block.part not in _TIMELESS_PARTS for line in block.lines)
    return _general_warnings(texts, service, lines, year)


def _general_warnings(texts: Texts, service: Service, lines: tuple[str, ...], year: int) -> tuple[str, ...]:
    years = tuple(named for named in dated_years(lines) if named < year)
    warnings = [texts.render("service.national")] if is_national(service) else []
    if years:
        warnings.append(texts.render("service.dated", years=", ".join(map(str, years))))
    return tuple(warnings)
