"""Finds the service that a message is about: the search, weighed by the asked aspect."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.core.aspects import Aspect, blocks
from bot.core.catalogue import Service
from bot.nlu.aspects import detect_aspect, detect_aspects
from bot.nlu.entities.entity import Entity, Kind, Reading
from bot.nlu.intents import ASK_SERVICE, FALLBACK, OUT_OF_SCOPE
from bot.nlu.lexicon import content_words, greeting_words, words
from bot.nlu.normalise import fold, shortened
from bot.nlu.preference import prefer
from bot.nlu.reading import Part
from bot.nlu.resolver import ANSWER_AT, Match, Verdict, decide
from bot.nlu.stems import stem
from bot.services.catalogues import LoadedCatalogue

_PREFIX = "ask_service_"
_CANDIDATES = 5
_LONGEST_NAME = 120
_MAY_NAME_INSTITUTION = frozenset({ASK_SERVICE, OUT_OF_SCOPE, FALLBACK})
# Nearly every service has these in some way, so asking for them tells nothing.
_COMMON = frozenset({Aspect.GENERAL, Aspect.HOW, Aspect.WHERE, Aspect.WHO})
# What is taken off a price is no price.
_RELIEF = re.compile(r"lengvat|nuolaid|atleidim|kompens|parama|ismok")
# So much of a neighbour's title must be in the title of the service beside which it is named.
_SHARED_TITLE = 0.5


def asked_aspect(intent: str | None, text: str) -> Aspect:
    """Return the aspect that the intent names, else the one that the words name."""
    if intent is not None and intent.startswith(_PREFIX):
        return Aspect(intent.removeprefix(_PREFIX))
    return detect_aspect(shortened(text)) or Aspect.GENERAL


def only_institution(loaded: LoadedCatalogue, text: str, intent: str) -> str | None:
    """Return the id of the institution whose name is all that a message of no other clear intent says.

    None where a service is called so: it goes before.
    """
    if intent not in _MAY_NAME_INSTITUTION or len(text) > _LONGEST_NAME or loaded.named(text):
        return None
    found = [e for e in loaded.places.find(Reading(text)) if e.kind is Kind.INSTITUTION]
    if len(found) != 1:
        return None
    others = words(text[: found[0].start] + " " + text[found[0].end :])
    return found[0].value if greeting_words().issuperset(others) else None


def find_services(loaded: LoadedCatalogue, text: str, aspect: Aspect) -> tuple[Match, ...]:
    """Return at most five services that the message may mean, best first, with their chances."""
    text = shortened(text)
    matches = _named_first(_searched(loaded, text), loaded.named(text))
    if aspect in _COMMON:
        return matches
    return prefer(matches, {match.id for match in matches if aspect in loaded.held_aspects(match.id)})


def telling_text(loaded: LoadedCatalogue, part: Part) -> str:
    """Return the words that tell best what a question of a message is about: its own where they name one service.

    In the whole message the words of the other questions ("ir kiek kainuoja") would speak for their own services.
    """
    if part.alone is None:
        return part.text
    outcome = decide(find_services(loaded, part.alone, asked_aspect(part.intent, part.alone)))
    return part.alone if outcome.verdict is Verdict.ANSWER else part.text


def _searched(loaded: LoadedCatalogue, text: str) -> tuple[Match, ...]:
    """Search with the place and by the matter alone, and return what is found more surely.

    A settlement's name is rare, so beside it the matter may weigh too little: "kada veš šiukšles iš Senosios Varėnos".
    """
    settlements = [entity for entity in loaded.places.find(Reading(text)) if entity.kind is Kind.SETTLEMENT]
    matter = _without(text, settlements)
    if not settlements or not content_words(matter):
        return loaded.services.search(text, _CANDIDATES)
    whole, bare = loaded.services.search(text, _CANDIDATES), loaded.services.search(matter, _CANDIDATES)
    return bare if bare and (not whole or bare[0].score > whole[0].score) else whole


def _without(text: str, entities: Sequence[Entity]) -> str:
    for entity in reversed(entities):
        text = f"{text[: entity.start]} {text[entity.end :]}"
    return text


def _named_first(matches: tuple[Match, ...], named: Collection[str]) -> tuple[Match, ...]:
    """Return the matches with those whose very name the message is at the head, as likely as any other."""
    if not named:
        return matches
    chances = {match.id: match.score for match in matches}
    likely = max((ANSWER_AT, *chances.values()))
    chances |= dict.fromkeys(named, likely)
    whole = max(1.0, sum(chances.values()))
    ordered = sorted(chances, key=lambda found: (-chances[found], found not in named))
    return tuple(Match(found, chances[found] / whole) for found in ordered[:_CANDIDATES])


def neighbour_with(loaded: LoadedCatalogue, service: Service, aspect: Aspect) -> Service | None:
    """Return the service that is about just this aspect of the same matter: the fee for a kindergarten for its places.

    None where no name of another service says so, or where the aspect is one that nearly every service has.
    """
    if aspect in _COMMON or (aspect is Aspect.COST and _RELIEF.search(fold(service.title))):
        return None
    own = _telling_stems(service.title)
    for other in loaded.catalogue.services:
        title = _telling_stems(other.title)
        if other.id == service.id or len(title & own) < max(1, _SHARED_TITLE * len(title)):
            continue
        if _is_about(other, aspect, own) and blocks(other, aspect, loaded.catalogue):
            return other
    return None


def _is_about(service: Service, aspect: Aspect, matter: frozenset[str]) -> bool:
    """Tell whether a name of the service names the aspect and, besides, only words of the matter."""
    if aspect is Aspect.COST and service.cost is None:
        # What the resident is paid is no price.
        return False
    names = (name for name in (service.title, *service.aliases) if aspect in detect_aspects(name))
    return any(told and told <= matter for told in map(_telling_stems, names))


def _telling_stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, content_words(text)))
