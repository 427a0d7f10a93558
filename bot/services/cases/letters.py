"""Letters about cases: their templates (`bot/templates/mail/case`), their common values, their place in the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.case import TIMED_KINDS, Case
from bot.core.case_progress import Terms
from bot.core.catalogue import Catalogue, Municipality
from bot.core.clock import Clock, local
from bot.core.mail_address import ascii_address
from bot.services.catalogues import Catalogues
from bot.services.mail import KIND, Mail, mail_body
from bot.services.mail_templates import render
from bot.storage import outbox

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who takes in a municipality's cases; `email` is its quality mailbox, None where the pack names no address."""

    receiver: str
    email: str | None
    phones: tuple[str, ...]

    @property
    def contacts(self) -> str:
        """The address and the numbers on one line; empty when there are none."""
        return ", ".join((*((self.email,) if self.email else ()), *self.phones))


def office_of(municipality: Municipality) -> Office:
    """Return who takes in cases: as the charter says, else as the municipality's own contacts."""
    channels, settings = municipality.charter.report_channels, municipality.cases
    phone = (municipality.phone,) if municipality.phone else ()
    return Office(
        receiver=channels.receiver or municipality.name,
        email=channels.email or (settings.responsible_email if settings else None) or municipality.email,
        phones=channels.phones or phone,
    )


class Letters:
    """Puts letters into the outbox, within the session of whatever causes them.

    `public_url` is the setting: without it the letters have no links. An address to which nothing can be sent gets no
    letter, for a case must not fail over it; any other error is the caller's, whose transaction then leaves nothing.
    """

    def __init__(self, *, catalogues: Catalogues, clock: Clock, public_url: str) -> None:
        self._catalogues = catalogues
        self._clock = clock
        self._public_url = public_url

    def office(self, case: Case) -> Office:
        """Return who takes in the cases of the case's municipality. Raises `UnknownMunicipalityError`."""
        return office_of(self._catalogue(case).municipality)

    def link(self, path: str) -> str:
        """Return a link into this installation; empty when its address is not known."""
        return f"{self._public_url}{path}" if self._public_url else ""

    async def to_resident(
        self,
        session: AsyncSession,
        name: str,
        case: Case,
        terms: Terms,
        *,
        marks: Mapping[str, object] | None = None,
        **values: object,
    ) -> None:
        """Write to the resident, who may answer to the quality mailbox; without an e-mail address nothing happens.

        `marks` are added to the outbox row, beside the case's number, for whoever watches it leave.
        """
        address, office = case.filing.contact.email, self.office(case)
        if address:
            given = {**self._values(case, terms, office), **values}
            await self._post(session, name, case.number, address, given, reply_to=office.email, marks=marks)

    async def to_staff(
        self, session: AsyncSession, name: str, case: Case, terms: Terms, *addresses: str | None, **values: object
    ) -> None:
        """Write to officials, once to each address; None is passed over."""
        given = {**self._values(case, terms, self.office(case)), **values}
        for address in dict.fromkeys(filter(None, addresses)):
            await self._post(session, name, case.number, address, given)

    def _catalogue(self, case: Case) -> Catalogue:
        return self._catalogues.get(case.filing.municipality).catalogue

    def _values(self, case: Case, terms: Terms, office: Office) -> dict[str, object]:
        """Return what every letter may name."""
        subject, catalogue, received = case.filing.subject, self._catalogue(case), local(case.received_at)
        institution = catalogue.institution(subject.institution) if subject.institution else None
        service = catalogue.service(subject.service) if subject.service else None
        about = {
            "institution": institution.name if institution else subject.institution_text,
            "service": service.title if service else None,
            "happened": _happened(case.filing.happened_on, case.filing.happened_text),
        }
        return {
            **about,
            "about_known": any((*about.values(), subject.principle)),
            "case": case,
            "terms": terms,
            "timed": case.kind in TIMED_KINDS,
            "office": office,
            "received": f"{received:%Y-%m-%d %H:%M}",
            "received_day": received.date(),
            "charter_days": catalogue.municipality.charter.response_working_days,
            "public_url": self._public_url,
            "status_url": self.link("/case"),
        }

    async def _post(
        self,
        session: AsyncSession,
        name: str,
        number: str,
        to: str,
        values: Mapping[str, object],
        *,
        reply_to: str | None = None,
        marks: Mapping[str, object] | None = None,
    ) -> None:
        if ascii_address(to) is None:
            log.warning("case_letter_unaddressed", case=number, letter=name)
            return
        rendered = render(f"case/{name}", **values)
        if reply_to is not None and ascii_address(reply_to) is None:
            reply_to = None
        mail = Mail(to=to, subject=rendered.subject, text=rendered.text, html=rendered.html, reply_to=reply_to)
        # The number: whoever erases a case finds what was written about it, sent or not.
        await outbox.add(session, KIND, {**mail_body(mail), "case": number, **(marks or {})}, self._clock.now())


def _happened(on: date | None, text: str | None) -> str | None:
    """Return when it happened: the day, else in the resident's words."""
    return on.isoformat() if on else text
