"""A pick by number or order is read; whatever says more is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.normalise import fold
from bot.nlu.ordinals import LAST, one_of, picked

PICKS = """
pirmas|1
pirmą|1
Pirmasis|1
antra|2
tas antras|2
antrą prašau|2
noriu trečio|3
trečias variantas|3
gerai, ketvirtas|4
2|2
2.|2
nr. 3|3
2-as|2
tai gal tas paskutinis|-1
paskutinę|-1
""".strip().splitlines()

OTHERS = """
pirma pagalba
antras aukštas
pirmoji klasė
pirma klasė nuo kada
12
0
12345
pirmas ar antras
ačiū
antradienis
du vaikai
2 vaikai
taip
""".strip().splitlines()


@pytest.mark.parametrize("line", PICKS)
def test_a_pick_is_read_with_and_without_diacritics(line: str) -> None:
    text, number = line.split("|")
    assert picked(text) == picked(fold(text)) == int(number)


@pytest.mark.parametrize("text", [*OTHERS, "", "🙂"])
def test_what_says_more_is_no_pick(text: str) -> None:
    assert picked(text) is None


@given(st.lists(st.text(), max_size=6), st.integers(-1, 9))
def test_a_number_picks_what_stands_there_or_nothing(offered: list[str], number: int) -> None:
    found = one_of(offered, number)
    if number == LAST:
        assert found == (offered[-1] if offered else None)
    else:
        assert found == (offered[number - 1] if 1 <= number <= len(offered) else None)


@given(st.text(max_size=50))
def test_any_text_is_a_small_number_or_no_pick(text: str) -> None:
    assert picked(text) in {None, LAST, *range(1, 10)}
