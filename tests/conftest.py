"""What holds for all tests: Qt draws into memory, so that they run anywhere and pixels are stable."""

import os

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Settings go to a folder of their own, never to those of the person who runs the tests.
QStandardPaths.setTestModeEnabled(True)


@pytest.fixture(autouse=True)
def no_widgets_left_behind():
    """Delete the widgets of earlier tests: a change of theme would go on polishing them all."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
