"""What painted views are to assistive technology: by itself Qt takes every widget of ours for a bare area.

A view's class says it with `accessible_role`. A plot whose point can be moved is a chart all the same: the
interface of a slider's value cannot be given from Python, so its name tells the value and changes with it.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget


@cache
def install() -> None:
    """From now on Qt asks the views for their roles. Needs a QApplication."""
    QAccessible.installFactory(_interface)


def _interface(kind: str, view: QObject) -> QAccessibleInterface | None:
    role = getattr(view, "accessible_role", None)
    return QAccessibleWidget(view, role) if role is not None and isinstance(view, QWidget) else None
