"""Call-backs and messages that residents left."""

from __future__ import annotations

from aiohttp import web

from bot.core.handoff import TaskState
from channels.web.keys import CORE
from channels.web.operator.asked import choice_of, read_number, value_of
from channels.web.operator.desk_json import task_json
from channels.web.operator.desk_refusals import refusing
from channels.web.operator.guard import operator_of
from channels.web.operator.refusals import json_answer


@refusing
async def listed(request: web.Request) -> web.Response:
    """Return the tasks of one's municipalities by due date."""
    found = await request.app[CORE].handoff.tasks.listed(
        operator_of(request), choice_of(request, "state", TaskState.OPEN), value_of(request, "municipality")
    )
    return json_answer([task_json(task) for task in found])


@refusing
async def take(request: web.Request) -> web.Response:
    """Take a task on; of several who reach for it one gets it."""
    number = read_number(request.match_info["id"])
    return json_answer(task_json(await request.app[CORE].handoff.tasks.take(operator_of(request), number)))


@refusing
async def finish(request: web.Request) -> web.Response:
    """Mark a task as done."""
    number = read_number(request.match_info["id"])
    return json_answer(task_json(await request.app[CORE].handoff.tasks.finish(operator_of(request), number)))
