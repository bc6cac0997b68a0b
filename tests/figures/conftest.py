"""Figures are painted with the shipped fonts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ceviz.drawing.theme import load_fonts


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: QApplication) -> None:
    load_fonts()
