"""What holds for all tests: Qt draws into memory, so that they run anywhere and pixels are stable."""

import gc
import os

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths
from PySide6.QtWidgets import QApplication, QMainWindow

from tests.fuzz import examples

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Settings go to a folder of their own, never to those of the person who runs the tests.
QStandardPaths.setTestModeEnabled(True)
# Enough to notice what breaks, quick, and alike in every run: a change is judged by what it changed.
settings.register_profile("run", examples(40))
settings.load_profile("run")
# Looking through everything that is imported for garbage would take a tenth of the run.
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def no_widgets_left_behind():
    """Delete the widgets of a test: a change of theme would go on polishing them all in later tests."""
    yield
    if QCoreApplication.instance() is None:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMainWindow)]
    assert all(window.isVisible() for window in windows), "a window was left behind: qtbot.addWidget(window)"
