"""The files that are shipped with the program: tokens, fonts, glyphs, icons, examples."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any


@cache
def _root() -> Path:
    # The package is always installed as plain files (setuptools never zips it).
    return Path(str(files("ceviz.resources")))


@cache
def tokens() -> dict[str, Any]:
    """The design tokens, as they stand in tokens.json."""
    result: dict[str, Any] = json.loads((_root() / "tokens.json").read_text(encoding="utf-8"))
    return result


@cache
def glyph_path(name: str) -> Path | None:
    """The picture of a class called `name` (any case), or None where none is shipped."""
    path = _root() / "glyphs" / f"{name.strip().lower()}.svg"
    return path if name.strip().isalnum() and path.is_file() else None


def icon_path(name: str) -> Path:
    """An icon of the design by its file name without ending."""
    return _root() / "icons" / f"{name}.svg"


def font_paths() -> tuple[Path, ...]:
    """The shipped font files."""
    return tuple(sorted(path for path in (_root() / "fonts").iterdir() if path.suffix in (".otf", ".ttf")))


def example_title(path: Path) -> str:
    """What an example is called where it is offered."""
    return path.stem.replace("-", " ").capitalize()


@cache
def examples() -> dict[str, Path]:
    """Shipped examples by their file name."""
    return {path.name: path for path in sorted((_root() / "examples").iterdir()) if path.is_file()}
