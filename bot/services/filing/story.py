"""What a story says already, so that it is not asked again: institution, day, wish, contact, kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.core.case import CHARTER_KINDS, CaseKind
from bot.core.catalogue import Catalogue, Institution
from bot.nlu.complaints.contact import contact_in, wants_anonymous, wants_no_reply
from bot.nlu.complaints.kind import guess_kind
from bot.nlu.complaints.outcome import outcome_in
from bot.nlu.complaints.when import when_in
from bot.nlu.entities.contacts import emails, phones
from bot.nlu.entities.entity import Entity, Kind, Reading
from bot.nlu.lexicon import words
from bot.nlu.normalise import fold
from bot.services.catalogues import LoadedCatalogue
from bot.services.entities import find_entities, values_of
from bot.services.filing.draft import Draft, Place, ReplyTo, When

MOST_PLACES = 5
_FEWEST_WORDS = 4
# Folded beginnings of the words with which a resident begins and which tell nothing of what happened.
_BEGINNING = (
    *("skund", "pasiskus", "skust", "skuzd", "pateik", "parasy", "noriu", "norec", "norim", "reik", "galiu", "galit"),
    *("pretenzij", "kreip", "prasau", "prasom", "laba", "labas", "sveik", "dien", "vakar", "ryt", "cia", "jus", "jums"),
    *("pasiul", "siul", "padek", "dekoj", "turiu", "idej"),
    *("nusiskund", "uzregistr", "priim", "pradet", "pradek", "forma", "pranes", "savivaldyb", "del", "kaip", "kur"),
)
_HELD = "[{}]"
# After these a full stop ends no sentence: "mano tel. 861234567", "lapkričio 18 d. ryte".
_SENTENCE_END = re.compile(r"(?i:(?<!\btel)(?<!\bel)(?<!\bmob)(?<!\bnr)(?<!\b[dgmv])(?<!\bval)(?<!\bpvz))[.!?]+\s+|\n+")
# "Seniūnijoj", "mokykloj", "Trakuos": the locative as it is spoken.
_SPOKEN_LOCATIVE = re.compile(r"(?<=\w{4})j\b")
# "Atsakymą prašau siųsti …, Vardenis Pavardenis": a longer sentence tells more than an address.
_LONGEST_ADDRESS = 16
# "Lentvaryje mokyklų", "mokyklose": several are meant, not the one that the place happens to have.
_SEVERAL = re.compile(r"(?:mokykl|seniunij|gimnazij|bibliotek|darzel|skyri)(?:i?u|i?ose|i?uose|i?ams|oms)$")
# "Atsakymą prašau siųsti": around a name it is none; the letters with diacritics are any.
_ASKING_TO_ANSWER = re.compile(
    r"\b(?:atsak\w*|pra\w(?:au|ome|y\w{2}iau)|(?:at)?si\ws\w*|informuo\w*|lauk(?:iu|siu)|ra\wyk\w*|man)\b",
    re.IGNORECASE,
)


def tells_a_story(text: str) -> bool:
    """Tell whether a first message says what happened, and not only that somebody wants to complain."""
    telling = [word for word in words(text) if len(word) > 2 and not fold(word).startswith(_BEGINNING)]
    return len(telling) >= _FEWEST_WORDS


def understood(draft: Draft, text: str, loaded: LoadedCatalogue, today: date, *, hidden: str) -> Draft:
    """Return the draft with the story and all that it says; `hidden` stands where a contact stood in the story.

    What the resident answered before is kept.
    """
    account, addressed = apart(text)
    contact = contact_in(_ASKING_TO_ANSWER.sub(" ", addressed))
    filled = replace(draft, story=without_contact(account, hidden))
    if draft.kind in CHARTER_KINDS:
        filled = replace(filled, kind=CaseKind(_kind(text)))
    if draft.place is None and (places := named_places(loaded, text, today)):
        filled = replace(filled, place=Place(id=places[0], found=True) if len(places) == 1 else None)
    told = when_in(text, today)
    if draft.when is None and told is not None and told.problem is None:
        filled = replace(filled, when=When(day=told.day, text=told.text, found=True))
    if draft.outcome is None:
        wish = outcome_in(account)
        filled = replace(filled, outcome=None if wish is None else without_contact(wish, hidden))
    sure = contact is not None and contact.problem is None and contact.suggested is None
    if draft.reply is None and contact is not None and sure and (contact.email or contact.phone):
        reply = ReplyTo(name=contact.name, email=contact.email, phone=contact.phone, wanted=not wants_no_reply(text))
        filled = replace(filled, reply=reply)
    elif draft.reply is None and wants_anonymous(text):
        filled = replace(filled, reply=ReplyTo(wanted=False))
    return replace(filled, principle=draft.principle or principle_in(text, loaded.catalogue))


def apart(text: str) -> tuple[str, str]:
    """Return the story, and the short sentences that only say where to answer; either may be the whole.

    Contacts are kept in columns of their own, apart from the story (GDPR 5 str. 1 d. c p.).
    """
    spans = [(found.start, found.end) for found in _contacts(text)]
    told, addressed, begin = list[str](), list[str](), 0
    for end in (*(m.end() for m in _SENTENCE_END.finditer(text) if not _inside(m.start(), spans)), len(text)):
        sentence = text[begin:end]
        holds = any(begin <= start < end for start, _ in spans)
        (addressed if holds and len(words(sentence)) <= _LONGEST_ADDRESS else told).append(sentence)
        begin = end
    return "".join(told).strip() or text, "".join(addressed).strip() or text


def named_places(loaded: LoadedCatalogue, text: str, today: date) -> tuple[str, ...]:
    """Return the ids of the institutions that a text names for certain: no other is near the words that name one."""
    spoken = _SPOKEN_LOCATIVE.sub("je", text)
    found = find_entities(loaded, spoken, today)
    named = [entity for entity in found if entity.kind is Kind.INSTITUTION]
    return values_of([entity for entity in named if _only(loaded, entity, spoken)], Kind.INSTITUTION)


def _only(loaded: LoadedCatalogue, named: Entity, text: str) -> bool:
    if text[named.end : named.end + 1] == "-" or _SEVERAL.search(fold(named.text)):
        return False
    near = loaded.institutions.search(named.text)
    return bool(near) and near[0].id == named.value and (len(near) == 1 or near[1].score < near[0].score)


def offered_places(loaded: LoadedCatalogue, text: str, today: date) -> tuple[Institution, ...]:
    """Return the institutions to choose from: those that the story may name, then others in the places it names."""
    catalogue = loaded.catalogue
    likely = [*named_places(loaded, text, today), *(match.id for match in loaded.institutions.search(text))]
    near = _in_settlements(catalogue, values_of(find_entities(loaded, text, today), Kind.SETTLEMENT))
    found = [catalogue.institution(each) for each in dict.fromkeys([*likely, *near])]
    return tuple(institution for institution in found if institution is not None)[:MOST_PLACES]


def principle_in(text: str, catalogue: Catalogue) -> str | None:
    """Return the charter's principle whose own words the story uses ("nemandagiai": "Mandagus … bendravimas")."""
    told = {stem for word in words(text) if (stem := _stem(word))}
    best, most = None, 0
    for principle in catalogue.municipality.charter.principles:
        shared = len({stem for word in words(principle) if (stem := _stem(word))} & told)
        if shared > most:
            best, most = principle, shared
    return best


def _stem(word: str) -> str:
    folded = fold(word)
    if folded.startswith("ne") and len(folded) > 8:
        folded = folded.removeprefix("ne")
    return folded[:6] if len(folded) >= 6 else ""


def _kind(text: str) -> str:
    kind = guess_kind(text)
    # Who came to complain suggests or praises nothing, whatever words are used.
    return kind if kind in {"complaint", "charter_notice", "request"} else CaseKind.CHARTER_NOTICE.value


def _in_settlements(catalogue: Catalogue, settlements: Iterable[str]) -> tuple[str, ...]:
    named = {fold(settlement) for settlement in settlements}
    return tuple(
        institution.id
        for institution in catalogue.institutions
        if institution.settlement and fold(institution.settlement) in named
    )


def _contacts(text: str) -> tuple[Entity, ...]:
    reading = Reading(text)
    return (*emails(reading), *phones(reading))


def _inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def without_contact(text: str, hidden: str) -> str:
    """Return a text with `hidden` in the place of every e-mail address and telephone number."""
    kept, parts = 0, list[str]()
    for start, end in sorted((found.start, found.end) for found in _contacts(text)):
        parts += text[kept:start], _HELD.format(hidden)
        kept = end
    return re.sub(r"[ \t]{2,}", " ", "".join((*parts, text[kept:]))).strip()
