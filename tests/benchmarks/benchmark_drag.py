"""How long a frame of a drag takes: from the mouse's move to the painted window, with every view linked.

By hand: `python tests/benchmarks/benchmark_drag.py`.

A real mouse presses, moves 200 times and releases, once on the handle of the sample table's bar and once on
the curve's point, at K = 3, N = 5 and at K = 10, N = 450. The same moves drive, in the same run, a bare
window of the same size: a pyqtgraph curve with its point, and bars. Afterwards the same drags tell what the
painting of each widget, each kind of cell and each item of a plot costs, which itself takes time and so is
measured apart.
"""

from __future__ import annotations

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemDelegate, QApplication, QGraphicsView, QHBoxLayout, QWidget

from ceviz.core.document import Task
from ceviz.gui.application import create_application, create_window
from ceviz.gui.main_window import MainWindow

MOVES = 200
LEAST_TOLD = 0.005
"""The share of a frame below which a cost is not told."""
DIGITS = Path(__file__).parents[2] / "resources" / "examples" / "digits-logistic.csv"
DOCUMENTS = {"K = 3, N = 5": (None, 8), "K = 10, N = 450": (DIGITS, 16)}
PREDICTION = 2
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
Moved = Callable[[float], QPoint]


def shares() -> Iterator[float]:
    """Where the handle goes: up and down in hundredths, so that every move changes the state."""
    for move in range(MOVES):
        step = move % 160
        yield 0.1 + 0.01 * (step if step < 80 else 160 - step)


def drag(window: QWidget, start: QPoint, place: Moved) -> list[float]:
    """Milliseconds per frame of one drag, from the move to the painted frame."""
    handle = window.windowHandle()
    QTest.mouseMove(handle, start)
    QTest.mousePress(handle, LEFT, NO_KEYS, start)
    QApplication.processEvents()
    times = []
    for share in shares():
        began = time.perf_counter()
        QTest.mouseMove(handle, place(share))
        QApplication.processEvents()
        times.append((time.perf_counter() - began) * 1000)
    QTest.mouseRelease(handle, LEFT, NO_KEYS, place(0.5))
    QApplication.processEvents()
    return times


def bar_drag(window: MainWindow) -> tuple[QPoint, Moved]:
    """Where the handle of the first class stands in the window, and where it does at a probability."""
    table = window.page.sample_panel.table
    index = table.model_.index(0, PREDICTION)
    track = table.track(table.cell_rect(index))

    def place(share: float) -> QPoint:
        at = QPointF(track.left() + share * track.width(), track.center().y())
        return table.viewport().mapTo(window, at).toPoint()

    return place(table.model_.rows[0].given), place


def point_drag(window: MainWindow) -> tuple[QPoint, Moved]:
    """The same for the point on the curve."""
    plot = window.page.curve_panel.plot
    live = plot.chart.live[0]

    def at(x: float, y: float | None) -> QPoint:
        return plot.viewport().mapTo(window, plot.frame_in_px.point(x, y)).toPoint()

    return at(live.x, live.y), lambda share: at(share, live.y)


class Bare(QWidget):
    """A curve with its point, and bars: what pyqtgraph needs for the same drag with nothing else around."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        curves, bars = pg.PlotWidget(), pg.PlotWidget()
        p = np.exp(-np.linspace(0, 4.6, 200))
        curves.plot(p, -np.log(p))
        self.point = curves.plot([0.4], [0.9], symbol="o")
        self.bars = pg.BarGraphItem(x=range(classes), height=np.full(classes, 1 / classes), width=0.8)
        bars.addItem(self.bars)
        for plot, x, y in ((curves, (0, 1), (0, 5)), (bars, (-1, classes), (0, 1))):
            plot.setXRange(*x)
            plot.setYRange(*y)
            plot.setMouseEnabled(False, False)
            plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(plot)
        self.classes = classes
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: Any) -> None:
        x = event.position().x() / self.width()
        self.point.setData([x], [-np.log(x)])
        self.bars.setOpts(height=np.full(self.classes, x / self.classes))


def bare_drag(size: Any, classes: int) -> list[float]:
    window = Bare(classes)
    window.resize(size)
    window.show()
    QApplication.processEvents()

    def place(share: float) -> QPoint:
        return QPoint(round(share * window.width()), window.height() // 2)

    times = drag(window, place(0.4), place)
    window.close()
    return times


class Clock:
    """Sums up the time that each kind of Python object takes to paint."""

    def __init__(self, method: str, painted: Iterable[object]) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        for kind in {kind for one in painted for kind in _painting(type(one), method)}:
            self._wrap(kind, method)

    def _wrap(self, kind: type, method: str) -> None:
        paint, spent = kind.__dict__[method], self.spent

        def timed(one: Any, *arguments: Any) -> None:
            began = time.perf_counter()
            paint(one, *arguments)
            spent[type(one).__name__] += time.perf_counter() - began

        setattr(kind, method, timed)

    def tell(self, what: str, total: float) -> None:
        costs = sorted(((spent * 1000, kind) for kind, spent in self.spent.items()), reverse=True)
        print(f"  {what}, ms per frame of {total / MOVES:.1f}; most: {costs[0][1]}")
        for spent, kind in costs:
            if spent / total >= LEAST_TOLD:
                print(f"    {kind:<22} {spent / MOVES:6.2f}  {spent / total:5.0%}")


def _painting(kind: type, method: str) -> list[type]:
    """The class in Python that paints objects of a kind."""
    return [base for base in kind.__mro__ if _is_python(base) and method in base.__dict__][:1]


def _is_python(kind: type) -> bool:
    return not kind.__module__.startswith(("PySide6", "Shiboken", "builtins"))


@contextmanager
def opened(path: Path | None) -> Iterator[MainWindow]:
    window = create_window(path)
    window.resize(1440, 900)
    window.show()
    QTest.qWaitForWindowExposed(window)
    QApplication.processEvents()
    yield window
    window.session.undo_stack.setClean()
    window.close()


def spread(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def compare(name: str, path: Path | None, limit: int) -> None:
    with opened(path) as window:
        classes = window.session.state(Task.MULTICLASS).class_count
        bare_median, bare_slow = spread(bare_drag(window.size(), classes))
        print(f"{name}: bare curve and bars {bare_median:.1f} ms, 95 % within {bare_slow:.1f} ms")
        for what, start in (("bar", bar_drag), ("point", point_drag)):
            before = window.session.state(Task.MULTICLASS)
            median, slow = spread(drag(window, *start(window)))
            assert window.session.state(Task.MULTICLASS) is not before, f"the {what} was not dragged"
            print(
                f"  {what}: median {median:.1f} ms (under {limit}), 95 % within {slow:.1f} ms, "
                f"{median / bare_median:.1f} times the bare one"
            )


def name_costs(name: str, path: Path | None) -> None:
    """What the painting of each widget, cell and item costs in a frame, the dearest first."""
    with opened(path) as window:
        widgets = [window, *window.findChildren(QWidget)]
        items = [item for view in window.findChildren(QGraphicsView) for item in view.scene().items()]
        cells = window.findChildren(QAbstractItemDelegate)
        clocks = {
            "widgets": Clock("paintEvent", widgets),
            "cells and items": Clock("paint", [*items, *cells]),
        }
    with opened(path) as window:
        for clock in clocks.values():
            clock.spent.clear()
        total = sum(drag(window, *bar_drag(window)))
    print(f"{name}: painting")
    for what, clock in clocks.items():
        clock.tell(what, total)


if __name__ == "__main__":
    pg.setConfigOption("mouseRateLimit", -1)
    app = create_application([])
    for name, (path, limit) in DOCUMENTS.items():
        compare(name, path, limit)
    for name, (path, _) in DOCUMENTS.items():
        name_costs(name, path)
