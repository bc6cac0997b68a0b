"""Every widget test runs with the shipped fonts and the light theme."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ceviz.drawing import theme as themes
from ceviz.gui import style


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> themes.Theme:
    """The light theme of the standard layout, applied to the application with its fonts."""
    themes.load_fonts()
    light = themes.Theme("light")
    style.apply(qapp, light)
    return light
