"""From the command line to a figure, and from the figure back to the work."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ceviz import cli
from ceviz.core.document import Task
from ceviz.files import resources
from ceviz.gui.application import create_window

SOFT = str(resources.examples()["soft-labels.ceviz"])


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_a_rendered_figure_is_evaluated_like_its_document(qapp, tmp_path: Path, ending: str) -> None:
    figure, losses = tmp_path / f"Bild ä.{ending}", tmp_path / "losses.json"
    arguments = ["--figure", "equation", "--size", "85x60", "--sample", "2"]
    assert cli.main(["render", SOFT, "-o", str(figure), *arguments]) == 0
    assert cli.main(["evaluate", str(figure), "-o", str(losses)]) == 0
    answer = json.loads(losses.read_text())
    assert answer["task"] == "soft"
    assert answer["models"][0]["losses"][1] == pytest.approx(0.7985076962177716)


def test_a_figure_opens_in_the_window_with_what_it_showed(qtbot, tmp_path: Path) -> None:
    figure = tmp_path / "figure.svg"
    arguments = ["--figure", "curve", "--task", "soft", "--sample", "3"]
    assert cli.main(["render", SOFT, "-o", str(figure), *arguments]) == 0
    window = create_window(figure)
    qtbot.addWidget(window)
    document = window.session.document
    assert (document.active_task, document.views[Task.SOFT].sample) == (Task.SOFT, 2)
    # Saving must not write a document over the picture.
    assert window.session.path is None


def test_a_picture_from_elsewhere_is_refused_in_one_line(qapp, tmp_path: Path, capsys) -> None:
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert cli.main(["evaluate", str(picture)]) == 1
    assert capsys.readouterr().err.startswith(f"ceviz: {picture}: metadata: ")
