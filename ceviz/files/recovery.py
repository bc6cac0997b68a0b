"""Work that was not saved, kept aside so that a crash does not take it along."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ceviz.core.document import Document
from ceviz.files.atomic import write_atomically
from ceviz.files.document_file import DocumentError, read_bytes, read_document, write_document

SUFFIX = ".recovery"


@dataclass(frozen=True, slots=True)
class Recovered:
    """Work found aside: the document, its name, and the file that it came from, if any."""

    document: Document
    name: str
    path: Path | None
    fingerprint: tuple[int, int, int] | None
    """What that file looked like when the work on it began."""


def keep_aside(file: Path, work: Recovered) -> None:
    """Write the work aside, whole or not at all. OSError where that is impossible."""
    head = json.dumps(
        {"name": work.name, "path": str(work.path) if work.path else None, "fingerprint": work.fingerprint}
    )
    write_atomically(head.encode() + b"\n" + write_document(work.document), file)


def read_aside(file: Path) -> Recovered:
    """The work in a file of `keep_aside`; DocumentError where it is none, OSError where it cannot be read."""
    head, _, content = read_bytes(file).partition(b"\n")
    try:
        told = json.loads(head)
        name, path, mark = told["name"], told["path"], told["fingerprint"]
        fingerprint = (int(mark[0]), int(mark[1]), int(mark[2])) if mark is not None else None
    except (ValueError, TypeError, LookupError):
        raise DocumentError("", "no work kept aside by ceviz") from None
    return Recovered(read_document(content), str(name), Path(path) if path else None, fingerprint)
