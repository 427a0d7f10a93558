"""The bot's commands: what each asks of the bot, and how Telegram's menu describes it."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import BotCommand

from bot.services.texts import Texts

START = "start"


@dataclass(frozen=True, slots=True)
class Command:
    """A command; `payload` is what it says to the bot, None for what the channel does itself."""

    name: str
    about: str
    payload: str | None = None


COMMANDS = (
    Command(START, "telegram.command.start"),
    Command("help", "telegram.command.help", "/help"),
    Command("pagalba", "telegram.command.help", "/help"),
    Command("paslaugos", "telegram.command.services", "/list_services"),
    Command("skundas", "telegram.command.complaint", "/file_complaint"),
    Command("problema", "telegram.command.problem", "/report_problem"),
    Command("busena", "telegram.command.status", "/complaint_status"),
    Command("operatorius", "telegram.command.human", "/request_human"),
    Command("savivaldybe", "telegram.command.municipality", "/inform_municipality"),
    Command("privatumas", "telegram.command.privacy", "/ask_privacy"),
    Command("istrinti", "telegram.command.delete", "/delete_my_data"),
    Command("atsaukti", "telegram.command.cancel", "/cancel"),
)
BY_NAME = {command.name: command for command in COMMANDS}


def menu(texts: Texts) -> list[BotCommand]:
    """Return the menu that Telegram shows."""
    return [BotCommand(command.name, texts.render(command.about)) for command in COMMANDS]


def listing(texts: Texts) -> str:
    """Return all commands with what they do, a line each."""
    return "\n".join(f"/{command.name} – {texts.render(command.about)}" for command in COMMANDS)
