"""Mails from templates: `bot/templates/mail/NAME.txt.j2` and `NAME.html.j2`.

The text begins with the line `Subject: …` and an empty one. The HTML extends `base.html.j2`, is escaped and is given
the rendered subject as `subject`; its footer wants `public_url`, the setting, empty for no link.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateSyntaxError

from bot.services.texts import FILTERS

_FOLDER = Path(__file__).resolve().parent.parent / "templates" / "mail"
_SUBJECT = "Subject: "


@dataclass(frozen=True, slots=True, repr=False)
class RenderedMail:
    """A mail's three parts."""

    subject: str
    text: str
    html: str


class MailTemplates:
    """Renders mails; an unknown template or variable is an error, never an empty place."""

    def __init__(self, folder: Path = _FOLDER) -> None:
        self._loader = FileSystemLoader(folder)
        self._html = _environment(self._loader, autoescape=True)
        self._plain = _environment(self._loader, autoescape=False)
        self._parts: dict[str, tuple[Template, Template]] = {}

    def render(self, name: str, **values: object) -> RenderedMail:
        """Return the mail. Raises `jinja2.TemplateNotFound`, `TemplateSyntaxError` or `UndefinedError`.

        A value with line breaks stays in the subject, where `Mail` refuses it; it never becomes part of the text.
        """
        subject_template, text_template = self._text_parts(name)
        subject = subject_template.render(values).strip()
        text = text_template.render(values).strip() + "\n"
        html = self._html.get_template(f"{name}.html.j2").render({**values, "subject": subject})
        return RenderedMail(subject, text, html)

    def _text_parts(self, name: str) -> tuple[Template, Template]:
        if name not in self._parts:
            self._parts[name] = self._read_text_parts(f"{name}.txt.j2")
        return self._parts[name]

    def _read_text_parts(self, file: str) -> tuple[Template, Template]:
        source = self._loader.get_source(self._plain, file)[0]
        first, _, rest = source.partition("\n")
        if not first.startswith(_SUBJECT) or not rest.startswith("\n"):
            raise TemplateSyntaxError("expected 'Subject: …' and an empty line", lineno=1, name=file)
        return self._plain.from_string(first.removeprefix(_SUBJECT)), self._plain.from_string(rest)


def render(name: str, **values: object) -> RenderedMail:
    """Return a mail from the product's own templates."""
    return _own_templates().render(name, **values)


@cache
def _own_templates() -> MailTemplates:
    return MailTemplates()


def _environment(loader: FileSystemLoader, *, autoescape: bool) -> Environment:
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=autoescape,  # noqa: S701 - off for plain text only
    )
    environment.filters.update(FILTERS)
    return environment
