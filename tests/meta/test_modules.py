"""Every module can be imported first, none is too long, and each says what it is."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import PROJECT_ROOT
from tests.meta.imports import PACKAGES, all_imports, module_of, sources

_LONGEST = 400
# What others wrote is loaded once; then each of our modules is imported in a process that has none of ours.
_IMPORT_EACH = """
import importlib, json, os, sys, traceback
given = json.load(sys.stdin)
for name in given["foreign"]:
    importlib.import_module(name)
for name in given["ours"]:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        print(name)
"""


def foreign_modules() -> list[str]:
    """Return the modules of others that ours import when they are imported."""
    names = {found.name.rpartition(".")[0] or found.name for found in all_imports() if found.always}
    return sorted(name for name in names if not name.startswith(PACKAGES) and name != "__future__")


@pytest.mark.timeout(180)
def test_every_module_can_be_the_first_one_imported() -> None:
    ours = [module_of(path) for path in sources() if path.name != "__main__.py"]
    given = json.dumps({"foreign": foreign_modules(), "ours": ours})
    run = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", _IMPORT_EACH],
        cwd=PROJECT_ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert run.stdout.split() == [], run.stderr[-3000:]


@pytest.mark.parametrize("path", sources(), ids=module_of)
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= _LONGEST
