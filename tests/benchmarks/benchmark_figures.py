"""Every figure in every format, as ratios to encoding a plain PNG of the same size. Run by hand.

python tests/benchmarks/benchmark_figures.py
"""

from __future__ import annotations

import os
from dataclasses import replace

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from benchmark_core import median_seconds, state_of
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImage

from ceviz.core.document import InputKind, Task
from ceviz.drawing.theme import load_fonts
from ceviz.explain.figures import FIGURES, Include
from ceviz.figures.papers import ENDINGS, encoded
from ceviz.figures.render import make_figure
from ceviz.files.document_file import default_document, write_document

DPI, SIZE = 300, (120.0, 88.0)


def plain_png() -> None:
    image = QImage(*(round(mm / 25.4 * DPI) for mm in SIZE), QImage.Format.Format_RGB32)
    image.fill("white")
    image.save(QBuffer(), "png")


def measure(task: Task) -> None:
    document = replace(default_document(), active_task=task)
    for name in FIGURES:
        acts = [
            lambda name=name, ending=ending: encoded(
                make_figure(document, name, Include(), "light", SIZE), ending, DPI, document
            )
            for ending in ENDINGS
        ]
        bare, *each = median_seconds(5, plain_png, *acts)
        ratios = ", ".join(
            f"{ending[1:]} {seconds / bare:.1f} ({seconds * 1e3:.0f} ms)"
            for ending, seconds in zip(ENDINGS, each, strict=True)
        )
        print(f"{task.value} {name}: plain PNG {bare * 1e3:.0f} ms; times that: {ratios}")


def measure_large() -> None:
    state = state_of(Task.MULTICLASS, InputKind.PROBABILITIES, 10_000, 100)
    document = default_document()
    document = replace(document, tasks={**document.tasks, Task.MULTICLASS: state})
    figure = make_figure(document, "batch", Include(), "light", SIZE)
    acts = [lambda ending=ending: encoded(figure, ending, DPI, document) for ending in ENDINGS]
    written, *each = median_seconds(1, lambda: write_document(document), *acts)
    ratios = ", ".join(
        f"{ending[1:]} {seconds / written:.1f} ({seconds * 1e3:.0f} ms)"
        for ending, seconds in zip(ENDINGS, each, strict=True)
    )
    # The PDF is the slow one: Qt packs the attached document, 26 MB, at a level that cannot be chosen.
    print(f"10,000 x 100: the batch, as times that writing its document takes: {ratios}")


if __name__ == "__main__":
    app = QGuiApplication([])
    load_fonts()
    for each in Task:
        measure(each)
    measure_large()
