import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.files.vector_text import BlockError, format_block, parse_block


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("0.4\t0.3\t0.3\r\n1\t0\t0\r\n", [[0.4, 0.3, 0.3], [1, 0, 0]]),
        ("0,4\t0,3\n", [[0.4, 0.3]]),
        ("0,4;0,3;0,3", [[0.4, 0.3, 0.3]]),
        ("0.4,0.3,0.3", [[0.4, 0.3, 0.3]]),
        ("0.4, 0.3, 0.3", [[0.4, 0.3, 0.3]]),
        ("0,4, 0,6", [[0.4, 0.6]]),
        ("0,4 0,3 0,3", [[0.4, 0.3, 0.3]]),
        ("0,4", [[0.4]]),
        ("1,0,0", [[1, 0, 0]]),
        ("1e-3,2e-3", [[0.001, 0.002]]),
        ("40% 2/5", [[0.4, 0.4]]),
        ("40%,60%", [[0.4, 0.6]]),
        ("[1,0]", [[1, 0]]),
        ("(0.4, 0.6)", [[0.4, 0.6]]),
        ("[[0.4, 0.3],\n [1, 0]]", [[0.4, 0.3], [1, 0]]),
        ("[[0.4 0.3]\n [1.  0. ]]", [[0.4, 0.3], [1, 0]]),
        ("[[0.4\n  0.3]\n [1.  0. ]]", [[0.4, 0.3], [1, 0]]),
        ("array([[0.4, 0.3],\n       [1. , 0. ]])", [[0.4, 0.3], [1, 0]]),
    ],
)
def test_blocks_as_programs_copy_them(text, rows):
    assert parse_block(text) == tuple(map(tuple, rows))


@pytest.mark.parametrize(
    ("text", "row", "column"),
    [
        ("0.4\t0.3\n0.4\tcat", 1, 1),
        ("0.4\t\t0.3", 0, 1),
        ("1 2\n3", 1, 1),
        ("1\n2 3", 1, 1),
        ("1 0\n0 inf", 1, 1),
        ("", 0, 0),
        ("[]", 0, 0),
        ("1,0", 0, 0),
    ],
)
def test_what_is_no_block_is_refused_with_the_place(text, row, column):
    with pytest.raises(BlockError) as caught:
        parse_block(text)
    assert (caught.value.row, caught.value.column) == (row, column)
    assert str(caught.value) == f"row {row + 1}, column {column + 1}: {caught.value.message}"


def test_logits_may_be_infinite():
    assert parse_block("2\t∞\t−inf", allow_infinite=True) == ((2, np.inf, -np.inf),)


@given(
    st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(st.floats(allow_nan=False), min_size=width, max_size=width), min_size=1, max_size=3
        )
    )
)
def test_what_is_copied_can_be_pasted(rows):
    assert parse_block(format_block(rows), allow_infinite=True) == tuple(map(tuple, rows))


def test_an_undefined_number_is_copied_as_nothing():
    assert format_block([[0.5, float("nan")], [1.0, 2.0]]) == "0.5\t\n1.0\t2.0"
