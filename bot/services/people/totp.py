"""One-time codes of an authenticator app (RFC 6238): six digits, 30 s, one step either way."""

from __future__ import annotations

import hmac
import io
import re
from datetime import datetime

import pyotp
import segno

ISSUER = "Langelis"
_STEP_SECONDS = 30
_DRIFT_STEPS = 1
_CODE = re.compile(r"[0-9]{6}")


def new_secret() -> str:
    """Return a random secret of 160 bits, in base 32 as apps want it."""
    return pyotp.random_base32()


def enrolment_uri(secret: str, login: str) -> str:
    """Return what the QR code says: `otpauth://totp/…`."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def qr_svg(uri: str) -> bytes:
    """Return a picture of the address, dark on white with its quiet zone, also on a dark page."""
    picture = io.BytesIO()
    segno.make_qr(uri, error="m").save(
        picture, kind="svg", scale=6, border=4, light="#fff", svgclass=None, xmldecl=False
    )
    return picture.getvalue()


def read_code(typed: str) -> str | None:
    """Return the six digits of what was typed, spaces left out; None when it is no code."""
    code = "".join(typed.split())
    return code if _CODE.fullmatch(code) else None


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step whose code this is, one before or after the present one at most; None for a wrong code."""
    present = int(now.timestamp()) // _STEP_SECONDS
    generator = pyotp.TOTP(secret)
    found = None
    # All are compared, so that the time taken tells nothing.
    for step in range(present - _DRIFT_STEPS, present + _DRIFT_STEPS + 1):
        if hmac.compare_digest(generator.generate_otp(step), code):
            found = step
    return found
