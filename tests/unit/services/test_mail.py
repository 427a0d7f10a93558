"""What a mail is: one recipient, one line of subject, headers that nobody can forge."""

from __future__ import annotations

import email
from datetime import datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.mail import KIND, Mail, UnsendableMailError, mail_body, mail_of, message_of
from bot.services.outbox import PermanentFailure

AT = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
SENDER = "langelis@trakai.lt"


def mail_to(
    to: str = "jonas@pastas.lt",
    subject: str = "Prašymas gautas",
    text: str = "Laba diena!\n",
    html: str | None = "<p>Laba diena!</p>",
    reply_to: str | None = None,
) -> Mail:
    """Return a mail."""
    return Mail(to=to, subject=subject, text=text, html=html, reply_to=reply_to)


def message(mail: Mail, number: int = 7, at: datetime = AT) -> EmailMessage:
    """Return the message as it is read on the other side."""
    raw = message_of(mail, sender=SENDER, number=number, at=at).as_bytes(policy=policy.SMTP)
    read = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def part(read: EmailMessage, kind: str) -> str:
    """Return the text of the part of a kind."""
    found = read.get_body((kind,))
    assert found is not None
    text = found.get_content()
    assert isinstance(text, str)
    return text


def test_a_mail_comes_back_from_its_outbox_row_as_it_was() -> None:
    assert KIND == "email"
    for mail in (mail_to(), mail_to(html=None, reply_to="rasa@trakai.lt")):
        assert mail_of(mail_body(mail)) == mail


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"to": "jonas@pastas.lt"},
        {"to": 7, "subject": "a", "text": "b", "html": None},
        {"to": "jonas", "subject": "a", "text": "b", "html": None},
    ],
)
def test_a_row_that_is_no_mail_is_given_up(body: dict[str, object]) -> None:
    with pytest.raises(PermanentFailure):
        mail_of(body)


@pytest.mark.parametrize("break_", ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\x00"])
def test_a_subject_or_an_address_with_a_line_break_is_refused(break_: str) -> None:
    with pytest.raises(UnsendableMailError):
        mail_to(subject=f"Labas{break_}Bcc: visi@pastas.lt")
    with pytest.raises(UnsendableMailError):
        mail_to(to=f"jonas@pastas.lt{break_}Bcc: visi@pastas.lt")
    with pytest.raises(UnsendableMailError):
        mail_to(reply_to=f"jonas@pastas.lt{break_}Bcc: visi@pastas.lt")


@pytest.mark.parametrize("subject", ["", "  ", "a" * 901, "\ud800"])
def test_a_subject_that_is_none_is_refused(subject: str) -> None:
    with pytest.raises(UnsendableMailError):
        mail_to(subject=subject)


def test_a_text_that_cannot_be_encoded_is_refused() -> None:
    with pytest.raises(UnsendableMailError):
        mail_to(text="a\ud800")
    with pytest.raises(UnsendableMailError):
        mail_to(html="a\ud800")


def test_what_is_refused_is_not_repeated_in_the_error() -> None:
    with pytest.raises(UnsendableMailError) as caught:
        mail_to(to="jonas jonaitis@pastas.lt")
    assert "jonas" not in str(caught.value)


def test_a_mail_does_not_show_itself_in_a_log() -> None:
    shown = repr(mail_to())
    assert "jonas" not in shown
    assert "Laba" not in shown


def test_text_and_html_are_alternatives_of_one_message_with_lithuanian_letters() -> None:
    read = message(mail_to(subject="Ąčęėįšųūž", text="ąčęėįšųūž „a“ – b\n", html="<p>ĄČĘĖĮŠŲŪŽ</p>"))
    assert read["Subject"] == "Ąčęėįšųūž"
    assert read.get_content_type() == "multipart/alternative"
    assert part(read, "plain").replace("\r\n", "\n") == "ąčęėįšųūž „a“ – b\n"
    assert part(read, "html").strip() == "<p>ĄČĘĖĮŠŲŪŽ</p>"


def test_a_mail_without_html_is_plain_text() -> None:
    assert message(mail_to(html=None)).get_content_type() == "text/plain"


def test_the_message_is_plain_ascii_on_the_wire() -> None:
    raw = message_of(mail_to(subject="Ąžuolas" * 40, text="ž" * 5000), sender=SENDER, number=1, at=AT)
    lines = raw.as_bytes(policy=policy.SMTP).split(b"\r\n")
    assert all(line.isascii() and len(line) <= 998 for line in lines)


def test_the_headers_name_sender_recipient_moment_and_that_a_machine_wrote() -> None:
    read = message(mail_to(reply_to="rasa@trakai.lt"))
    assert (read["From"], read["To"], read["Reply-To"]) == (SENDER, "jonas@pastas.lt", "rasa@trakai.lt")
    assert read["Date"].datetime == AT
    assert read["Auto-Submitted"] == "auto-generated"
    assert message(mail_to())["Reply-To"] is None


def test_a_lithuanian_domain_goes_over_the_wire_in_ascii() -> None:
    assert message(mail_to(to="info@šilutė.lt"))["To"] == "info@xn--ilut-yva35b.lt"


def test_a_second_copy_has_the_same_message_id_and_another_mail_has_not() -> None:
    first = message(mail_to())["Message-ID"]
    assert first == "<20261121100000000000.7.langelis@trakai.lt>"
    assert message(mail_to(), at=AT.astimezone(timezone(timedelta(hours=2))))["Message-ID"] == first
    assert message(mail_to(), number=8)["Message-ID"] != first
    assert message(mail_to(), at=AT + timedelta(microseconds=1))["Message-ID"] != first


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_accepted_makes_exactly_our_headers(subject: str, text: str) -> None:
    try:
        mail = mail_to(subject=subject, text=text)
    except UnsendableMailError:
        return
    read = message(mail)
    assert [key.lower() for key in read.keys()] == [  # noqa: SIM118 - a message repeats keys, a dict does not
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "auto-submitted",
        "mime-version",
        "content-type",
    ]
