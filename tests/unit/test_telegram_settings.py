"""The settings of Telegram: which bots there are, what is refused, and that no token is ever printed."""

from __future__ import annotations

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, telegram_bots

SECRET = "123456:geheim"


def read(**given: str) -> Settings:
    """Return the settings of an environment that holds only these."""
    return Settings.from_environment({f"LANGELIS_{name.upper()}": value for name, value in given.items()})


def test_without_a_token_there_is_no_bot() -> None:
    assert telegram_bots(Settings()) == {}


def test_one_bot_may_serve_all_and_others_one_municipality_each() -> None:
    settings = read(telegram_token=SECRET, telegram_tokens="trakai=1:a, varena = 2:b,")
    assert telegram_bots(settings) == {None: SECRET, "trakai": "1:a", "varena": "2:b"}


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"telegram_tokens": SECRET}, id="no-municipality"),
        pytest.param({"telegram_tokens": f"={SECRET}"}, id="empty-municipality"),
        pytest.param({"telegram_tokens": "trakai="}, id="empty-token"),
        pytest.param({"telegram_tokens": f"trakai={SECRET},trakai=2:b"}, id="municipality-twice"),
        pytest.param({"telegram_tokens": f"trakai={SECRET},varena={SECRET}"}, id="token-twice"),
        pytest.param({"telegram_mode": "push"}, id="mode"),
        pytest.param({"telegram_api_url": "api.telegram.org"}, id="api"),
        pytest.param({"telegram_poll_seconds": "0"}, id="poll"),
        pytest.param({"telegram_token": SECRET, "telegram_mode": "webhook"}, id="webhook-without-address"),
        pytest.param(
            {"telegram_token": SECRET, "telegram_mode": "webhook", "public_url": "https://x.lt"}, id="without-secret"
        ),
        pytest.param(
            {
                "telegram_token": SECRET,
                "telegram_mode": "webhook",
                "public_url": "https://x.lt",
                "telegram_webhook_secret": "paslaptis ė",
            },
            id="secret-of-other-letters",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_without_the_token(given: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        read(**given)
    assert str(refused.value).startswith("LANGELIS_")
    assert SECRET not in str(refused.value)


def test_a_webhook_needs_a_public_address_and_a_secret() -> None:
    settings = read(
        telegram_token=SECRET,
        telegram_mode="webhook",
        public_url="https://langelis.example.lt",
        telegram_webhook_secret="a-B_9",
    )
    assert settings.telegram_mode == "webhook"


def test_no_token_stands_in_what_is_shown() -> None:
    settings = read(telegram_token=SECRET, telegram_tokens="trakai=7:x", telegram_webhook_secret="ypatingas")
    shown = repr(settings)
    assert not any(secret in shown for secret in (SECRET, "7:x", "ypatingas"))
