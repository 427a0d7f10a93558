"""Runs Rasa's prediction graph node by node.

Rasa plans the graph anew with Dask for each of the three runs of a turn, which costs more than a millisecond a turn
(docs/benchmarks.md). The graph of a loaded model never changes, so here it is planned once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

_Plan = tuple[tuple[str, tuple[str, ...]], ...]


class PlainGraphRunner(GraphRunner):
    """Takes over the nodes of a graph runner that Rasa has loaded."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        self._schema: GraphSchema = loaded._graph_schema  # noqa: SLF001 - Rasa has no accessor
        self._nodes = loaded._instantiated_nodes  # noqa: SLF001 - Rasa has no accessor
        self._plans: dict[tuple[str, ...], _Plan] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> PlainGraphRunner:
        """See parent class."""
        return cls(DaskGraphRunner.create(graph_schema, model_storage, execution_context, hooks))

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """See parent class."""
        wanted = tuple(targets or self._schema.target_names)
        done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._plan(wanted):
            # Rasa's nodes take a missing input by its bare name.
            done[name] = self._nodes[name](*(done.get(need, need) for need in needs))
        return {name: done[name][1] for name in wanted}

    def _plan(self, wanted: tuple[str, ...]) -> _Plan:
        if wanted not in self._plans:
            self._plans[wanted] = _ordered(self._schema.minimal_graph_schema(list(wanted)), wanted)
        return self._plans[wanted]


def _ordered(schema: GraphSchema, wanted: Sequence[str]) -> _Plan:
    """Return the nodes that the wanted ones need, each after all that it needs itself."""
    ordered: dict[str, tuple[str, ...]] = {}

    def visit(name: str) -> None:
        if name in ordered or name not in schema.nodes:
            return
        needs = tuple(schema.nodes[name].needs.values())
        for need in needs:
            visit(need)
        ordered[name] = needs

    for name in wanted:
        visit(name)
    return tuple(ordered.items())
