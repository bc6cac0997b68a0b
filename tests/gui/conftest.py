"""Every widget test runs with the shipped fonts and the light theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ceviz.drawing import theme as themes
from ceviz.gui import style
from ceviz.gui.main_window import MainWindow
from tests.windows import begin_again, opened_window


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> themes.Theme:
    """The light theme of the standard layout, applied to the application with its fonts."""
    themes.load_fonts()
    light = themes.Theme("light")
    style.apply(light)
    return light


@pytest.fixture(scope="module")
def shared(theme: themes.Theme) -> Iterator[MainWindow]:
    """One window for a file of tests: to build another one takes most of a test."""
    with opened_window() as window:
        yield window


@pytest.fixture
def window(shared: MainWindow) -> MainWindow:
    """The shared window, as it is at a first start."""
    begin_again(shared)
    return shared
