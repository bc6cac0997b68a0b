"""The window of each tab in both themes, pixel by pixel: the fonts are shipped, so pictures are stable.

At most 2 in 1,000 pixels may differ by more than 32 of 255 in a channel: what another rasteriser would
do to edges, but no text that moved. To renew the pictures after a change that is meant, look at what differs,
then run with CEVIZ_RENEW_PICTURES=1.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from ceviz.core.document import Task
from ceviz.files.document_file import default_document
from ceviz.gui import application
from ceviz.gui.render import render_window

PICTURES = Path(__file__).parent.parent / "pictures"
SIZE = (1440, 900)
TOLERATED_DIFFERENCE, TOLERATED_SHARE = 32, 0.002


def pixels(path):
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("task", tuple(Task))
def test_a_tab_looks_as_it_should(qapp, tmp_path, task, theme):
    application.theme.load_fonts()
    reference = PICTURES / f"{task.value}-{theme}.png"
    if os.environ.get("CEVIZ_RENEW_PICTURES"):
        render_window(default_document(), reference, task, None, SIZE, theme)
    drawn = tmp_path / "drawn.png"
    render_window(default_document(), drawn, task, None, SIZE, theme)
    differs = (np.abs(pixels(drawn) - pixels(reference)) > TOLERATED_DIFFERENCE).any(axis=2)
    assert differs.mean() <= TOLERATED_SHARE, f"{differs.sum()} pixels differ: {drawn}"


def test_a_moved_text_would_be_noticed(qapp, tmp_path):
    application.theme.load_fonts()
    document = default_document()
    drawn = tmp_path / "drawn.png"
    render_window(document.with_view(Task.MULTICLASS, sample=3), drawn, Task.MULTICLASS, None, SIZE, "light")
    differs = (np.abs(pixels(drawn) - pixels(PICTURES / "multiclass-light.png")) > TOLERATED_DIFFERENCE).any(
        axis=2
    )
    assert differs.mean() > TOLERATED_SHARE
