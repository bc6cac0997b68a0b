"""Noticing that somebody else works on the same file: another window, or another program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile

Fingerprint = tuple[int, int, int] | None
"""What a file looks like from outside; None where there is none."""


class FileGuard:
    """Guards one file at a time, from opening or saving it until the next one."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._lock: QLockFile | None = None
        self._fingerprint: Fingerprint = None
        self.shared = False
        """Whether another window had the file open first."""

    @property
    def fingerprint(self) -> Fingerprint:
        """The guarded file as it was when it was read or written here."""
        return self._fingerprint

    def guard(self, path: Path | None, fingerprint: Fingerprint) -> None:
        """Let go of the last file and guard this one; it was read or written when it had this fingerprint."""
        if path != self._path:
            self.release()
            self._path = path
            self._take_lock()
        self._fingerprint = fingerprint

    def release(self) -> None:
        if self._lock is not None:
            self._lock.unlock()
        self._path, self._lock, self.shared = None, None, False

    def changed_outside(self) -> bool:
        """Whether another program wrote or removed the file since it was opened or saved here."""
        return self._path is not None and fingerprint_of(self._path) != self._fingerprint

    def gone(self) -> bool:
        """Whether another program removed or renamed the file, or its folder."""
        return self.changed_outside() and fingerprint_of(self._path) is None

    def accept(self) -> None:
        """Go on with the file as it stands now."""
        self._fingerprint = fingerprint_of(self._path)

    def still_shared(self) -> bool:
        """Whether the other window still has the file."""
        if self.shared:
            self._take_lock()
        return self.shared

    def _take_lock(self) -> None:
        if self._path is None:
            return
        lock = QLockFile(str(self._path.with_name(f".{self._path.name}.lock")))
        lock.setStaleLockTime(0)
        if lock.tryLock(0):
            self._lock, self.shared = lock, False
        else:
            # In a folder that cannot be written nobody can save, so nobody is in the way.
            self.shared = lock.error() is QLockFile.LockError.LockFailedError


def fingerprint_of(path: Path | None) -> Fingerprint:
    """The file as it is now."""
    try:
        found = path.stat() if path is not None else None
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size, found.st_ino) if found is not None else None
