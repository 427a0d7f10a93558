"""Each rule of a data pack, by the one fault that breaks it."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.pack_rules import Finding, RawPack, Severity, check_pack

TODAY = date(2026, 11, 21)
SOURCES = [{"url": "https://example.lt/paslauga", "note": "aprašymas"}]

# A pack is parsed YAML, so its values are of any type; that is what the rules are about.
Entry = dict[str, Any]


class Pack:
    """A right pack, to be broken in one place."""

    def __init__(self) -> None:
        self.municipality: Entry = {
            "id": "pavyzdys",
            "name": "Pavyzdžio savivaldybė",
            "website": "https://example.lt",
            "phone": "+370 528 55555",
            "hours": "I–V 8.00–17.00",
            "cases": {
                "prefix": "PVZ",
                "office_hours": "I–IV 8.00–17.00, V 8.00–15.45",
                "closures": [{"start": "2026-12-28", "end": "2026-12-28", "reason": "inventorizacija"}],
                "responsible_email": "skundai@example.lt",
            },
            "charter": {
                "principles": ["pagarba"],
                "requests_to_residents": [],
                "commitments": ["atsakyti"],
                "report_channels": {"phones": ["+370 528 55603"], "email": "chartija@example.lt"},
                "response_working_days": 5,
                "approved_on": "2021-10-11",
                "sources": deepcopy(SOURCES),
            },
        }
        self.institution: Entry = {
            "id": "skyrius",
            "name": "Skyrius",
            "kind": "skyrius",
            "phone": "(8 310) 53 627, 112",
            "email": "skyrius@example.lt",
            "website": "http://example.lt:8080/skyrius",
            "hours": "I–V 8–17",
            "other_contacts": {"rinkliavos": "+370 601 24814"},
            "sources": deepcopy(SOURCES),
        }
        self.service: Entry = {
            "id": "leidimas",
            "title": "Leidimas",
            "aliases": ["leidimas statyti"],
            "life_event": "statyba",
            "description": "Aprašymas.",
            "audience": "gyventojai",
            "provider": "skyrius",
            "scope": "pavyzdys",
            "channels": [{"type": "online", "where": "svetainė", "url": "https://example.lt"}],
            "cost": {"text": "nemokamai", "amount_eur": 0},
            "checked": "2026-11-21",
            "sources": deepcopy(SOURCES),
        }
        self.other: Entry = {
            **deepcopy(self.service),
            "id": "pazyma",
            "title": "Pažyma",
            "aliases": ["pažymą"],
        }
        self.library: Entry = {
            "description": "Autobusas.",
            "stops": [{"settlement": "Kuršiai", "weekday": "ketvirtadienis", "time": "14.15–16.00"}],
            "started": "2019-08-01",
            "planned": {"villages": 16},
            "sources": deepcopy(SOURCES),
        }
        self.problem_map: Entry = {
            "name": "Problemų žemėlapis",
            "url": "https://example.lt",
            "purpose": "Sužinoti.",
            "sources": deepcopy(SOURCES),
        }

    def findings(self, today: date = TODAY) -> tuple[Finding, ...]:
        """What the rules say."""
        raw = RawPack(
            municipality=self.municipality,
            institutions=[self.institution],
            services=[self.service, self.other],
            mobile_library=self.library,
            problem_map=self.problem_map,
        )
        return check_pack(raw, today)


def test_a_right_pack_has_no_findings() -> None:
    assert Pack().findings() == ()


def put(part: str, path: str, value: object) -> Callable[[Pack], None]:
    """Set the value at the dotted path of a part; numbers are places in a list."""

    def change(pack: Pack) -> None:
        target: Any = getattr(pack, part)
        *before, last = path.split(".")
        for step in before:
            target = target[int(step)] if step.isdigit() else target[step]
        target[int(last) if last.isdigit() else last] = value

    return change


def drop(part: str, name: str) -> Callable[[Pack], None]:
    """Remove a field of a part."""

    def change(pack: Pack) -> None:
        del getattr(pack, part)[name]

    return change


ERRORS = [
    (drop("service", "title"), "services.yml", "leidimas", "title", "is missing"),
    (put("service", "title", "  "), "services.yml", "leidimas", "title", "is empty"),
    (drop("service", "sources"), "services.yml", "leidimas", "sources", "is missing"),
    (put("service", "sources", []), "services.yml", "leidimas", "sources", "is empty"),
    (drop("institution", "sources"), "institutions.yml", "skyrius", "sources", "is missing"),
    (drop("service", "id"), "services.yml", "[0]", "id", "is missing"),
    (put("service", "aliases.0", ""), "services.yml", "leidimas", "aliases[0]", "is empty"),
    (put("other", "id", "leidimas"), "services.yml", "leidimas", "id", "entry [0] and of entry [1]"),
    (put("service", "id", "Leidimas_1"), "services.yml", "Leidimas_1", "id", "a–z, 0–9 and hyphens"),
    (put("service", "provider", "skyrus"), "services.yml", "leidimas", "provider", 'did you mean "skyrius"?'),
    (
        put("service", "provider", "Mokykla, kurioje mokosi vaikas"),
        "services.yml",
        "leidimas",
        "provider",
        "words belong to provider_text",
    ),
    (put("service", "provider_text", "seniūnija"), "services.yml", "leidimas", "provider_text", "only one"),
    (drop("service", "provider"), "services.yml", "leidimas", "provider", "no provider_text"),
    (put("service", "scope", "kitur"), "services.yml", "leidimas", "scope", 'neither "national" nor'),
    (put("service", "checked", "2026-02-30"), "services.yml", "leidimas", "checked", "is no date"),
    (put("service", "checked", "vakar"), "services.yml", "leidimas", "checked", "is no date"),
    (
        put("service", "descripton", "x"),
        "services.yml",
        "leidimas",
        "descripton",
        'did you mean "description"?',
    ),
    (put("service", "channels.0.type", "onlin"), "services.yml", "leidimas", "channels[0].type", '"online"?'),
    (put("service", "channels.0.uri", "x"), "services.yml", "leidimas", "channels[0].uri", '"url"?'),
    (put("service", "cost.suma", 1), "services.yml", "leidimas", "cost.suma", "is no known field"),
    (
        put("service", "sources.0.url", "example.lt"),
        "services.yml",
        "leidimas",
        "sources[0].url",
        "no web address",
    ),
    (put("institution", "phone", "+370 528 5555"), "institutions.yml", "skyrius", "phone", "no telephone"),
    (put("institution", "phone", "112; rytais"), "institutions.yml", "skyrius", "phone", '"rytais"'),
    (put("institution", "email", "skyrius@example"), "institutions.yml", "skyrius", "email", "no e-mail"),
    (put("institution", "website", "https:///x"), "institutions.yml", "skyrius", "website", "no web address"),
    (
        put("institution", "other_contacts.x", ""),
        "institutions.yml",
        "skyrius",
        "other_contacts.x",
        "is empty",
    ),
    (put("municipality", "name", ""), "municipality.yml", None, "name", "is empty"),
    (put("municipality", "email", "a b@c.lt"), "municipality.yml", None, "email", "no e-mail"),
    (
        put("municipality", "charter.response_working_days", 0),
        "municipality.yml",
        None,
        "charter.response_working_days",
        "no positive whole number",
    ),
    (
        put("municipality", "charter.response_working_days", True),
        "municipality.yml",
        None,
        "charter.response_working_days",
        "no positive whole number",
    ),
    (
        put("municipality", "charter.report_channels.phones.0", "skambinti"),
        "municipality.yml",
        None,
        "charter.report_channels.phones[0]",
        "no telephone",
    ),
    (put("municipality", "cases", {}), "municipality.yml", None, "cases.prefix", "is missing"),
    (put("municipality", "cases.prefix", "pvz"), "municipality.yml", None, "cases.prefix", "no prefix"),
    (put("municipality", "cases.prefix", "PAVYZD"), "municipality.yml", None, "cases.prefix", "no prefix"),
    (put("municipality", "cases.prefix", "NR"), "municipality.yml", None, "cases.prefix", "no word"),
    (put("municipality", "cases.prefx", "PVZ"), "municipality.yml", None, "cases.prefx", 'mean "prefix"?'),
    (
        put("municipality", "cases.office_hours", "pagal susitarimą"),
        "municipality.yml",
        None,
        "cases.office_hours",
        "cannot be read",
    ),
    (
        put("municipality", "cases.office_hours", "VI–VII 10–15"),
        "municipality.yml",
        None,
        "cases.office_hours",
        "no opening from Monday to Friday",
    ),
    (
        put("municipality", "cases.responsible_email", "Vardenis"),
        "municipality.yml",
        None,
        "cases.responsible_email",
        "no e-mail",
    ),
    (
        put("municipality", "cases.closures.0.start", "2026-12-32"),
        "municipality.yml",
        None,
        "cases.closures[0].start",
        "is no date",
    ),
    (
        put("municipality", "cases.closures.0.end", "2026-12-27"),
        "municipality.yml",
        None,
        "cases.closures[0].end",
        "before the start, 2026-12-28",
    ),
    (
        put("municipality", "cases.closures.0.end", "2062-12-28"),
        "municipality.yml",
        None,
        "cases.closures[0].end",
        "more than a year",
    ),
    (
        put("municipality", "cases.closures.0.reason", " "),
        "municipality.yml",
        None,
        "cases.closures[0].reason",
        "is empty",
    ),
    (put("municipality", "charter.sources", []), "municipality.yml", None, "charter.sources", "is empty"),
    (
        put("municipality", "charter.approved_on", "2021"),
        "municipality.yml",
        None,
        "charter.approved_on",
        "date",
    ),
    (
        put("library", "stops.0.weekday", "ketvirtadinis"),
        "mobile_library.yml",
        None,
        "stops[0].weekday",
        "mean",
    ),
    (put("library", "stops.0.time", "16.00–14.15"), "mobile_library.yml", None, "stops[0].time", "time span"),
    (put("library", "stops", []), "mobile_library.yml", None, "stops", "is empty"),
    (put("library", "started", "rugpjūtį"), "mobile_library.yml", None, "started", "is no date"),
    (put("library", "planned.vilages", 1), "mobile_library.yml", None, "planned.vilages", '"villages"?'),
    (put("problem_map", "url", "ftp://example.lt"), "problem_map.yml", None, "url", "no web address"),
]


@pytest.mark.parametrize(("change", "file", "entry", "field", "words"), ERRORS)
def test_a_fault_is_named_with_file_entry_and_field(
    change: Callable[[Pack], None], file: str, entry: str | None, field: str, words: str
) -> None:
    pack = Pack()
    change(pack)
    (finding,) = pack.findings()
    assert (finding.severity, finding.file, finding.entry, finding.field) == (
        Severity.ERROR,
        file,
        entry,
        field,
    )
    assert words in finding.message


@pytest.mark.parametrize("closures", ["šventės", ["šventės"], [{"start": "2026-12-28", "reason": "x", "end": None}]])
def test_closures_of_another_shape_do_not_break_the_check(closures: object) -> None:
    pack = Pack()
    pack.municipality["cases"]["closures"] = closures
    assert all((found.field or "").startswith("cases.closures") for found in pack.findings())


def test_a_pack_needs_no_settings_of_cases() -> None:
    pack = Pack()
    del pack.municipality["cases"]
    assert pack.findings() == ()


def test_two_institutions_with_one_id_are_an_error() -> None:
    pack = Pack()
    twin = RawPack(municipality=pack.municipality, institutions=[pack.institution, deepcopy(pack.institution)])
    (finding,) = check_pack(twin, TODAY)
    assert (finding.file, finding.entry, finding.field) == ("institutions.yml", "skyrius", "id")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.varena.lt",
        "http://dvs.lazdijai.lt:49151/iframe/Service.aspx?ObjectID=12280",
        "https://žemė.lt/ą?b=c",
    ],
)
def test_a_web_address_may_have_a_port_and_any_letters(url: str) -> None:
    pack = Pack()
    pack.institution["website"] = url
    assert pack.findings() == ()


@pytest.mark.parametrize(
    "url",
    [
        "www.varena.lt",
        "https://",
        "https://localhost/x",
        "https://a b.lt",
        "https://a.lt/b c",
        "http://[::1",
        "http://a.lt:99999",
    ],
)
def test_what_a_browser_could_not_open_is_no_web_address(url: str) -> None:
    pack = Pack()
    pack.institution["website"] = url
    assert [finding.field for finding in pack.findings()] == ["website"]


@pytest.mark.parametrize(
    "phone",
    ["+370 528 55709", "(8 310) 53 627", "+370 528 70427, +370 673 48387", "1808", "+48 22 123 45 67"],
)
def test_the_ways_of_writing_a_telephone_number_are_known(phone: str) -> None:
    pack = Pack()
    pack.institution["phone"] = phone
    assert pack.findings() == ()


def test_an_alias_of_two_services_is_a_warning_that_names_both() -> None:
    pack = Pack()
    pack.service["aliases"], pack.other["aliases"] = ["Šildymas  bute"], ["sildymas bute"]
    (finding,) = pack.findings()
    assert (finding.severity, finding.entry, finding.field) == (Severity.WARNING, "leidimas", "aliases")
    assert finding.message == '"Šildymas  bute" is shared by leidimas, pazyma'


def test_an_alias_that_is_another_service_s_title_is_a_warning() -> None:
    pack = Pack()
    pack.other["aliases"] = ["leidimas"]
    assert [finding.message for finding in pack.findings()] == ['"Leidimas" is shared by leidimas, pazyma']


def test_an_alias_twice_in_one_service_is_no_matter() -> None:
    pack = Pack()
    pack.service["aliases"] = ["statyba", "Statyba"]
    assert pack.findings() == ()


def test_a_service_not_checked_for_a_year_is_a_warning() -> None:
    assert Pack().findings(date(2027, 11, 21)) == ()
    warnings = Pack().findings(date(2027, 11, 22))
    assert {(finding.severity, finding.field) for finding in warnings} == {(Severity.WARNING, "checked")}


def test_a_service_checked_in_the_future_is_a_warning() -> None:
    (finding,) = {found.message for found in Pack().findings(date(2026, 11, 20))}
    assert "lies ahead of today" in finding


def test_hours_that_cannot_be_read_are_a_warning() -> None:
    pack = Pack()
    pack.institution["hours"] = "susitarus"
    pack.municipality["hours"] = "kaip kada"
    assert [(f.severity, f.file, f.entry, f.field) for f in pack.findings()] == [
        (Severity.WARNING, "municipality.yml", None, "hours"),
        (Severity.WARNING, "institutions.yml", "skyrius", "hours"),
    ]


def test_a_finding_is_one_line_for_a_terminal() -> None:
    finding = Finding(Severity.ERROR, "services.yml", "leidimas", "title", "is missing")
    assert str(finding) == "error: services.yml: leidimas: title: is missing"
    assert str(Finding(Severity.ERROR, "services.yml", None, None, "is missing")) == "error: services.yml: is missing"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(Pack().service)), ANYTHING)
def test_no_value_makes_the_rules_fail(field: str, value: object) -> None:
    pack = Pack()
    pack.service[field] = value
    pack.findings()
