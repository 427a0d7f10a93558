"""What a municipality's data pack holds: services, institutions, charter, mobile library, problem map.

The field names are those of the pack files (docs/data-packs.md), which follow the Lithuanian administrative
service description (VRM order 1V-644) and map to CPSV-AP; their order is that in which a pack is written.
Texts are Lithuanian, fit to be shown as they are unless a field says otherwise.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

NATIONAL_SCOPE = "national"


class ChannelType(Enum):
    """A way in which a service can be asked for."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read; `note` says which fact."""

    url: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChannel:
    """One way to ask for a service; `where` is a place, a number, an address or a site's name."""

    type: ChannelType
    where: str
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """What the resident pays; `amount_eur` only where the text is one plain sum."""

    text: str
    amount_eur: float | None = None


@dataclass(frozen=True, slots=True)
class Benefit:
    """What the resident is paid; `amount_eur` only where the text is one plain sum."""

    text: str
    amount_eur: float | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long the service takes: the words, and a number only where the words give one."""

    text: str
    working_days: int | None = None
    iso8601: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question residents ask about a service, with its answer."""

    q: str
    a: str


@dataclass(frozen=True, slots=True)
class Provider:
    """Who provides a service: an institution's id, or words where none fits (exactly one is set)."""

    institution: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service of the catalogue; `scope` is `national` or the municipality's id.

    `phrases` are how residents ask for it: searched like `aliases`, never shown.
    """

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    life_event: str
    description: str
    audience: str
    provider: Provider
    responsible: str | None = None
    scope: str
    steps: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    eligibility: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    result: str | None = None
    channels: tuple[ServiceChannel, ...] = ()
    deadlines: tuple[str, ...] = ()
    cost: Cost | None = None
    benefit: Benefit | None = None
    duration: Duration | None = None
    legal_basis: tuple[str, ...] = ()
    faq: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    service_code: str | None = None
    checked: date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A department, eldership, school or company; `other_contacts` are (label, value) pairs."""

    id: str
    name: str
    kind: str
    settlement: str | None = None
    address: str | None = None
    phone: str | None = None
    phone_note: str | None = None
    email: str | None = None
    website: str | None = None
    hours: str | None = None
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    facts: str | None = None
    note: str | None = None
    other_contacts: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChannels:
    """Where a resident reports that the charter was not kept."""

    phones: tuple[str, ...] = ()
    email: str | None = None
    in_person: str | None = None
    local: str | None = None
    form: str | None = None
    receiver: str | None = None
    problem_map: str | None = None
    mobile_library: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charter:
    """The citizens' charter; `approval_act` is the act's full name, `note` says what is only planned."""

    title: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    approval_act: str | None = None
    purpose: str | None = None
    principles: tuple[str, ...]
    requests_to_residents: tuple[str, ...]
    requests_note: str | None = None
    commitments: tuple[str, ...]
    preparation: tuple[str, ...] = ()
    report_channels: ReportChannels
    response_working_days: int | None = None
    note: str | None = None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityProject:
    """The project under which the municipality improved its service quality."""

    name: str
    code: str | None = None
    facts: tuple[str, ...] = ()
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which the municipality does not work, the first and the last included."""

    start: date
    end: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSettings:
    """How complaints are numbered and their days counted; without `office_hours` the municipality's `hours` hold.

    `prefix` is what stands before a case's number: "TR" in TR-2026-000123.
    """

    prefix: str
    office_hours: str | None = None
    closures: tuple[Closure, ...] = ()
    responsible_email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """The municipality itself: its contacts, the settings of its cases and its charter.

    `examples` are questions to begin with; `contacts_note` is for the keepers of the pack, not for residents.
    """

    id: str
    name: str
    website: str
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    hours: str | None = None
    contacts_note: str | None = None
    company_code: str | None = None
    aliases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    cases: CaseSettings | None = None
    charter: Charter
    quality_documents: tuple[str, ...] = ()
    quality_project: QualityProject | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A weekly stop of the mobile library: `weekday` as in timetable.WEEKDAYS, `time` as "9.30–11.00"."""

    settlement: str
    weekday: str
    time: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFigures:
    """What the mobile library was planned to reach, as counts."""

    villages: int | None = None
    registered_residents: int | None = None
    regular_readers: int | None = None
    collection_items: int | None = None
    visits_per_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MobileLibrary:
    """The library bus that also takes residents' requests; `schedule_note` says how old the timetable is."""

    description: str
    accepts: tuple[str, ...] = ()
    what_happens: str | None = None
    stops: tuple[Stop, ...]
    schedule_note: str | None = None
    free_services: tuple[str, ...] = ()
    paid_services: tuple[str, ...] = ()
    other_help: tuple[str, ...] = ()
    contact: str | None = None
    started: date | None = None
    started_note: str | None = None
    planned: PlannedFigures | None = None
    vehicle_cost_eur: float | None = None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemMap:
    """The municipality's own page or application for reporting street and environment problems."""

    name: str
    url: str
    purpose: str
    who: str | None = None
    how: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    categories_note: str | None = None
    examples: tuple[str, ...] = ()
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """One municipality's whole pack."""

    municipality: Municipality
    institutions: tuple[Institution, ...]
    services: tuple[Service, ...]
    mobile_library: MobileLibrary | None = None
    problem_map: ProblemMap | None = None

    def service(self, service_id: str) -> Service | None:
        """The service with this id; None when there is none."""
        return next((service for service in self.services if service.id == service_id), None)

    def institution(self, institution_id: str) -> Institution | None:
        """The institution with this id; None when there is none."""
        return next((found for found in self.institutions if found.id == institution_id), None)

    def provider_of(self, service: Service) -> Institution | None:
        """The institution that provides the service; None when the provider is given in words."""
        return self.institution(service.provider.institution) if service.provider.institution else None

    def life_events(self) -> dict[str, tuple[Service, ...]]:
        """Services by life event; events in the order in which the pack first names them."""
        events: dict[str, tuple[Service, ...]] = {}
        for service in self.services:
            events[service.life_event] = (*events.get(service.life_event, ()), service)
        return events
