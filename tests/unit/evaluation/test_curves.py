"""ROC and calibration on cases that are counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.curves import calibration, roc

scores = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.9, 1.0]), min_size=1, max_size=20)


def test_area_is_the_share_of_rightly_ordered_pairs() -> None:
    curve = roc([0.9, 0.8, 0.3], [0.7, 0.1])
    assert curve is not None
    assert curve.auc == pytest.approx(5 / 6)  # only 0.3 below 0.7 is the wrong way round


def test_a_tie_counts_half() -> None:
    curve = roc([0.5], [0.5])
    assert curve is not None
    assert curve.auc == pytest.approx(0.5)


def test_points_of_a_small_curve() -> None:
    curve = roc([0.9, 0.3], [0.5])
    assert curve is not None
    reached = [(point.threshold, point.false_positives, point.true_positives) for point in curve.points]
    assert reached == [(float("inf"), 0.0, 0.0), (0.9, 0.0, 0.5), (0.5, 1.0, 0.5), (0.3, 1.0, 1.0)]


def test_a_threshold_lets_through_what_scores_at_least_so_much() -> None:
    curve = roc([0.9, 0.3], [0.5])
    assert curve is not None
    for threshold, passing in ((1.0, (0.0, 0.0)), (0.9, (0.0, 0.5)), (0.6, (0.0, 0.5)), (0.4, (1.0, 0.5))):
        point = curve.at(threshold)
        assert (point.false_positives, point.true_positives) == passing


def test_the_highest_threshold_that_lets_a_share_through() -> None:
    curve = roc([0.9, 0.8, 0.3, 0.2], [0.5])
    assert curve is not None
    assert curve.letting_through(0.5).threshold == 0.8
    assert curve.letting_through(0.95).threshold == 0.2


def test_without_one_of_the_groups_there_is_no_curve() -> None:
    assert roc([], [0.5]) is None
    assert roc([0.5], []) is None


@given(scores, scores)
def test_area_equals_the_mann_whitney_statistic(positives: list[float], negatives: list[float]) -> None:
    curve = roc(positives, negatives)
    assert curve is not None
    won = sum((high > low) + 0.5 * (high == low) for high in positives for low in negatives)
    assert curve.auc == pytest.approx(won / (len(positives) * len(negatives)))


@given(scores, scores)
def test_a_curve_rises_from_nothing_to_everything(positives: list[float], negatives: list[float]) -> None:
    curve = roc(positives, negatives)
    assert curve is not None
    reached = [(point.false_positives, point.true_positives) for point in curve.points]
    assert reached == sorted(reached)
    assert (reached[0], reached[-1]) == ((0.0, 0.0), (1.0, 1.0))


def test_calibration_compares_confidence_with_truth_in_each_bin() -> None:
    found = calibration([0.1, 0.3, 0.9, 0.7], [False, True, True, True], bins=2)
    assert found is not None
    low, high = found.bins
    assert (low.low, low.high, low.count, low.right) == (0.0, 0.5, 2, 0.5)
    assert low.confidence == pytest.approx(0.2)
    assert (high.count, high.right) == (2, 1.0)
    assert high.confidence == pytest.approx(0.8)
    assert found.error == pytest.approx((2 * 0.3 + 2 * 0.2) / 4)
    assert found.count == 4


def test_empty_bins_are_left_out_and_certainty_falls_into_the_last() -> None:
    found = calibration([1.0], [True])
    assert found is not None
    assert [(each.low, each.high) for each in found.bins] == [(0.9, 1.0)]
    assert found.error == 0.0


def test_no_predictions_have_no_calibration() -> None:
    assert calibration([], []) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_every_prediction_is_in_one_bin_and_the_error_is_a_share(predictions: list[tuple[float, bool]]) -> None:
    found = calibration([sure for sure, _ in predictions], [right for _, right in predictions])
    assert found is not None
    assert sum(each.count for each in found.bins) == len(predictions)
    assert 0 <= found.error <= 1
