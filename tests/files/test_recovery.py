"""Work kept aside comes back as it was; what is no such work is refused."""

from pathlib import Path

import pytest

from ceviz.core import edits
from ceviz.core.document import Task
from ceviz.files.document_file import DocumentError, default_document
from ceviz.files.recovery import Recovered, keep_aside, read_aside


@pytest.mark.parametrize("path", [None, Path("/some where/ä.ceviz")])
def test_work_comes_back_with_its_name_and_place(tmp_path, path):
    document = default_document()
    state = edits.set_prediction(document.tasks[Task.MULTICLASS], 0, 0, 0, 1 / 3)
    document = document.with_state(Task.MULTICLASS, state)
    keep_aside(tmp_path / "a.recovery", Recovered(document, "ä b", path, (1, 2, 3)))
    found = read_aside(tmp_path / "a.recovery")
    assert found.document == document
    assert (found.name, found.path, found.fingerprint) == ("ä b", path, (1, 2, 3))


@pytest.mark.parametrize(
    "content", [b"", b"{}\n{}", b"[1]\n{}", b"garbage", b'{"name": "a", "path": null}\n{"form']
)
def test_anything_else_is_refused(tmp_path, content):
    file = tmp_path / "a.recovery"
    file.write_bytes(content)
    with pytest.raises(DocumentError):
        read_aside(file)
