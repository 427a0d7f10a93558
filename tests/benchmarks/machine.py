"""The machine: what it is, and whether anything else keeps it busy."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

_QUIET = 0.10
_LOOK_SECONDS = 2.0
_PACKAGES = ("rasa", "rasa-sdk", "tensorflow", "aiohttp", "SQLAlchemy", "numpy")
_VERSIONS_SCRIPT = (
    "import importlib.metadata as m, json, platform, sys;"
    "print(json.dumps({'Python': platform.python_version(), **{p: m.version(p) for p in sys.argv[1:]}}))"
)


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures depend on."""

    cpu: str
    cores: int
    memory_gib: float
    system: str

    @classmethod
    def here(cls) -> Machine:
        """Describe this machine."""
        return cls(
            cpu=_cpu_model(),
            cores=len(os.sched_getaffinity(0)),
            memory_gib=psutil.virtual_memory().total / 2**30,
            system=f"{platform.system()} {platform.release().split('-')[0]}",
        )


def versions(python: Path) -> dict[str, str]:
    """Return the versions of Python and of the packages that matter in an interpreter's environment."""
    command = [str(python), "-c", _VERSIONS_SCRIPT, *_PACKAGES]
    found: dict[str, str] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def wait_until_quiet(patience_seconds: float) -> float:
    """Wait until less than a tenth of the processor is in use; return the share (0 … 1) that was in use at last."""
    deadline = time.monotonic() + patience_seconds
    while True:
        busy = float(psutil.cpu_percent(_LOOK_SECONDS)) / 100
        if busy < _QUIET or time.monotonic() > deadline:
            return busy


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
