"""What a person sees in the window and does to it, with real keys and a real mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from ceviz.core.document import Task

PREDICTION = 2
"""The column of the sample table that holds the prediction."""


def shown(window, kind, name):
    """The child of that name on the shown page."""
    return next(child for child in window.findChildren(kind, name) if child.isVisible())


def number(window):
    return shown(window, QWidget, "number").accessibleName()


def formula(window):
    return shown(window, QWidget, "formula").accessibleName()


def sample_table(window):
    return shown(window, QTableView, "sampleTable")


def texts(table, row):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def click(qtbot, table, row, column):
    rect = table.visualRect(table.model().index(row, column))
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 20, rect.center().y())
    )


def type_number(qtbot, window, row, text, column=PREDICTION):
    table = sample_table(window)
    click(qtbot, table, row, column)
    qtbot.keyClick(table, text[0])
    if len(text) > 1:
        qtbot.keyClicks(QApplication.focusWidget(), text[1:])
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()


def prediction(window, task=Task.MULTICLASS, sample=0):
    return window.session.state(task).models[0].predictions[sample].tolist()


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(window, key, modifier)
