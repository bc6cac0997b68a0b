"""Figures in mm: everything stands where its number says, and the three formats show the same picture."""

from __future__ import annotations

import contextlib
import math
import re
import shutil
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from ceviz.core.document import Document, Task
from ceviz.drawing.theme import Theme
from ceviz.explain.figures import FIGURES, Include
from ceviz.figures.batch import note_text, rows_shown
from ceviz.figures.figure import Figure
from ceviz.figures.order import Order
from ceviz.figures.papers import encoded, image, pdf, png, svg
from ceviz.figures.render import make_figure
from ceviz.figures.text_sizes import smallest_text
from ceviz.files import resources
from ceviz.files.document_file import DocumentError, default_document, load_document, write_document
from ceviz.files.figure_file import PDF_NAME
from ceviz.files.predictions import PredictionsError, open_content
from tests.figures.reading import Shape, pixels_by, pixels_of_svg, rectangles

PLAIN = Include(caption=False)
HAIRLINE, BORDER = (Theme("light").color(token).name() for token in ("hairline", "border"))
DOG, SOFT_LOSS = Theme("light").class_colors(0).line.name(), Theme("light").color("loss").name()


def document_of(task: Task) -> Document:
    return replace(default_document(), active_task=task)


def figure_of(
    name: str, task: Task = Task.MULTICLASS, size=(120.0, 90.0), theme="light", include=PLAIN, **view
) -> Figure:
    return make_figure(document_of(task).with_view(task, **view), name, include, theme, size)


def find(shapes: list[Shape], color: str, **lengths: float) -> list[Shape]:
    """The rectangles of a colour that have some lengths, in mm."""
    return [
        shape
        for shape in shapes
        if shape.color == color
        and all(getattr(shape, key) == pytest.approx(value, abs=1e-3) for key, value in lengths.items())
    ]


# Where things stand


def test_a_bar_ends_exactly_at_the_height_of_its_loss() -> None:
    shapes = rectangles(svg(figure_of("lens", lens="terms")))
    line = next(shape for shape in shapes if shape.color == BORDER)
    # Lines are 1 px wide, 0.512 points: their middle is the place they stand for.
    px = 0.512 * 25.4 / 72
    zero = line.top + line.height / 2
    grid = sorted(zero - (s.top + s.height / 2) for s in find(shapes, HAIRLINE, height=px, width=line.width))
    (bar,) = find(shapes, DOG, height=-math.log(0.4) * grid[3])  # the fourth line stands at 1 nat
    assert grid == pytest.approx([grid[0] * n for n in range(1, len(grid) + 1)], abs=1e-3)
    assert bar.top + bar.height == pytest.approx(zero, abs=1e-3)


def test_the_ticks_of_a_curve_divide_its_axis_and_the_point_stands_between_them() -> None:
    shapes = rectangles(svg(figure_of("curve")))
    axis = next(shape for shape in shapes if shape.color == BORDER)
    px = 0.512 * 25.4 / 72
    ticks = [s.left + px / 2 for s in find(shapes, BORDER, height=5 * px, width=px)]
    assert ticks == pytest.approx([axis.left + axis.width * n / 5 for n in range(6)], abs=1e-3)
    drop = next(s for s in find(shapes, DOG, width=1.5 * px) if s.height > s.width)
    assert drop.left + drop.width / 2 == pytest.approx(axis.left + 0.4 * axis.width, abs=1e-3)
    # From 0 to 4.6 nats the area is as high as the paper less margins: 14 + 34 px above, 58 + 14 below.
    zero, height = axis.top + px / 2, 90 - (14 + 34 + 58 + 14) * px
    loss = next(s for s in find(shapes, SOFT_LOSS, height=1.5 * px) if s.width > s.height)
    assert loss.top + loss.height / 2 == pytest.approx(zero + math.log(0.4) / 4.6 * height, abs=1e-3)


def test_loss_bars_of_the_batch_share_one_axis() -> None:
    shapes = rectangles(svg(figure_of("batch", Task.MULTILABEL)))
    px = 0.512 * 25.4 / 72 * 664.370 / figure_of("batch", Task.MULTILABEL).page.width()
    lines = sorted(s.left + px / 2 for s in find(shapes, HAIRLINE, width=px) if s.height > 10)
    first = Theme("light").class_colors(0).fill.name()
    starts = [s for s in find(shapes, first) if s.left == pytest.approx(lines[0], abs=1e-3)]
    state = default_document().tasks[Task.MULTILABEL]
    p, t = state.models[0].predictions[:, 0], state.targets[:, 0]
    terms = -np.log(np.where(t == 1, p, 1 - p))
    # A gap of 1 px keeps neighbours apart.
    per_nat = (lines[1] - lines[0]) / 0.5
    assert [s.width + px for s in starts] == pytest.approx(list(terms * per_nat), abs=2e-3)


# Sizes


@pytest.mark.parametrize("size", [(85.0, 62.3), (120.0, 88.0), (180.0, 132.0), (338.667, 190.5)])
def test_every_format_has_the_size_that_was_asked_for(size: tuple[float, float]) -> None:
    figure = figure_of("equation", size=size)
    box = re.search(rb"/MediaBox \[([^\]]*)\]", pdf(figure))
    assert box is not None
    left, bottom, right, top = map(float, box[1].split())
    assert np.array([right - left, top - bottom]) * 25.4 / 72 == pytest.approx(size, abs=1e-3)
    head = re.search(rb'width="([0-9.]+)mm" height="([0-9.]+)mm"', svg(figure))
    assert head is not None
    assert tuple(map(float, head.groups())) == pytest.approx(size, abs=1e-3)
    picture = png(figure, 150)
    assert struct.unpack_from(">II", picture, 16) == tuple(round(mm / 25.4 * 150) for mm in size)
    place = picture.index(b"pHYs") + 4
    assert struct.unpack_from(">IIB", picture, place) == (5906, 5906, 1)  # 150 / 0.0254


def test_a_narrow_figure_takes_smaller_text_rather_than_covering_itself() -> None:
    assert figure_of("view", size=(85.0, 60.0)).scale < figure_of("view", size=(180.0, 132.0)).scale < 0.512
    assert figure_of("curve", size=(85.0, 62.3)).scale == pytest.approx(0.512)


# The same picture everywhere


def difference(a: QImage, b: QImage) -> float:
    """The largest difference in brightness, 0 to 255, of a square of 8 x 8 pixels."""

    def grey(picture: QImage) -> np.ndarray:
        small = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        rows = np.frombuffer(small.constBits(), np.uint8).reshape(small.height(), small.bytesPerLine())
        cut = rows[: small.height() // 8 * 8, : small.width() // 8 * 8].astype(float)
        return cut.reshape(cut.shape[0] // 8, 8, -1, 8).mean(axis=(1, 3))

    return float(abs(grey(a) - grey(b)).max())


RSVG = ["rsvg-convert", "-d", "150", "-p", "150", "-b", "white", "{in}", "-o", "{out}"]
POPPLER = ["pdftoppm", "-r", "150", "-png", "-singlefile", "{in}", "{stem}"]
TOLERANCE = 32.0
"""Of 255, in any square of 8 x 8 pixels: renderers weigh thin lines and letters differently."""


@pytest.mark.parametrize(("name", "task"), [("curve", Task.BINARY), ("batch", Task.SOFT)])
def test_all_formats_show_the_same_picture(name: str, task: Task, tmp_path) -> None:
    # A whole number of pixels, or the programs round it differently.
    figure = figure_of(name, task, (101.6, 76.2), include=Include(square_error=True))
    wanted, drawn = image(figure, 150), svg(figure)
    assert difference(wanted, pixels_of_svg(drawn, wanted)) < TOLERANCE
    for tool, content, ending in ((RSVG, drawn, ".svg"), (POPPLER, pdf(figure), ".pdf")):
        if shutil.which(tool[0]):
            assert difference(wanted, pixels_by(tool, content, ending, tmp_path)) < TOLERANCE


def test_another_number_makes_another_picture() -> None:
    # What the comparison above can tell apart.
    pictures = [image(figure_of("curve", sample=sample), 150) for sample in (0, 1)]
    assert difference(*pictures) > 2 * TOLERANCE


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("task", list(Task))
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_the_same_in_svg_and_png(name: str, task: Task, theme: str) -> None:
    figure = figure_of(name, task, size=(180.0, 135.0), theme=theme)
    wanted = image(figure, 72)
    assert difference(wanted, pixels_of_svg(svg(figure), wanted)) < TOLERANCE


def words_of(figure: Figure, folder: Path) -> list[str]:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    import subprocess

    (folder / "a.pdf").write_bytes(pdf(figure))
    read = subprocess.run(["pdftotext", folder / "a.pdf", "-"], capture_output=True, text=True, check=True)
    return read.stdout.split()


def test_text_in_a_pdf_can_be_read(tmp_path) -> None:
    words = words_of(figure_of("equation"), tmp_path)
    assert {"0.916", "0.4", "ln", "dog", "shortcut", "nats", "L"} <= set(words)


def test_a_batch_says_which_samples_weigh_more_or_are_ignored(tmp_path) -> None:
    state = document_of(Task.MULTICLASS).tasks[Task.MULTICLASS]
    first, second, *rest = state.samples
    weighed = (replace(first, weight=3.0), replace(second, ignored=True), *rest)
    document = document_of(Task.MULTICLASS).with_state(Task.MULTICLASS, replace(state, samples=weighed))
    words = words_of(make_figure(document, "batch", PLAIN, "light", (120.0, 90.0)), tmp_path)
    assert "×3" in "".join(words)
    assert words.count("ignored") == 1


# The document inside


def changed_document() -> Document:
    soft = default_document().with_view(Task.SOFT, sample=2, lens="gradient", overlay=True)
    return replace(soft, active_task=Task.SOFT)


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_figure_opens_as_the_document_that_made_it(ending: str) -> None:
    document = changed_document()
    figure = make_figure(document, "curve", PLAIN, "light", (85.0, 62.3))
    opened = open_content(encoded(figure, ending, 150, document), f"figure{ending}")
    assert opened.document == document
    assert opened.complete


def test_names_with_markup_and_odd_characters_survive() -> None:
    state = document_of(Task.MULTICLASS).tasks[Task.MULTICLASS]
    odd = replace(state, classes=("a</document>&<b>", "ein \ufffe Zeichen \x01", "漢字 \U0001f600"))
    document = document_of(Task.MULTICLASS).with_state(Task.MULTICLASS, odd)
    figure = make_figure(document, "batch", PLAIN, "light", (85.0, 62.3))
    for ending in (".png", ".svg", ".pdf"):
        assert open_content(encoded(figure, ending, 72, document), "f").document == document


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_picture_without_a_document_is_refused(ending: str) -> None:
    figure = figure_of("equation")
    plain = {".png": png(figure, 72), ".svg": svg(figure), ".pdf": pdf(figure)}[ending]
    with pytest.raises(DocumentError, match="no document; only figures that ceviz saved carry one"):
        open_content(plain, f"figure{ending}")


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@pytest.mark.parametrize(
    "packed", [b"not packed", zlib.compress(b"not base64!"), zlib.compress(b"e30=")[:-5]]
)
def test_a_damaged_document_in_a_png_is_refused(packed: bytes) -> None:
    chunks = png_chunk(b"IHDR", bytes(13)) + png_chunk(b"zTXt", b"ceviz\0\0" + packed)
    with pytest.raises(DocumentError, match="damaged"):
        open_content(b"\x89PNG\r\n\x1a\n" + chunks, "a.png")


def test_a_document_that_would_fill_the_memory_is_not_unpacked(monkeypatch) -> None:
    monkeypatch.setattr("ceviz.files.figure_file.LARGEST", 1000)
    figure = figure_of("equation")
    for ending in (".png", ".pdf"):
        with pytest.raises(DocumentError, match="damaged"):
            open_content(encoded(figure, ending, 72, changed_document()), "a")


def test_an_object_of_a_pdf_is_sought_once() -> None:
    """A file that begins the object a hundred thousand times took minutes."""
    name = b"\xfe\xff" + PDF_NAME.encode("utf-16-be")
    hostile = b"%PDF-1.4\n/F (" + name + b")\n/EF <</F 5 0 R>>" + b"\n5 0 obj\n<<" * 100_000
    with pytest.raises(DocumentError, match="damaged"):
        open_content(hostile, "a.pdf")


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_figure_with_damaged_bytes_gives_a_document_or_is_refused(ending: str) -> None:
    document = changed_document()
    whole = encoded(make_figure(document, "equation", PLAIN, "light", (30.0, 20.0)), ending, 72, document)
    random = np.random.default_rng(5)
    for _ in range(150):
        damaged = bytearray(whole)
        for place in random.integers(0, len(whole), 3):
            damaged[place] = random.integers(0, 256)
        with contextlib.suppress(DocumentError, PredictionsError):
            open_content(bytes(damaged[: random.integers(8, len(whole) + 1)]), "a")


def test_the_document_in_a_figure_is_what_saving_writes() -> None:
    document = load_document(resources.examples()["two-models.ceviz"])
    figure = make_figure(document, "equation", PLAIN, "light", (85.0, 62.3))
    opened = open_content(encoded(figure, ".svg", 72, document), "figure.svg")
    assert write_document(opened.document) == write_document(document)


# Print, long batches, small text


def test_in_print_a_grey_copy_keeps_the_classes_apart() -> None:
    figure = figure_of("lens", Task.MULTILABEL, theme="print")
    grey = image(figure, 300).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    bars = [s for s in rectangles(svg(figure_of("lens", Task.MULTILABEL))) if 18 < s.width < 24]
    looks = []
    for bar in sorted(bars, key=lambda bar: -bar.height)[:6:2]:  # each with its edge
        left, top = ((edge + 1.0) / 25.4 * 300 for edge in (bar.left, bar.top))
        piece = rows[int(top) : int(top) + 60, int(left) : int(left) + 60] < 200
        # How often ink meets paper along a row, a column, and both diagonals.
        steps = ((0, 1), (1, 0), (1, 1), (1, -1))
        looks.append([float((piece != np.roll(piece, step, (0, 1))).mean()) for step in steps])
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert max(abs(np.subtract(looks[one], looks[other]))) > 0.05


def test_a_long_batch_says_which_samples_it_shows() -> None:
    document = open_content(resources.examples()["digits-forest.csv"].read_bytes(), "digits.csv").document
    figure = make_figure(document, "batch", PLAIN, "light", (120.0, 88.0))
    heights = rows_shown(450, figure.page.height() - 28)
    # 34 px head, 28 px a row, 34 px foot, 22 px legend, 22 px for the sentence.
    assert heights == int((figure.page.height() - 28 - 34 - 34 - 22 - 22) / 28)
    assert note_text(heights, 450) == f"Samples 1 to {heights} of 450; sum and mean are those of all."
    assert note_text(5, 5) == ""


@pytest.mark.parametrize(("name", "px"), [("batch", 12.5), ("curve", 13.0)])
def test_the_smallest_text_is_that_of_the_smallest_font(name: str, px: float) -> None:
    assert smallest_text(figure_of(name)) == pytest.approx(0.512 * px)
    assert smallest_text(figure_of(name, size=(338.667, 190.5))) > 11


def test_an_ordered_figure_is_as_high_as_it_needs_to_be() -> None:
    equation = Order(name="equation").figure(document_of(Task.MULTICLASS))
    assert equation.scale == pytest.approx(0.512)
    assert replace(equation, height=equation.height - 0.5).scale < 0.512
    batch = Order(name="batch", include=PLAIN).figure(document_of(Task.MULTICLASS))
    assert rows_shown(5, batch.page.height() - 28) == 5
    assert rows_shown(5, replace(batch, height=batch.height - 0.5).page.height() - 28) < 5
