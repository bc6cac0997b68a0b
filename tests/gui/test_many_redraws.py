"""Thousands of redraws in a process of their own: some bindings lose a reference with each and abort."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from PySide6.QtWidgets import QApplication
from ceviz.core.document import Task
from ceviz.drawing import theme as themes
from ceviz.gui.plots.loss_plot import LossPlot
from tests.gui.plot_charts import CLASSES, one_point

app = QApplication(["redraws"])
themes.load_fonts()
plot = LossPlot(themes.Theme("light"))
plot.resize(400, 300)
plot.show()
for step in range(3000):
    plot.display(one_point(step % 101 / 100), Task.MULTICLASS, CLASSES, "nats")
    plot.viewport().repaint()
print("drawn")
"""


def test_3000_redraws_end_well() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.stdout.strip() == "drawn", done.stderr
    assert done.returncode == 0
