"""What the console benchmark finds missing, doubled and out of order, and how it counts the time."""

from __future__ import annotations

import pytest

from tests.benchmarks.desk_receipts import Found, Receipts, number_in, text_of


@pytest.fixture
def receipts() -> Receipts:
    """Message 1 was sent at 10 s and is for two consoles."""
    made = Receipts()
    made.expect(1, 10.0, frozenset({"a", "b"}))
    return made


def found(receipts: Receipts) -> Found:
    """Return what the receipts say."""
    return receipts.found(cuts=0, refused=[], memory=[])


def test_each_end_that_must_be_shown_a_message_is_timed(receipts: Receipts) -> None:
    receipts.row("a", "k", 1, text_of(1), 10.25, console=True)
    receipts.row("b", "k", 1, text_of(1), 10.5, console=True)
    receipts.row("the resident who wrote it", "", 1, text_of(1), 11.0, console=False)
    told = found(receipts)
    assert (told.to_console, told.to_resident) == ([0.25, 0.5], [])
    assert (told.sent, told.lost, told.doubled, told.disordered) == (1, 0, 0, 0)


def test_what_an_end_was_not_shown_is_lost(receipts: Receipts) -> None:
    receipts.row("a", "k", 1, text_of(1), 10.1, console=True)
    assert found(receipts).lost == 1


def test_the_same_row_again_is_doubled(receipts: Receipts) -> None:
    for _ in range(2):
        receipts.row("a", "k", 1, text_of(1), 10.1, console=True)
    assert found(receipts).doubled == 2


def test_the_same_words_under_another_number_are_doubled(receipts: Receipts) -> None:
    for seq in (1, 2):
        receipts.row("a", "k", seq, text_of(1), 10.1, console=True)
    assert found(receipts).doubled == 1


@pytest.mark.parametrize("rows", [(1, 3), (2, 1)])
def test_a_gap_and_a_step_back_are_out_of_order(receipts: Receipts, rows: tuple[int, ...]) -> None:
    for seq in rows:
        receipts.row("a", "k", seq, "labas", 10.1, console=True)
    assert found(receipts).disordered == 1


def test_conversations_and_ends_are_counted_apart(receipts: Receipts) -> None:
    for end, conversation in (("a", "k"), ("a", "l"), ("b", "k")):
        receipts.row(end, conversation, 1, "labas", 10.1, console=True)
    assert (found(receipts).doubled, found(receipts).disordered) == (0, 0)


def test_a_message_is_known_by_its_number_only() -> None:
    assert number_in(text_of(17)) == 17
    assert number_in("atsakymas 17") is None
