"""What residents read lives in templates and in domain.yml: every phrase renders, is used, and none hides in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, meta

from bot.services.answering.router import REFERRED, Answering
from bot.services.texts import Texts
from bot.settings import PROJECT_ROOT
from tests.packs import shipped
from tests.yaml_files import read_yaml

TEMPLATES = PROJECT_ROOT / "bot" / "templates"
CODE = ("bot", "actions", "channels")
TEXTS = Texts()
LITHUANIAN = re.compile("[ąčęėįšųūž]", re.IGNORECASE)
# The genitive of "savivaldybė" is a rule of grammar: the ending itself is no text.
GRAMMAR = {("texts.py", "ė")}
VARENA = shipped("varena").catalogue
SECTION = SimpleNamespace(heading="Kaina", lines=("5 Eur", "nemokamai"), style="steps")
CARD = SimpleNamespace(
    title="Leidimas", lead="Aprašas.", sections=(SECTION,), warnings=("2018 m.",), links=(), checked_label="Patikrinta"
)
VALUES: dict[str, object] = {
    **dict.fromkeys(("municipality", "other"), VARENA.municipality),
    **dict.fromkeys(("count", "days", "file_count", "retry_after"), 21),
    **dict.fromkeys(("date", "on"), "2026-11-21"),
    **dict.fromkeys(("weekday", "day"), "trečiadienis"),
    **dict.fromkeys(("time", "spans"), "9.30–11.00"),
    "card": CARD,
    "map": VARENA.problem_map,
    "hours": "I–V 8.00–17.00",
    "opens": "pirmadienį nuo 8.00",
    "years": "2018, 2019",
    "host": "varena.lt",
    "note": "kainos",
}
OTHER = "Žodžiai"


@cache
def phrases() -> dict[str, str]:
    """Return every phrase's source by its key."""

    def flat(values: dict[str, object], prefix: str) -> Iterator[tuple[str, str]]:
        for key, value in values.items():
            if isinstance(value, dict):
                yield from flat(value, f"{prefix}{key}.")
            else:
                yield f"{prefix}{key}", str(value)

    return {key: text for path in TEMPLATES.glob("*.yml") for key, text in flat(read_yaml(path), f"{path.stem}.")}


def variables(source: str) -> set[str]:
    """Return the names that a phrase needs."""
    environment = Environment(autoescape=False)  # noqa: S701 - only parsed
    environment.filters.update(dict.fromkeys(("genitive", "counted"), str))
    return meta.find_undeclared_variables(environment.parse(source))


@cache
def literals(*folders: str) -> tuple[tuple[Path, str], ...]:
    """Return (file, literal) for every string in the code, docstrings left out; a gap in an f-string is a NUL."""
    return tuple(
        (path, text)
        for folder in folders
        for path in sorted((PROJECT_ROOT / folder).rglob("*.py"))
        if "node_modules" not in path.parts
        for text in _strings(ast.parse(path.read_text(encoding="utf-8")))
    )


def _strings(tree: ast.Module) -> Iterator[str]:
    skipped = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            skipped |= {id(part) for part in node.values}
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.value


def named_keys() -> set[str]:
    """Return the keys of phrases that the code names, also by a pattern with a gap."""
    patterns = [
        re.compile(re.escape(text).replace("\0", r"[\w.]+"))
        for _, text in literals(*CODE)
        if "\0" in text and re.fullmatch(r"[a-z_]+\.[a-z_.\0]+", text)
    ]
    written = {text for _, text in literals(*CODE)}
    return {key for key in phrases() if key in written or any(pattern.fullmatch(key) for pattern in patterns)}


def test_there_are_phrases_and_code_to_judge() -> None:
    assert len(phrases()) > 100
    assert len(literals(*CODE)) > 500


@pytest.mark.parametrize("key", sorted(phrases()))
def test_every_phrase_renders_to_words_without_gaps(key: str) -> None:
    values = {name: VALUES.get(name, OTHER) for name in variables(phrases()[key])}
    rendered = TEXTS.render(key, **values)
    assert rendered
    assert not re.search(r"[{}]|None|\bTrue\b|Undefined|\.\.(?!\.)|,,| [,.;:?!]|\n{3}|  ", rendered), rendered


@pytest.mark.parametrize("key", sorted(key for key, source in phrases().items() if re.search(r"{% if \w+ %}", source)))
def test_a_phrase_reads_well_also_without_what_is_optional(key: str) -> None:
    optional = set(re.findall(r"{% if (\w+)", phrases()[key]))
    values = {name: None if name in optional else VALUES.get(name, OTHER) for name in variables(phrases()[key])}
    assert not re.search(r"None|[{}]| [,.;:?!]|  ", TEXTS.render(key, **values))


def test_every_phrase_is_used_and_every_used_one_exists() -> None:
    assert sorted(set(phrases()) - named_keys()) == []
    files = {path.stem for path in TEMPLATES.glob("*.yml")}
    looks_like_one = re.compile(rf"(?:{'|'.join(files)})\.[a-z_]+(?:\.[a-z_]+)*")
    written = {text for _, text in literals(*CODE) if looks_like_one.fullmatch(text) and not text.endswith(".yml")}
    assert sorted(written - set(phrases())) == []


def test_every_pattern_of_keys_fits_some_phrase() -> None:
    files = "|".join(path.stem for path in TEMPLATES.glob("*.yml"))
    patterns = {text for _, text in literals(*CODE) if "\0" in text and re.fullmatch(rf"(?:{files})\.[a-z_.\0]+", text)}
    assert patterns
    for pattern in patterns:
        fitting = re.compile(re.escape(pattern).replace("\0", r"[\w.]+"))
        assert any(fitting.fullmatch(key) for key in phrases()), pattern


def test_every_matter_that_is_referred_has_its_title_and_lead() -> None:
    assert {key.rpartition(".")[2] for key in phrases() if key.startswith("referral.title.")} == set(REFERRED)
    assert {key.rpartition(".")[2] for key in phrases() if key.startswith("referral.lead.")} == set(REFERRED)


def test_no_lithuanian_words_stand_in_the_code_that_speaks() -> None:
    found = [
        (path.name, text)
        for path, text in literals("bot/services", "actions", "channels")
        if LITHUANIAN.search(text) and (path.name, text) not in GRAMMAR
    ]
    assert found == []


def test_every_intent_has_a_rule_and_every_rule_an_intent_and_an_action() -> None:
    domain = read_yaml(PROJECT_ROOT / "domain.yml")
    actions = {next(iter(entry)) if isinstance(entry, dict) else entry for entry in domain["actions"]}
    known_actions = actions | set(domain["responses"]) | set(domain["forms"])
    steps = [step for rule in _rules() for step in rule["steps"]]
    intents = {step["intent"] for step in steps if "intent" in step}
    assert intents == {*domain["intents"], "nlu_fallback"}
    assert {step["action"] for step in steps if "action" in step} <= known_actions
    for action in actions:
        # Rasa calls these by itself: what a form asks and validates, and the beginning of a session.
        by_rasa = action.startswith(("action_ask_", "validate_")) or action == "action_session_start"
        assert by_rasa or action in {step.get("action") for step in steps}


def test_every_intent_has_words_in_the_console() -> None:
    page = PROJECT_ROOT / "channels" / "web" / "frontend" / "src" / "i18n" / "operator-lt-intents.ts"
    named = set(re.findall(r"^  (\w+): '", page.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == {*read_yaml(PROJECT_ROOT / "domain.yml")["intents"], "nlu_fallback"}


def test_every_response_of_the_domain_is_uttered() -> None:
    domain = read_yaml(PROJECT_ROOT / "domain.yml")
    by_rules = {step.get("action") for rule in _rules() for step in rule["steps"]}
    by_actions = {text for _, text in literals("actions") if text.startswith("utter_")}
    assert set(domain["responses"]) == {name for name in by_rules | by_actions if name and name.startswith("utter_")}


def test_every_payload_on_a_button_of_the_domain_is_an_intent() -> None:
    domain = read_yaml(PROJECT_ROOT / "domain.yml")
    payloads = {
        button["payload"]
        for variants in domain["responses"].values()
        for said in variants
        for button in said.get("buttons", ())
    }
    assert {payload.removeprefix("/") for payload in payloads} <= set(domain["intents"])


def test_every_intent_that_needs_an_answer_from_the_catalogue_is_routed() -> None:
    routed = set(Answering(TEXTS)._by_intent)
    for rule in _rules():
        match rule["steps"]:
            case [{"intent": str(intent)}, {"action": "action_refer"}]:
                assert intent in REFERRED
            case [{"intent": str(intent)}, {"action": str(action)}] if (
                action.startswith("action_") and intent in routed
            ):
                assert action != "action_not_understood"
    assert set(REFERRED) <= routed


@pytest.mark.parametrize("key", ["utter_emergency", "utter_emergency_suicide"])
def test_an_emergency_begins_with_112(key: str) -> None:
    first = read_yaml(PROJECT_ROOT / "domain.yml")["responses"][key][0]["text"].partition("\n")[0]
    assert "112" in first


def test_the_support_line_is_named_to_whoever_speaks_of_suicide() -> None:
    said = read_yaml(PROJECT_ROOT / "domain.yml")["responses"]["utter_emergency_suicide"][0]["text"]
    assert "„Vilties linija“: 116 123" in said
    assert "„Vaikų linija“: 116 111" in said


def _rules() -> list[dict[str, list[dict[str, str]]]]:
    return [
        rule
        for path in sorted((PROJECT_ROOT / "nlu_data" / "rules").glob("*.yml"))
        for rule in read_yaml(path)["rules"]
    ]
