"""What holds for all tests: Qt draws into memory, so that they run anywhere and pixels are stable."""

import os

from PySide6.QtCore import QStandardPaths

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Settings go to a folder of their own, never to those of the person who runs the tests.
QStandardPaths.setTestModeEnabled(True)
