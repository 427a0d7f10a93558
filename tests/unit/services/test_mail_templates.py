"""Mails from templates: complete, escaped where they are HTML, and free of anything remote."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, UndefinedError, meta

from bot.services.mail import Mail, UnsendableMailError
from bot.services.mail_templates import MailTemplates, RenderedMail, render
from bot.services.texts import Texts

FOLDER = Path(__file__).parents[3] / "bot" / "templates" / "mail"
NAMES = sorted(path.name.removesuffix(".txt.j2") for path in FOLDER.glob("*.txt.j2"))
URL = "https://langelis.example.lt"
SCRIPT = '<script>alert("x")</script>'


class Tags(HTMLParser):
    """Collects the open tags and fails on one that is closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See parent class."""
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See parent class."""
        assert self.open.pop() == tag


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a letter and the product's layout."""
    (tmp_path / "base.html.j2").write_text((FOLDER / "base.html.j2").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "letter.txt.j2").write_text(
        "Subject: Prašymas „{{ title }}“\n\n"
        '{{ place | genitive }} atsakymo terminas: {{ 2 | counted("diena", "dienos", "dienų") }}.\n'
        "{% if note %}\n\nPastaba: {{ note }}\n{% endif %}\n",
        encoding="utf-8",
    )
    (tmp_path / "letter.html.j2").write_text(
        '{% extends "base.html.j2" %}\n{% block content %}<p>{{ title }}</p>{% endblock %}\n', encoding="utf-8"
    )
    return tmp_path


def letter(folder: Path, **values: object) -> RenderedMail:
    """Render the letter."""
    given = {"title": "Takas", "place": "Trakų rajono savivaldybė", "note": "", "public_url": "", **values}
    return MailTemplates(folder).render("letter", **given)


def all_values(name: str) -> dict[str, object]:
    """Return a value that wants escaping for every name that a mail's templates use."""
    environment = Environment(autoescape=True)
    environment.filters.update(dict.fromkeys(("genitive", "counted"), str))
    names: set[str] = set()
    for file in (f"{name}.txt.j2", f"{name}.html.j2", "base.html.j2"):
        names |= meta.find_undeclared_variables(environment.parse((FOLDER / file).read_text(encoding="utf-8")))
    return dict.fromkeys(names - {"subject"}, "Žirgų < 3 & „kiti“")


def test_the_first_line_is_the_subject_and_the_rest_is_the_text(folder: Path) -> None:
    mail = letter(folder, note="skubu")
    assert mail.subject == "Prašymas „Takas“"
    assert mail.text == "Trakų rajono savivaldybės atsakymo terminas: 2 dienos.\n\nPastaba: skubu\n"
    assert letter(folder).text == "Trakų rajono savivaldybės atsakymo terminas: 2 dienos.\n"


def test_html_is_escaped_and_text_is_not(folder: Path) -> None:
    mail = letter(folder, title=SCRIPT)
    assert "<script" not in mail.html
    assert mail.html.count("&lt;script&gt;") == 3
    assert mail.subject == f"Prašymas „{SCRIPT}“"


def test_a_value_with_line_breaks_cannot_leave_the_subject(folder: Path) -> None:
    mail = letter(folder, title="Takas\nBcc: visi@pastas.lt\n\nPervardytas tekstas")
    assert mail.text == letter(folder).text
    with pytest.raises(UnsendableMailError):
        Mail(to="jonas@pastas.lt", subject=mail.subject, text=mail.text, html=mail.html)


def test_an_address_for_links_is_written_only_when_there_is_one(folder: Path) -> None:
    assert "href" not in letter(folder).html
    assert f'<a href="{URL}"' in letter(folder, public_url=URL).html


def test_an_unknown_template_and_a_missing_value_are_errors(folder: Path) -> None:
    with pytest.raises(TemplateNotFound):
        MailTemplates(folder).render("bill")
    with pytest.raises(UndefinedError):
        MailTemplates(folder).render("letter", title="Takas")


@pytest.mark.parametrize("source", ["Laba diena", "Subject: Takas\nLaba diena", "\nSubject: Takas\n\nLaba diena"])
def test_a_text_without_a_subject_and_an_empty_line_is_refused(folder: Path, source: str) -> None:
    (folder / "letter.txt.j2").write_text(source, encoding="utf-8")
    with pytest.raises(TemplateSyntaxError, match="Subject"):
        letter(folder)


def test_a_rendered_mail_does_not_show_its_text_in_a_log(folder: Path) -> None:
    assert "Takas" not in repr(letter(folder))


def test_the_mails_are_no_phrases() -> None:
    assert NAMES
    assert not Texts().has("mail.test")


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_is_well_formed_lithuanian_html_without_anything_remote(name: str) -> None:
    tags = Tags(render(name, **all_values(name)).html)
    assert tags.open == []
    assert tags.seen[0] == ("html", {"lang": "lt"})
    assert not {tag for tag, _ in tags.seen} & {"img", "link", "script", "style", "iframe", "form", "object", "video"}
    attributes = [(key, value or "") for _, given in tags.seen for key, value in given.items()]
    assert not [key for key, _ in attributes if key in {"src", "background", "class", "id"} or key.startswith("on")]
    assert not [value for key, value in attributes if key == "style" and "url(" in value]


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_is_escaped_and_has_no_gaps(name: str) -> None:
    mail = render(name, **all_values(name))
    assert "Žirgų < 3" not in mail.html
    assert not re.search(r"[{}]|None|Undefined| [,.;:?!]|\n{3}", mail.text), mail.text
    assert mail.subject
    assert "\n" not in mail.subject


@pytest.mark.parametrize("name", NAMES)
def test_every_mail_reads_well_without_an_address_for_links(name: str) -> None:
    mail = render(name, **{**all_values(name), "public_url": ""})
    assert 'href=""' not in mail.html
    assert not re.search(r" [,.;:?!]|: *$|\n{3}", mail.text, re.MULTILINE), mail.text


def test_the_test_mail_says_what_it_is() -> None:
    mail = render("test", smtp_host="mail.trakai.lt", sent_at="2026-11-21 12:00", public_url=URL)
    assert mail.subject == "„Langelio“ bandomasis laiškas"
    assert "Laba diena," in mail.text
    for part in ("mail.trakai.lt", "2026-11-21 12:00", URL):
        assert part in mail.text
        assert part in mail.html
