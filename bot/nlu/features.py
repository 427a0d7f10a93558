"""Text as sparse features: character and word n-grams of the folded and of the diacritic view, TF-IDF weighted."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache, partial
from itertools import count, pairwise
from math import log, sqrt

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.nlu.frames import frame
from bot.nlu.matters import known_matters
from bot.nlu.normalise import loose, normalise, tokens
from bot.nlu.processes import SHARES, in_processes
from bot.nlu.stems import stem
from bot.nlu.turns import turns

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Blocks = list[tuple[Counter[str], float]]
"""The n-grams of one text by kind, counted, and the weight of each kind."""

_KEPT_WORDS = 60
_MANY = 10_000  # fewer are counted sooner than two processes begin
_FEW = 100  # in fewer texts than this even an n-gram that occurs once is kept


@dataclass(frozen=True)
class FeatureConfig:
    """Which n-grams are taken; a block of weight 0 is left out."""

    char_min: int = 2
    char_max: int = 4
    folded_chars: float = 1.0
    accented_words: float = 0.2
    words: float = 0.5
    stems: float = 0.6
    stem_pairs: float = 0.6
    frames: float = 0.6
    turns: float = 0.5
    matters: float = 0.5
    min_documents: int = 2

    def as_dict(self) -> dict[str, float | int]:
        """The settings as plain numbers, for saving beside the model."""
        return asdict(self)


class FeatureSpace:
    """A fitted vocabulary with its inverse document frequencies; turns a text into indices and values."""

    def __init__(self, config: FeatureConfig, vocabulary: dict[str, int], idf: Floats) -> None:
        self.config = config
        self.vocabulary = vocabulary
        self.idf = idf
        self._idf: list[float] = idf.tolist()

    @classmethod
    def fit(cls, texts: Sequence[str], config: FeatureConfig) -> tuple[FeatureSpace, sparse.csr_matrix]:
        """Collects the n-grams of texts; also returns one row of features for each, equal to its `vector`.

        The order of the vocabulary depends on nothing but the texts' content.
        """
        names, met = _counted(texts, config)
        # No n-gram stands twice in a text: its entries are its texts.
        frequency = np.bincount(met.numbers, minlength=len(names))
        needed = min(config.min_documents, 1 + len(texts) // _FEW)
        vocabulary = sorted(name for name, number in names.items() if frequency[number] >= needed)
        old = np.array([names[name] for name in vocabulary], dtype=np.int64)
        idf = np.log((1.0 + len(texts)) / (1.0 + frequency[old])) + 1.0
        place = np.full(len(names), -1)
        place[old] = np.arange(len(old))
        return cls(config, {name: i for i, name in enumerate(vocabulary)}, idf), met.matrix(place, idf)

    def vector(self, counted: Blocks) -> tuple[Ints, Floats]:
        """Indices and weights of the known n-grams of a counted text; each block has the length of its weight."""
        place = self.vocabulary.get
        indices: list[int] = []
        values: list[float] = []
        # Plain numbers: a block has some dozens of n-grams, too few for arrays to be faster.
        for block, weight in counted:
            known = [(i, times) for name, times in block.items() if (i := place(name)) is not None]
            raw = [self._idf[i] if times == 1 else (1.0 + log(times)) * self._idf[i] for i, times in known]
            length = sqrt(sum([value * value for value in raw]))
            indices += [i for i, _ in known]
            values += [weight * value / length for value in raw]
        return np.array(indices, dtype=np.int64), np.array(values)

    def knows(self, counted: Blocks) -> bool:
        """Whether any n-gram of the text's first kind is known: its shape alone tells nothing."""
        return bool(counted) and any(name in self.vocabulary for name in counted[0][0])


@dataclass(frozen=True)
class _Entries:
    """N-grams of all texts one after the other, by number, with their counts; where each block and text ends."""

    numbers: Ints
    counts: Floats
    weights: Floats  # one of each block
    block_ends: Ints
    row_ends: Ints

    def matrix(self, place: Ints, idf: Floats) -> sparse.csr_matrix:
        """One row for each text; n-gram number `i` stands in column `place[i]`, or nowhere when that is negative."""
        columns = place[self.numbers]
        kept = columns >= 0
        of_block = np.repeat(np.arange(len(self.weights)), np.diff(self.block_ends))[kept]
        columns = columns[kept]
        raw = (1.0 + np.log(self.counts[kept])) * idf[columns]
        lengths = np.sqrt(np.bincount(of_block, weights=raw * raw, minlength=len(self.weights)))
        values = raw * (self.weights[of_block] / lengths[of_block])
        rows = np.concatenate(([0], np.cumsum(kept)))[self.row_ends]
        return sparse.csr_matrix((values, columns, rows), shape=(len(self.row_ends) - 1, len(idf)))


def _counted(texts: Sequence[str], config: FeatureConfig) -> tuple[dict[str, int], _Entries]:
    """Numbers of the n-grams in the order in which they are met, and their entries; many texts by two processes."""
    collect = partial(_collected, config=config)
    if len(texts) < _MANY:
        return collect(texts)
    ends = [len(texts) * share // SHARES for share in range(SHARES + 1)]
    return _joined(in_processes(collect, [texts[start:end] for start, end in pairwise(ends)]))


def _joined(shares: Sequence[tuple[dict[str, int], _Entries]]) -> tuple[dict[str, int], _Entries]:
    """The entries of all shares one after the other, with one number for each n-gram."""
    numbers: dict[str, int] = {}
    parts: list[_Entries] = []
    for names, met in shares:
        # A share's names stand in the order of its own numbers.
        renumbered = np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
        entries = sum(len(part.numbers) for part in parts)
        parts.append(
            replace(
                met,
                numbers=renumbered[met.numbers],
                block_ends=met.block_ends[bool(parts) :] + entries,
                row_ends=met.row_ends[bool(parts) :] + entries,
            )
        )
    joined = (np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(_Entries))
    return numbers, _Entries(*joined)


def _collected(texts: Iterable[str], config: FeatureConfig) -> tuple[dict[str, int], _Entries]:
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    met, counts, weights = array("q"), array("d"), array("d")
    block_ends, row_ends = array("q", [0]), array("q", [0])
    for text in texts:
        for block, weight in blocks(text, config):
            met.extend(map(numbers.__getitem__, block))
            counts.extend(block.values())
            weights.append(weight)
            block_ends.append(len(met))
        row_ends.append(len(met))
    return dict(numbers), _Entries(*map(np.array, (met, counts, weights, block_ends, row_ends)))


def blocks(text: str, config: FeatureConfig) -> Blocks:
    """The n-grams of `text` by kind, with the weight of each kind; names of different kinds never collide."""
    clean = normalise(text)
    folded = _ends(tokens(loose(clean)))
    stems = [stem(token) for token in folded]
    found = (
        (_chars(folded, config) if config.folded_chars else Counter(), config.folded_chars),
        (_accented(_ends(tokens(clean))), config.accented_words),
        (Counter([f"w {word}" for word in folded]), config.words),
        (Counter([f"s {word}" for word in stems]), config.stems),
        (Counter([f"p {a} {b}" for a, b in pairwise(["<", *stems, ">"])]), config.stem_pairs),
        (_frames(folded) if config.frames else Counter(), config.frames),
        (Counter([f"h {name}" for name in turns(folded)]) if config.turns else Counter(), config.turns),
        (Counter([f"m {name}" for name in known_matters(folded)]) if config.matters else Counter(), config.matters),
    )
    return [(block, weight) for block, weight in found if block and weight and folded]


def _ends(words: list[str]) -> list[str]:
    """The first and last words of a long story: the question stands at one of its ends."""
    return words if len(words) <= 2 * _KEPT_WORDS else words[:_KEPT_WORDS] + words[-_KEPT_WORDS:]


def _frames(words: Sequence[str]) -> Counter[str]:
    """One to three neighbours of the frame in which something is asked ("kiek kain _")."""
    parts = ["<", *frame(words), ">"]
    sizes = (2, 3)
    return Counter(f"f {' '.join(parts[at : at + size])}" for size in sizes for at in range(len(parts) - size + 1))


def _accented(words: Sequence[str]) -> Counter[str]:
    """Words with a letter that folding changes; the others would only repeat the folded view."""
    return Counter([f"a {word}" for word in words if not word.isascii()])


def _chars(words: Sequence[str], config: FeatureConfig) -> Counter[str]:
    grams: list[str] = []
    for word in words:
        grams += _grams_of(word, config.char_min, config.char_max)
    return Counter(grams)


@lru_cache(maxsize=16_384)  # the words of a language come again and again
def _grams_of(word: str, shortest: int, longest: int) -> tuple[str, ...]:
    padded = f" {word} "
    sizes = range(shortest, longest + 1)
    return tuple(f"c{padded[at : at + n]}" for n in sizes for at in range(max(1, len(padded) - n + 1)))
