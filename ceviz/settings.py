"""What belongs to the machine and its person, not to the document."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

_MOST_RECENT = 10

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

    @property
    def reduce_motion(self) -> bool:
        """Whether nothing in the window shall move by itself."""
        return bool(self._store.value("reduceMotion") == "true")

    @reduce_motion.setter
    def reduce_motion(self, value: bool) -> None:
        self._store.setValue("reduceMotion", "true" if value else "false")

    @property
    def reading_aids(self) -> bool:
        """Whether a loss stands in other words below its number."""
        return bool(self._store.value("readingAids") == "true")

    @reading_aids.setter
    def reading_aids(self, value: bool) -> None:
        self._store.setValue("readingAids", "true" if value else "false")

    @property
    def recent(self) -> list[Path]:
        """Files that were opened or saved last and still exist, the newest first."""
        value = self._store.value("recent", [])
        names = value if isinstance(value, list) else [value]
        return [Path(name) for name in names if isinstance(name, str) and os.path.isfile(name)]

    def add_recent(self, path: Path) -> None:
        path = path.resolve()
        kept = [path, *(other for other in self.recent if other != path)]
        self._store.setValue("recent", [str(other) for other in kept[:_MOST_RECENT]])

    @property
    def figure_folder(self) -> Path | None:
        """Where the last figure was saved, if that folder still exists."""
        value = self._store.value("figureFolder", "")
        return Path(value) if isinstance(value, str) and value and os.path.isdir(value) else None

    @figure_folder.setter
    def figure_folder(self, folder: Path) -> None:
        self._store.setValue("figureFolder", str(folder.absolute()))
