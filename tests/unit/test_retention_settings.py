"""For how long data is kept is a setting within sensible bounds."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from bot.errors import SettingsError
from bot.services.retention import periods
from bot.settings import Settings

NAMES = (
    "retention_chat_days",
    "retention_case_days",
    "retention_case_contact_days",
    "retention_draft_hours",
    "retention_outbox_days",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["0", "36501", "-1", "always"])
def test_a_period_is_one_to_36500_or_it_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"LANGELIS_{name.upper()}"):
        Settings.from_environment({f"LANGELIS_{name.upper()}": value})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [1, 36500])
def test_each_period_is_read_and_obeyed(name: str, value: int) -> None:
    settings = Settings.from_environment({f"LANGELIS_{name.upper()}": str(value)})
    assert asdict(periods(settings))[name.removeprefix("retention_")] == value


def test_by_default_a_case_file_is_kept_five_years_and_a_chat_a_month() -> None:
    assert asdict(periods(Settings())) == {
        "chat_days": 30,
        "case_days": 5 * 365,
        "case_contact_days": 365,
        "draft_hours": 24,
        "outbox_days": 30,
    }
