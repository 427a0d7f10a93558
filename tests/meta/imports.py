"""Which module imports what, read from the source without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import PROJECT_ROOT

PACKAGES = ("bot", "actions", "channels")
_MIGRATIONS = PROJECT_ROOT / "bot" / "storage" / "migrations"


@dataclass(frozen=True)
class Import:
    """One imported name: `from aiohttp import web` is `aiohttp.web`; `always` unless it stands in a function."""

    module: str
    name: str
    always: bool

    def below(self, *packages: str) -> bool:
        """Tell whether the imported name is one of the packages or lies in one."""
        return any(f"{self.name}.".startswith(f"{package}.") for package in packages)


def sources() -> tuple[Path, ...]:
    """Return the product's Python files, without Alembic's migrations, which only Alembic can run."""
    files = (path for package in PACKAGES for path in (PROJECT_ROOT / package).rglob("*.py"))
    return tuple(sorted(f for f in files if "node_modules" not in f.parts and _MIGRATIONS not in f.parents))


def module_of(path: Path) -> str:
    """Return the dotted name of a file."""
    parts = path.relative_to(PROJECT_ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def all_imports() -> tuple[Import, ...]:
    """Return every import of the product, those for the type checker and those inside functions too."""
    return tuple(found for path in sources() for found in _imports(path))


def _imports(path: Path) -> Iterator[Import]:
    module, tree = module_of(path), ast.parse(path.read_text(encoding="utf-8"))
    at_start = set(map(id, _run_at_import(tree)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module, alias.name, id(node) in at_start)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: relative import"
            for alias in node.names:
                yield Import(module, f"{node.module}.{alias.name}", id(node) in at_start)


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child
        yield from _run_at_import(child)
