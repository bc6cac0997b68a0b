"""The command line. Qt is imported for the window and for pictures only."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from ceviz import __version__, qt_check
from ceviz.core.document import Document, Task
from ceviz.files import report
from ceviz.files.document_file import DocumentError
from ceviz.files.predictions import PredictionsError, open_content, read_content
from ceviz.qt_check import Failure

FORMATS: dict[str, Callable[[Document, Task], str]] = {
    "json": report.evaluation_json,
    "csv": report.evaluation_csv,
    "markdown": report.markdown,
    "latex": report.latex,
}
SMALLEST, LARGEST = (1024, 680), (7680, 4320)

_Result = TypeVar("_Result")

COMMANDS = """\
commands:
  ceviz evaluate FILE   the losses of a document or a table of predictions, as text
  ceviz render FILE     a picture of the window, without a display

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
    options = parser.parse_args(arguments)
    document, task = _open(options.file, options.task)
    _write(FORMATS[options.format](document, task), options.output)
    return 0


def _file_parser(command: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(f"ceviz {command}", description=description)
    parser.add_argument(
        "file", metavar="FILE", help="a document, or predictions (CSV, TSV, .npy, .npz); - is standard input"
    )
    tasks = [task.value for task in Task]
    parser.add_argument("--task", choices=tasks, metavar="TASK", help=f"one of {', '.join(tasks)}")
    return parser


def _open(path: str, wanted: str | None) -> tuple[Document, Task]:
    """The document in a file and the task that is asked for, by default its active one."""
    content = _with_file(path, lambda: read_content(path))
    opened = _with_file(path, lambda: open_content(content, path))
    task = Task(wanted) if wanted else opened.document.active_task
    if not opened.summary or task is opened.document.active_task:
        return opened.document, task
    if task in dict(opened.choices):
        return _with_file(path, lambda: open_content(content, path, task)).document, task
    raise Failure(f"{path}: these are {opened.document.active_task} predictions, not {task}")


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
    parser = _file_parser("render", "Write a picture of the window. No display is needed.")
    parser.add_argument("-o", metavar="OUT", dest="output", required=True, type=_png, help="a .png file")
    parser.add_argument("--sample", metavar="N", type=int, help="the sample to show, counted from 1")
    parser.add_argument(
        "--figure", choices=["window"], default="window", help="what to draw (default: window)"
    )
    parser.add_argument(
        "--size", metavar="WxH", type=_size, default=(1440, 900), help="px (default: 1440x900)"
    )
    parser.add_argument("--theme", choices=["light", "dark"], default="light", help="default: light")
    options = parser.parse_args(arguments)
    document, task = _open(options.file, options.task)
    sample = _sample_index(options.file, document, task, options.sample)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qt_check.check_libraries()
    from ceviz.gui.render import render_window

    output, size, theme = options.output, options.size, options.theme
    _with_file(str(output), lambda: render_window(document, output, task, sample, size, theme))
    return 0


def _png(text: str) -> Path:
    if Path(text).suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{text}: the window is drawn as .png only")
    return Path(text)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", text)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(low <= length <= high for low, length, high in zip(SMALLEST, size, LARGEST, strict=True)):
        raise argparse.ArgumentTypeError(f"{text}: expected WxH from 1024x680 to 7680x4320")
    return size


def _sample_index(path: str, document: Document, task: Task, number: int | None) -> int | None:
    if number is None:
        return None
    count = document.tasks[task].sample_count
    if not 1 <= number <= count:
        raise Failure(f"{path}: sample {number}: the samples are numbered from 1 to {count}")
    return number - 1
