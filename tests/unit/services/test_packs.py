"""Reading data packs from their files, and the three packs that are shipped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from bot.core.catalogue import CaseSettings, Catalogue, Closure, Provider, Source
from bot.core.pack_rules import Finding, Severity
from bot.services import packs
from bot.services.pack_yaml import PackSyntaxError, pack_files, parse_yaml
from bot.services.packs import PackResult, list_packs, load_pack

TODAY = date(2026, 11, 21)
REPOSITORY = Path(__file__).parents[3]
PACKS = REPOSITORY / "nlu_data" / "municipalities"
FACTS = REPOSITORY.parent / "shared" / "facts"

MUNICIPALITY = """\
id: pavyzdys
name: Pavyzdžio savivaldybė
website: https://example.lt
charter:
  principles: []
  requests_to_residents: []
  commitments: []
  report_channels: {email: chartija@example.lt}
  sources:
    - url: https://example.lt
"""
INSTITUTIONS = """\
institutions:
  - id: skyrius
    name: Skyrius
    kind: skyrius
    other_contacts: {rinkliavos: +370 601 24814}
    sources:
      - url: https://example.lt
"""
SERVICES = """\
services:
  - id: leidimas
    title: Leidimas
    life_event: statyba
    description: Aprašymas.
    audience: gyventojai
    provider: skyrius
    scope: pavyzdys
    channels:
      - type: in_person
        where: 9:30
    cost: {text: 6 Eur, amount_eur: 6}
    checked: 2026-11-21
    sources:
      - url: https://example.lt
        note: tvarka
  - id: pazyma
    title: Pažyma
    life_event: šeima
    description: Aprašymas.
    audience: gyventojai
    provider_text: seniūnija
    scope: national
    checked: 2026-11-21
    sources:
      - url: https://example.lt
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small right pack."""
    pack = tmp_path / "pavyzdys"
    pack.mkdir()
    (pack / "municipality.yml").write_text(MUNICIPALITY, encoding="utf-8")
    (pack / "institutions.yml").write_text(INSTITUTIONS, encoding="utf-8")
    (pack / "services.yml").write_text(SERVICES, encoding="utf-8")
    return pack


def edit(path: Path, before: str, after: str) -> None:
    """Replace a piece of a file, which must be there."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def only(result: PackResult) -> Finding:
    """The one finding of a broken pack."""
    assert result.catalogue is None
    (finding,) = result.findings
    return finding


def test_a_right_pack_becomes_a_catalogue(folder: Path) -> None:
    result = load_pack(folder, TODAY)
    assert result.findings == ()
    assert result.catalogue is not None
    permit, paper = result.catalogue.services
    assert permit.provider == Provider(institution="skyrius")
    assert permit.checked == TODAY
    assert permit.channels[0].where == "9:30"
    assert permit.sources == (Source("https://example.lt", "tvarka"),)
    assert paper.provider == Provider(text="seniūnija")
    assert result.catalogue.institutions[0].other_contacts == (("rinkliavos", "+370 601 24814"),)


@pytest.mark.parametrize(
    ("before", "after", "entry", "field", "words"),
    [
        ("title: Leidimas", "title: [Leidimas]", "leidimas", "title", "expected str, got array"),
        ("title: Leidimas", "title: 2026", "leidimas", "title", "expected str, got int"),
        ("    title: Leidimas\n", "", "leidimas", "title", "is missing"),
        (
            "amount_eur: 6",
            "amount_eur: šeši",
            "leidimas",
            "cost.amount_eur",
            "expected float | null, got str",
        ),
        ("        where: 9:30\n", "", "leidimas", "channels[0].where", "is missing"),
        ("provider_text: seniūnija", "provider_text: 5", "pazyma", "provider_text", "expected str | null"),
        ("id: pazyma", "id: leidimas", "leidimas", "id", "entry [0] and of entry [1]"),
        ("provider: skyrius", "provider: skyrus", "leidimas", "provider", 'did you mean "skyrius"?'),
        ("checked: 2026-11-21", "checked: 2026-13-01", "leidimas", "checked", "is no date"),
    ],
)
def test_a_fault_is_told_once_with_entry_and_field(
    folder: Path, *, before: str, after: str, entry: str, field: str, words: str
) -> None:
    edit(folder / "services.yml", before, after)
    finding = only(load_pack(folder, TODAY))
    assert (finding.severity, finding.file) == (Severity.ERROR, "services.yml")
    assert (finding.entry, finding.field) == (entry, field)
    assert words in finding.message


def test_faults_of_several_entries_are_all_told(folder: Path) -> None:
    edit(folder / "services.yml", "title: Leidimas", "title: 1")
    edit(folder / "services.yml", "title: Pažyma", "title: 2")
    findings = load_pack(folder, TODAY).errors
    assert [(finding.entry, finding.field) for finding in findings] == [
        ("leidimas", "title"),
        ("pazyma", "title"),
    ]


def test_a_warning_does_not_keep_a_pack_out(folder: Path) -> None:
    result = load_pack(folder, date(2028, 1, 1))
    assert {finding.severity for finding in result.findings} == {Severity.WARNING}
    assert result.errors == ()
    assert result.catalogue is not None


def test_what_is_no_yaml_is_told_with_its_line(folder: Path) -> None:
    edit(folder / "services.yml", "    title: Leidimas", "    title: „Leidimas“: naujas: [")
    finding = only(load_pack(folder, TODAY))
    assert finding.file == "services.yml"
    assert finding.message.startswith("line 3, column ")


def test_a_key_twice_in_one_entry_is_told_with_its_line(folder: Path) -> None:
    edit(folder / "services.yml", "    title: Leidimas\n", "    title: Leidimas\n    title: Kitas\n")
    finding = only(load_pack(folder, TODAY))
    assert finding.message == 'line 4, column 5: the key "title" stands twice in one entry'


def test_a_file_that_is_not_utf8_is_told_with_its_line(folder: Path) -> None:
    (folder / "services.yml").write_bytes("services:\n  - title: Pažyma\n".encode("cp1257"))
    assert only(load_pack(folder, TODAY)).message == "line 2, column 1: not UTF-8"


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "services.yml").unlink()
    finding = only(load_pack(folder, TODAY))
    assert (finding.file, finding.message) == ("services.yml", "the file is missing")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    finding = only(load_pack(tmp_path / "nera", TODAY))
    assert (finding.file, finding.message) == ("nera", "there is no such pack folder")


def test_a_misspelt_file_name_is_told(folder: Path) -> None:
    (folder / "mobile-library.yml").write_text("description: x", encoding="utf-8")
    finding = only(load_pack(folder, TODAY))
    assert finding.file == "mobile-library.yml"
    assert 'did you mean "mobile_library.yml"?' in finding.message


def test_a_folder_must_bear_the_municipality_s_id(folder: Path) -> None:
    edit(folder / "municipality.yml", "id: pavyzdys", "id: kitas")
    edit(folder / "services.yml", "scope: pavyzdys", "scope: kitas")
    finding = only(load_pack(folder, TODAY))
    assert (finding.file, finding.field) == ("municipality.yml", "id")


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        ("", None, "must hold fields"),
        ("- a\n", None, "must hold fields"),
        ("paslaugos: []\n", "services", "is missing"),
        ("services: daug\n", "services", "must be a list"),
        ("services:\n  - leidimas\n", None, "must hold fields"),
    ],
)
def test_a_file_of_another_shape_is_told(folder: Path, content: str, field: str | None, words: str) -> None:
    (folder / "services.yml").write_text(content, encoding="utf-8")
    found = [(finding.field, finding.message) for finding in load_pack(folder, TODAY).errors]
    assert any(at == field and words in message for at, message in found)


def test_the_digest_follows_the_code_that_shapes_the_facts(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_pack(folder, TODAY).digest
    newer = tmp_path / "catalogue.py"
    newer.write_text("# another shape", encoding="utf-8")
    monkeypatch.setattr(packs, "_SHAPE", newer)
    assert load_pack(folder, TODAY).digest != before


def test_the_digest_follows_every_file(folder: Path) -> None:
    before = load_pack(folder, TODAY).digest
    assert len(before) == 64
    assert load_pack(folder, TODAY).digest == before
    edit(folder / "institutions.yml", "name: Skyrius", "name: Skyrius 2")
    assert load_pack(folder, TODAY).digest != before


def test_folders_are_listed_by_name(tmp_path: Path) -> None:
    for name in ("varena", "trakai", ".git", "_ruosiama"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").touch()
    assert list_packs(tmp_path) == ("trakai", "varena")
    assert list_packs(tmp_path / "nera") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-21", "2026-11-21"),
        ("9:30", "9:30"),
        ("+37052855555", "+37052855555"),
        ("007", "007"),
        ("no", "no"),
        ("7", 7),
        ("19.8", 19.8),
        ("true", True),
        ("null", None),
        ("", None),
    ],
)
def test_only_plain_numbers_truths_and_null_are_no_text(text: str, value: object) -> None:
    assert parse_yaml(f"x: {text}".encode()) == {"x": value}


@pytest.mark.parametrize("content", [b"x: !!python/object/apply:os.getcwd []", b"x: \x00", b"{a: 1}: 2", b"x: *nera"])
def test_yaml_that_a_pack_may_not_hold_is_refused(content: bytes) -> None:
    with pytest.raises(PackSyntaxError):
        parse_yaml(content)


SHIPPED = ("alytus-r", "trakai", "varena")
# How many values of each field the facts hold: below these numbers something was lost on the way.
COUNTS = {
    "trakai": {
        "services": 75,
        "institutions": 55,
        "aliases": 498,
        "steps": 161,
        "documents": 98,
        "channels": 123,
        "faq": 63,
        "legal_basis": 55,
        "deadlines": 33,
        "sources": 166,
        "eligibility": 0,
    },
    "varena": {
        "services": 85,
        "institutions": 40,
        "aliases": 607,
        "steps": 105,
        "documents": 88,
        "channels": 121,
        "faq": 52,
        "legal_basis": 69,
        "deadlines": 15,
        "sources": 177,
        "eligibility": 20,
    },
    "alytus-r": {
        "services": 61,
        "institutions": 48,
        "aliases": 470,
        "steps": 84,
        "documents": 33,
        "channels": 105,
        "faq": 69,
        "legal_basis": 30,
        "deadlines": 15,
        "sources": 139,
        "eligibility": 0,
    },
}


def shipped(municipality: str) -> Catalogue:
    """A shipped pack's catalogue."""
    catalogue = load_pack(PACKS / municipality, TODAY).catalogue
    assert catalogue is not None
    return catalogue


def test_the_three_packs_are_shipped() -> None:
    assert set(SHIPPED) <= set(list_packs(PACKS))


@pytest.mark.parametrize("municipality", SHIPPED)
def test_a_shipped_pack_has_no_errors(municipality: str) -> None:
    assert load_pack(PACKS / municipality, TODAY).errors == ()


@pytest.mark.parametrize("municipality", SHIPPED)
def test_a_shipped_pack_holds_all_that_was_gathered(municipality: str) -> None:
    assert lost_counts(municipality) == {}


def lost_counts(municipality: str) -> dict[str, int]:
    """The fields of which the pack holds fewer values than were gathered."""
    catalogue = shipped(municipality)
    held: Counter[str] = Counter(services=len(catalogue.services), institutions=len(catalogue.institutions))
    for service in catalogue.services:
        held.update({name: len(getattr(service, name)) for name in COUNTS[municipality] if hasattr(service, name)})
    return {name: held[name] for name, count in COUNTS[municipality].items() if held[name] < count}


def test_the_mobile_library_has_its_fifteen_stops() -> None:
    library = shipped("varena").mobile_library
    assert library is not None
    assert len(library.stops) == 15
    assert shipped("varena").problem_map is not None


def test_every_service_keeps_the_day_on_which_its_facts_were_gathered() -> None:
    days = {service.checked for municipality in SHIPPED for service in shipped(municipality).services}
    assert min(days) >= TODAY


def test_the_charters_share_one_schema() -> None:
    trakai, varena, alytus = (shipped(name).municipality.charter for name in ("trakai", "varena", "alytus-r"))
    assert trakai.response_working_days == 5
    assert trakai.approved_on == date(2021, 10, 11)
    assert varena.title == "Varėnos rajono savivaldybės piliečių (paslaugų) chartija"
    assert varena.approved_on == date(2019, 6, 25)
    assert alytus.report_channels.phones == ("+370 315 69019",)
    assert alytus.title is None


@pytest.mark.parametrize("municipality", SHIPPED)
def test_an_exported_pack_reads_back_equal(municipality: str, tmp_path: Path) -> None:
    folder = tmp_path / municipality
    folder.mkdir()
    for name, text in pack_files(shipped(municipality)).items():
        (folder / name).write_text(text, encoding="utf-8")
    assert load_pack(folder, TODAY).catalogue == shipped(municipality)


@pytest.mark.parametrize("municipality", SHIPPED)
def test_a_shipped_pack_has_the_layout_of_an_export(municipality: str) -> None:
    for name, text in pack_files(shipped(municipality)).items():
        written = (PACKS / municipality / name).read_text(encoding="utf-8")
        comment, _, body = written.partition("\n" + text.split("\n", 1)[0])
        assert all(line.startswith("#") for line in comment.splitlines())
        assert text.split("\n", 1)[0] + body == text


def test_the_settings_of_cases_are_exported_and_read_back_equal(tmp_path: Path) -> None:
    settings = CaseSettings(
        prefix="PVZ",
        office_hours="I–IV 8.00–17.00, V 8.00–15.45",
        closures=(Closure(date(2026, 12, 28), date(2026, 12, 30), "inventorizacija"),),
        responsible_email="skundai@example.lt",
    )
    catalogue = shipped("trakai")
    catalogue = replace(catalogue, municipality=replace(catalogue.municipality, cases=settings))
    folder = tmp_path / "trakai"
    folder.mkdir()
    for name, text in pack_files(catalogue).items():
        (folder / name).write_text(text, encoding="utf-8")
    assert load_pack(folder, TODAY).catalogue == catalogue


@pytest.mark.parametrize(
    ("cases", "field", "words"),
    [
        ("cases: PVZ", "cases", "expected object | null, got str"),
        ("cases: {prefix: 5}", "cases.prefix", "expected str, got int"),
        ("cases: {prefix: PVZ, closures: [2026-12-28]}", "cases.closures[0]", "expected object, got str"),
        ("cases: {prefix: PVZ, closures: [{start: 2026-12-28}]}", "cases.closures[0].end", "is missing"),
    ],
)
def test_settings_of_cases_of_another_shape_are_told(folder: Path, cases: str, field: str, words: str) -> None:
    edit(folder / "municipality.yml", "charter:", f"{cases}\ncharter:")
    result = load_pack(folder, TODAY)
    assert result.catalogue is None
    assert [words in found.message for found in result.findings if found.field == field] == [True]


def test_a_catalogue_is_stored_as_json_and_read_back_equal() -> None:
    catalogue = shipped("varena")
    assert msgspec.json.decode(msgspec.json.encode(catalogue), type=Catalogue) == catalogue


def scalars(value: object) -> Iterator[str]:
    """Every value below this one, as text, null left out; whole numbers are written without a fraction."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scalars(inner)
    elif value is not None:
        yield str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def by_id(entries: list[dict[str, object]]) -> dict[str, Counter[str]]:
    """How often each entry holds each value."""
    return {str(entry["id"]): Counter(scalars(entry)) for entry in entries}


def in_pack(municipality: str, name: str) -> dict[str, list[dict[str, object]]]:
    """A file of a shipped pack, parsed by another parser than ours."""
    path = PACKS / municipality / f"{name}.yml"
    parsed: dict[str, list[dict[str, object]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return parsed


@pytest.mark.parametrize("municipality", SHIPPED)
def test_no_value_of_the_gathered_facts_is_lost(municipality: str) -> None:
    path = FACTS / f"{municipality.replace('-', '_')}.yml"
    if not path.exists():  # They lie beside the repository, not in it: then the counts must do.
        assert lost_counts(municipality) == {}
        return
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    for kind in ("institutions", "services"):
        held = by_id(in_pack(municipality, kind)[kind])
        for entry, values in by_id(facts[kind]).items():
            assert values - held[entry] == Counter(), entry
    for part in {"municipality", "mobile_library", "problem_map"} & set(facts):
        lost = Counter(scalars(facts[part])) - Counter(scalars(in_pack(municipality, part)))
        assert lost == Counter(), part
