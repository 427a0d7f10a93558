"""`langelis cases …` and `langelis retention …` as an official or a script uses them, over a real database file."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import stat
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeVar

import pytest
from structlog.testing import capture_logs

from bot.cli import main
from bot.core.case import Assignee, Case, CaseKind, Contact
from bot.core.case_rules import Assign, Extend, PauseCase
from bot.services.cases.desk import CaseDesk
from bot.services.cases.export import COLUMNS
from bot.storage.database import Database
from tests.fakes import FakeClock
from tests.filing import decide_and_close, file_case, open_test_desk, work

Result = TypeVar("Result")
BY = ("--by", "Rūta Rimkutė, vyriausioji specialistė")
DECISION = """\
ruling: Skundas pagrįstas.
grounds: VAĮ 3 str. 5 d.
motives: Pokalbį girdėjo du liudytojai.
appeal: Lietuvos administracinių ginčų komisijai per vieną mėnesį.
official: Jonas Jonaitis, skyriaus vedėjas
"""
# (arguments after the number, what it needs before): every command that acts.
ACTING = {
    "assign": ("--unit", "Skyrius"),
    "classify": ("--kind", "request", "--reason", "r"),
    "investigate": (),
    "extend": ("--days", "3", "--reason", "r"),
    "pause": ("--reason", "r"),
    "resume": (),
    "forward": ("--to", "Ministerijai", "--reason", "r"),
    "notify": ("--how", "paštu"),
    "close": ("--reason", "r"),
    "reopen": ("--reason", "r"),
    "withdraw": (),
}


@pytest.fixture
def clock() -> FakeClock:
    """Wednesday 2026-12-23, 10.00 in Vilnius: the days of Christmas lie ahead."""
    return FakeClock(datetime(2026, 12, 23, 8, 0, tzinfo=timezone.utc))


@pytest.fixture(autouse=True)
def database_path(
    tmp_path: Path, imported_database: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A database with the shipped packs that the commands find; they see the test's clock and log nothing."""
    path = tmp_path / "langelis.db"
    shutil.copy(imported_database, path)
    monkeypatch.setenv("LANGELIS_DATABASE_URL", f"sqlite:///{path}")
    for module in ("bot.cli.desk", "bot.cli.retention"):
        monkeypatch.setattr(f"{module}.SystemClock", lambda: clock)
    for module in ("bot.cli", "bot.cli.desk"):
        monkeypatch.setattr(f"{module}.set_up_logging", lambda _: None)
    with capture_logs():
        yield path


@pytest.fixture
def at_desk(database_path: Path, clock: FakeClock) -> Callable[[Callable[[CaseDesk], Awaitable[Result]]], Result]:
    """Do something at the desk, as the bot would."""

    def run(step: Callable[[CaseDesk], Awaitable[Result]]) -> Result:
        async def opened() -> Result:
            database = Database(f"sqlite:///{database_path}")
            try:
                return await step(await open_test_desk(database, clock))
            finally:
                await database.close()

        return asyncio.run(opened())

    return run


AtDesk = Callable[[Callable[[CaseDesk], Awaitable[Case]]], Case]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def case(at_desk: AtDesk) -> Case:
    """A complaint about the Lentvaris kindergarten's head."""
    return at_desk(
        lambda desk: file_case(
            desk, "Direktorė nemandagi.\nPrašau padėti.", complained_about="Direktorė Janina", wants_reply=True
        )
    )


def cases(*arguments: str) -> int:
    """Run `langelis cases` and return its exit code."""
    return code_of("cases", *arguments)


def code_of(*arguments: str) -> int:
    """Run a command and return its exit code."""
    try:
        return main(arguments)
    except SystemExit as leaving:
        return int(leaving.code or 0)


def printed(capsys: Capture, *arguments: str) -> str:
    """Run `langelis cases`, which must go well, and return what it printed."""
    capsys.readouterr()
    assert cases(*arguments) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def rows(text: str) -> list[dict[str, str]]:
    """Read CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("paint",),
        ("list", "--state", "lost"),
        ("list", "--kind", "poem"),
        ("list", "--municipality", "kaunas"),
        ("show",),
        ("assign", "TR-2026-000001", *BY),
        ("assign", "TR-2026-000001", "--unit", "Skyrius"),
        ("assign", "TR-2026-000001", "--unit", "S", "--email", "ne adresas", *BY),
        ("extend", "TR-2026-000001", "--days", "penkios", "--reason", "r", *BY),
        ("pause", "TR-2026-000001", *BY),
        ("forward", "TR-2026-000001", "--reason", "r", *BY),
        ("notify", "TR-2026-000001", *BY),
        ("withdraw", "TR-2026-000001", "--by", "Rūta"),
        ("withdraw", "TR-2026-000001", "--by", "Rūta Rimkutė"),
        ("withdraw", "TR-2026-000001", "--by", "Rūta Rimkutė,"),
        ("withdraw", "TR-2026-000001", "--by", "Rūta, vedėja"),
        ("withdraw", "TR-2026-000001", "--by", "Rūta Rimkutė, vedė\x1bja"),
        ("withdraw", "TR-2026-\udc80", *BY),
        ("pause", "TR-2026-000001", "--reason", "a\x07b", *BY),
        ("pause", "TR-2026-000001", "--reason", "a\udc80b", *BY),
        ("decide",),
        ("decide", "TR-2026-000001"),
        ("decide", "TR-2026-000001", *BY),
        ("decide", "TR-2026-000001", *BY, "--file", "/nėra/decision.yml"),
        ("export",),
        ("export", "--format", "xls"),
        ("export", "--format", "csv", "--from", "vakar"),
        ("export", "--format", "csv", "--until", "0001-01-01"),
        ("export", "--format", "csv", "--municipality", "kaunas"),
        ("export", "--format", "csv", "-o", "/nėra/aplanko.csv"),
    ],
    ids=ascii,
)
def test_bad_usage_ends_with_code_2_and_one_clear_line(arguments: tuple[str, ...], capsys: Capture) -> None:
    assert cases(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("langelis")
    assert err.count("\n") == 1


@pytest.mark.parametrize("action", ["list", "show", "decide", "export", *ACTING])
def test_every_command_explains_itself(action: str, capsys: Capture) -> None:
    assert cases(action, "--help") == 0
    assert "usage: langelis cases" in capsys.readouterr().out


@pytest.mark.parametrize("action", ["show", *ACTING])
def test_a_case_that_is_not_there_is_one_clear_line(action: str, capsys: Capture) -> None:
    given = () if action == "show" else (*ACTING[action], *BY)
    assert cases(action, "TR-2026-000009", *given) == 1
    assert capsys.readouterr().err == "langelis: there is no case TR-2026-000009\n"


@pytest.mark.parametrize("action", ACTING)
def test_nobody_acts_without_a_name(case: Case, action: str, capsys: Capture) -> None:
    assert cases(action, case.number, *ACTING[action]) == 2
    assert "--by" in capsys.readouterr().err


def test_an_empty_register_is_said_to_be_empty(capsys: Capture) -> None:
    assert printed(capsys, "list") == "no cases\n"
    assert printed(capsys, "list", "--json") == "[]\n"


def test_the_list_puts_first_what_is_overdue(at_desk: AtDesk, clock: FakeClock, capsys: Capture) -> None:
    at_desk(lambda desk: file_case(desk, "Senas."))
    clock.move(days=30)
    newer = at_desk(lambda desk: file_case(desk, "Naujas.", kind=CaseKind.REQUEST))
    at_desk(lambda desk: work(desk, newer, Assign(assignee=Assignee(unit="Seniūnija"))))
    clock.move(days=1)
    lines = [line.split() for line in printed(capsys, "list").splitlines()]
    assert " ".join(lines[0]) == "number kind state received charter due legal due overdue unit"
    assert lines[1] == "TR-2026-000001 complaint received 2026-12-23 2027-01-04 2027-01-25 CHARTER -".split()
    assert lines[2] == "TR-2027-000001 request assigned 2027-01-22 - 2027-02-22 - Seniūnija".split()
    clock.move(days=3)
    assert "CHARTER+LEGAL" in printed(capsys, "list", "--overdue")
    assert "TR-2027-000001" not in printed(capsys, "list", "--overdue")


def test_the_list_is_narrowed_by_municipality_state_and_kind(at_desk: AtDesk, capsys: Capture) -> None:
    at_desk(lambda desk: file_case(desk, "Pirmas."))
    at_desk(lambda desk: file_case(desk, "Antras.", municipality="varena", kind=CaseKind.SUGGESTION))

    def numbers(*arguments: str) -> list[str]:
        return [line.split()[0] for line in printed(capsys, "list", *arguments).splitlines()[1:]]

    assert numbers("--municipality", "varena") == ["VAR-2026-000001"]
    assert numbers("--kind", "complaint") == ["TR-2026-000001"]
    assert numbers("--state", "received") == ["TR-2026-000001", "VAR-2026-000001"]
    assert numbers("--state", "closed") == []


def test_the_list_as_json_has_the_columns_of_the_export_and_no_contact(case: Case, capsys: Capture) -> None:
    (shown,) = json.loads(printed(capsys, "list", "--json"))
    assert tuple(shown) == COLUMNS
    assert (shown["number"], shown["contact_email"], shown["legal_due"]) == (case.number, None, "2027-01-25")


def test_a_case_is_shown_whole_with_a_masked_contact(case: Case, capsys: Capture) -> None:
    shown = printed(capsys, "show", case.number)
    assert shown.splitlines()[0] == case.number
    assert "2026-12-23 10:00, counted from 2026-12-23, by web" in shown
    assert "Direktorė nemandagi.\n                  Prašau padėti." in shown
    assert "O*** P***, o***@example.lt, ***67" in shown
    for hidden in ("Petraitė", "petraite", "61234567"):
        assert hidden not in shown
    assert "acknowledged  bot  channel: web" in shown


def test_a_number_may_be_typed_in_small_letters(case: Case, capsys: Capture) -> None:
    assert printed(capsys, "show", case.number.lower()) == printed(capsys, "show", case.number)


def test_the_contact_is_shown_in_full_on_demand_only(case: Case, capsys: Capture) -> None:
    assert "Ona Petraitė, ona.petraite@example.lt, +37061234567" in printed(
        capsys, "show", case.number, "--with-contact"
    )
    masked, full = (
        json.loads(printed(capsys, "show", case.number, "--json", *more)) for more in ((), ("--with-contact",))
    )
    assert (masked["contact_phone"], full["contact_phone"]) == ("***67", "+37061234567")


def test_both_clocks_are_explained_day_by_day_with_the_names_of_holidays(case: Case, capsys: Capture) -> None:
    shown = printed(capsys, "show", case.number, "--explain")
    charter = shown.split("charter clock: ")[1].split("legal clock: ")[0].splitlines()
    assert charter == [
        "5 working days, due 2027-01-04",
        "  2026-12-24 Thu   -  holiday: Kūčių diena",
        "  2026-12-25 Fri   -  holiday: Šv. Kalėdų pirma diena",
        "  2026-12-26 Sat   -  holiday: Šv. Kalėdų antra diena",
        "  2026-12-27 Sun   -  weekend",
        "  2026-12-28 Mon   1",
        "  2026-12-29 Tue   2",
        "  2026-12-30 Wed   3",
        "  2026-12-31 Thu   4",
        "  2027-01-01 Fri   -  holiday: Naujųjų metų diena",
        "  2027-01-02 Sat   -  weekend",
        "  2027-01-03 Sun   -  weekend",
        "  2027-01-04 Mon   5",
    ]
    assert "legal clock: 20 working days, due 2027-01-25" in shown
    assert "  2027-01-25 Mon  20\n" in shown


def test_extension_and_pause_are_seen_in_the_counting(
    case: Case, at_desk: AtDesk, clock: FakeClock, capsys: Capture
) -> None:
    at_desk(lambda desk: work(desk, case, Extend(days=10, reason="Daug liudytojų.")))
    assert "legal clock: 30 working days (10 by extension), due 2027-02-08" in printed(
        capsys, "show", case.number, "--explain"
    )
    clock.move(days=5)
    at_desk(lambda desk: work(desk, case, PauseCase(reason="Teismas.")))
    shown = printed(capsys, "show", case.number, "--explain")
    assert "legal clock: 30 working days (10 by extension), paused: no due date until it is resumed" in shown
    assert shown.endswith("  2026-12-28 Mon   -  paused\n")


def test_a_kind_without_a_clock_has_none_to_explain(at_desk: AtDesk, capsys: Capture) -> None:
    praise = at_desk(lambda desk: file_case(desk, "Ačiū!", kind=CaseKind.PRAISE))
    shown = printed(capsys, "show", praise.number, "--explain")
    assert "charter clock: none\nlegal clock: none\n" in shown
    assert json.loads(printed(capsys, "show", praise.number, "--json"))["counting"] == {"charter": [], "legal": []}


def test_a_case_as_json_has_history_and_counting(case: Case, capsys: Capture) -> None:
    shown = json.loads(printed(capsys, "show", case.number, "--json"))
    assert [event["kind"] for event in shown["history"]] == ["received", "acknowledged"]
    assert shown["history"][0]["at"] == "2026-12-23T10:00:00+02:00"
    assert shown["counting"]["charter"][0] == {
        "day": "2026-12-24",
        "number": None,
        "rest": "holiday",
        "name": "Kūčių diena",
        "paused": False,
    }


def test_what_a_resident_wrote_gives_the_terminal_no_orders(at_desk: AtDesk, capsys: Capture) -> None:
    nasty = at_desk(lambda desk: file_case(desk, "Labas\x1b[2J\x07 rytas", contact=Contact(name="\x1b]0;x Y")))
    shown = printed(capsys, "show", nasty.number, "--with-contact")
    assert "\x1b" not in shown
    assert "\x07" not in shown


def test_a_case_goes_its_whole_way(case: Case, tmp_path: Path, clock: FakeClock, capsys: Capture) -> None:
    file = tmp_path / "decision.yml"
    file.write_text(DECISION, encoding="utf-8")
    number = case.number
    steps = (
        (("classify", "--kind", "complaint", "--about", "Direktorė J.", "--reason", "Pažeistos teisės."), "received"),
        (("assign", "--unit", "Švietimo skyrius", "--person", "Jonas Jonaitis", "--email", "s@example.lt"), "assigned"),
        (("investigate", "--note", "Pradėta."), "investigated"),
        (("extend", "--days", "10", "--reason", "Daug liudytojų."), "investigated"),
        (("pause", "--reason", "Laukiama teismo."), "paused"),
        (("resume", "--note", "Teismas baigėsi."), "assigned"),
        (("decide", "--file", str(file)), "decided"),
        (("notify", "--how", "el. paštu"), "notified"),
        (("close", "--reason", "Atsakyta."), "closed"),
        (("reopen", "--reason", "Nauji įrodymai."), "assigned"),
        (("withdraw",), "withdrawn"),
    )
    for (action, *given), state in steps:
        clock.move(hours=1)
        assert f"; state {state}, " in printed(capsys, action, number, *given, *BY)
    shown = json.loads(printed(capsys, "show", number, "--json"))
    history = shown["history"]
    kinds = "classified assigned investigated extended paused resumed decided notified closed reopened withdrawn"
    assert [event["kind"] for event in history][2:] == kinds.split()
    assert {event["actor_name"] for event in history[2:]} == {"Rūta Rimkutė, vyriausioji specialistė"}
    assert (shown["complained_about"], shown["assigned_unit"]) == ("Direktorė J.", "Švietimo skyrius")


def test_a_case_is_forwarded_to_whom_it_belongs(case: Case, capsys: Capture) -> None:
    given = ("--to", "Trakų policijos komisariatas", "--reason", "Ne savivaldybės.")
    assert "state forwarded" in printed(capsys, "forward", case.number, *given, *BY)
    assert rows(printed(capsys, "export", "--format", "csv"))[0]["forwarded_to"] == "Trakų policijos komisariatas"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("assign", "--unit", "direktore JANINA"),
            "Direktorė Janina is complained about and must not examine the case (VAĮ 23 str. 2 d.)",
        ),
        (
            ("assign", "--unit", "Skyrius", "--person", "Direktorė Janina"),
            "Direktorė Janina is complained about and must not examine the case (VAĮ 23 str. 2 d.)",
        ),
        (
            ("extend", "--days", "11", "--reason", "r"),
            "an extension is 1 to 10 working days, not 11 (VAĮ 10 str. 4 d.)",
        ),
        (("close", "--reason", "r"), "a complaint that awaits an answer must be decided first (VAĮ 10 str. 4 d.)"),
        (("investigate",), "a case that is received cannot be investigated"),
        (("resume",), "a case that is received cannot be resumed"),
        (("classify", "--reason", "r"), "neither a kind nor who is complained about was given"),
    ],
)
def test_what_a_rule_forbids_is_refused_with_its_article_and_changes_nothing(
    case: Case, arguments: tuple[str, ...], said: str, capsys: Capture
) -> None:
    before = printed(capsys, "show", case.number, "--json")
    action, *given = arguments
    assert cases(action, case.number, *given, *BY) == 1
    assert capsys.readouterr().err == f"langelis: {said}\n"
    assert printed(capsys, "show", case.number, "--json") == before


def test_a_term_is_extended_once(case: Case, capsys: Capture) -> None:
    given = (case.number, "--days", "3", "--reason", "r", *BY)
    assert cases("extend", *given) == 0
    assert cases("extend", *given) == 1
    assert "may be done once (VAĮ 10 str. 4 d.)" in capsys.readouterr().err


def test_an_empty_decision_is_printed_and_names_what_it_lacks(case: Case, tmp_path: Path, capsys: Capture) -> None:
    template = printed(capsys, "decide", "--template")
    file = tmp_path / "decision.yml"
    file.write_text(template, encoding="utf-8")
    cases("assign", case.number, "--unit", "Skyrius", *BY)
    capsys.readouterr()
    assert cases("decide", case.number, "--file", str(file), *BY) == 1
    assert capsys.readouterr().err == (
        "langelis: the decision lacks what was decided (ruling), the legal and factual grounds, the motives, "
        "how to appeal (body, term, act), name, surname and position of the official (VAĮ 10 str. 5 d.)\n"
    )


def test_a_decision_gets_institution_date_and_number(case: Case, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "decision.yml"
    file.write_text(DECISION, encoding="utf-8")
    cases("assign", case.number, "--unit", "Skyrius", *BY)
    printed(capsys, "decide", case.number, "--file", str(file), *BY)
    shown = json.loads(printed(capsys, "show", case.number, "--json"))
    said = shown["history"][-1]["data"]
    assert (said["institution"], said["decided_on"], said["number"]) == (
        "Trakų rajono savivaldybė",
        "2026-12-23",
        case.number,
    )


@pytest.mark.parametrize("text", ["rulling: x\n", "ruling: [\n", "decided_on: rytoj\n"])
def test_a_file_that_is_no_decision_is_bad_usage(case: Case, tmp_path: Path, text: str, capsys: Capture) -> None:
    file = tmp_path / "decision.yml"
    file.write_text(text, encoding="utf-8")
    assert cases("decide", case.number, "--file", str(file), *BY) == 2
    err = capsys.readouterr().err
    assert err.startswith(f"langelis: {file}: ")
    assert err.count("\n") == 1


def test_an_empty_register_is_exported_as_a_header(capsys: Capture) -> None:
    assert printed(capsys, "export", "--format", "csv") == ",".join(COLUMNS) + "\r\n"
    assert printed(capsys, "export", "--format", "json") == "[]\n"


def test_the_register_is_exported_in_order_of_receipt(at_desk: AtDesk, clock: FakeClock, capsys: Capture) -> None:
    first = at_desk(lambda desk: file_case(desk, 'Sakė: "Eik, eik",\nir išėjo.'))
    at_desk(lambda desk: decide_and_close(desk, first, clock))
    clock.move(days=40)
    at_desk(lambda desk: file_case(desk, "Antras.", kind=CaseKind.CHARTER_NOTICE))
    older, newer = rows(printed(capsys, "export", "--format", "csv"))
    assert older["description"] == 'Sakė: "Eik, eik",\nir išėjo.'
    assert {name: older[name] for name in ("number", "state", "received_at", "decided_on", "decision_number")} == {
        "number": "TR-2026-000001",
        "state": "closed",
        "received_at": "2026-12-23T10:00:00+02:00",
        "decided_on": "2026-12-23",
        "decision_number": "S-15",
    }
    assert (newer["number"], newer["kind"], newer["charter_due"]) == ("TR-2027-000001", "charter_notice", "2027-02-08")


def test_an_export_has_contacts_on_demand_only(case: Case, capsys: Capture) -> None:
    plain, full = (rows(printed(capsys, "export", "--format", "csv", *more))[0] for more in ((), ("--with-contact",)))
    names = ("contact_name", "contact_email", "contact_phone")
    assert [plain[name] for name in names] == ["", "", ""]
    # A telephone number begins like a formula.
    assert [full[name] for name in names] == ["Ona Petraitė", "ona.petraite@example.lt", "'+37061234567"]
    assert "Petrait" not in printed(capsys, "export", "--format", "json")


def test_a_formula_in_a_complaint_is_defused(at_desk: AtDesk, capsys: Capture) -> None:
    formula = '=HYPERLINK("https://blogas.example","Spausti")'
    at_desk(lambda desk: file_case(desk, formula))
    assert rows(printed(capsys, "export", "--format", "csv"))[0]["description"] == f"'{formula}"
    assert json.loads(printed(capsys, "export", "--format", "json"))[0]["description"] == formula


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--from", "2026-12-23"), ["first", "second"]),
        (("--from", "2026-12-24"), ["second"]),
        (("--until", "2026-12-23"), ["first"]),
        (("--until", "2026-12-22"), []),
        (("--from", "2026-12-23", "--until", "2026-12-24"), ["first", "second"]),
        (("--from", "2026-12-25", "--until", "2026-12-23"), []),
        (("--municipality", "varena"), []),
    ],
    ids=" ".join,
)
def test_an_export_goes_by_days_of_lithuania_both_included(
    at_desk: AtDesk, clock: FakeClock, arguments: tuple[str, ...], expected: list[str], capsys: Capture
) -> None:
    clock.move(hours=13, minutes=59)  # 23.59 in Vilnius
    at_desk(lambda desk: file_case(desk, "first"))
    clock.move(minutes=1)
    at_desk(lambda desk: file_case(desk, "second"))
    assert [row["description"] for row in rows(printed(capsys, "export", "--format", "csv", *arguments))] == expected


def test_an_export_is_written_to_a_file_for_its_owner_only(case: Case, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "register.json"
    assert cases("export", "--format", "json", "-o", str(file)) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", f"{file}: 1 case\n")
    (written,) = json.loads(file.read_text(encoding="utf-8"))
    assert tuple(written) == (*COLUMNS, "history")
    assert [event["kind"] for event in written["history"]] == ["received", "acknowledged"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_csv_file_is_utf_8_without_a_mark_and_with_crlf(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    assert cases("export", "--format", "csv", "-o", str(file)) == 0
    content = file.read_bytes()
    assert content.startswith(b"number,municipality,kind,")
    assert content.count(b"\r\n") == 2
    assert "Direktorė nemandagi.\nPrašau padėti." in content.decode()


def test_retention_says_what_it_would_remove_and_then_removes_it(
    at_desk: AtDesk, clock: FakeClock, capsys: Capture
) -> None:
    closed = at_desk(lambda desk: file_case(desk, "Senas."))
    at_desk(lambda desk: decide_and_close(desk, closed, clock))
    at_desk(lambda desk: file_case(desk, "Tebevyksta."))
    clock.move(days=1826)
    listed = "case files: 1\n  TR-2026-000001\ncase contacts: 0\nchats: 0\ndrafts: 0\nsent mails: 0\n"
    for _ in range(2):
        assert code_of("retention", "run", "--dry-run") == 0
        assert capsys.readouterr().out.startswith(f"would be removed:\n{listed}unsent mails: ")
    assert code_of("retention", "run") == 0
    assert capsys.readouterr().out.startswith(f"removed:\n{listed}unsent mails: ")
    assert code_of("retention", "run") == 0
    assert "TR-2026" not in capsys.readouterr().out
    shown = printed(capsys, "show", "TR-2026-000001")
    assert "(erased)" in shown
    assert "Senas." not in shown
    assert "erased        system  scope: case" in shown


@pytest.mark.parametrize("arguments", [(), ("walk",), ("run", "--hard")], ids=" ".join)
def test_bad_usage_of_retention_is_one_clear_line(arguments: tuple[str, ...], capsys: Capture) -> None:
    assert code_of("retention", *arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_retention_refuses_a_period_of_nothing(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("LANGELIS_RETENTION_CASE_DAYS", "0")
    assert code_of("retention", "run") == 2
    assert capsys.readouterr().err == "langelis: LANGELIS_RETENTION_CASE_DAYS: expected 1 to 36500\n"
