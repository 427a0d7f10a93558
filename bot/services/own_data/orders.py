"""The payloads of the buttons about own data, the same on every channel."""

from __future__ import annotations

import re

DELETE = "/delete_my_data"
ERASE = '/delete_my_data{"value":"yes"}'
KEEP = '/delete_my_data{"value":"no"}'
COPY = '/get_my_data{"value":"copy"}'
_VALUE = re.compile(r'/(?P<intent>get|delete)_my_data\{"value":\s?"(?P<value>[a-z]{1,8})"\}')


def value_of(payload: str) -> str | None:
    """Return what a pressed button about own data says: `yes`, `no` or `copy`; None for anything else."""
    found = _VALUE.fullmatch(payload)
    return None if found is None else found["value"]


def orders_erasure(text: str, payload: str | None) -> bool:
    """Tell whether a message is the button that confirms the deletion; clients of Rasa send it as their text."""
    return value_of(payload if payload is not None else text.strip()) == "yes"
