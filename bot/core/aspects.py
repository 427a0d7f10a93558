"""What the catalogue holds for each aspect of a service, as lines taken from the pack word for word.

Nothing is worded here: headings and connecting words belong to the templates.  `blocks` keeps apart what a
card shows under different headings (steps and channels, cost and benefit); `lines` is the same in one run.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from bot.core.catalogue import NATIONAL_SCOPE, Catalogue, ChannelType, Institution, Service, ServiceChannel

Style = Literal["text", "list", "steps"]


class Aspect(Enum):
    """What is asked about a service; the value is the suffix of the intent `ask_service_<value>`."""

    GENERAL = "general"
    DOCUMENTS = "documents"
    DURATION = "duration"
    COST = "cost"
    HOW = "how"
    WHERE = "where"
    WHO = "who"
    ELIGIBILITY = "eligibility"
    RESULT = "result"
    DEADLINE = "deadline"
    LEGAL_BASIS = "legal_basis"
    FORM = "form"


class Part(Enum):
    """What the lines of one block are; a template chooses the heading by it."""

    DESCRIPTION = "description"
    NOTES = "notes"
    DOCUMENTS = "documents"
    DURATION = "duration"
    COST = "cost"
    BENEFIT = "benefit"
    STEPS = "steps"
    CHANNELS = "channels"
    ADDRESS = "address"
    PROVIDER = "provider"
    RESPONSIBLE = "responsible"
    CONTACT = "contact"
    AUDIENCE = "audience"
    ELIGIBILITY = "eligibility"
    CRITERIA = "criteria"
    RESULT = "result"
    DEADLINES = "deadlines"
    LEGAL_BASIS = "legal_basis"
    FORM_CHANNELS = "form_channels"
    FORM_STEPS = "form_steps"
    FORM_DOCUMENTS = "form_documents"


@dataclass(frozen=True, slots=True)
class AspectBlock:
    """Lines of one kind, never empty."""

    part: Part
    style: Style
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AspectLines:
    """All lines of an aspect; empty when the catalogue holds nothing."""

    style: Style
    lines: tuple[str, ...]


def blocks(service: Service, aspect: Aspect, catalogue: Catalogue) -> tuple[AspectBlock, ...]:
    """The catalogue's facts for the aspect, most direct first; empty when it holds none."""
    return tuple(_BUILDERS[aspect](service, catalogue.provider_of(service)))


def lines(service: Service, aspect: Aspect, catalogue: Catalogue) -> AspectLines:
    """The blocks of the aspect run together; steps stay `steps` only where nothing else follows them."""
    found = blocks(service, aspect, catalogue)
    every = tuple(line for block in found for line in block.lines)
    styles = {block.style for block in found}
    if not styles:
        return AspectLines("text", ())
    return AspectLines(styles.pop() if len(styles) == 1 else "list", every)


def held_aspects(service: Service, catalogue: Catalogue | None = None) -> tuple[Aspect, ...]:
    """The aspects for which there are facts; without a catalogue the provider's address does not count."""
    provider = catalogue.provider_of(service) if catalogue else None
    return tuple(aspect for aspect in Aspect if _BUILDERS[aspect](service, provider))


def is_national(service: Service) -> bool:
    """Whether the facts hold for the whole country and the municipality's own practice may differ."""
    return service.scope == NATIONAL_SCOPE


def dated_years(texts: Iterable[str]) -> tuple[int, ...]:
    """The years 2000–2099 to which the texts tie their figures, sorted; dates of legal acts do not count."""
    found = {int(year) for text in texts for year in _YEAR.findall(_LEGAL_ACT.sub(" ", text))}
    return tuple(sorted(found))


# "2020-04-09 sprendimas Nr. …", "2018 m. gruodžio 20 d. sprendimu Nr. …": the act's date, no figure.
_LEGAL_ACT = re.compile(
    r"20\d\d(?:-\d\d-\d\d|\s+m\.\s+\w+\s+\d+\s+d\.)\s+(?:\w+\s+){0,3}?(?:sprendim|įsakym|nutarim|potvark|Nr\.)\w*",
    re.IGNORECASE,
)
# A year counts where a month, "m.", "metais", a bracket or a range shows that it is one: "2000 Eur" is none.
_YEAR = re.compile(
    r"(?<![\d.,])(20\d\d)(?=-\d\d\b|\s*m\.|\s+met|\)|\s*[–/-]\s*20\d\d\s*(?:m\.|\s+met|\)))",
    re.IGNORECASE,
)
_FORM_WORD = re.compile(r"\bform(?:a|os|ą|oje|ų|as|omis)\b|\bprašym|\bparaišk|\banket|\bdeklaracij", re.IGNORECASE)
# Something is handed in: only then is an online address the way to a form, and not a page to read.
_HANDED_IN = re.compile(
    _FORM_WORD.pattern + r"|\bpranešim|\bregistr|\bužpild|\bpateik|\bišmok|\blicencij|\bskund|\bcharakteristik",
    re.IGNORECASE,
)
_ON_THE_SPOT = (ChannelType.IN_PERSON, ChannelType.PHONE)


def _block(part: Part, style: Style, texts: Iterable[str | None]) -> list[AspectBlock]:
    """One block of the texts that are there, each once; no block when none is."""
    present = tuple(dict.fromkeys(text for text in texts if text))
    return [AspectBlock(part, style, present)] if present else []


def _channel_line(channel: ServiceChannel) -> str:
    """A channel as one line: the place, its address on the web, the note in brackets."""
    line = channel.where
    if channel.url and channel.url not in line:
        line = f"{line}: {channel.url}"
    return f"{line} ({channel.note})" if channel.note else line


def _channels(service: Service, part: Part, types: Iterable[ChannelType]) -> list[AspectBlock]:
    wanted = tuple(types)
    return _block(part, "list", (_channel_line(c) for c in service.channels if c.type in wanted))


def _general(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.DESCRIPTION, "text", [service.description]) + _block(Part.NOTES, "list", service.notes)


def _documents(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.DOCUMENTS, "list", service.documents)


def _duration(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.DURATION, "text", [service.duration.text if service.duration else None])


def _cost(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    cost = _block(Part.COST, "text", [service.cost.text if service.cost else None])
    return cost + _block(Part.BENEFIT, "text", [service.benefit.text if service.benefit else None])


def _how(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.STEPS, "steps", service.steps) + _channels(service, Part.CHANNELS, ChannelType)


def _where(service: Service, provider: Institution | None) -> list[AspectBlock]:
    found = _channels(service, Part.CHANNELS, _ON_THE_SPOT)
    place = (provider.address or provider.settlement) if provider else None
    return found + _block(Part.ADDRESS, "text", [f"{provider.name}, {place}" if provider and place else None])


def _who(service: Service, provider: Institution | None) -> list[AspectBlock]:
    name = provider.name if provider else service.provider.text
    found = _block(Part.PROVIDER, "text", [name]) + _block(Part.RESPONSIBLE, "text", [service.responsible])
    return found + _block(Part.CONTACT, "list", _contacts(provider) if provider else ())


def _contacts(institution: Institution) -> tuple[str | None, ...]:
    phone = institution.phone
    if phone and institution.phone_note:
        phone = f"{phone} ({institution.phone_note.rstrip('.')})"
    return (phone, institution.email, institution.address, institution.website)


def _eligibility(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    found = _block(Part.AUDIENCE, "text", [service.audience])
    found += _block(Part.ELIGIBILITY, "list", service.eligibility)
    return found + _block(Part.CRITERIA, "list", service.criteria)


def _result(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.RESULT, "text", [service.result])


def _deadline(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.DEADLINES, "list", service.deadlines)


def _legal_basis(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    return _block(Part.LEGAL_BASIS, "list", service.legal_basis)


def _naming_a_form(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if _FORM_WORD.search(text)]


def _form(service: Service, _provider: Institution | None) -> list[AspectBlock]:
    said = (service.title, service.description, *service.documents, *service.steps)
    handed_in = any(_HANDED_IN.search(text) for text in said)
    online = [c for c in service.channels if handed_in and c.type is ChannelType.ONLINE and c.url]
    found = _block(Part.FORM_CHANNELS, "list", map(_channel_line, online))
    found += _block(Part.FORM_DOCUMENTS, "list", _naming_a_form(service.documents))
    return found + _block(Part.FORM_STEPS, "list", _naming_a_form(service.steps))


_BUILDERS: dict[Aspect, Callable[[Service, Institution | None], list[AspectBlock]]] = {
    Aspect.GENERAL: _general,
    Aspect.DOCUMENTS: _documents,
    Aspect.DURATION: _duration,
    Aspect.COST: _cost,
    Aspect.HOW: _how,
    Aspect.WHERE: _where,
    Aspect.WHO: _who,
    Aspect.ELIGIBILITY: _eligibility,
    Aspect.RESULT: _result,
    Aspect.DEADLINE: _deadline,
    Aspect.LEGAL_BASIS: _legal_basis,
    Aspect.FORM: _form,
}
