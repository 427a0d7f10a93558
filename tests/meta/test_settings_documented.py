"""docs/settings.md is the table of settings as the code has it."""

from __future__ import annotations

import re

from bot.settings import PROJECT_ROOT, Settings, described

PAGE = PROJECT_ROOT / "docs" / "settings.md"


def expected_rows() -> list[str]:
    """Return the table's rows: variable, default, meaning."""
    shown = [
        (name, f"`{value}`" if value and value != "(not set)" else "–", m) for name, value, m in described(Settings())
    ]
    return [f"| `{name}` | {value} | {meaning} |" for name, value, meaning in shown]


def test_every_setting_stands_in_the_page_with_its_default_and_meaning() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `LANGELIS_")]
    assert rows == expected_rows()


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    known = {name for name, _, _ in described(Settings())}
    # Read by the tests and by CI, not by the product.
    known |= {"LANGELIS_REQUIRE_BROWSER"}
    for path in (PROJECT_ROOT / "README.md", PROJECT_ROOT / "CHANGELOG.md", *PROJECT_ROOT.glob("docs/*.md")):
        named = set(re.findall(r"LANGELIS_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8")))
        assert named <= known, path.name
