"""Runs the website channel until a signal or a failed engine ends it."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress

import structlog
from aiohttp import web

from bot.app import Core, running
from bot.errors import CannotListenError, EngineError
from bot.services.people.first_run import first_run_lines
from channels.web.app import create_app

log = structlog.get_logger(__name__)

_SHUTDOWN_SECONDS = 5.0


async def run(core: Core) -> int:
    """Serve; return 0 after a signal, 1 when the engine could not be started."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with running(core) as load_engine:
        runner = web.AppRunner(create_app(core), access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS)
        await runner.setup()
        try:
            site = web.TCPSite(runner, core.settings.host, core.settings.port)
            try:
                await site.start()
            except OSError as error:
                raise CannotListenError(
                    f"cannot listen on {core.settings.host}:{core.settings.port}: {error.strerror}"
                ) from error
            print(f"Langelis: {_address(runner)}", file=sys.stderr, flush=True)  # noqa: T201 - for the person who started it
            for line in await first_run_lines(core.people.accounts, core.settings.host, _address(runner)):
                print(line, file=sys.stderr, flush=True)  # noqa: T201 - for the person who started it
            return await _until_stopped(stop, load_engine())
        finally:
            await runner.cleanup()


async def _until_stopped(stop: asyncio.Event, engine_start: asyncio.Task[None]) -> int:
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([stopping, engine_start], return_when=asyncio.FIRST_COMPLETED)
    if not stopping.done():
        try:
            engine_start.result()
        except EngineError as error:
            log.error("engine_failed", error=str(error))  # noqa: TRY400 - the message says all
            stopping.cancel()
            with suppress(asyncio.CancelledError):
                await stopping
            return 1
        print("Langelis: ready", file=sys.stderr, flush=True)  # noqa: T201 - for the person who started it
    await stopping
    return 0


def _address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
