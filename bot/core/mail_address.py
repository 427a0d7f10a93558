"""E-mail addresses: which may stand in an envelope, and how they are shown to others."""

from __future__ import annotations

import re

# RFC 5322 dot-atom. Quoted and non-ASCII local parts are refused: hardly a server here takes them.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_WRITTEN_SOMEWHERE = re.compile(r"""[^\s<>()\[\]"',:;@]+@[^\s<>()\[\]"',:;@]+""")

# RFC 5321 4.5.3.1: in octets; a path of 256 holds the angle brackets too.
_LONGEST_LOCAL_PART = 64
_LONGEST = 254


def ascii_address(address: str) -> str | None:
    """Return the address as it goes over the wire, its domain in ASCII; None for one that is malformed."""
    local_part, at, domain = address.rpartition("@")
    if not at or len(local_part) > _LONGEST_LOCAL_PART or not _LOCAL_PART.fullmatch(local_part):
        return None
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not all(_LABEL.fullmatch(label) for label in domain.split(".")):
        return None
    written = f"{local_part}@{domain}"
    return written if len(written) <= _LONGEST else None


def masked(address: str) -> str:
    """Return the address so that its owner knows it and others do not: "j…@pastas.lt"."""
    local_part, at, domain = address.rpartition("@")
    return f"{local_part[:1]}…{at}{domain}" if at else f"{address[:1]}…"


def masked_in(text: str) -> str:
    """Return the text with every address in it masked: servers repeat them in their answers."""
    return _WRITTEN_SOMEWHERE.sub(lambda found: masked(found[0]), text)
