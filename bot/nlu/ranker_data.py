"""What the ranker learns from: data packs, requests with the services they mean, and messages that are about none."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from bot.core.catalogue import Provider, Question, Service

# Intents whose messages no service of a catalogue answers.
ABOUT_NO_SERVICE = frozenset(
    "out_of_scope greet goodbye thanks insult bot_challenge help praise affirm deny cancel repeat correct request_human"
    " get_my_data ask_privacy rate_service".split()
)


@dataclass(frozen=True, slots=True)
class Request:
    """What a resident of a municipality wrote, and the ids of the services it may mean; none when there is no such."""

    municipality: str
    text: str
    services: frozenset[str]


def read_requests(folder: Path) -> list[Request]:
    """The requests of every table in `folder` (`nlu_data/ranking/README.md` says what the columns are)."""
    found: list[Request] = []
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                services = frozenset(row["service"].split("|")) if row["service"] else frozenset[str]()
                found.append(Request(row["municipality"], row["text"], services))
    return found


def read_services(folder: Path) -> dict[str, tuple[Service, ...]]:
    """The services of every data pack below `folder`, as far as resolving needs them, by municipality."""
    return {path.parent.name: _services(path) for path in sorted(folder.glob("*/services.yml"))}


def _services(path: Path) -> tuple[Service, ...]:
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["services"]
    return tuple(_service(entry) for entry in entries)


def _service(entry: Mapping[str, object]) -> Service:
    questions = entry.get("faq")
    return Service(
        id=str(entry["id"]),
        title=str(entry["title"]),
        description=str(entry.get("description") or ""),
        life_event=str(entry.get("life_event") or ""),
        audience=str(entry.get("audience") or ""),
        provider=Provider(text=str(entry.get("provider"))),
        scope=str(entry.get("scope")),
        checked=date.min,
        sources=(),
        aliases=_texts(entry, "aliases"),
        phrases=_texts(entry, "phrases"),
        steps=_texts(entry, "steps"),
        documents=_texts(entry, "documents"),
        eligibility=_texts(entry, "eligibility"),
        criteria=_texts(entry, "criteria"),
        result=str(entry["result"]) if entry.get("result") else None,
        faq=tuple(Question(str(item["q"]), str(item["a"])) for item in questions or ())
        if isinstance(questions, list)
        else (),
    )


def _texts(entry: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = entry.get(name)
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    return (str(value),) if value else ()


def read_messages_about_no_service(folder: Path) -> list[str]:
    """The training sentences of the intents that no service answers."""
    found: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu") or ():
            if block.get("intent") in ABOUT_NO_SERVICE:
                lines = (line.strip() for line in block["examples"].splitlines())
                found.extend(line[2:] for line in lines if line.startswith("- "))
    return found
