"""The Rasa component that finds entities, and the pipeline and domain that know it."""

from __future__ import annotations

import json
import warnings

import pytest

from bot.nlu.entities.entity import Kind
from bot.settings import PROJECT_ROOT
from tests.fakes import FakeClock
from tests.yaml_files import read_yaml

with warnings.catch_warnings():
    # Rasa's own imports warn of what they use.
    warnings.simplefilter("ignore")
    from rasa.shared.nlu.training_data.message import Message

    from bot.nlu.components.entity_component import LangelisEntityExtractor

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
OF_A_MUNICIPALITY = {Kind.SETTLEMENT, Kind.INSTITUTION}
NAME = "LangelisEntityExtractor"


def processed(text: str, **given: object) -> Message:
    """Return a message after the component, at noon of Saturday 2026-11-21 in Vilnius."""
    (message,) = LangelisEntityExtractor(FakeClock()).process([Message({"text": text, **given})])
    return message


def test_entities_are_put_on_the_message_as_rasa_has_them() -> None:
    assert processed("rytoj Vytauto g. 12").get("entities") == [
        {"entity": "date", "start": 0, "end": 5, "value": "2026-11-22", "extractor": NAME},
        {"entity": "street", "start": 6, "end": 16, "value": "Vytauto g.", "extractor": NAME},
        {"entity": "house", "start": 17, "end": 19, "value": "12", "extractor": NAME},
    ]


def test_entities_are_part_of_what_rasa_hands_on_and_can_be_written_as_json() -> None:
    output = processed("rašykite jonas@pastas.lt iki šeštadienio").as_dict(only_output_properties=True)
    assert [found["value"] for found in json.loads(json.dumps(output))["entities"]] == ["jonas@pastas.lt", "2026-11-21"]


def test_the_day_is_that_of_lithuania() -> None:
    clock = FakeClock()
    clock.move(hours=12.5)  # 22.30 UTC on Saturday, Sunday in Vilnius
    (message,) = LangelisEntityExtractor(clock).process([Message({"text": "šiandien"})])
    assert message.get("entities")[0]["value"] == "2026-11-22"


def test_the_entities_of_a_pressed_button_are_left_as_they_are() -> None:
    chosen = [{"entity": "service", "value": "rytoj", "start": 12, "end": 30}]
    assert processed('/ask_service{"service": "rytoj"}', entities=chosen).get("entities") == chosen
    assert processed("/help").get("entities") is None


def test_entities_that_others_found_stay() -> None:
    before = [{"entity": "topic", "value": "x", "start": 0, "end": 1}]
    assert [found["entity"] for found in processed("x rytoj", entities=before).get("entities")] == ["topic", "date"]


@pytest.mark.parametrize("text", ["", "laba diena", "kiek kainuoja darželis"])
def test_a_message_that_names_nothing_has_none(text: str) -> None:
    assert processed(text).get("entities") == []


def test_the_domain_declares_every_kind_and_lets_none_change_a_rule() -> None:
    declared = read_yaml(PROJECT_ROOT / "domain.yml")["entities"]
    found = {name: settings for entry in declared if isinstance(entry, dict) for name, settings in entry.items()}
    of_buttons = {"field", "value"}
    assert set(found) - of_buttons == {kind.value for kind in Kind if kind not in OF_A_MUNICIPALITY}
    assert all(settings == {"influence_conversation": False} for settings in found.values())


def test_the_component_is_the_last_of_the_pipeline() -> None:
    names = [component["name"] for component in read_yaml(PROJECT_ROOT / "config.yml")["pipeline"]]
    assert names[-1].endswith(f".{NAME}")
