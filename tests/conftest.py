"""What holds for all tests: Qt draws into memory, so that they run anywhere and pixels are stable."""

import gc
import os

import pytest
from hypothesis import settings
from PySide6.QtCore import QCoreApplication, QEvent, QStandardPaths

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
    """Delete the widgets of earlier tests: a change of theme would go on polishing them all."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
