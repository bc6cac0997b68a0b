"""Whether things move, and a value that glides from 0 to 1 while they do."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QEasingCurve, QEvent, QObject, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ceviz.settings import Settings

_FIRST_FRAME = 16
"""Where a motion begins, in ms: what was asked for is seen to have happened at once."""
_ACTS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.KeyPress,
        QEvent.Type.Shortcut,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.ContextMenu,
        QEvent.Type.InputMethod,
        QEvent.Type.Drop,
    }
)


def is_wanted() -> bool:
    """Whether things shall move: not against the wish of the person, nor of the system where Qt knows it."""
    if QGuiApplication.platformName() in ("offscreen", "minimal"):
        return False  # Nobody watches: pictures and tests see the end at once.
    # Of the systems' switches for motion, the Qt versions in use know that of Windows.
    if sys.platform == "win32" and not QApplication.isEffectEnabled(Qt.UIEffect.UI_AnimateMenu):
        return False
    return not Settings().reduce_motion


class Passage(QVariantAnimation):
    """Tells with `valueChanged` a share that goes from 0 to 1, fast and then slower; at the end, `arrived`.

    Where a person does something meanwhile, it arrives before that is done.
    """

    arrived = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        app = QCoreApplication.instance()
        assert app is not None
        self._application = app
        self.under_way = False
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.finished.connect(self.arrive)

    def set_out(self, duration: int) -> None:
        """Go from 0 to 1 in `duration` ms."""
        self.under_way = True
        self.setDuration(duration)
        self._application.installEventFilter(self)
        self.start()
        self.setCurrentTime(_FIRST_FRAME)

    def arrive(self) -> None:
        """Be at the end, unless it is there already."""
        if self.under_way:
            self.cancel()
            self.arrived.emit()

    def cancel(self) -> None:
        """Stop wherever it is."""
        self.under_way = False
        self._application.removeEventFilter(self)
        self.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS:
            self.arrive()
        return False
