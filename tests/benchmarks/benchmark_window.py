"""How fast the window is, against something in the same run.

By hand: `python tests/benchmarks/benchmark_window.py`.

1. Start to first painted frame, and resident memory after it, against a bare script that shows a QMainWindow
   with two empty PlotWidgets: whole processes, in pairs.
2. Edit to painted frame at K = 3 and K = 100, against curve and bars drawn by matplotlib's QtAgg (installed
   in this environment, or in the one whose python is named by CEVIZ_MATPLOTLIB_PYTHON).
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
app = QApplication([])
canvas = FigureCanvasQTAgg(Figure(figsize=(9.3, 5), dpi=100))
curve, bars = canvas.figure.subplots(1, 2)
p = np.exp(-np.linspace(0, 4.6, 200))
curve.plot(p, -np.log(p))
curve.set_xlim(0, 1)
curve.set_ylim(0, 5)
point, = curve.plot([0.4], [0.9], "o")
rows = bars.barh(range(classes), np.full(classes, 1 / classes))
bars.set_xlim(0, 1)
canvas.show()
times = []
for n in range(edits):
    x = 0.05 + 0.9 * (n % 50) / 50
    start = time.perf_counter()
    point.set_data([x], [-np.log(x)])
    for row in rows:
        row.set_width(x / classes)
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
