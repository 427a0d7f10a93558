"""The mails of cases on a real database: to whom, about what, and in one transaction with what they tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.core.case import RESIDENT, Assignee, CaseKind, CaseState, Contact
from bot.core.case_rules import (
    Assign,
    Classify,
    Close,
    Command,
    Decide,
    Extend,
    Forward,
    Investigate,
    Notify,
    PauseCase,
    Reopen,
    Resume,
    Withdraw,
)
from bot.errors import UnknownCaseError
from bot.storage import outbox
from bot.storage.tables import CaseCounterRow, CaseRow
from tests.integration.cases.conftest import (
    EXAMINER_MAIL,
    QUALITY_MAIL,
    RESIDENT_MAIL,
    URL,
    WITHOUT_EMAIL,
    Office,
    set_local_noon,
)
from tests.unit.services.cases.samples import CHARTER_DUE, DECISION, FILING, HOSTILE, LEGAL_DUE, OFFICIAL, SCRIPT

ASSIGN = Assign(assignee=Assignee(unit="Kanceliarija", person="Petras Petraitis", email=EXAMINER_MAIL))
EXTEND = Extend(days=10, reason="Reikia specialisto išvados.")
TO_COMPLAINT = Classify(kind=CaseKind.COMPLAINT, reason="Kalbama apie pažeistas teises.")
FORWARD = Forward(to="Via Lietuva", reason="Kelias yra valstybinis.")
CLOSE = Close(reason="Klausimas išspręstas telefonu.")
BRACES = re.compile(r"\{[{%#]|[#%}]\}|\bNone\b")


async def test_a_filed_case_is_told_to_the_resident_and_to_the_quality_mailbox(office: Office) -> None:
    number = await office.file()
    receipt, new = await office.posted()
    assert (receipt.kind, receipt.to, receipt.reply_to) == ("email", RESIDENT_MAIL, QUALITY_MAIL)
    assert (new.kind, new.to, new.reply_to) == ("email", QUALITY_MAIL, None)
    assert number == "TR-2026-000001"
    for mail in (receipt, new):
        assert number in mail.subject
        for due in (CHARTER_DUE, LEGAL_DUE):
            assert str(due) in mail.text
            assert str(due) in mail.html
        # By it retention finds what was written about a case.
        assert mail.marks == {"case": number}


async def test_over_the_holidays_both_due_dates_are_right(office: Office) -> None:
    await office.file()
    receipt, _ = await office.posted()
    # 24–26 December and 1 January are holidays (standards.md 1.5, test vectors).
    assert "pagal chartiją: 2027-01-04" in receipt.text
    assert "pagal įstatymą: 2027-01-25" in receipt.text


async def test_what_comes_on_a_holiday_counts_from_the_next_working_day(office: Office) -> None:
    set_local_noon(office.clock, 2026, 12, 25)
    await office.file()
    receipt, new = await office.posted()
    assert "Gavimo diena: 2026-12-28" in receipt.text
    assert "Kreipėtės ne darbo metu (2026-12-25 12:00)" in receipt.text
    assert "Pateikta: 2026-12-25 12:00" in new.text


async def test_the_receipt_holds_the_code_and_a_link_that_confirms_the_address(office: Office) -> None:
    await office.file()
    receipt, new = await office.posted()
    link = re.search(rf"{URL}/case/confirm/([\w-]{{20,}})\n", receipt.text)
    assert link
    assert f'href="{link[0].strip()}"' in receipt.html
    assert "ABCD-EFGH" in receipt.text
    for secret in ("ABCD-EFGH", link[1]):
        assert secret not in new.text + new.html + new.subject


async def test_filing_the_same_again_writes_nothing(office: Office) -> None:
    await office.file()
    await office.posted()
    await office.file()
    assert await office.posted() == []


async def test_a_resident_without_an_email_address_gets_no_mail_at_all(office: Office) -> None:
    number = await office.file(WITHOUT_EMAIL)
    await office.act(number, ASSIGN, TO_COMPLAINT, PauseCase(reason="Laukiame."), Resume(), EXTEND)
    await office.act(number, Decide(decision=DECISION), Notify(how="telefonu"), CLOSE, Reopen(reason="Nauji duomenys."))
    assert set(await office.posted_to()) == {QUALITY_MAIL, EXAMINER_MAIL}


@pytest.mark.parametrize("kind", [CaseKind.SUGGESTION, CaseKind.PRAISE])
async def test_what_has_no_term_gets_a_short_receipt(office: Office, kind: CaseKind) -> None:
    await office.file(replace(FILING, kind=kind))
    receipt, new = await office.posted()
    assert str(LEGAL_DUE) not in receipt.text + new.text
    assert "ačiū" in receipt.text


@pytest.mark.parametrize(
    ("municipality", "mailbox"), [("varena", "info@varena.lt"), ("alytus-r", "info@arsa.lt"), ("trakai", QUALITY_MAIL)]
)
async def test_each_municipality_hears_of_its_cases(office: Office, municipality: str, mailbox: str) -> None:
    await office.file(replace(FILING, municipality=municipality))
    receipt, new = await office.posted()
    assert new.to == receipt.reply_to == mailbox
    assert str(LEGAL_DUE) in receipt.text
    # Only the charter of Trakai names a term.
    assert (str(CHARTER_DUE) in re.sub("ne vėliau kaip.*", "", receipt.text)) is (municipality == "trakai")


@pytest.mark.parametrize(
    ("before", "command", "recipients", "said"),
    [
        ([], ASSIGN, [EXAMINER_MAIL], "Padalinys: Kanceliarija"),
        ([], Assign(assignee=Assignee(unit="Kanceliarija")), [], ""),
        ([], TO_COMPLAINT, [RESIDENT_MAIL], "Dabar nagrinėjama kaip: skundas"),
        ([], Classify(kind=CaseKind.SUGGESTION, reason="Siūloma."), [], ""),
        ([TO_COMPLAINT], Classify(kind=CaseKind.COMPLAINT, reason="Dar kartą."), [], ""),
        ([TO_COMPLAINT], Classify(complained_about="Ūkio skyrius", reason="Patikslinta."), [], ""),
        ([ASSIGN], Investigate(), [], ""),
        ([], EXTEND, [RESIDENT_MAIL], "Naujas nagrinėjimo terminas pagal įstatymą: 2027-02-08"),
        ([], PauseCase(reason="Laukiame teismo."), [RESIDENT_MAIL], "Laukiame teismo."),
        ([PauseCase(reason="Laukiame.")], Resume(note="Atsakyta."), [RESIDENT_MAIL], f"pagal įstatymą: {LEGAL_DUE}"),
        ([], FORWARD, [RESIDENT_MAIL], "Kam persiųsta: Via Lietuva"),
        ([ASSIGN], Decide(decision=DECISION), [RESIDENT_MAIL], DECISION.motives),
        ([ASSIGN, Decide(decision=DECISION)], Notify(how="telefonu"), [], ""),
        ([ASSIGN], Withdraw(), [QUALITY_MAIL, EXAMINER_MAIL], "atsiimtas"),
        ([], Withdraw(), [QUALITY_MAIL], "atsiimtas"),
        ([], CLOSE, [RESIDENT_MAIL], "Klausimas išspręstas telefonu."),
        ([Withdraw()], CLOSE, [], ""),
        ([ASSIGN, Decide(decision=DECISION)], CLOSE, [], ""),
        (
            [ASSIGN, CLOSE],
            Reopen(reason="Rasta klaida."),
            [RESIDENT_MAIL, QUALITY_MAIL, EXAMINER_MAIL],
            "Rasta klaida.",
        ),
    ],
)
async def test_whoever_must_know_is_told(
    office: Office, before: list[Command], command: Command, recipients: list[str], said: str
) -> None:
    number = await office.file()
    await office.act(number, *before)
    await office.posted()
    await office.act(number, command)
    mails = await office.posted()
    assert [mail.to for mail in mails] == recipients
    for mail in mails:
        assert said in mail.text
        assert not BRACES.search(mail.text)
        assert number in mail.subject


async def test_a_pause_moves_the_term_that_the_resident_is_told(office: Office) -> None:
    number = await office.file()
    await office.act(number, PauseCase(reason="Laukiame."))
    set_local_noon(office.clock, 2027, 1, 8)
    await office.posted()
    await office.act(number, Resume())
    [mail] = await office.posted()
    # Eight working days stood still: 28–31 December and 4–7 January; before them only holidays.
    assert "pagal įstatymą: 2027-02-04" in mail.text


async def test_the_mail_of_a_decision_is_marked_for_whoever_sees_it_leave(office: Office) -> None:
    number = await office.file()
    case = await office.act(number, ASSIGN, Decide(decision=DECISION))
    assert (await office.posted())[-1].marks == {"case": number, "notice": "decided", "event": len(case.history)}


async def test_a_resident_who_takes_a_case_back_is_reported_to_those_who_have_it(office: Office) -> None:
    number = await office.file()
    await office.act(number, ASSIGN)
    await office.posted()
    await office.act(number, Withdraw(), actor=RESIDENT)
    assert await office.posted_to() == [QUALITY_MAIL, EXAMINER_MAIL]


async def test_whoever_is_both_mailbox_and_examiner_is_told_once(office: Office) -> None:
    number = await office.file()
    await office.act(number, Assign(assignee=Assignee(unit="Kanceliarija", email=QUALITY_MAIL)))
    await office.posted()
    await office.desk.withdraw(number)
    assert await office.posted_to() == [QUALITY_MAIL]


async def test_an_exception_while_a_mail_is_written_leaves_no_case(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []

    async def second_fails(session: AsyncSession, kind: str, body: Mapping[str, object], now: object) -> None:
        if written:
            raise OSError("the disk is full")
        written.append(body)

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "add", second_fails)
        with pytest.raises(OSError, match="the disk is full"):
            await office.file()
    assert len(written) == 1
    async with office.database.read() as session:
        assert (await session.execute(select(func.count()).select_from(CaseRow))).scalar_one() == 0
        assert (await session.execute(select(func.count()).select_from(CaseCounterRow))).scalar_one() == 0
    assert await office.posted() == []
    # The number was given back.
    assert await office.file() == "TR-2026-000001"


async def test_an_exception_while_a_mail_is_written_undoes_what_it_would_tell(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = await office.file()
    await office.posted()

    async def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(outbox, "add", fails)
    with pytest.raises(OSError, match="the disk is full"):
        await office.act(number, EXTEND)
    entry = await office.desk.get(number)
    assert len(entry.case.history) == 2
    assert entry.terms.legal == LEGAL_DUE


async def test_an_address_to_which_nothing_can_be_sent_does_not_cost_the_case(office: Office) -> None:
    with capture_logs() as logs:
        number = await office.file(replace(FILING, contact=Contact(email="jonas @ pastas")))
    assert (await office.desk.get(number)).case.state is CaseState.RECEIVED
    assert await office.posted_to() == [QUALITY_MAIL]
    assert [entry for entry in logs if entry["event"] == "case_letter_unaddressed"] == [
        {"event": "case_letter_unaddressed", "case": number, "letter": "receipt", "log_level": "warning"}
    ]


async def test_what_a_resident_wrote_is_no_markup(office: Office) -> None:
    number = await office.file(HOSTILE)
    await office.act(number, Assign(assignee=Assignee(unit="Kanceliarija", email=EXAMINER_MAIL)))
    for mail in await office.posted():
        assert "<script" not in mail.html
        if mail.to != RESIDENT_MAIL:
            assert SCRIPT in mail.text
            assert "&lt;script&gt;" in mail.html


async def test_no_case_means_no_mail(office: Office) -> None:
    with pytest.raises(UnknownCaseError):
        await office.desk.act("TR-2026-000009", EXTEND, OFFICIAL)
    assert await office.posted() == []
