"""Percentiles, spreads and ratios of the benchmarks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.figures import Better, Measure, Spread, percentile

FIGURES = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=50)
SHARES = st.floats(min_value=0.001, max_value=1)


def test_the_percentile_is_the_nearest_rank() -> None:
    assert percentile([15, 20, 35, 40, 50], 0.30) == 20
    assert percentile([15, 20, 35, 40, 50], 0.95) == 50


@given(FIGURES, SHARES)
def test_a_percentile_is_one_of_the_figures_and_covers_its_share(figures: list[float], share: float) -> None:
    found = percentile(figures, share)
    assert found in figures
    assert sum(figure <= found for figure in figures) >= share * len(figures)


@given(FIGURES, SHARES, SHARES)
def test_a_higher_share_never_has_a_lower_percentile(figures: list[float], one: float, other: float) -> None:
    assert percentile(figures, min(one, other)) <= percentile(figures, max(one, other))


@pytest.mark.parametrize("share", [0, -0.5, 1.01])
def test_a_share_out_of_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], share)


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 0.5)


@given(FIGURES)
def test_the_median_of_the_rounds_lies_between_their_extremes(figures: list[float]) -> None:
    spread = Spread.of(figures)
    assert spread.low == min(figures)
    assert spread.high == max(figures)
    assert spread.low <= spread.median <= spread.high


def test_a_spread_of_no_rounds_is_refused() -> None:
    with pytest.raises(ValueError, match="no round"):
        Spread.of([])


def measure(ours: float, stock: float, better: Better, target: float | None = None) -> Measure:
    """A measure of one round."""
    return Measure(
        label="turn", unit="ms", ours=Spread.of([ours]), stock=Spread.of([stock]), better=better, target=target
    )


def test_half_the_time_is_twice_as_good() -> None:
    assert measure(8, 16, Better.LOWER).ratio == 2


def test_half_the_throughput_is_half_as_good() -> None:
    assert measure(8, 16, Better.HIGHER).ratio == 0.5


def test_a_target_is_met_when_the_ratio_reaches_it() -> None:
    assert measure(10, 60, Better.LOWER, target=6).met is True
    assert measure(10, 59.9, Better.LOWER, target=6).met is False


def test_a_measure_without_a_target_is_neither_met_nor_missed() -> None:
    assert measure(10, 60, Better.LOWER).met is None


def test_a_figure_that_stock_rasa_lacks_has_no_ratio() -> None:
    alone = Measure(label="turn", unit="ms", ours=Spread.of([1]), stock=None, target=2)
    assert alone.ratio is None
    assert alone.met is None
