"""Tests of what the layer below the widgets may import."""

import subprocess
import sys

_PROBE = """
import pkgutil, sys
import ceviz.drawing
for module in pkgutil.walk_packages(ceviz.drawing.__path__, "ceviz.drawing."):
    __import__(module.name)
print([name for name in ("PySide6.QtWidgets", "pyqtgraph") if name in sys.modules])
"""


def test_drawing_needs_no_widgets() -> None:
    answer = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
