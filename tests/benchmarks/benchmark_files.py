"""Ratios of reading and writing a million numbers to the bare conversion of their texts. Run by hand.

python tests/benchmarks/benchmark_files.py
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmark_core import median_seconds, state_of

from ceviz.core.document import InputKind, Task
from ceviz.files.document_file import (
    DocumentError,
    default_document,
    load_document,
    read_document,
    write_document,
)
from ceviz.files.predictions import read_predictions

SAMPLES, CLASSES = 10_000, 100


def refused(path: Path) -> str:
    try:
        load_document(path)
    except DocumentError as error:
        return str(error)
    raise AssertionError("read")


def measure() -> None:
    state = state_of(Task.MULTICLASS, InputKind.PROBABILITIES, SAMPLES, CLASSES)
    texts = [[repr(number) for number in row] for row in state.models[0].predictions.tolist()]
    header = ",".join(["label", *state.classes])
    true = state.targets.argmax(axis=1).tolist()
    table = "\n".join([header, *(f"{k},{','.join(row)}" for k, row in zip(true, texts, strict=True))])
    document = default_document()
    document = replace(document, tasks={**document.tasks, Task.MULTICLASS: state})
    written = write_document(document)
    bare, from_table, from_document, to_document = median_seconds(
        5,
        lambda: np.array([[float(text) for text in row] for row in texts]),
        lambda: read_predictions(table, "A"),
        lambda: read_document(written),
        lambda: write_document(document),
    )
    print(
        f"{SAMPLES:,} x {CLASSES}: bare float() {bare * 1e3:.0f} ms; read a table {from_table / bare:.2f} "
        f"times, a document {from_document / bare:.2f} times, write one {to_document / bare:.2f} times"
    )


def measure_refusal() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, huge = Path(folder) / "small.ceviz", Path(folder) / "huge.ceviz"
        small.write_bytes(write_document(default_document()))
        with huge.open("wb") as file:
            file.truncate(2**40)
        read, refuse = median_seconds(50, lambda: load_document(small), lambda: refused(huge))
    print(f"refuse a terabyte: {refuse / read:.3f} times opening the first document ({read * 1e3:.2f} ms)")


if __name__ == "__main__":
    measure()
    measure_refusal()
