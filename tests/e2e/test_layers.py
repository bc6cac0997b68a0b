"""Each layer imports only what stands below it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("ceviz.core", "ceviz.explain", "ceviz.files"):
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        importlib.import_module(module.name)
        print(module.name)
sys.exit(any(name.split(".")[0] in ("PySide6", "shiboken6", "pyqtgraph") for name in sys.modules))
"""


def test_core_explain_and_files_import_no_qt():
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert {"ceviz.core.losses", "ceviz.explain.numbers", "ceviz.files.report"} <= set(done.stdout.split())


def test_import_contracts():
    program = shutil.which("lint-imports", path=Path(sys.executable).parent)
    if program is None:
        pytest.skip("import-linter is not installed")
    root = Path(__file__).parents[2]
    done = subprocess.run([program, "--no-cache"], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout
