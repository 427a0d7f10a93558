"""Processes of a measured side: started with a log file, weighed and ended together with their children."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.settings import PROJECT_ROOT

CACHE = PROJECT_ROOT / ".bench"
"""Kept between runs and ignored by git: stock Rasa's environment, its model, logs."""
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Served:
    """A started process and the file that takes all it prints."""

    process: subprocess.Popen[bytes]
    log: Path

    def check_alive(self) -> None:
        """Raise RuntimeError with the end of the log when the process has ended."""
        code = self.process.poll()
        if code is not None:
            raise RuntimeError(f"{self.log.stem} ended with code {code}:\n{tail(self.log)}")

    def memory(self) -> int:
        """Return the resident memory in bytes of the process and all its children."""
        return sum(_resident(process) for process in _tree(self.process.pid))

    def stop(self) -> None:
        """End the process and its children, by force when they do not go."""
        processes = _tree(self.process.pid)
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for process in processes:
            if process.is_running() and process.pid != self.process.pid:
                process.kill()


@dataclass(frozen=True)
class Running:
    """One side, started: where it answers and of which processes it consists."""

    url: str
    started: float
    """`time.perf_counter()` just before the first process was started."""
    server: Served
    helpers: tuple[Served, ...] = ()

    def check_alive(self) -> None:
        """Raise RuntimeError when one of the processes has ended."""
        for served in (self.server, *self.helpers):
            served.check_alive()

    def stop(self) -> None:
        """End all processes."""
        for served in (self.server, *self.helpers):
            served.stop()


def start(
    name: str, command: Sequence[str | Path], *, folder: Path, logs: Path, environment: Mapping[str, str]
) -> Served:
    """Start a command in a folder; `environment` is added to the present one."""
    log = logs / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    return Served(process, log)


def run(name: str, command: Sequence[str | Path], *, folder: Path, logs: Path, environment: Mapping[str, str]) -> float:
    """Run a command to its end and return the seconds it took. Raises RuntimeError when it fails."""
    begun = time.perf_counter()
    served = start(name, command, folder=folder, logs=logs, environment=environment)
    try:
        code = served.process.wait()
    except BaseException:
        served.stop()
        raise
    if code != 0:
        raise RuntimeError(f"{name} ended with code {code}:\n{tail(served.log)}")
    return time.perf_counter() - begun


def logs_folder() -> Path:
    """Return the folder for the logs of what is not measured, creating it."""
    logs = CACHE / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    return logs


def free_port() -> int:
    """Return a TCP port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def tail(log: Path) -> str:
    """Return the end of a log."""
    return log.read_text(encoding="utf-8", errors="replace")[-3000:]


def _tree(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        resident: int = process.memory_info().rss
    except psutil.NoSuchProcess:
        return 0
    return resident
