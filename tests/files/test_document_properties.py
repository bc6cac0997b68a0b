"""Properties of reading and writing that hold for every document and for every text.

FUZZ=50 makes fifty times as many damaged files as the default run does.
"""

import json
import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ceviz.core.document import (
    Convention,
    InputKind,
    LossOptions,
    Model,
    Precision,
    Reduction,
    Sample,
    Task,
    TaskState,
    Unit,
    vectors,
)
from ceviz.files.document_file import DocumentError, default_document, read_document, write_document
from tests.fuzz import examples

VALID = write_document(default_document())


def read_or_refused(text):
    """The document, or None for a DocumentError; anything else that is raised fails the test."""
    try:
        return read_document(text)
    except DocumentError:
        return None


FRAGMENTS = [
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"null",
    b"NaN",
    b"1e999",
    b"-0",
    b'"x"',
    b"\xff",
    b"\\ud800",
]


@examples(300)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    text = VALID
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(st.sampled_from(FRAGMENTS) | st.binary(max_size=4)) + text[end:]
    document = read_or_refused(text)
    assert document is None or read_document(write_document(document)) == document


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


def places(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


FULL = json.loads(VALID)
PLACES = list(places(FULL))


@examples(200)
@given(st.sampled_from(PLACES), VALUES)
def test_any_value_in_the_wrong_place_is_read_or_refused(path, value):
    changed = {"": json.loads(VALID)}
    inner, path = changed, ("", *path)
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    document = read_or_refused(json.dumps(changed[""]))
    assert document is None or read_document(write_document(document)) == document


HUGE = ["1e308", "-1e308", "1e999", "9" * 400, "1e-400", "-0.0", "18446744073709551616", "NaN", "Infinity"]


def mutated(chance, value, other):
    """A value as JSON in which members are dropped, doubled, renamed or moved; `other` stands for some."""
    if isinstance(value, dict):
        members = [(json.dumps(key), mutated(chance, inner, other)) for key, inner in value.items()]
        if members and chance.random() < 0.03:
            key, inner = members.pop(chance.randrange(len(members)))
            ways = ([], [(key, inner)], [(key, inner)] * 2, [(f'"{chance.choice("abtv")}"', inner)])
            members += chance.choice(ways)
        return "{" + ", ".join(f"{key}: {inner}" for key, inner in members) + "}"
    if isinstance(value, list) and chance.random() < 0.95:
        items = [mutated(chance, item, other) for item in value]
        ways = (items[1:], items * 2, items[::-1])
        return "[" + ", ".join(chance.choice(ways) if chance.random() < 0.01 else items) + "]"
    return chance.choice([*HUGE, other]) if chance.random() < 0.004 else json.dumps(value)


@examples(200)
@given(st.integers(0, 2**32), VALUES)
def test_a_file_with_another_structure_is_read_or_refused(seed, value):
    document = read_or_refused(mutated(random.Random(seed), FULL, json.dumps(value)))
    assert document is None or read_document(write_document(document)) == document


NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@st.composite
def states(draw):
    classes, samples = draw(st.integers(1, 3)), draw(st.integers(1, 3))

    def rows(numbers):
        return vectors(
            draw(
                st.lists(
                    st.lists(numbers, min_size=classes, max_size=classes), min_size=samples, max_size=samples
                )
            )
        )

    def model():
        kind = draw(st.sampled_from(InputKind))
        return Model(
            draw(NAMES), kind, rows(st.floats(allow_nan=False) if kind is InputKind.LOGITS else NUMBERS)
        )

    weights = st.lists(st.floats(0, 1e300), min_size=classes, max_size=classes)
    per_class = st.none() | weights.map(tuple)
    return TaskState(
        tuple(draw(NAMES) for _ in range(classes)),
        tuple(Sample(draw(NAMES), abs(draw(NUMBERS)), draw(st.booleans())) for _ in range(samples)),
        rows(NUMBERS),
        tuple(model() for _ in range(draw(st.integers(1, 2)))),
        LossOptions(
            draw(st.sampled_from(Unit)),
            draw(st.sampled_from(Reduction)),
            draw(st.floats(1e-300, 1e300)),
            draw(st.sampled_from(Convention)),
            precision=draw(st.sampled_from(Precision)),
            label_smoothing=draw(st.floats(0, 1)),
            class_weights=draw(per_class),
            focal_gamma=draw(st.none() | st.floats(0, 1e300)),
            focal_alpha=draw(per_class | st.floats(0, 1)),
        ),
    )


@examples(60)
@given(states())
def test_writing_and_reading_gives_the_same_document(state):
    document = (
        default_document().with_state(Task.SOFT, state).with_view(Task.SOFT, lens="simplex", overlay=False)
    )
    text = write_document(document)
    again = read_document(text)
    assert again == document
    for model, model_again in zip(state.models, again.tasks[Task.SOFT].models, strict=True):
        assert np.array_equal(np.signbit(model.predictions), np.signbit(model_again.predictions))
    assert write_document(again) == text
