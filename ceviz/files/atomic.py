"""Writing a file so that a crash or a full disk at any moment leaves the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path


def write_atomically(content: bytes, path: str | os.PathLike[str]) -> None:
    """Write a file as a whole or not at all. OSError where that is impossible."""
    # A link stays a link: the file that it leads to is replaced.
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        # A pipe or a device is written to, not replaced.
        target.write_bytes(content)
        return
    if target.exists() and not os.access(target, os.W_OK):
        # Replacing it would take the folder's permission only.
        raise PermissionError(errno.EACCES, "the file is write-protected", str(target))
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _permissions(target))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _permissions(target: Path) -> int:
    """Those of the file that is replaced, or those that a new file gets."""
    with contextlib.suppress(FileNotFoundError):
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
