"""Whether Qt can start here. Where it cannot, it ends the program with nothing a person could act on."""

from __future__ import annotations

import ctypes
import os
import sys

PACKAGES = (
    "libegl1 libgl1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 "
    "libdbus-1-3 libfontconfig1"
)


class Failure(Exception):  # noqa: N818 - it ends the program, it is not a mistake in it
    """What ends the program with status 1; the message is one line on standard error."""


def check_display() -> None:
    """Fail unless there is a display that Qt can draw on; elsewhere than on Linux there always is."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return
    display = os.environ.get("DISPLAY")
    if not display:
        raise Failure(
            "there is no display to open a window on; `ceviz evaluate` and `ceviz render` need none"
        )
    _check_library("libxcb-cursor.so.0")
    if not _answers():
        raise Failure(f"the display {display} does not answer; `ceviz evaluate` and `ceviz render` need none")


def check_libraries() -> None:
    """Fail unless Qt and the libraries of the system that it is linked with can be loaded."""
    try:
        import PySide6.QtWidgets  # noqa: F401 - to see whether it can be imported
    except ImportError as error:
        raise Failure(f"Qt cannot be loaded ({error}); {_advice()}") from None


def _check_library(name: str) -> None:
    try:
        ctypes.CDLL(name)
    except OSError as error:
        raise Failure(f"Qt cannot open a window ({error}); {_advice()}") from None


def _advice() -> str:
    return f"on Debian and Ubuntu these packages are needed: {PACKAGES}"


def _answers() -> bool:
    """Whether the X server that DISPLAY names takes connections."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    answers: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return answers
