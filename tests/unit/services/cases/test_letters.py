"""The letters about cases: complete, escaped, readable as plain text, and free of what nobody may see there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.core.case import TIMED_KINDS, Assignee, Case, CaseKind, CaseState, Contact, Subject
from bot.core.catalogue import CaseSettings, ReportChannels
from bot.core.clock import SystemClock
from bot.core.deadlines import LEGAL, MAX_EXTENSION
from bot.services.cases.letters import Letters, Office, office_of
from bot.services.catalogues import Catalogues
from bot.services.mail_templates import RenderedMail, render
from bot.storage.database import Database
from tests.packs import CHARTER, MUNICIPALITY, shipped, small
from tests.unit.services.cases.samples import (
    CHARTER_DUE,
    DECISION,
    FILING,
    HOSTILE,
    LEGAL_DUE,
    SCRIPT,
    case_of,
    terms_of,
)

FOLDER = Path(__file__).parents[4] / "bot" / "templates" / "mail" / "case"
NAMES = sorted(path.name.removesuffix(".txt.j2") for path in FOLDER.glob("*.txt.j2"))
TO_STAFF = {"new", "assigned", "withdrawn", "reopened_staff", "reminder"}
URL = "https://langelis.example.lt"
GAPS = re.compile(r"[{}]|\bNone\b|\bTrue\b|\bFalse\b|Undefined| [,.;:?!]|\n{3}|  |: *$|CaseKind", re.MULTILINE)
SPECIFIC: Mapping[str, object] = {
    "code": "ABCD-EFGH",
    "confirm_url": f"{URL}/case/confirm/slaptas",
    "legal_days": LEGAL,
    "extension_days": MAX_EXTENSION,
    "before": "charter_notice",
    "reason": "Laukiame kitos įstaigos duomenų.",
    "note": "Duomenys gauti.",
    "days": 10,
    "to": "Via Lietuva",
    "decision": DECISION.as_data(),
    "at": "2026-12-28 10:00",
    "must_reply": True,
    "clock": "legal",
    "when": "before",
    "due": LEGAL_DUE,
    "left": 2,
}


@pytest.fixture
def letters(tmp_path: Path) -> Letters:
    """Letters over the shipped packs."""
    return letters_of(tmp_path, URL)


def letters_of(tmp_path: Path, public_url: str) -> Letters:
    """Return letters over the shipped packs and a small one; its database is never opened."""
    clock = SystemClock()
    catalogues = Catalogues(Database(f"sqlite:///{tmp_path / 'never.db'}"), clock)
    catalogues._loaded = {**{name: shipped(name) for name in ("alytus-r", "trakai", "varena")}, "bandymas": small()}
    return Letters(catalogues=catalogues, clock=clock, public_url=public_url)


def written(letters: Letters, name: str, case: Case, charter_days: int | None = 5, **specific: object) -> RenderedMail:
    """Render a letter with all that it could name."""
    if name == "assigned" and case.assignee is None:
        case = replace(case, assignee=Assignee(unit="Kanceliarija"))
    values = letters._values(case, terms_of(case, charter_days=charter_days), letters.office(case))
    return render(f"case/{name}", **{**values, **SPECIFIC, **specific})


class Page(HTMLParser):
    """Collects tags and words of a page; fails on a tag that is closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See parent class."""
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """See parent class."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """See parent class."""
        self.words += data.split()


FULL = case_of(FILING, state=CaseState.ASSIGNED, assignee=Assignee(unit="Kanceliarija", person="Petras Petraitis"))
BARE_FILING = replace(
    FILING,
    subject=Subject(),
    complained_about=None,
    outcome=None,
    happened_on=None,
    contact=Contact(),
    kind=FILING.kind,
)
BARE = case_of(BARE_FILING)
BY_KIND = {kind.value: case_of(replace(FILING, kind=kind)) for kind in CaseKind}


def test_there_is_a_letter_for_everything_that_is_told() -> None:
    assert len(NAMES) == 15
    assert {path.name.removesuffix(".html.j2") for path in FOLDER.glob("*.html.j2")} == set(NAMES)


@pytest.mark.parametrize(
    ("name", "case"),
    [
        pytest.param(name, case, id=f"{name}-{label}")
        for label, case in {"full": FULL, "bare": BARE, **BY_KIND}.items()
        for name in NAMES
        # The long receipt is for what has a term; who else would it tell by when?
        if name != "receipt" or case.kind in TIMED_KINDS
    ],
)
def test_every_letter_reads_without_gaps(letters: Letters, name: str, case: Case) -> None:
    mail = written(letters, name, case)
    assert not GAPS.search(mail.text), mail.text
    assert case.number in mail.subject
    assert case.number in mail.text + mail.subject
    assert "\n" not in mail.subject
    assert mail.text.startswith(("Laba diena,\n", "Institucija: "))


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_reads_without_links_and_without_contacts_of_the_office(tmp_path: Path, name: str) -> None:
    case = case_of(replace(BARE_FILING, municipality="bandymas"))
    mail = written(letters_of(tmp_path, ""), name, case, charter_days=None, confirm_url="", note=None)
    assert not GAPS.search(mail.text), mail.text
    assert "href" not in mail.html
    assert "http" not in mail.text


@pytest.mark.parametrize("name", NAMES)
def test_every_letter_is_well_formed_html_without_anything_remote(letters: Letters, name: str) -> None:
    page = Page(written(letters, name, FULL).html)
    assert page.tags[0] == ("html", {"lang": "lt"})
    assert not {tag for tag, _ in page.tags} & {"img", "link", "script", "style", "iframe", "form", "object", "video"}
    given = [(key, value or "") for _, attributes in page.tags for key, value in attributes.items()]
    assert not [key for key, _ in given if key in {"src", "background", "class", "id"} or key.startswith("on")]
    assert {value for key, value in given if key == "href"} <= {URL, f"{URL}/case", f"{URL}/case/confirm/slaptas"}


@pytest.mark.parametrize("name", NAMES)
def test_text_and_html_say_the_same(letters: Letters, name: str) -> None:
    mail = written(letters, name, FULL)
    said = set(re.findall(r"\w+", " ".join(Page(mail.html).words)))
    assert set(re.findall(r"\w+", mail.text)) - said == set()


@pytest.mark.parametrize("name", NAMES)
def test_what_people_wrote_is_text_in_html(letters: Letters, name: str) -> None:
    hostile = case_of(HOSTILE, state=CaseState.ASSIGNED, assignee=Assignee(unit=SCRIPT, person=SCRIPT))
    decision = dict.fromkeys(DECISION.as_data(), SCRIPT)
    mail = written(letters, name, hostile, reason=SCRIPT, note=SCRIPT, to=SCRIPT, decision=decision)
    assert "<script" not in mail.html
    assert SCRIPT not in mail.subject
    Page(mail.html)


def test_the_municipality_reads_the_residents_words_as_they_were_written(letters: Letters) -> None:
    mail = written(letters, "new", case_of(HOSTILE))
    assert f"> {SCRIPT}\n>\n> {SCRIPT}\n" in mail.text
    assert "&lt;script&gt;" in mail.html


@pytest.mark.parametrize("name", NAMES)
def test_no_subject_holds_more_than_number_and_kind(letters: Letters, name: str) -> None:
    subject = written(letters, name, FULL).subject
    for private in ("Jonas", "jonas@", "600 00000", "gimnazija", "Švietimo", "neatsakė", "ABCD"):
        assert private not in subject


@pytest.mark.parametrize("name", NAMES)
def test_only_the_receipt_holds_the_access_code(letters: Letters, name: str) -> None:
    mail = written(letters, name, FULL)
    assert ("ABCD-EFGH" in mail.text) is ("ABCD-EFGH" in mail.html) is name.startswith("receipt")


@pytest.mark.parametrize("name", sorted(set(NAMES) - TO_STAFF))
def test_no_letter_to_a_resident_repeats_what_was_told(letters: Letters, name: str) -> None:
    mail = written(letters, name, FULL)
    for private in ("Jonas Jonaitis", "600 00000", "niekas neatsakė", "Švietimo skyrius"):
        assert private not in mail.text


def test_a_name_cannot_pose_as_another_line_of_facts(letters: Letters) -> None:
    filing = replace(FILING, contact=Contact(name="Jonas\nTelefonas: 112", email="jonas@pastas.lt"))
    assert "\nTelefonas: 112" not in written(letters, "new", case_of(filing)).text


def test_the_receipt_names_both_terms_and_which_of_them_binds(letters: Letters) -> None:
    text = written(letters, "receipt", FULL).text
    assert f"Nagrinėjimo terminas pagal chartiją: {CHARTER_DUE}\n" in text
    assert f"Nagrinėjimo terminas pagal įstatymą: {LEGAL_DUE}\n" in text
    assert f"per 5 darbo dienas, tai yra iki {CHARTER_DUE}." in text
    assert f"terminas – 20 darbo dienų, tai yra iki {LEGAL_DUE}." in text
    assert "taikomas įstatymas" in text
    for part in (
        "Prieigos kodas: ABCD-EFGH",
        "Gavimo diena: 2026-12-23",
        "Kreipinį gavo: Trakų rajono savivaldybės administracija",
        "svietimas.kokybe@trakai.lt, +370 528 55603, +370 528 55604",
        f"{URL}/case/confirm/slaptas",
        f"{URL}/case –",
        "atsiimti",
        "Lietuvos administracinių ginčų komisijai",
        "Seimo kontrolierių",
    ):
        assert part in text


@pytest.mark.parametrize(
    ("municipality", "public_url", "ways"),
    [
        ("varena", URL, "puslapyje, per pokalbį su robotu „Langelis“ arba parašę adresu info@varena.lt."),
        ("varena", "", "atsiimti per pokalbį su robotu „Langelis“ arba parašę adresu info@varena.lt."),
        ("bandymas", URL, "atsiimti tame pačiame puslapyje arba per pokalbį su robotu „Langelis“."),
        ("bandymas", "", "atsiimti per pokalbį su robotu „Langelis“."),
    ],
)
def test_the_receipt_names_the_ways_to_take_a_case_back_that_there_are(
    tmp_path: Path, municipality: str, public_url: str, ways: str
) -> None:
    case = case_of(replace(FILING, municipality=municipality))
    assert ways in written(letters_of(tmp_path, public_url), "receipt", case, charter_days=None).text


def test_a_charter_without_a_term_is_not_given_one(letters: Letters) -> None:
    case = case_of(replace(FILING, municipality="varena"))
    text = written(letters, "receipt", case, charter_days=None).text
    assert "chartij" not in text.replace("pranešimą dėl piliečių chartijos", "")
    assert str(LEGAL_DUE) in text


def test_whoever_wrote_out_of_hours_reads_from_when_the_terms_run(letters: Letters) -> None:
    assert "ne darbo metu" not in written(letters, "receipt", FULL).text
    later = replace(FULL, receipt_day=date(2026, 12, 28))
    assert "artimiausia darbo diena – 2026-12-28" in written(letters, "receipt", later).text


def test_thanks_get_a_short_receipt_without_terms(letters: Letters) -> None:
    thanks = case_of(replace(FILING, kind=CaseKind.PRAISE))
    text = written(letters, "receipt_short", thanks).text
    assert "gavome Jūsų padėką ir ją užregistravome" in text
    assert "terminas" not in text
    assert "apsk" not in text
    assert len(text) < len(written(letters, "receipt", FULL).text) / 2


def test_the_municipality_reads_who_must_not_examine_the_case_and_by_when_to_act(letters: Letters) -> None:
    text = written(letters, "new", FULL).text
    assert "Švietimo skyrius. Jam perduoti nagrinėti šio kreipinio negalima (VAĮ 23 str. 2 d.)." in text
    assert "(VAĮ 23 str. 1 d.): 2026-12-30" in text
    assert f"(VAĮ 11 str. 4 d.): {CHARTER_DUE}" in text
    for part in ("Trakų gimnazija", "Pagarba", "2026-12-01", "niekas neatsakė", "jonas@pastas.lt", "+370 600 00000"):
        assert part in text


@pytest.mark.parametrize(
    ("kind", "wished", "said"),
    [
        (CaseKind.CHARTER_NOTICE, True, "Asmuo pageidauja atsakymo."),
        (CaseKind.CHARTER_NOTICE, False, "Asmuo atsakymo nepageidauja. Jei paaiškėtų"),
        (CaseKind.COMPLAINT, False, "Asmuo atsakymo nepageidavo, tačiau į skundą ar prašymą atsakyti raštu privaloma"),
        (CaseKind.PRAISE, False, "Asmuo atsakymo nepageidauja.\n"),
    ],
)
def test_the_municipality_reads_whether_an_answer_is_owed(
    letters: Letters, kind: CaseKind, wished: bool, said: str
) -> None:
    assert said in written(letters, "new", case_of(replace(FILING, kind=kind, wants_reply=wished))).text


def test_the_institution_and_the_service_are_named_as_in_the_catalogue(letters: Letters) -> None:
    catalogue = shipped("trakai").catalogue
    institution, service = catalogue.institutions[0], catalogue.services[0]
    subject = Subject(institution=institution.id, service=service.id)
    text = written(letters, "new", case_of(replace(FILING, subject=subject))).text
    assert f"Įstaiga: {institution.name}" in text
    assert f"Paslauga: {service.title}" in text


def test_a_decision_is_a_letter_with_its_eight_items(letters: Letters) -> None:
    mail = written(letters, "decided", FULL)
    for item in DECISION.as_data().values():
        assert str(item) in mail.text
    assert "Apskundimo tvarka\n\nPer vieną mėnesį" in mail.text
    assert "Sprendimą priėmė jame nurodytas pareigūnas" in mail.text
    assert "Sprendimą priėmė jame nurodytas pareigūnas" in mail.html


def test_who_was_owed_a_decision_reads_where_to_complain_that_there_is_none(letters: Letters) -> None:
    assert "administraciniam teismui" in written(letters, "closed", FULL, must_reply=True).text
    assert "administraciniam teismui" not in written(letters, "closed", FULL, must_reply=False).text


def test_a_term_that_has_passed_is_not_promised_again(letters: Letters) -> None:
    values = letters._values(FULL, terms_of(FULL, today=date(2027, 2, 1)), letters.office(FULL))
    text = render("case/reopened", **{**values, **SPECIFIC}).text
    assert str(CHARTER_DUE) not in text
    assert str(LEGAL_DUE) not in text


@pytest.mark.parametrize(
    ("when", "left", "said"),
    [
        ("before", 2, "pagal įstatymą pabaigos liko 2 darbo dienos."),
        ("before", 1, "pagal įstatymą pabaigos liko 1 darbo diena."),
        ("due", 0, "šiandien baigiasi kreipinio TR-2026-000001"),
        ("overdue", 0, f"praleistas: jis baigėsi {LEGAL_DUE}."),
    ],
)
def test_a_reminder_says_how_the_term_stands(letters: Letters, when: str, left: int, said: str) -> None:
    assert said in written(letters, "reminder", FULL, when=when, left=left).text


def test_a_reminder_says_which_term_it_means_and_who_has_the_case(letters: Letters) -> None:
    text = written(letters, "reminder", FULL, clock="charter").text
    assert "pagal piliečių chartiją" in text
    assert "Pavesta: Kanceliarija" in text
    assert "dar niekam nepavestas" in written(letters, "reminder", BARE).text


@pytest.mark.parametrize(
    ("channel", "own", "general", "taken"),
    [
        ("kokybe@giria.lt", "atsakinga@giria.lt", "info@giria.lt", "kokybe@giria.lt"),
        (None, "atsakinga@giria.lt", "info@giria.lt", "atsakinga@giria.lt"),
        (None, None, "info@giria.lt", "info@giria.lt"),
        (None, None, None, None),
    ],
)
def test_the_quality_mailbox_is_the_charters_else_the_employees_else_the_general_one(
    channel: str | None, own: str | None, general: str | None, taken: str | None
) -> None:
    municipality = replace(
        MUNICIPALITY,
        email=general,
        cases=CaseSettings(prefix="GR", responsible_email=own),
        charter=replace(CHARTER, report_channels=ReportChannels(email=channel)),
    )
    assert office_of(municipality).email == taken


def test_an_office_without_a_receiver_goes_by_the_municipalitys_name_and_number() -> None:
    office = office_of(replace(MUNICIPALITY, phone="+370 600 00000"))
    assert office == Office(receiver=MUNICIPALITY.name, email=None, phones=("+370 600 00000",))
    assert office.contacts == "+370 600 00000"
    assert office_of(MUNICIPALITY).contacts == ""
