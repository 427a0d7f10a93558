"""From evidence to chances: a choice model over the services of a catalogue and "none of them".

Each candidate has a utility linear in its evidence, "none" has one linear in the query; the chances are their softmax.
The weights are learned by `ranker_training` and lie in `data/ranker.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.nlu.evidence import FEATURES

Floats = npt.NDArray[np.float64]

WEIGHTS_FILE = Path(__file__).parent / "data" / "ranker.json"
NONE_FEATURES = ("constant", "telling_words", "strange_share")
_SQUARED = ("char_name", "name_match", "query_by_any_name", "query_by_all")
_SQUARED_AT = [FEATURES.index(name) for name in _SQUARED]
UTILITY_FEATURES = (*FEATURES, *(f"{name}_squared" for name in _SQUARED))


@dataclass(frozen=True)
class Ranker:
    """Weights of the candidates' evidence (UTILITY_FEATURES) and of "none of them" (NONE_FEATURES)."""

    weights: Floats
    none_weights: Floats

    def chances(self, evidence: Floats, about_query: Floats, sharpness: float = 1.0) -> Floats:
        """Chance of each candidate (rows of `evidence`) to be the wanted one; their sum is at most 1.

        A `sharpness` below 1 draws the chances together, for a message that tells less than the learned ones.
        """
        return self.chances_of(expanded(evidence), about_query, sharpness)

    def chances_of(self, candidates: Floats, about_query: Floats, sharpness: float = 1.0) -> Floats:
        """`chances` of candidates whose evidence is already expanded."""
        utilities = sharpness * (candidates @ self.weights)
        none = sharpness * float(about_query @ self.none_weights)
        top = max(none, float(utilities.max(initial=none)))
        raised = np.exp(utilities - top)
        chances: Floats = raised / (raised.sum() + np.exp(none - top))
        return chances


def expanded(evidence: Floats) -> Floats:
    """The evidence with the squares of its strongest columns beside it."""
    return np.hstack([evidence, evidence[:, _SQUARED_AT] ** 2])


@lru_cache(maxsize=1)
def learned_ranker() -> Ranker:
    """The weights that come with Langelis."""
    stored = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    weights = np.array([stored["weights"].get(name, 0.0) for name in UTILITY_FEATURES], dtype=np.float64)
    none = np.array([stored["none"].get(name, 0.0) for name in NONE_FEATURES], dtype=np.float64)
    return Ranker(weights, none)
