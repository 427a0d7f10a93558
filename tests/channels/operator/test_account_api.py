"""The programming interface of accounts and of the audit log."""

from __future__ import annotations

from typing import Any

import pytest

from bot.app import Core
from bot.core.audit import Actor, AuditAction, AuditObject, AuditRecord
from bot.core.operators import PERMISSIONS, Permission, Role
from bot.services.people.watch import OperatorCut
from channels.web.operator.console import console_headers
from tests.channels.operator.console import Console, again, answer, console, refused
from tests.conftest import WebClient
from tests.fakes import FakeClock
from tests.people import ADDRESS, PASSWORD, code_of, hired, log_of, token_of

NEW = {"login": "Ona@Trakai.lt", "display_name": "Ona", "role": "operator", "municipalities": ["trakai"]}
OTHER = "visai kitas slaptažodis"


@pytest.fixture
async def rima(client: WebClient, core: Core) -> Console:
    """An operator of Trakai."""
    return await console(client, core)


@pytest.fixture
async def vyr(client: WebClient, core: Core) -> Console:
    """The only administrator."""
    return await console(client, core, "vyr", Role.ADMINISTRATOR)


class TestMe:
    """Who is signed in."""

    async def test_an_operator_learns_rights_and_scope(self, rima: Console) -> None:
        found = await rima.get("me")
        assert found["operator"] == {"id": rima.operator.id, "login": "rima", "display_name": "Rima", "totp": False}
        assert (found["role"], found["role_label"]) == ("operator", "Operatorius")
        assert set(found["permissions"]) == {permission.value for permission in PERMISSIONS[Role.OPERATOR]}
        assert found["scopes"] == {
            "all": False,
            "municipalities": [{"id": "trakai", "name": "Trakų rajono savivaldybė"}],
            "departments": [],
        }
        assert found["csrf_token"] == rima.headers["X-CSRF-Token"]
        assert rima.token not in repr(found)

    async def test_an_administrator_has_all_municipalities(self, vyr: Console) -> None:
        scopes = (await vyr.get("me"))["scopes"]
        assert scopes["all"] is True
        assert [one["id"] for one in scopes["municipalities"]] == ["alytus-r", "trakai", "varena"]


class TestSessions:
    """One's own sign-ins."""

    async def test_they_are_listed_with_this_one_marked(self, rima: Console, core: Core, clock: FakeClock) -> None:
        clock.move(minutes=2)
        await again(rima, core)
        found = (await rima.get("sessions"))["sessions"]
        assert sorted(one["current"] for one in found) == [False, True]
        assert {"id", "created_at", "last_seen_at", "expires_at", "address", "user_agent"} < set(found[0])
        assert rima.token not in repr(found)

    async def test_one_can_be_ended(self, rima: Console, core: Core) -> None:
        lost = await again(rima, core)
        (other,) = [one["id"] for one in (await rima.get("sessions"))["sessions"] if not one["current"]]
        await rima.send("DELETE", f"sessions/{other}")
        assert await refused(await lost.ask("GET", "me")) == (401, "sign_in_required")
        assert await refused(await rima.ask("DELETE", f"sessions/{other}")) == (404, "unknown_session")

    async def test_those_of_a_colleague_cannot(self, rima: Console, client: WebClient, core: Core) -> None:
        ona = await console(client, core, "ona")
        session = (await ona.get("me"))["session"]["id"]
        assert await refused(await rima.ask("DELETE", f"sessions/{session}")) == (404, "unknown_session")
        await ona.get("me")

    async def test_all_others_can_be_ended_at_once(self, rima: Console, core: Core) -> None:
        lost = [await again(rima, core) for _ in range(2)]
        assert await rima.send("DELETE", "sessions") == {"revoked": 2}
        assert [(await one.ask("GET", "me")).status for one in lost] == [401, 401]


class TestPassword:
    """One's own password."""

    async def test_it_is_changed_with_the_present_one(self, rima: Console, core: Core) -> None:
        lost = await again(rima, core)
        await rima.send("POST", "password", {"current": PASSWORD, "new": OTHER})
        await token_of(core.people, password=OTHER)
        assert (await lost.ask("GET", "me")).status == 401
        await rima.get("me")

    @pytest.mark.parametrize(
        ("current", "new", "expected"),
        [
            ("ne tas slaptažodis", OTHER, (403, "password_wrong")),
            (PASSWORD, "trumpas", (400, "password_too_short")),
            (PASSWORD, PASSWORD, (400, "password_same")),
            (PASSWORD, "rima12345678", (400, "password_like_login")),
        ],
    )
    async def test_a_bad_wish_is_refused_by_name(
        self, rima: Console, current: str, new: str, expected: tuple[int, str]
    ) -> None:
        assert await refused(await rima.ask("POST", "password", {"current": current, "new": new})) == expected

    async def test_guessing_in_an_open_browser_is_slowed_down(self, rima: Console) -> None:
        body = {"current": "ne tas slaptažodis", "new": OTHER}
        for _ in range(5):
            await rima.ask("POST", "password", body)
        waits = await rima.ask("POST", "password", body)
        assert await refused(waits) == (429, "too_many_tries")
        assert waits.headers["Retry-After"] == "30"

    @pytest.mark.parametrize("body", [{}, [], None, {"current": 1, "new": 2}, {"current": PASSWORD}, "x"])
    async def test_another_shape_is_refused(self, rima: Console, body: object) -> None:
        response = await rima.ask("POST", "password", body)
        assert await refused(response) == (400, "bad_request")

    async def test_what_is_no_json_is_refused(self, rima: Console, client: WebClient) -> None:
        for content, kind, code in (
            (b"{", "application/json", "bad_json"),
            (b'{"current": "a", "new": "b"}', "text/plain", "bad_request"),
            (b"current=a", "application/x-www-form-urlencoded", "bad_request"),
        ):
            response = await client.post(
                "/operator/api/password", data=content, headers=rima.headers | {"Content-Type": kind}
            )
            assert await refused(response) == (400, code)


class TestTotp:
    """Codes of an authenticator app."""

    async def test_they_are_switched_on_by_a_picture_and_a_first_code(
        self, rima: Console, clock: FakeClock, core: Core
    ) -> None:
        begun = await rima.send("POST", "totp", {"password": PASSWORD})
        assert begun["uri"].startswith("otpauth://totp/Langelis:rima?secret=")
        picture = await rima.ask("GET", begun["qr"])
        assert (picture.status, picture.content_type) == (200, "image/svg+xml")
        assert (await picture.read()).startswith(b"<svg")
        assert picture.headers["Cache-Control"] == "no-store"
        wrong = await rima.ask("POST", "totp/confirm", {"code": "000000x"})
        assert await refused(wrong) == (400, "totp_wrong")
        await rima.send("POST", "totp/confirm", {"code": code_of(begun["secret"], clock)})
        assert (await rima.get("me"))["operator"]["totp"] is True
        assert await refused(await rima.ask("GET", begun["qr"])) == (409, "totp_not_begun")
        assert begun["secret"] not in repr(await log_of(core.people))

    async def test_they_are_switched_off_with_the_password(self, rima: Console, clock: FakeClock) -> None:
        begun = await rima.send("POST", "totp", {"password": PASSWORD})
        await rima.send("POST", "totp/confirm", {"code": code_of(begun["secret"], clock)})
        wrong = await rima.ask("DELETE", "totp", {"password": "ne tas slaptažodis"})
        assert await refused(wrong) == (403, "password_wrong")
        await rima.send("DELETE", "totp", {"password": PASSWORD})
        assert (await rima.get("me"))["operator"]["totp"] is False


class TestOperators:
    """The administration page."""

    async def test_an_account_is_added_with_a_password_that_is_told_once(self, vyr: Console, core: Core) -> None:
        made = await vyr.send("POST", "operators", NEW, 201)
        assert made["operator"]["login"] == "ona@trakai.lt"
        listed = (await vyr.get("operators"))["operators"]
        assert [one["login"] for one in listed] == ["ona@trakai.lt", "vyr"]
        assert [one["must_change_password"] for one in listed] == [True, False]
        assert made["one_time_password"] not in repr((listed, await log_of(core.people)))
        assert "hash" not in repr(listed)

    @pytest.mark.parametrize(
        ("different", "expected"),
        [
            ({"login": "VYR"}, (409, "login_taken")),
            ({"login": "a b"}, (400, "login_invalid")),
            ({"display_name": ""}, (400, "name_invalid")),
            ({"municipalities": []}, (400, "municipality_required")),
            ({"municipalities": ["kaunas"]}, (400, "municipality_unknown")),
            ({"role": "administrator"}, (400, "scope_of_administrator")),
            ({"role": "karalius"}, (400, "bad_request")),
            ({"role": None}, (400, "bad_request")),
            ({"municipalities": "trakai"}, (400, "bad_request")),
            ({"departments": [""]}, (400, "department_invalid")),
        ],
    )
    async def test_what_cannot_be_is_refused_by_name(
        self, vyr: Console, different: dict[str, object], expected: tuple[int, str]
    ) -> None:
        assert await refused(await vyr.ask("POST", "operators", NEW | different)) == expected

    async def test_rights_change_at_the_next_request(self, vyr: Console, rima: Console) -> None:
        assert (await rima.ask("GET", "audit")).status == 403
        path = f"operators/{rima.operator.id}"
        changed = await vyr.send("PATCH", path, {"role": "supervisor", "municipalities": ["varena"]})
        assert (changed["operator"]["role"], changed["operator"]["municipalities"]) == ("supervisor", ["varena"])
        assert (await rima.ask("GET", "audit")).status == 200
        assert (await rima.ask("GET", "audit", query={"municipality": "trakai"})).status == 403

    @pytest.mark.parametrize("body", [{"login": "kita"}, {"disabled": True}, {"role": "x"}, [], {"id": "1"}])
    async def test_nothing_else_can_be_changed(self, vyr: Console, rima: Console, body: object) -> None:
        response = await vyr.ask("PATCH", f"operators/{rima.operator.id}", body)
        assert await refused(response) == (400, "bad_request")

    async def test_disabling_cuts_sessions_and_open_sockets_at_once(
        self, vyr: Console, rima: Console, core: Core
    ) -> None:
        who = await core.people.sessions.signed_in(rima.token, ADDRESS)
        assert who is not None
        heard: list[OperatorCut] = []
        core.people.watch.subscribe(who.session.id, who.rights_of, heard.append)
        changed = await vyr.send("POST", f"operators/{rima.operator.id}/disable")
        assert changed["operator"]["disabled"] is True
        assert [cut.session for cut in heard] == [who.session.id]
        assert (await rima.ask("GET", "me")).status == 401
        enabled = await vyr.send("POST", f"operators/{rima.operator.id}/enable")
        assert enabled["operator"]["disabled"] is False

    async def test_the_last_administrator_stays(self, vyr: Console) -> None:
        path = f"operators/{vyr.operator.id}"
        for response in (
            await vyr.ask("POST", f"{path}/disable"),
            await vyr.ask("PATCH", path, {"role": "operator", "municipalities": ["trakai"]}),
        ):
            assert await refused(response) == (409, "last_administrator")
        await vyr.get("me")

    async def test_a_password_is_reset(self, vyr: Console, rima: Console, core: Core) -> None:
        made = await vyr.send("POST", f"operators/{rima.operator.id}/reset-password")
        assert (await rima.ask("GET", "me")).status == 401
        assert len(made["one_time_password"]) == 19

    async def test_sessions_and_codes_of_others_can_be_ended(
        self, vyr: Console, rima: Console, clock: FakeClock
    ) -> None:
        begun = await rima.send("POST", "totp", {"password": PASSWORD})
        await rima.send("POST", "totp/confirm", {"code": code_of(begun["secret"], clock)})
        path = f"operators/{rima.operator.id}"
        assert await vyr.send("DELETE", f"{path}/sessions") == {"revoked": 1}
        assert (await vyr.send("DELETE", f"{path}/totp"))["operator"]["totp"] is False

    async def test_nobody_is_found_by_a_made_up_id(self, vyr: Console) -> None:
        for method, path in (
            ("PATCH", "operators/x"),
            ("POST", "operators/x/disable"),
            ("POST", "operators/x/enable"),
            ("POST", "operators/x/reset-password"),
            ("DELETE", "operators/x/totp"),
            ("DELETE", "operators/x/sessions"),
        ):
            response = await vyr.ask(method, path, {} if method == "PATCH" else None)
            assert await refused(response) == (404, "unknown_operator")


class TestAudit:
    """The log as supervisors see it."""

    async def filled(self, core: Core) -> None:
        """Write entries of two municipalities."""
        for municipality in ("trakai", "varena"):
            record = AuditRecord(
                action=AuditAction.CASE_READ,
                object_type=AuditObject.CASE,
                object_id=f"{municipality}-1",
                municipality=municipality,
            )
            await core.people.audit.note(Actor(operator_id="x", name="Kažkas"), record)

    async def listed(self, who: Console, **query: str) -> list[dict[str, Any]]:
        """Return entries."""
        found: list[dict[str, Any]] = (await answer(await who.ask("GET", "audit", query=query), 200))["entries"]
        return found

    async def test_supervisors_see_their_own_municipality(self, client: WebClient, core: Core) -> None:
        tadas = await console(client, core, "tadas", Role.SUPERVISOR)
        await self.filled(core)
        found = await self.listed(tadas)
        assert "trakai-1" in {entry["object_id"] for entry in found}
        assert {entry["municipality"] for entry in found} == {"trakai", None}

    async def test_filters_and_pages(self, vyr: Console, core: Core, clock: FakeClock) -> None:
        await self.filled(core)
        cases = await self.listed(vyr, object_type="case")
        assert [entry["object_id"] for entry in cases] == ["varena-1", "trakai-1"]
        assert (cases[0]["action_label"], cases[0]["object_label"]) == ("Peržiūrėjo kreipinį", "Kreipinys")
        assert [e["object_id"] for e in await self.listed(vyr, municipality="trakai", action="case_read")] == [
            "trakai-1"
        ]
        today = clock.now().date().isoformat()
        assert await self.listed(vyr, **{"from": today, "to": today, "operator": "x"}) == cases
        assert await self.listed(vyr, to="2026-11-20", action="") == []
        first = await vyr.get("audit", object_type="case", limit="1")
        second = await vyr.get("audit", object_type="case", limit="1", before=str(first["next_before"]))
        assert [first["entries"][0], second["entries"][0]] == cases
        assert second["next_before"] is None

    async def test_a_look_is_told_and_paging_on_is_none(self, vyr: Console, core: Core) -> None:
        await self.listed(vyr, object_type="case")
        await self.listed(vyr, object_type="case", before="1")
        looks = [entry for entry in await log_of(core.people) if entry.action == "audit_read"]
        assert [look.data for look in looks] == [{"filter": {"object_type": "case"}}]

    @pytest.mark.parametrize(
        "query",
        [
            {"from": "vakar"},
            {"to": "2026-13-01"},
            {"to": "9999-12-31"},
            {"from": "0001-01-01"},
            {"before": "-1"},
            {"limit": "9" * 20},
        ],
        ids=str,
    )
    async def test_a_filter_that_cannot_be_read_is_refused(self, vyr: Console, query: dict[str, str]) -> None:
        assert await refused(await vyr.ask("GET", "audit", query=query)) == (400, "bad_request")

    async def test_an_action_of_an_older_version_is_shown_as_it_is(
        self, vyr: Console, core: Core, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await self.filled(core)
        monkeypatch.setattr(core.texts, "has", lambda _: False)
        assert (await self.listed(vyr, object_type="case"))[0]["action_label"] == "case_read"


async def test_every_permission_action_and_object_has_its_lithuanian_name(core: Core) -> None:
    for role in Role:
        assert core.texts.has(f"operator.role.{role.value}")
    for action in AuditAction:
        assert core.texts.has(f"operator.action.{action.value}")
    for kind in AuditObject:
        assert core.texts.has(f"operator.object.{kind.value}")
    assert len(Permission) == len({permission.value for permission in Permission})


async def test_the_consoles_headers_never_repeat(core: Core) -> None:
    del core
    assert console_headers("a") != console_headers("b")


async def test_an_operator_cannot_learn_who_has_accounts(rima: Console, core: Core) -> None:
    await hired(core.people, "ona")
    for method, path in (("GET", "operators"), ("POST", "operators"), ("GET", "audit")):
        assert await refused(await rima.ask(method, path, {} if method == "POST" else None)) == (403, "forbidden")
