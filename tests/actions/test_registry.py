"""Every action that the domain names exists, and none besides."""

from __future__ import annotations

from actions.registry import all_actions
from bot.settings import PROJECT_ROOT
from tests.actions.trackers import services
from tests.yaml_files import read_yaml


def test_the_registry_holds_just_the_actions_of_the_domain() -> None:
    entries = read_yaml(PROJECT_ROOT / "domain.yml")["actions"]
    declared = [str(next(iter(entry))) if isinstance(entry, dict) else str(entry) for entry in entries]
    assert sorted(action.name() for action in all_actions(services())) == sorted(declared)
