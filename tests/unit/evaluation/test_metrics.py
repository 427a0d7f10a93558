"""Measures of labels and ranks on cases that are counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.metrics import (
    Pair,
    Share,
    accuracy,
    among_first,
    confusion,
    macro_f1,
    mean_reciprocal_rank,
    rank_of,
    scores_by_label,
)

# a: 2 of 3 found, 1 of 3 findings wrong; b: 1 of 2 found, 1 of 2 findings wrong; c: never wanted.
PAIRS: list[Pair] = [
    (("a",), "a"),
    (("a",), "a"),
    (("a",), "b"),
    (("b",), "b"),
    (("b",), "c"),
]
labels = st.sampled_from("abcd")
pairs = st.lists(st.tuples(st.lists(labels, min_size=1, max_size=2, unique=True).map(tuple), labels), min_size=1)


def test_accuracy_counts_the_right_ones() -> None:
    assert accuracy(PAIRS) == Share(3, 5)
    assert accuracy(PAIRS).value == pytest.approx(0.6)


def test_any_of_several_acceptable_labels_is_right() -> None:
    assert accuracy([(("a", "b"), "b"), (("a", "b"), "c")]) == Share(1, 2)


def test_precision_recall_and_f1_of_each_label() -> None:
    a, b, c = scores_by_label(PAIRS)
    assert (a.label, a.count, a.precision) == ("a", 3, 1.0)
    assert a.recall == pytest.approx(2 / 3)
    assert a.f1 == pytest.approx(0.8)
    assert (b.label, b.count, b.precision, b.recall, b.f1) == ("b", 2, 0.5, 0.5, 0.5)
    assert (c.label, c.count, c.precision, c.recall, c.f1) == ("c", 0, 0.0, 0.0, 0.0)


def test_macro_f1_is_the_mean_over_wanted_labels_only() -> None:
    assert macro_f1(scores_by_label(PAIRS)) == pytest.approx((0.8 + 0.5) / 2)


def test_a_mistake_among_several_acceptable_labels_counts_against_the_best_one() -> None:
    (a, c) = scores_by_label([(("a", "b"), "c")])
    assert (a.label, a.count, c.label, c.count) == ("a", 1, "c", 0)


def test_nothing_has_no_share_and_no_mean() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None
    assert macro_f1(()) is None
    assert mean_reciprocal_rank([]) is None


def test_wilsons_interval_of_nine_in_ten() -> None:
    low, high = Share(9, 10).interval or (0, 0)
    assert low == pytest.approx(0.5958, abs=1e-4)
    assert high == pytest.approx(0.9821, abs=1e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share(right: int, more: int) -> None:
    share = Share(right, right + more)
    low, high = share.interval or (1, 0)
    assert 0 <= low <= (share.value or 0) + 1e-9
    assert (share.value or 0) - 1e-9 <= high <= 1


def test_confusion_counts_wanted_against_found() -> None:
    found = confusion(PAIRS)
    assert found.labels == ("a", "b", "c")
    assert found.counts == ((2, 1, 0), (0, 1, 1), (0, 0, 0))
    assert found.mistakes() == (("a", "b", 1), ("b", "c", 1))


def test_the_most_frequent_mistake_comes_first() -> None:
    twice: list[Pair] = [*PAIRS, (("b",), "c")]
    assert confusion(twice).mistakes()[0] == ("b", "c", 2)


@given(pairs)
def test_a_confusion_matrix_holds_every_message_and_its_diagonal_the_right_ones(given_pairs: list[Pair]) -> None:
    found = confusion(given_pairs)
    assert sum(map(sum, found.counts)) == len(given_pairs)
    assert sum(found.counts[i][i] for i in range(len(found.labels))) == accuracy(given_pairs).right


@given(pairs)
def test_recall_weighed_by_number_is_accuracy(given_pairs: list[Pair]) -> None:
    scores = scores_by_label(given_pairs)
    assert sum(score.recall * score.count for score in scores) == pytest.approx(accuracy(given_pairs).right)


def test_a_rank_is_the_place_of_the_first_acceptable_service() -> None:
    assert rank_of(("b", "c"), ["a", "c", "b"]) == 2
    assert rank_of(("d",), ["a", "c", "b"]) == 0


def test_top_one_top_three_and_reciprocal_rank() -> None:
    ranks = [1, 2, 4, 0]
    assert among_first(ranks, 1) == Share(1, 4)
    assert among_first(ranks, 3) == Share(2, 4)
    assert mean_reciprocal_rank(ranks) == pytest.approx((1 + 0.5 + 0.25) / 4)
