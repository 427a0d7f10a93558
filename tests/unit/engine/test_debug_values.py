"""Rasa logs without copies, and copies nothing but for its log in the modules where that is so."""

from __future__ import annotations

import ast
import inspect
from types import ModuleType

import pytest
from rasa.core import processor
from rasa.core.policies import rule_policy

from bot.engine.rasa.debug_values import log_uncopied


def test_a_module_is_handed_the_value_itself() -> None:
    module = ModuleType("of_rasa")
    log_uncopied(module)
    value = {"states": [1]}
    assert module.copy.deepcopy(value) is value


@pytest.mark.parametrize("module", [processor, rule_policy], ids=lambda module: module.__name__)
def test_rasa_copies_for_its_log_only(module: ModuleType) -> None:
    tree = ast.parse(inspect.getsource(module))
    logged = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("structlogger.")
        for node in ast.walk(call)
    }
    used = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "copy"]
    assert used
    assert all(node.attr == "deepcopy" and id(node) in logged for node in used)
