"""How fast the window is, against something in the same run.

By hand: `python tests/benchmarks/benchmark_window.py`.

1. Start to first painted frame, and resident memory after it, against a bare script that shows a QMainWindow
   with two empty PlotWidgets: whole processes, in pairs.
2. Edit to painted frame at K = 3 and K = 100, against the same picture (at most 10 of the classes, as many as
   are in sight) drawn by matplotlib's QtAgg, which may stand in another environment: CEVIZ_MATPLOTLIB_PYTHON
   names its python.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PAIRS = 9
EDITS = 200

REPORT = """
import resource, sys, time
def first_frame(window, app):
    from PySide6.QtCore import QEvent, QObject, QTimer
    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, app.quit)
            return False
    watch = Watch()
    window.installEventFilter(watch)
    for child in window.findChildren(QObject):
        child.installEventFilter(watch)
    window.show()
    app.exec()
    pages = int(open("/proc/self/statm").read().split()[1])
    print(time.time(), pages * resource.getpagesize() / 2**20)
"""

BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow, QHBoxLayout, QWidget
import pyqtgraph
app = QApplication([])
window = QMainWindow()
body = QWidget()
layout = QHBoxLayout(body)
layout.addWidget(pyqtgraph.PlotWidget())
layout.addWidget(pyqtgraph.PlotWidget())
window.setCentralWidget(body)
window.resize(1440, 900)
first_frame(window, app)
"""

CEVIZ = """
from ceviz.gui.application import create_application, create_window
app = create_application([])
window = create_window()
first_frame(window, app)
"""

MATPLOTLIB = """
import statistics, sys, time
import numpy as np
from PySide6.QtWidgets import QApplication
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
classes, edits = int(sys.argv[1]), int(sys.argv[2])
rows, samples = min(classes, 10), 5
app = QApplication([])
canvas = FigureCanvasQTAgg(Figure(figsize=(14.4, 9), dpi=100))
figure = canvas.figure
line = figure.text(0.02, 0.88, "0.916", fontsize=40)
terms = [
    figure.text(0.2 + 0.1 * k, 0.9, r"$-1 \\cdot \\ln\\, 0.4$", fontsize=18) for k in range(min(rows, 8))
]
table = figure.add_axes((0.01, 0.27, 0.31, 0.5))
curve = figure.add_axes((0.38, 0.3, 0.33, 0.44))
lens = figure.add_axes((0.76, 0.3, 0.22, 0.44))
batch = figure.add_axes((0.02, 0.04, 0.96, 0.18))
for axes in (table, batch):
    axes.set_axis_off()
bars = table.barh(range(rows), [1 / classes] * rows, height=0.4)
table.set_xlim(-2, 2)
names = [table.text(-2, k, "class %d" % k) for k in range(rows)]
numbers = [table.text(-0.5, k, "0.400") for k in range(rows)]
losses = [table.text(1.5, k, "0.916") for k in range(rows)]
p = np.exp(-np.linspace(0, 4.6, 200))
curve.plot(p, -np.log(p), lw=3)
curve.plot(p, (1 - p) ** 2, "--", lw=2)
curve.set_xlim(0, 1)
curve.set_ylim(0, 5)
curve.grid(axis="y")
curve.axhspan(4.8, 5, hatch="///", fill=False)
point, = curve.plot([0.4], [0.9], "o", ms=14)
drops, = curve.plot([0, 0.4, 0.4], [0.9, 0.9, 0], ":")
box = dict(boxstyle="round")
pills = [curve.text(0, 0.9, "0.916", bbox=box), curve.text(0.4, 0, "0.400", bbox=box)]
for n, x in enumerate((0.2, 0.25, 0.8, 0.9)):
    curve.plot([x], [-np.log(x)], "s")
    curve.text(x, -np.log(x), str(n + 2))
stack = lens.bar([0], [0.9])
lens.set_xlim(-1, 2)
lens.set_ylim(0, 5)
lens.grid(axis="y")
parts = [[batch.barh([n], [1 / rows], left=k / rows) for k in range(rows)] for n in range(samples)]
loss_bars = batch.barh(range(samples), [0.9] * samples, left=2)
texts = [[batch.text(-3 + 0.3 * k, n, "0.400") for k in range(min(rows, 3) + 2)] for n in range(samples)]
batch.set_xlim(-3, 7)
canvas.show()
times = []
for n in range(edits):
    x = 0.05 + 0.9 * (n % 50) / 50
    start = time.perf_counter()
    loss = -np.log(x)
    line.set_text("%.3f" % loss)
    terms[0].set_text(r"$-1 \\cdot \\ln\\, %.2f$" % x)
    point.set_data([x], [loss])
    drops.set_data([0, x, x], [loss, loss, 0])
    pills[0].set_y(loss)
    pills[1].set_x(x)
    for bar, number in zip(bars, numbers):
        bar.set_width(x / classes)
        number.set_text("%.3f" % (x / classes))
    stack[0].set_height(loss)
    loss_bars[0].set_width(loss)
    canvas.draw()
    app.processEvents()
    times.append(time.perf_counter() - start)
print(statistics.median(times) * 1000)
"""


def start(script: str) -> tuple[float, float]:
    """Seconds to the first painted frame and MiB of resident memory of one process."""
    began = time.time()
    result = subprocess.run(
        [sys.executable, "-c", REPORT + script], capture_output=True, text=True, check=True
    )
    ended, memory = result.stdout.split()
    return float(ended) - began, float(memory)


def compare_starts() -> None:
    start(BARE), start(CEVIZ)
    bare, ceviz = zip(*[(start(BARE), start(CEVIZ)) for _ in range(PAIRS)], strict=True)
    times = [statistics.median(run[0] for run in runs) for runs in (bare, ceviz)]
    memory = [statistics.median(run[1] for run in runs) for runs in (bare, ceviz)]
    ratio = statistics.median(c[0] / b[0] for b, c in zip(bare, ceviz, strict=True))
    print(
        f"start to first frame: bare {times[0]:.3f} s, ceviz {times[1]:.3f} s, "
        f"ratio {ratio:.2f} (at most 1.5)"
    )
    print(
        f"resident memory: bare {memory[0]:.0f} MiB, ceviz {memory[1]:.0f} MiB, "
        f"ratio {memory[1] / memory[0]:.2f} (at most 1.4)"
    )


def edit_to_frame(class_count: int) -> float:
    """Median milliseconds from an edit to the painted frame, with everything that the window shows."""
    from PySide6.QtWidgets import QApplication

    from ceviz.core import edits
    from ceviz.core.document import Task
    from ceviz.gui.application import create_application, create_window

    app = QApplication.instance() or create_application([])
    window = create_window()
    window.show()
    session = window.session
    while session.state(Task.MULTICLASS).class_count < class_count:
        session.edit(
            Task.MULTICLASS, edits.add_class(session.state(Task.MULTICLASS), Task.MULTICLASS), "Add class"
        )
    app.processEvents()
    times = []
    for n in range(EDITS):
        value = 0.05 + 0.9 * (n % 50) / 50
        began = time.perf_counter()
        state = edits.drag_probability(session.state(Task.MULTICLASS), Task.MULTICLASS, 0, 0, 0, value)
        session.edit(Task.MULTICLASS, state, "Drag", "drag")
        app.processEvents()
        times.append(time.perf_counter() - began)
    session.undo_stack.setClean()
    window.close()
    return statistics.median(times) * 1000


def matplotlib_frame(class_count: int) -> float | None:
    python = os.environ.get("CEVIZ_MATPLOTLIB_PYTHON", sys.executable)
    result = subprocess.run(
        [python, "-c", MATPLOTLIB, str(class_count), str(EDITS // 4)],
        capture_output=True,
        text=True,
        check=False,
    )
    return float(result.stdout) if result.returncode == 0 else None


def compare_edits() -> None:
    for class_count in (3, 100):
        ours, theirs = edit_to_frame(class_count), matplotlib_frame(class_count)
        line = f"edit to frame, K = {class_count}: {ours:.1f} ms (under 16)"
        if theirs is None:
            print(line + "; matplotlib is not installed")
        else:
            print(line + f"; matplotlib QtAgg {theirs:.1f} ms, {theirs / ours:.1f} times ours (at least 5)")


if __name__ == "__main__":
    compare_starts()
    compare_edits()
