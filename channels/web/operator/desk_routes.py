"""Every route of conversations, cases and tasks with the permission that it needs."""

from __future__ import annotations

from bot.core.operators import Permission
from channels.web.operator import canned, cases, conversations, files, search, socket, tasks
from channels.web.operator.access import API, ROOT, OperatorRoute

_READ, _CASES = Permission.READ_CONVERSATIONS, Permission.READ_CASES
_CASE = f"{API}/cases/{{number}}"
_ONE_CANNED = f"{API}/canned/{{id}}"

DESK_ROUTES: tuple[OperatorRoute, ...] = (
    OperatorRoute("GET", f"{ROOT}/ws", socket.handle, _READ),
    OperatorRoute("GET", f"{API}/conversations", conversations.listed, _READ),
    OperatorRoute("GET", f"{API}/conversations/{{id}}", conversations.one, _READ),
    OperatorRoute("GET", f"{ROOT}/conversations/{{id}}/print", conversations.transcript, _READ),
    OperatorRoute("POST", f"{API}/conversations/{{id}}/files", files.take, Permission.REPLY),
    OperatorRoute("GET", f"{ROOT}/conversations/{{id}}/files/{{file}}", files.of_conversation, _READ),
    OperatorRoute("GET", f"{API}/colleagues", conversations.colleagues, _READ),
    OperatorRoute("GET", f"{API}/departments", conversations.departments, _READ),
    OperatorRoute("GET", f"{API}/services", conversations.services, _READ),
    OperatorRoute("GET", f"{API}/canned", canned.listed, Permission.USE_CANNED),
    OperatorRoute("POST", f"{API}/canned", canned.add, Permission.MANAGE_CANNED),
    OperatorRoute("GET", f"{API}/canned/export", canned.export, Permission.USE_CANNED),
    OperatorRoute("POST", f"{API}/canned/import", canned.take_in, Permission.MANAGE_CANNED),
    OperatorRoute("PATCH", _ONE_CANNED, canned.change, Permission.MANAGE_CANNED),
    OperatorRoute("DELETE", _ONE_CANNED, canned.remove, Permission.MANAGE_CANNED),
    OperatorRoute("GET", f"{API}/tasks", tasks.listed, Permission.MANAGE_TASKS),
    OperatorRoute("POST", f"{API}/tasks/{{id}}/take", tasks.take, Permission.MANAGE_TASKS),
    OperatorRoute("POST", f"{API}/tasks/{{id}}/done", tasks.finish, Permission.MANAGE_TASKS),
    OperatorRoute("GET", f"{API}/cases", cases.register, _CASES),
    OperatorRoute("GET", _CASE, cases.one, _CASES),
    OperatorRoute("GET", f"{ROOT}/cases/{{number}}/print", cases.printed, _CASES),
    OperatorRoute("GET", f"{ROOT}/cases/{{number}}/files/{{file}}", files.of_case, _CASES),
    *(
        OperatorRoute(
            "POST",
            f"{_CASE}/{name}",
            cases.acting(name),
            Permission.DECIDE_CASES if name == "decide" else Permission.MANAGE_CASES,
        )
        for name in cases.BODIES
    ),
    OperatorRoute("GET", f"{API}/search", search.find, _READ),
    OperatorRoute("GET", f"{API}/export", search.export, Permission.EXPORT),
)
