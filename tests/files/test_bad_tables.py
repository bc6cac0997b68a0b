"""Bad tables and arrays: each is refused with its sentence, whatever is in it."""

import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ceviz.files.predictions import PredictionsError, open_content, source_of
from ceviz.files.tables.label_file import read_labels
from ceviz.files.tables.proposal import propose
from ceviz.files.tables.reading import read_task
from ceviz.files.tables.text import guess_form, read_table
from tests.files.making import LABELS, PROBABILITIES, npy, npz, zipped
from tests.fuzz import examples


def header(text):
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()


def failure(content, path):
    with pytest.raises(PredictionsError) as caught:
        open_content(content, path)
    return str(caught.value)


HUGE = "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000, 3), }\n"
OBJECTS = np.array([{}, None, 1], dtype=object)
BAD_FILES = [
    (npy(OBJECTS, True), "npy", "holds Python objects; reading them would run whatever the file says"),
    (npy(np.zeros(3, "i4,f8")), "npy", "is a structured array"),
    (npy(np.zeros(3, "c16")), "npy", "holds complex numbers"),
    (npy(np.zeros(3, "M8[s]")), "npy", "holds dates"),
    (npy(np.zeros(3, np.longdouble)), "npy", "numbers longer than 64 bits would be rounded"),
    (npy(np.float64(1)), "npy", "a single number; one row for each sample is needed"),
    (npy(np.zeros((2, 3, 4))), "npy", "an array of 3 dimensions, 2 x 3 x 4; one row for each"),
    (npy(np.zeros((0, 3))), "npy", "an empty array, 0 x 3"),
    (npy(PROBABILITIES)[:-3], "npy", "cut off: 72 bytes of numbers are announced, 69 are there"),
    (npy(PROBABILITIES) + npy(LABELS), "npy", "more bytes follow after the array"),
    (header(HUGE), "npy", "1,000,000,000,000 rows, at most 10,000 fit here; the Dataset view"),
    (header(HUGE.replace("1000000000000", "-5")), "npy", "an empty array, -5 x 3"),
    (header("(" * 9000 + "\n"), "npy", "not a .npy file of NumPy, or its header is damaged"),
    (header("-" * 9999 + "1\n"), "npy", "not a .npy file of NumPy, or its header is damaged"),
    (header(HUGE.replace("<f8", "<U99999999").replace("1000000000000", "3")), "npy", "3 x 3 does not fit"),
    (b"label,dog\n1,0.5\n", "npy", "not a .npy file of NumPy"),
    (npy(PROBABILITIES), "npy", "there are no labels: which class is true is not in the file"),
    (npy(LABELS), "npy", "these are labels; the predictions are missing"),
    (npz(y=LABELS[:2], probs=PROBABILITIES), "npz", "“y” has 2 rows and “probs” 3: they do not belong"),
    (npz(y=LABELS, a=PROBABILITIES, b=PROBABILITIES), "npz", "“a” and “b” could each hold the predictions"),
    (
        npz(y=LABELS, p=PROBABILITIES * [1, np.nan, 1]),
        "npz",
        "row 1: column “p[1]”: expected a number, got “nan”",
    ),
    (npz(y=[0, 1, 3], p=PROBABILITIES), "npz", "row 3: label “3” is none of the 3 classes"),
    (npz(y=[0, 1, -1], p=PROBABILITIES), "npz", "row 3: label “-1” is none of the 3 classes"),
    (
        npz(y=[1, 2, 1], p=PROBABILITIES),
        "npz",
        "The labels are 1 to 2 of 3 classes: counted from 0 or from 1?",
    ),
    (npz(y=LABELS, p=PROBABILITIES * 100), "npz", "Every row sums to about 100: percentages or logits?"),
    (npz(y=LABELS, p=PROBABILITIES / 2), "npz", "but no row sums to 1: probabilities or logits?"),
    (
        npz(y=LABELS, p=PROBABILITIES * 3 - [1, 1, 0]),
        "npz",
        "Every row sums to 1, but −0.25 is no probability",
    ),
    (npz(y=np.eye(3), p=PROBABILITIES), "npz", "one class of several, or labels that could all be on?"),
    (zipped(probs__npy=npy(np.zeros(9_000_000))), "npz", "“probs”: unpacks to 72 MB, more than fits here"),
    (
        zipped(**{f"a{n}__npy": npy(np.zeros(7_500_000)) for n in range(3)}),
        "npz",
        "unpacks to more than the 134 MB",
    ),
    (zipped(**{f"a{n}__npy": b"" for n in range(65)}), "npz", "at most 64 arrays is read, this lists more"),
    (zipped(readme__txt=b"hello"), "npz", "a zip archive with “readme.txt” in it, not a .npz file"),
    (zipped(), "npz", "the .npz file holds no arrays"),
    (zipped(zipfile.ZIP_BZIP2, p__npy=npy(PROBABILITIES)), "npz", "packed in a way that NumPy does not use"),
    (npy(np.array(["", ""])).replace(b"<U1", b"<U0"), "npy", "holds texts without a single character"),
    (npy(np.array(["d"]))[:-4] + b"\xff\xff\xff\xff", "npy", "an array of text holds what is no text"),
    (
        npy(np.full((1, 2), 0.5)).replace(b"(1, 2), }   ", b"(True, 2), }"),
        "npy",
        "there are no labels: which class",
    ),
    (npz(y=LABELS, p=PROBABILITIES)[:300], "npz", "not a .npz file of NumPy, or it is cut off"),
    (npz(y=["{}", "a", "b"], p=PROBABILITIES), "npz", "row 1: label “{}” is none of the 3 classes"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "csv", "not a table: it holds bytes that no text has"),
    (b"\xff\xfel\0a\0", "csv", "there are no rows under the header"),
    (b"\xff\xfel\0a", "csv", "the mark of UTF-16 text, but no such text: truncated data"),
    (
        b"label;dog;cat\ndog;1,234;2,345",
        "csv",
        "“1,234” is 1.234 with a decimal comma, and 1234 with a comma",
    ),
    (
        b"label,dog,cat\ndog,0,4,0,6",
        "csv",
        "line 2: expected 3 cells, as in the first row, got 5; is the comma",
    ),
    (
        b"label;dog;cat\ndog;0.4;0,6",
        "csv",
        "line 2: column “dog”: expected a number, got “0.4”, which has another",
    ),
    (b"1," * 2_200 + b"1\n", "csv", "line 1: 2,201 columns are more than fit here"),
    (b"label,dog,cat\ndog,40,60", "csv", "Every row sums to about 100: percentages or logits?"),
    (b"label,dog\n1,40\n0,6", "csv", "All numbers are from 0 to 100, 40 being one: logits or percentages?"),
]


@pytest.mark.parametrize(("content", "ending", "sentence"), BAD_FILES, ids=[bad[2][:40] for bad in BAD_FILES])
def test_a_file_that_is_not_what_it_seems_is_explained(content, ending, sentence):
    assert sentence in failure(content, f"a.{ending}")


def test_an_archive_that_unpacks_to_more_than_it_announces_fills_no_memory():
    content = bytearray(zipped(p__npy=bytes(20_000_000)))
    announced = content.rfind(b"PK\x01\x02") + 24
    content[announced : announced + 4] = (1000).to_bytes(4, "little")
    tracemalloc.start()
    try:
        assert "not a .npz file of NumPy, or it is damaged" in failure(bytes(content), "a.npz")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_an_enormous_label_is_refused_before_every_row_has_room_for_it():
    assert read_labels(b"label\ndog\ncat\n", Path("a.csv")).tolist() == ["dog", "cat"]
    with pytest.raises(PredictionsError, match="a label is longer than 1,000 characters"):
        read_labels(b"label\n" + b"x" * 1001 + b"\n", Path("a.csv"))


def test_nothing_is_ever_unpickled(tmp_path):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "trap"), "w"))

    trap = npy(np.array([Trap()], dtype=object), True)
    for content, path in ((trap, "a.npy"), (zipped(p__npy=trap), "a.npz")):
        assert "Python objects" in failure(content, path)
    assert list(tmp_path.iterdir()) == []


SEEDS = [
    npy(PROBABILITIES),
    npy(np.array(["dog", "cat"])),
    npz(y_true=LABELS, probs=PROBABILITIES, classes=np.array(["a", "b", "c"])),
    b"label,dog,cat\ndog,0.4,0.6\ncat,0.2,0.8\n",
    'name;label;p_dog;p_cat\r\n"a";dog;0,4;60%\r\n'.encode("utf-16"),
]


@st.composite
def damaged(draw):
    """A good file with some bytes changed, removed or put in."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        content[at : at + draw(st.integers(0, 3))] = draw(
            st.binary(max_size=3) | st.sampled_from([b"9", b"-", b","])
        )
    return bytes(content)


@examples(250)
@given(damaged() | st.binary(max_size=60), st.sampled_from(["a.npy", "a.npz", "a.csv", "a"]))
def test_nothing_but_a_table_or_the_products_own_error_comes_out(content, path):
    try:
        source = source_of(content, path)
        if source is None:
            return
        table = source.content
        if isinstance(table, str):
            table = read_table(table, guess_form(table).form)
        read_task(table, propose(table).choice, "A")
    except PredictionsError as problem:
        assert str(problem).strip()  # noqa: PT017 - that it has words is a bonus
