"""What belongs to the machine and its person, not to the document."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QStandardPaths

THEMES = ("system", "light", "dark")
"""The theme choices; "system" follows the desktop."""


class Settings:
    """Kept in one readable file where the system wants it; a value that makes no sense is ignored."""

    def __init__(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
        self._store = QSettings(f"{folder}/ceviz/settings.ini", QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """One of THEMES."""
        value = self._store.value("theme", "system")
        return value if value in THEMES else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)
