"""A decision is notified when its mail has left: once, by the system, and only if the mail did leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.core.case import SYSTEM, Assignee, CaseState, EventKind
from bot.core.case_rules import Assign, Close, Decide, Reopen
from bot.services.cases.delivery import DecisionDelivered
from bot.services.mail import mail_of
from bot.services.outbox import OutboxWorker
from bot.storage.outbox import Parcel
from tests.integration.cases.conftest import RESIDENT_MAIL, Office
from tests.unit.services.cases.samples import DECISION, FILED_AT, FILING

ASSIGN, DECIDE = Assign(assignee=Assignee(unit="Kanceliarija")), Decide(decision=DECISION)


class Post:
    """Takes mails; refuses as many as `refusals` says."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.taken: list[Parcel] = []

    async def __call__(self, parcel: Parcel) -> None:
        """Take one parcel or raise."""
        if self.refusals > 0:
            self.refusals -= 1
            raise ConnectionError("the line is dead")
        self.taken.append(parcel)


@pytest.fixture
def post() -> Post:
    """A mail server that takes everything."""
    return Post()


@pytest.fixture
def delivered(office: Office, post: Post) -> DecisionDelivered:
    """The hook around the mail server."""
    return DecisionDelivered(post, database=office.database, clock=office.clock)


@pytest.fixture
def worker(office: Office, delivered: DecisionDelivered) -> OutboxWorker:
    """A worker whose mails go through the hook."""
    return OutboxWorker(database=office.database, clock=office.clock, senders={"email": delivered}, jitter=lambda: 0.0)


async def test_a_decision_whose_mail_has_left_is_notified_by_the_system(office: Office, worker: OutboxWorker) -> None:
    number = await office.file()
    await office.act(number, ASSIGN, DECIDE)
    await worker.send_all()
    [event] = await office.history(number, EventKind.NOTIFIED)
    assert (event.actor, event.data, event.at) == (SYSTEM, {"how": "email"}, office.clock.now())
    assert (await office.desk.get(number)).case.state is CaseState.NOTIFIED


async def test_the_marked_row_is_still_a_mail(office: Office, worker: OutboxWorker, post: Post) -> None:
    await office.act(await office.file(), ASSIGN, DECIDE)
    await worker.send_all()
    assert [mail_of(parcel.body).to for parcel in post.taken].count(RESIDENT_MAIL) == 2


async def test_other_mails_notify_of_nothing(office: Office, worker: OutboxWorker) -> None:
    number = await office.file()
    await worker.send_all()
    assert await office.history(number, EventKind.NOTIFIED) == ()


async def test_a_mail_that_did_not_leave_notifies_of_nothing_until_it_does(
    office: Office, worker: OutboxWorker, post: Post
) -> None:
    number = await office.file()
    await worker.send_all()
    await office.act(number, ASSIGN, DECIDE)
    post.refusals = 1
    await worker.send_all()
    assert await office.history(number, EventKind.NOTIFIED) == ()
    office.clock.move(minutes=1)
    await worker.send_all()
    assert len(await office.history(number, EventKind.NOTIFIED)) == 1


async def test_a_second_copy_does_not_notify_twice(office: Office, delivered: DecisionDelivered) -> None:
    number = await office.file()
    decided = len((await office.act(number, ASSIGN, DECIDE)).history)
    for _ in range(3):
        await delivered.delivered(number, decided)
    assert len(await office.history(number, EventKind.NOTIFIED)) == 1


async def test_a_closed_case_is_not_notified_any_more(office: Office, delivered: DecisionDelivered) -> None:
    number = await office.file()
    decided = len((await office.act(number, ASSIGN, DECIDE, Close(reason="Atsakymo nepageidauta."))).history)
    await delivered.delivered(number, decided)
    assert (await office.desk.get(number)).case.state is CaseState.CLOSED


async def test_a_late_mail_of_an_old_decision_does_not_notify_of_the_new_one(
    office: Office, delivered: DecisionDelivered
) -> None:
    number = await office.file()
    old = len((await office.act(number, ASSIGN, DECIDE)).history)
    await office.act(number, Close(reason="Atsakymo nepageidauta."), Reopen(reason="Klaida."), DECIDE)
    await delivered.delivered(number, old)
    assert (await office.desk.get(number)).case.state is CaseState.DECIDED


async def test_the_mail_of_a_case_that_is_gone_is_no_failure(delivered: DecisionDelivered, post: Post) -> None:
    body = {"case": "TR-2020-000001", "notice": "decided", "event": 3}
    with capture_logs() as logs:
        await delivered(Parcel(1, "email", body, 0, FILED_AT))
    assert post.taken
    assert [entry["event"] for entry in logs] == ["delivered_unknown_case"]


async def test_a_notified_complaint_can_be_closed(office: Office, worker: OutboxWorker) -> None:
    number = await office.file(replace(FILING, wants_reply=True))
    await office.act(number, ASSIGN, DECIDE)
    await worker.send_all()
    case = await office.act(number, Close(reason="Baigta."))
    assert case.state is CaseState.CLOSED
