"""Finds the service that a message is about: the search, weighed by the asked aspect."""

from __future__ import annotations

from bot.core.aspects import Aspect, held_aspects
from bot.nlu.aspects import detect_aspect
from bot.nlu.preference import prefer
from bot.nlu.resolver import Match
from bot.services.catalogues import LoadedCatalogue

_PREFIX = "ask_service_"
_CANDIDATES = 5
# Nearly every service has these in some way, so asking for them tells nothing.
_COMMON = frozenset({Aspect.GENERAL, Aspect.HOW, Aspect.WHERE, Aspect.WHO})


def asked_aspect(intent: str | None, text: str) -> Aspect:
    """Return the aspect that the intent names, else the one that the words name."""
    if intent is not None and intent.startswith(_PREFIX):
        return Aspect(intent.removeprefix(_PREFIX))
    return detect_aspect(text) or Aspect.GENERAL


def find_services(loaded: LoadedCatalogue, text: str, aspect: Aspect) -> tuple[Match, ...]:
    """Return at most five services that the message may mean, best first, with their chances."""
    matches = loaded.services.search(text, _CANDIDATES)
    if aspect in _COMMON:
        return matches
    catalogue = loaded.catalogue
    found = {match.id: catalogue.service(match.id) for match in matches}
    holding = {
        identifier
        for identifier, service in found.items()
        if service is not None and aspect in held_aspects(service, catalogue)
    }
    return prefer(matches, holding)
