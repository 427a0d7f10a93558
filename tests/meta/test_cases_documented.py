"""docs/cases.md names what the commands about cases have."""

from __future__ import annotations

import re

from bot.core.case import CaseKind, CaseState
from bot.core.case_rules import Command
from bot.services.cases.export import COLUMNS
from bot.settings import PROJECT_ROOT, Settings, described

PAGE = (PROJECT_ROOT / "docs" / "cases.md").read_text(encoding="utf-8")


def test_the_columns_of_the_export_stand_in_the_page_in_their_order() -> None:
    listed = PAGE.split("New columns will come last:\n")[1].split("## Retention")[0]
    assert tuple(re.findall(r"`([a-z_]+)`", listed)) == COLUMNS


def test_every_kind_and_state_has_its_row() -> None:
    rows = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
    assert rows == {kind.value for kind in CaseKind} | {state.value for state in CaseState}


def test_every_step_of_an_official_is_named() -> None:
    steps = {step.__name__.removesuffix("Case").lower() for step in Command.__args__}
    named = set(re.findall(r"`([a-z]+)`|langelis cases ([a-z]+)", PAGE))
    assert steps <= {word for pair in named for word in pair}


def test_every_period_has_its_row() -> None:
    periods = {name for name, _, _ in described(Settings()) if name.startswith("LANGELIS_RETENTION_")}
    assert set(re.findall(r"\| `(LANGELIS_RETENTION_[A-Z_]+)` \|", PAGE)) == periods
