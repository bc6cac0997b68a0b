"""The command line. Qt is imported for the window and for pictures only."""

from __future__ import annotations

import argparse
import math
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ceviz import __version__, qt_check
from ceviz.core import edits
from ceviz.core.document import Convention, Document, Task
from ceviz.files import convention_report, report
from ceviz.files.document_file import DocumentError
from ceviz.files.predictions import PredictionsError, open_content, read_content
from ceviz.qt_check import Failure

FORMATS: dict[str, Callable[[Document, Task], str]] = {
    "json": report.evaluation_json,
    "csv": report.evaluation_csv,
    "markdown": report.markdown,
    "latex": report.latex,
}
TABLES: dict[str, Callable[[Document, Task], str]] = {
    "json": convention_report.conventions_json,
    "csv": convention_report.conventions_csv,
    "markdown": convention_report.conventions_markdown,
    "latex": convention_report.conventions_latex,
}
SMALLEST, LARGEST = (1024, 680), (7680, 4320)
SMALLEST_MM, LARGEST_MM = (30, 20), (1000, 1000)
MOST_PIXELS = 100e6

_Result = TypeVar("_Result")

COMMANDS = """\
commands:
  ceviz evaluate FILE   the losses of a document or a table of predictions, as text
  ceviz render FILE     a figure, or a picture of the window, without a display

`ceviz COMMAND --help` says more. A file called like a command is opened as ./NAME.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    commands = {"evaluate": _evaluate, "render": _render}
    try:
        if arguments and arguments[0] in commands:
            return commands[arguments[0]](arguments[1:])
        return _window(arguments)
    except Failure as failure:
        _complain(str(failure))
        return 1
    except KeyboardInterrupt:
        return 130


def _complain(message: str) -> None:
    line = "".join(c if c.isprintable() else " " for c in message)
    # Without standard error there is nobody to tell.
    if sys.stderr is not None:
        print(f"ceviz: {line}", file=sys.stderr)


# ceviz [FILE]


def _window(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        "ceviz",
        description="See and understand the cross-entropy loss of classifiers.",
        epilog=COMMANDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", help="a document, or predictions (CSV, TSV, .npy, .npz), to open"
    )
    parser.add_argument("--version", action="version", version=f"ceviz {__version__}")
    path = parser.parse_args(arguments).file
    qt_check.check_display()
    qt_check.check_libraries()
    from ceviz.gui.application import main as show_window

    return _with_file(path or "", lambda: show_window(path))


# ceviz evaluate


def _evaluate(arguments: list[str]) -> int:
    parser = _file_parser("evaluate", "Print the losses of a document or of a table of predictions.")
    parser.add_argument("--format", choices=FORMATS, default="json", help="default: json")
    parser.add_argument("-o", metavar="OUT", dest="output", help="write to a file instead of standard output")
    conventions = ["all", *Convention]
    parser.add_argument(
        "--convention",
        choices=conventions,
        metavar="NAME",
        help=f"compute as {', '.join(Convention)}, or all: a table of every call (default: the document's)",
    )
    options = parser.parse_args(arguments)
    document, task = _open(options.file, options.task)
    formats = TABLES if options.convention == "all" else FORMATS
    if options.convention in tuple(Convention):
        document = _computed_as(document, task, Convention(options.convention))
    _write(formats[options.format](document, task), options.output)
    return 0


def _computed_as(document: Document, task: Task, convention: Convention) -> Document:
    """The document by another convention and its usual call; by its own with the call that it names."""
    state = document.tasks[task]
    if state.options.convention is convention:
        return document
    return document.with_state(task, edits.set_convention(state, task, convention))


def _file_parser(command: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"ceviz {command}", description=description)
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a document, a figure, or predictions (CSV, .npz); - is standard input",
    )
    tasks = [task.value for task in Task]
    parser.add_argument("--task", choices=tasks, metavar="TASK", help=f"one of {', '.join(tasks)}")
    return parser


def _open(path: str, wanted: str | None) -> tuple[Document, Task]:
    """The document in a file and the task that is asked for, by default its active one."""
    content = _with_file(path, lambda: read_content(path))
    opened = _with_file(path, lambda: open_content(content, path))
    task = Task(wanted) if wanted else opened.document.active_task
    if opened.complete or task is opened.document.active_task:
        others = [text for key, text in opened.choices if not (wanted and key in tuple(Task))]
        if others:
            _complain(_how_read(path, opened.summary, others))
        return opened.document, task
    if task in dict(opened.choices):
        return _with_file(path, lambda: open_content(content, path, task)).document, task
    raise Failure(f"{path}: these are {opened.document.active_task} predictions, not {task}")


def _how_read(path: str, summary: str, others: Sequence[str]) -> str:
    """What a person hears where a table could be read in another way too."""
    asked = " or ".join(f"{text[:1].lower()}{text[1:]}" for text in others)
    return f"{path}: read as {summary[:1].lower()}{summary[1:]}. Open it in the window to {asked}"


def _with_file(path: str, action: Callable[[], _Result]) -> _Result:
    try:
        return action()
    except (DocumentError, PredictionsError) as error:
        raise Failure(f"{path}: {error}") from None
    except OSError as error:
        raise Failure(f"{path}: {error.strerror or error}") from None


def _write(text: str, output: str | None) -> None:
    if output is not None:
        _with_file(output, lambda: Path(output).write_bytes(text.encode()))
        return
    if sys.stdout is None:
        raise Failure("standard output: closed")
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except OSError as error:
        # What is still in the buffer would be written, and fail, once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        raise Failure(f"standard output: {error.strerror}") from None


# ceviz render


def _render(arguments: list[str]) -> int:
    parser = _file_parser("render", "Write a figure, or a picture of the window. No display is needed.")
    parser.add_argument(
        "-o", metavar="OUT", dest="output", required=True, type=Path, help="a .png, .svg or .pdf file"
    )
    parser.add_argument("--sample", metavar="N", type=int, help="the sample to show, counted from 1")
    parser.add_argument(
        "--figure",
        choices=["window", "curve", "lens", "equation", "batch"],
        default="window",
        help="what to draw (default: window, as .png only)",
    )
    parser.add_argument(
        "--size", metavar="WxH", type=_size, help="mm (default: 120x90); of the window px (default: 1440x900)"
    )
    parser.add_argument("--dpi", metavar="D", type=int, help="of a .png figure (default: 300)")
    parser.add_argument("--theme", choices=["light", "dark"], default="light", help="default: light")
    options = parser.parse_args(arguments)
    (_check_window if options.figure == "window" else _check_figure)(parser, options)
    document, task = _open(options.file, options.task)
    sample = _sample_index(options.file, document, task, options.sample)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qt_check.check_libraries()
    output, size, theme = options.output, options.size, options.theme
    if options.figure == "window":
        from ceviz.gui.render import render_window

        size = tuple(map(int, size))
        _with_file(str(output), lambda: render_window(document, output, task, sample, size, theme))
    else:
        from ceviz.figures.render import render_figure

        figure, dpi = options.figure, options.dpi
        document = replace(document, active_task=task)
        if sample is not None:
            document = document.with_view(task, sample=sample)
        _with_file(str(output), lambda: render_figure(document, output, figure, size, dpi, theme))
    return 0


def _size(text: str) -> tuple[float, float]:
    found = re.fullmatch(r"([0-9]{1,5}(?:\.[0-9]{1,3})?)x([0-9]{1,5}(?:\.[0-9]{1,3})?)", text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text}: expected WxH, as 120x90")
    return float(found[1]), float(found[2])


def _check_window(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    if options.output.suffix.lower() != ".png":
        parser.error(f"{options.output}: the window is drawn as .png only; a --figure also as .svg, .pdf")
    if options.dpi is not None:
        parser.error("--dpi: the window is drawn in px; a size in px says all")
    options.size = options.size or (1440, 900)
    whole = all(length.is_integer() for length in map(float, options.size))
    if not whole or not _within(options.size, SMALLEST, LARGEST):
        parser.error("--size: expected WxH from 1024x680 to 7680x4320, in whole px")


def _check_figure(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    ending = options.output.suffix.lower()
    if ending not in (".png", ".svg", ".pdf"):
        parser.error(f"{options.output}: a figure is written as .png, .svg or .pdf")
    if ending != ".png" and options.dpi is not None:
        parser.error(f"--dpi: {ending} has no pixels; it is for .png alone")
    options.size, options.dpi = options.size or (120.0, 90.0), options.dpi or 300
    if not _within(options.size, SMALLEST_MM, LARGEST_MM):
        parser.error("--size: expected WxH from 30x20 to 1000x1000, in mm")
    if not 30 <= options.dpi <= 1200:
        parser.error("--dpi: a figure takes from 30 to 1200 pixels per inch")
    if ending == ".png" and math.prod(options.size) * (options.dpi / 25.4) ** 2 > MOST_PIXELS:
        parser.error("--dpi: so large a figure takes fewer pixels per inch")


def _within(size: tuple[float, float], low: tuple[int, int], high: tuple[int, int]) -> bool:
    return all(least <= length <= most for least, length, most in zip(low, size, high, strict=True))


def _sample_index(path: str, document: Document, task: Task, number: int | None) -> int | None:
    if number is None:
        return None
    count = document.tasks[task].sample_count
    if not 1 <= number <= count:
        raise Failure(f"{path}: sample {number}: the samples are numbered from 1 to {count}")
    return number - 1
