"""Keeping unsaved work aside every few seconds, and offering it again after a crash."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QLockFile, QObject, QStandardPaths, QTimer, Signal

from ceviz.files.document_file import DocumentError
from ceviz.files.recovery import SUFFIX, Recovered, keep_aside, read_aside
from ceviz.gui.document_files import DocumentFiles
from ceviz.session import Session

_DELAY = 2000
"""Milliseconds from the first change that is not kept yet to keeping it."""
_LONGEST = 4000
"""No delay may be longer: five seconds of work are too much to lose."""
_SHARE = 10
"""Keeping aside takes at most one part in so many of the time, unless that makes the delay too long."""


def recovery_folder() -> Path:
    """Where work is kept aside; made if it is not there."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    folder = Path(place) / "recovery"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Autosave(QObject):
    """Keeps the session's unsaved changes in a file of its own until they are saved or given up."""

    failed = Signal(str)
    """Work cannot be kept aside, and why; told once."""

    def __init__(self, session: Session, files: DocumentFiles, folder: Path) -> None:
        super().__init__(session)
        self._session, self._files = session, files
        name = uuid4().hex
        self._file = folder / f"{name}{SUFFIX}"
        # Held while this window lives: work whose lock nobody holds was left behind by a crash.
        self._lock = _lock_of(self._file)
        self._lock.tryLock(0)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self.keep)
        self._told = False
        session.changed.connect(self._schedule)
        session.undo_stack.cleanChanged.connect(self._schedule)

    def keep(self) -> bool:
        """Keep the present work aside, or nothing where everything is saved. Whether that was possible."""
        began, kept = time.monotonic(), True
        try:
            if self._session.modified:
                files, session = self._files, self._session
                keep_aside(
                    self._file, Recovered(session.document, files.name, session.path, files.fingerprint)
                )
            else:
                self._file.unlink(missing_ok=True)
        except OSError as problem:
            self._tell(problem.strerror or str(problem))
            kept = False
        spent = round((time.monotonic() - began) * 1000)
        self._timer.setInterval(min(max(_DELAY, _SHARE * spent), _LONGEST))
        return kept

    def end(self) -> None:
        """The window closed in good order: nothing is left to offer."""
        self._timer.stop()
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        self._lock.unlock()

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _tell(self, reason: str) -> None:
        if not self._told:
            self._told = True
            self.failed.emit(f"Unsaved work cannot be kept safe from a crash: {reason}. Save it yourself.")


def left_behind(folder: Path) -> Iterator[tuple[Path, Recovered]]:
    """Work that a crash left behind, newest first, each with its file; what cannot be read is passed over."""
    for file in sorted(folder.glob(f"*{SUFFIX}"), key=_age):
        lock = _lock_of(file)
        if lock.tryLock(0):
            lock.unlock()
            with contextlib.suppress(DocumentError, OSError):
                yield file, read_aside(file)


def _age(file: Path) -> float:
    with contextlib.suppress(OSError):  # another window may just have removed it
        return -file.stat().st_mtime
    return 0.0


def _lock_of(file: Path) -> QLockFile:
    lock = QLockFile(str(file.with_suffix(".lock")))
    # Stale is only a lock whose process is gone, however old it is.
    lock.setStaleLockTime(0)
    return lock
