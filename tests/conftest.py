"""What holds for all tests: Qt draws into memory, so that they run anywhere and pixels are stable."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
