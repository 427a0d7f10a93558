"""What an answer means at each step of taking down a complaint; asks nothing itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from bot.core.case import CaseKind
from bot.nlu.complaints.contact import (
    Contact,
    ContactProblem,
    contact_in,
    does_not_know,
    wants_anonymous,
    wants_no_reply,
)
from bot.nlu.complaints.fields import field_named, wants_submit
from bot.nlu.complaints.question import is_question
from bot.nlu.complaints.when import Problem, when_in
from bot.nlu.lexicon import words
from bot.nlu.normalise import fold, tokens
from bot.nlu.yes_no import agreement
from bot.services.catalogues import LoadedCatalogue
from bot.services.filing.draft import Draft, Place, ReplyTo, Step, When
from bot.services.filing.story import named_places, principle_in, understood

ANSWER_INTENT = "case_answer"
"""The intent of the form's own buttons; its entities `field` and `value` say which answer was pressed."""
_PAYLOAD = re.compile(rf"/{ANSWER_INTENT}(\{{.*\}})")
_LEAVES = frozenset(
    {"cancel", "restart", "request_human", "emergency", "foreign_language", "withdraw_case", "delete_my_data"}
)
_AROUND = frozenset(
    {"help", "repeat", "bot_challenge", "ask_privacy", "complaint_status", "greet", "goodbye", "thanks"}
    | {"get_my_data"}
)
_NOT_OF_THE_FORM = frozenset({"draft", "terms"})
_LONGEST_ASIDE = 8
"""A message of more words is no mere "atšaukti"."""
_LONGEST_COURTESY = 4
_EDIT = re.compile(r"\b(?:(?:pa)?(?:tais|keis)\w*|redaguo\w*)\b")
_NOTHING = re.compile(r"nieko(?: (?:konkretaus|nereikia|nenoriu|tokio|ypatingo))?")
_ADD = re.compile(r"\b(?:papild\w*|prid(?:ur|e|ed)\w*|dar noriu pasakyti)\b")
_LONGEST_ANSWER = 500
_FEWEST_STORY_WORDS = 2
_ASKS_HOW = re.compile(r"(?:o |ir |bet )?(?:kaip|kada|kas|kur|kodel|kiek)\b")
_BESIDE_A_DAY = frozenset("ne tai o buvo nutiko ivyko diena d data ir".split())


class Ending(Enum):
    """How the form ends."""

    SUBMITTED = "submitted"
    PROBLEM = "problem"
    """It is a problem to be reported and no complaint."""
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message while a complaint is taken down; for a pressed button of the form `field` and `value`."""

    text: str
    intent: str
    field: str | None = None
    value: str | None = None
    offers_choice: bool = False
    """The bot's last words offered a choice of something else, of which this may pick one."""

    @property
    def is_button(self) -> bool:
        """Whether a button was pressed."""
        return self.text.startswith("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a message did: the draft after it, the phrase that says what is wrong with it, or that the form ends."""

    draft: Draft
    wrong: str | None = None
    values: Mapping[str, object] | None = None
    """What the phrase is rendered with."""
    ending: Ending | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when a message is heard."""

    loaded: LoadedCatalogue
    today: date
    hidden: str
    """Stands in the story where a contact stood."""


def button(field: str, value: str) -> str:
    """Return the payload of one of the form's buttons."""
    return f"/{ANSWER_INTENT}{json.dumps({'field': field, 'value': value}, ensure_ascii=False, separators=(',', ':'))}"


def pressed(text: str) -> tuple[str, str] | None:
    """Return field and value of a pressed button of the form, or None."""
    found = _PAYLOAD.fullmatch(text)
    if found is None:
        return None
    try:
        values = json.loads(found[1])
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    field, value = values.get("field"), values.get("value")
    return (field, value) if isinstance(field, str) and isinstance(value, str) else None


def is_aside(step: Step, heard: Heard, scene: Scene) -> bool:
    """Tell whether a message is no answer to what was asked but a question or wish of another kind."""
    if heard.is_button:
        return heard.field is None or heard.field in _NOT_OF_THE_FORM
    length = len(words(heard.text))
    if step is Step.STORY and heard.intent == "correct":
        # "Ai ne, aš apie darželį klausiau" tells no story.
        return True
    if heard.intent == "emergency" or (heard.intent in _LEAVES and length <= _LONGEST_ASIDE):
        return True
    if _is_plain_answer(step, heard.text, scene):
        return False
    if heard.intent == "choose_option":
        return heard.offers_choice
    return is_question(heard.text) or (heard.intent in _AROUND and length <= _LONGEST_COURTESY)


def _is_plain_answer(step: Step, text: str, scene: Scene) -> bool:
    """Tell whether a message is what was asked for, whatever intent the classifier sees in so few words."""
    if agreement(text) is not None or does_not_know(text):
        return True
    match step:
        case Step.INSTITUTION:
            return bool(named_places(scene.loaded, text, scene.today)) and not is_question(text)
        case Step.WHEN:
            return when_in(text, scene.today) is not None and not is_question(text)
        case Step.REPLY | Step.ADDRESS:
            declines = wants_anonymous(text) or wants_no_reply(text)
            return contact_in(text) is not None or (declines and not _ASKS_HOW.match(fold(text)))
        case Step.CONFIRM:
            if is_question(text) and not _wants_to_edit(text):
                return False
            return wants_submit(text) or field_named(text) is not None or _wants_to_edit(text) or _is_day(text, scene)
        case _:
            return False


def take(step: Step, draft: Draft, heard: Heard, scene: Scene) -> Taken:
    """Return what the answer to a step makes of the draft."""
    if heard.field is not None and heard.field != step.value:
        return _pressed_elsewhere(draft, heard, scene)
    return _STEPS[step](draft, heard, scene)


def _pressed_elsewhere(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    """A button of an earlier question: its answer is taken anew."""
    step = next((step for step in Step if step.value == heard.field), None)
    if step is None or step in {Step.CONFIRM, Step.PATH, Step.ADDRESS} or draft.editing is Step.ADDRESS:
        return Taken(draft=draft, wrong="stale_button")
    return _STEPS[step](draft, heard, scene)


def _answered(draft: Draft) -> Draft:
    return replace(draft, editing=None, adding=False)


def _story(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    if sum(character.isalpha() for character in heard.text) < 3 or heard.is_button:
        return Taken(draft=draft, wrong="story_without_words")
    if len([word for word in words(heard.text) if len(word) > 1]) < _FEWEST_STORY_WORDS:
        return Taken(draft=draft, wrong="story_too_short")
    if draft.adding and draft.story:
        added = understood(draft, heard.text, scene.loaded, scene.today, hidden=scene.hidden)
        return Taken(draft=_answered(replace(added, story=f"{draft.story}\n\n{added.story}", kind=draft.kind)))
    told = understood(draft, heard.text, scene.loaded, scene.today, hidden=scene.hidden)
    if heard.intent == "report_problem" and not draft.path_offered and draft.editing is None:
        return Taken(draft=replace(told, path_offered=True, editing=Step.PATH))
    return Taken(draft=_answered(told))


def _path(draft: Draft, heard: Heard, _scene: Scene) -> Taken:
    if heard.value == "problem" or heard.intent == "report_problem":
        return Taken(draft=draft, ending=Ending.PROBLEM)
    if heard.value == "complaint" or heard.intent == "file_complaint" or agreement(heard.text) is False:
        return Taken(draft=_answered(draft))
    if agreement(heard.text) is True:
        return Taken(draft=draft, ending=Ending.PROBLEM)
    return Taken(draft=draft, wrong="choose_path")


def _institution(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    if heard.value is not None:
        known = scene.loaded.catalogue.institution(heard.value)
        place = Place() if known is None else Place(id=known.id)
        return Taken(draft=_answered(replace(draft, place=place)))
    if does_not_know(heard.text) or agreement(heard.text) is False:
        return Taken(draft=_answered(replace(draft, place=Place())))
    named = named_places(scene.loaded, heard.text, scene.today)
    if len(named) == 1:
        return Taken(draft=_answered(replace(draft, place=Place(id=named[0]))))
    if not named and _is_day(heard.text, scene):
        # When it happened, told before it is asked; a day is no institution.
        return replace(_when(draft, heard, scene), wrong="institution_without_words")
    if not _says_something(heard.text) or agreement(heard.text) is True or _gives_contact(heard.text):
        return Taken(draft=draft, wrong="institution_without_words")
    return Taken(draft=_answered(replace(draft, place=Place(text=heard.text[:_LONGEST_ANSWER]))))


def _when(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    if heard.value == "unknown" or (heard.value is None and does_not_know(heard.text)):
        return Taken(draft=_answered(replace(draft, when=When())))
    text = heard.text if heard.value is None else heard.value
    told = when_in(text, scene.today)
    if told is not None and told.problem is not None:
        wrong = "when_impossible" if told.problem is Problem.IMPOSSIBLE else "when_future"
        return Taken(draft=draft, wrong=wrong, values={"said": told.text})
    if told is not None:
        return Taken(draft=_answered(replace(draft, when=When(day=told.day, text=told.text))))
    if not _says_something(text) or agreement(text) is True or contact_in(text) is not None:
        return Taken(draft=draft, wrong="when_without_words")
    return Taken(draft=_answered(replace(draft, when=When(text=text[:_LONGEST_ANSWER]))))


def _outcome(draft: Draft, heard: Heard, _scene: Scene) -> Taken:
    if heard.value == "none" or does_not_know(heard.text) or agreement(heard.text) is False:
        return Taken(draft=_answered(replace(draft, outcome="")))
    if _NOTHING.fullmatch(fold(heard.text).strip(" .!")):
        return Taken(draft=_answered(replace(draft, outcome="")))
    vain = heard.is_button or agreement(heard.text) is True or _gives_contact(heard.text)
    if vain or not _says_something(heard.text):
        return Taken(draft=draft, wrong="outcome_without_words")
    return Taken(draft=_answered(replace(draft, outcome=heard.text)))


def _reply(draft: Draft, heard: Heard, _scene: Scene) -> Taken:
    if heard.value in {"anonymous", "none"}:
        return Taken(draft=_answered(replace(draft, reply=ReplyTo(wanted=False))))
    contact = contact_in(heard.text)
    if contact is not None and contact.suggested is not None:
        reply = ReplyTo(name=contact.name, phone=contact.phone, wanted=not wants_no_reply(heard.text))
        return Taken(draft=replace(draft, reply=reply, suggested=contact.suggested, editing=Step.ADDRESS))
    if contact is not None and contact.problem is not None:
        return Taken(draft=draft, wrong=_WRONG_CONTACT[contact.problem], values={"said": contact.rejected})
    if contact is not None and (contact.email or contact.phone):
        return Taken(draft=_answered(replace(draft, reply=_reply_to(contact, heard.text))))
    if wants_anonymous(heard.text) or wants_no_reply(heard.text) or agreement(heard.text) is False:
        return Taken(draft=_answered(replace(draft, reply=ReplyTo(wanted=False))))
    return Taken(draft=draft, wrong="reply_without_contact")


def _reply_to(contact: Contact, text: str) -> ReplyTo:
    return ReplyTo(name=contact.name, email=contact.email, phone=contact.phone, wanted=not wants_no_reply(text))


def _address(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    """Answer whether the corrected address was meant."""
    before = draft.reply or ReplyTo()
    agreed = heard.value == "yes" or agreement(heard.text) is True
    asked_anew = replace(draft, reply=None, suggested=None, editing=Step.REPLY)
    if agreed:
        return Taken(draft=_answered(replace(draft, reply=replace(before, email=draft.suggested), suggested=None)))
    if heard.value == "no" or agreement(heard.text) is False:
        return Taken(draft=asked_anew)
    taken = _reply(asked_anew, heard, scene)
    given = taken.draft.reply
    if given is None or not (given.email or given.phone):
        return taken
    # Another address: what was said beside the mistyped one still holds.
    kept = replace(given, name=given.name or before.name, phone=given.phone or before.phone)
    return replace(taken, draft=replace(taken.draft, reply=replace(kept, wanted=kept.wanted and before.wanted)))


def _kind(draft: Draft, heard: Heard, _scene: Scene) -> Taken:
    known = {kind.value: kind for kind in CaseKind}
    if heard.value in known:
        return Taken(draft=_answered(replace(draft, kind=known[heard.value])))
    agreed = agreement(heard.text)
    said = fold(heard.text)
    typed = next((kind for stem, kind in _KIND_STEMS.items() if stem in said), None)
    if typed is not None and agreed is None and not heard.is_button:
        return Taken(draft=_answered(replace(draft, kind=typed)))
    if agreed is None:
        return Taken(draft=draft, wrong="choose_kind")
    # The question is whether somebody's rights are violated (VAĮ 2 str. 12 d.).
    return Taken(draft=_answered(replace(draft, kind=CaseKind.COMPLAINT if agreed else CaseKind.CHARTER_NOTICE)))


def _principle(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    principles = scene.loaded.catalogue.municipality.charter.principles
    if heard.value is not None and heard.value.isdecimal() and int(heard.value) < len(principles):
        return Taken(draft=_answered(replace(draft, principle=principles[int(heard.value)])))
    if heard.value == "none" or does_not_know(heard.text) or agreement(heard.text) is False:
        return Taken(draft=_answered(replace(draft, principle=None)))
    typed = None if heard.is_button else principle_in(heard.text, scene.loaded.catalogue)
    if typed is not None:
        return Taken(draft=_answered(replace(draft, principle=typed)))
    return Taken(draft=draft, wrong="choose_principle")


_KIND_STEMS = {
    "charti": CaseKind.CHARTER_NOTICE,
    "pranesim": CaseKind.CHARTER_NOTICE,
    "skund": CaseKind.COMPLAINT,
    "prasym": CaseKind.REQUEST,
}
_FIELDS = {
    "story": Step.STORY,
    "institution": Step.INSTITUTION,
    "when": Step.WHEN,
    "outcome": Step.OUTCOME,
    "reply": Step.REPLY,
    "kind": Step.KIND,
    "principle": Step.PRINCIPLE,
}


def _confirm(draft: Draft, heard: Heard, scene: Scene) -> Taken:
    if heard.value == "submit" or (heard.value is None and wants_submit(heard.text)):
        return Taken(draft=draft, ending=Ending.SUBMITTED)
    if heard.value is None and _is_day(heard.text, scene):
        # "Ne, lapkričio 21": another day than the summary says.
        return _when(draft, heard, scene)
    named = heard.value or field_named(heard.text)
    if heard.value is None and named in {None, "story"} and _ADD.search(fold(heard.text)):
        named = "story_more"
    if named == "edit" or (named is None and (agreement(heard.text) is False or _wants_to_edit(heard.text))):
        return Taken(draft=draft, wrong="edit_what")
    if named == "story_more":
        return Taken(draft=draft.edit(Step.STORY, adding=True))
    if named in _FIELDS:
        return Taken(draft=draft.edit(_FIELDS[named]))
    return Taken(draft=draft, wrong="confirm_how")


def _is_day(text: str, scene: Scene) -> bool:
    """Tell whether a message says a time and nothing else."""
    if is_question(text) or (told := when_in(text, scene.today)) is None:
        return False
    return set(tokens(fold(text))) - set(tokens(fold(told.text))) <= _BESIDE_A_DAY


def _gives_contact(text: str) -> bool:
    """Tell whether an address or a number stands where something else was asked for."""
    found = contact_in(text)
    return found is not None and bool(found.email or found.phone or found.problem)


def _wants_to_edit(text: str) -> bool:
    return _EDIT.search(fold(text)) is not None or _ADD.search(fold(text)) is not None


def _says_something(text: str) -> bool:
    return sum(character.isalpha() for character in text) > 2 and not text.startswith("/")


_WRONG_CONTACT: Mapping[ContactProblem, str] = {
    ContactProblem.EMAIL_WITHOUT_DOMAIN: "email_without_domain",
    ContactProblem.EMAIL_SPACES: "email_spaces",
    ContactProblem.EMAIL_MALFORMED: "email_malformed",
    ContactProblem.PHONE_TOO_SHORT: "phone_wrong",
    ContactProblem.PHONE_INVALID: "phone_wrong",
}
_STEPS: Mapping[Step, Callable[[Draft, Heard, Scene], Taken]] = {
    Step.STORY: _story,
    Step.PATH: _path,
    Step.INSTITUTION: _institution,
    Step.WHEN: _when,
    Step.OUTCOME: _outcome,
    Step.REPLY: _reply,
    Step.ADDRESS: _address,
    Step.KIND: _kind,
    Step.PRINCIPLE: _principle,
    Step.CONFIRM: _confirm,
}
