"""Reads what the console sends: JSON of a known shape, or the fields of a form."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec
from aiohttp import web

from channels.web.operator.refusals import Refused
from channels.web.protocol import read_json

Body = TypeVar("Body")
_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 8


async def read_body(request: web.Request, shape: type[Body]) -> Body:
    """Return the body. Raises `Refused` or `RefusedMessageError` when it is no JSON of this shape."""
    # No form of a foreign page can send this type without asking first.
    if request.content_type != "application/json":
        raise Refused("bad_request")
    try:
        return msgspec.convert(read_json(await request.read()), shape)
    except msgspec.ValidationError as error:
        raise Refused("bad_request") from error


async def read_form(request: web.Request) -> dict[str, str]:
    """Return the fields of a form, none of what is no form."""
    if request.content_type != _FORM:
        return {}
    try:
        text = (await request.read()).decode(errors="replace")
        return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}
