"""One-time codes by the vectors of RFC 6238, with a clock that stands still."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import pytest

from bot.services.people.totp import enrolment_uri, matching_step, new_secret, qr_svg, read_code

# RFC 6238, appendix B, SHA-1: the last six of its eight digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


def at(seconds: float) -> datetime:
    """Return a moment by its Unix time."""
    return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert matching_step(SECRET, code, at(seconds)) == seconds // 30


@pytest.mark.parametrize(("late_seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_telephones_clock_may_be_wrong_by_one_step(late_seconds: int, taken: bool) -> None:
    found = matching_step(SECRET, "081804", at(1111111109 + late_seconds))
    assert found == (1111111109 // 30 if taken else None)


def test_another_secret_has_other_codes() -> None:
    other = base64.b32encode(b"09876543210987654321").decode()
    assert matching_step(other, "287082", at(59)) is None


def test_secrets_are_long_and_never_alike() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


@pytest.mark.parametrize(("typed", "code"), [("123456", "123456"), (" 123 456 ", "123456"), ("1 2 3 4 5 6", "123456")])
def test_spaces_in_a_code_are_forgiven(typed: str, code: str) -> None:
    assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_the_address_names_the_product_the_login_and_the_secret() -> None:
    uri = urlsplit(enrolment_uri(SECRET, "rima@trakai.lt"))
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Langelis:rima%40trakai.lt")
    assert parse_qs(uri.query) == {"secret": [SECRET], "issuer": ["Langelis"]}


def test_the_picture_is_dark_on_white_and_holds_no_script_or_style() -> None:
    picture = qr_svg(enrolment_uri(SECRET, "rima"))
    root = ET.fromstring(picture)  # noqa: S314 - our own picture
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert b"#fff" in picture
    assert b"script" not in picture
    assert b"style" not in picture
