"""What the form of a case's page sends: registration number, access code, and what is to be done."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from urllib.parse import parse_qsl

from aiohttp import web

from bot.nlu.complaints.code import normalise_code
from bot.nlu.entities.entity import Reading
from bot.nlu.entities.registration import registration_numbers

_CONTENT_TYPE = "application/x-www-form-urlencoded"
_MAX_FIELDS = 8
_MAX_NUMBER_CHARACTERS = 64
_NO_CODE = "0000-0000-0000"
"""Never the code of a case: each holds a letter."""
_REPAIRED = str.maketrans("OIL", "011")


class Step(Enum):
    """What the resident wants: to look, to be asked about withdrawing, or to withdraw."""

    SHOW = "show"
    ASK = "withdraw"
    WITHDRAW = "withdraw_surely"


@dataclass(frozen=True, slots=True)
class Sent:
    """The form, with number and code in their one written form; what could not be read opens no case."""

    number: str
    code: str
    step: Step


async def read(request: web.Request) -> Sent:
    """Return what the form holds. Raises aiohttp's refusal of a body that is too large."""
    fields = _fields(await request.read()) if request.content_type == _CONTENT_TYPE else {}
    step = fields.get("step", "")
    return Sent(
        number=read_number(fields.get("number", "")),
        code=normalise_code(fields.get("code", "")) or _NO_CODE,
        step=Step(step) if step in {known.value for known in Step} else Step.SHOW,
    )


def read_number(typed: str) -> str:
    """Return the registration number, or for what is none a stand-in that no case has.

    The stand-in is looked up, counted and locked as any unknown number, so that nothing tells the two apart; it is a
    hash, for a resident may have typed the code here.
    """
    text = typed[:_MAX_NUMBER_CHARACTERS].upper()
    letters, year, rest = text.partition("2")
    # The repaired one first: read as typed, "TR-2026-00000I" is a number that ends before the letter.
    for read_as in (letters + year + rest.translate(_REPAIRED), text):
        found = next(registration_numbers(Reading(read_as)), None)
        if found is not None:
            return found.value
    return "?" + hashlib.sha256(text.encode(errors="replace")).hexdigest()[:31]


def _fields(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(errors="replace"), max_num_fields=_MAX_FIELDS))
    except ValueError:
        return {}
