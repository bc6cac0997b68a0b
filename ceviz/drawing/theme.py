"""The design tokens as Qt values: colours, fonts, sizes; the only place that knows tokens.json."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication

from ceviz.files import resources

SLATE = 7
"""Index of the class colour that every class after the palette's end shares."""

_FONTS_LOADED = "ceviz.fonts"


@dataclass(frozen=True, slots=True)
class ClassColors:
    """The five colours and the marker shape of one class."""

    fill: QColor
    line: QColor
    text: QColor
    on_fill: QColor
    tint: QColor
    marker: str
    pattern: int | None = None
    """In print: the number of the hatch of its areas, which a grey copy keeps apart too."""


class Theme:
    """Colours of `name` ("light" or "dark"), sizes of the standard or the compact layout, times of motion."""

    def __init__(self, name: str, compact: bool = False, paper: bool = False, moving: bool = False) -> None:
        """`paper`: nothing is moved to whole pixels, and hatches are shapes.

        `moving`: changes take their time; otherwise everything is at once where it belongs. "print" is light,
        with lines and hatches in the place of coloured areas.
        """
        self.printed = name == "print"
        self.name = name = "light" if self.printed else name
        self.compact = compact
        self.paper = paper
        self.moving = moving
        tokens = resources.tokens()
        self._tokens: dict[str, Any] = tokens
        self._colors = {token: QColor(value) for token, value in _hex(tokens["color"][name]["neutral"])}
        self._classes = tuple(_class_colors(entry) for entry in tokens["color"][name]["classes"])
        if self.printed:
            self._classes = tuple(map(_in_print, self._classes, range(len(self._classes))))
        self._fonts: dict[tuple[str, int | None, float | None], QFont] = {}
        self.metrics: dict[str, Any] = tokens["layout"]["compact" if compact else "standard"]
        self.controls: dict[str, Any] = tokens["control"]
        self.radius: dict[str, float] = tokens["radius"]
        self.stroke: dict[str, Any] = tokens["stroke"]
        self.point: dict[str, float] = tokens["point"]
        self.opacity: dict[str, float] = tokens["opacity"]
        self._motion: dict[str, Any] = tokens["motion"]

    def color(self, token: str) -> QColor:
        """A neutral colour by its token, such as "ink2"."""
        return self._colors[token]

    def class_colors(self, index: int) -> ClassColors:
        """The colours of class `index`, counted from 0; from the ninth class on all are slate."""
        return self._classes[min(index, SLATE)]

    @cached_property
    def heat(self) -> tuple[QColor, ...]:
        """The bands of the heat map, from no loss to infinite loss."""
        return tuple(QColor(band) for band in self._tokens["color"][self.name]["heat"]["bands"])

    def line_at(self, place: float) -> float:
        """Where a line 1 px wide starts that stands for `place`: sharp on a screen, exact on paper."""
        return place - 0.5 if self.paper else round(place)

    def duration(self, motion: str) -> int:
        """How long a motion lasts, in ms: "hover", "valueSet" or "panel"."""
        return int(self._motion[motion if self.moving else "reduced"])

    def size(self, role: str) -> float:
        """Text size of a role in px."""
        entry = self._tokens["type"][role]
        return float(entry["compact"] if self.compact else entry["size"])

    def font(self, role: str, weight: int | None = None, size: float | None = None) -> QFont:
        """The font of a role of the type scale; `weight` and `size` (px) override it."""
        key = (role, weight, size)
        if key not in self._fonts:
            entry = self._tokens["type"][role]
            display = role == "number"
            font = _ui_font(
                "Inter Display" if display else "Inter",
                size or self.size(role),
                weight or min(entry["weight"], 600),
            )
            if display:
                em = self._tokens["font"]["display"]["letterSpacingEm"]
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, em * (size or self.size(role)))
            self._fonts[key] = font
        return self._fonts[key]


@cache
def math_font(px: float, italic: bool = False) -> QFont:
    """STIX Two Math at `px`; its italic letters are a font of their own, as derive_fonts.py says."""
    font = QFont("STIX Two Math Letters" if italic else "STIX Two Math")
    font.setPointSizeF(_points(px))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _ui_font(family: str, px: float, weight: int) -> QFont:
    font = QFont(family)
    font.setPointSizeF(_points(px))
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("calt"), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _points(px: float) -> float:
    # Qt sets text in whole pixels, 14.5 as 15. In points, so that a font can be derived by its point size.
    return px * 72.0 / dots_per_inch()


def dots_per_inch() -> float:
    """The resolution of the screen, which sizes in px are for; papers have to have the same."""
    screen = QGuiApplication.primaryScreen()
    return screen.logicalDotsPerInchY() if screen else 96.0


def _hex(colors: dict[str, str]) -> list[tuple[str, str]]:
    return [(token, value) for token, value in colors.items() if value.startswith("#")]


def _class_colors(entry: dict[str, str]) -> ClassColors:
    return ClassColors(
        fill=QColor(entry["fill"]),
        line=QColor(entry["line"]),
        text=QColor(entry["text"]),
        on_fill=QColor(entry["onFill"]),
        tint=QColor(entry["tint"]),
        marker=entry["marker"],
    )


def _in_print(colors: ClassColors, number: int) -> ClassColors:
    white = QColor("white")
    return replace(colors, fill=colors.line, on_fill=white, tint=white, pattern=number)


def load_fonts() -> None:
    """Register the shipped fonts, so that the window looks the same on a machine without any.

    Raises RuntimeError where Qt refuses one: it would draw boxes without a word.
    """
    app = QGuiApplication.instance()
    if app is None:
        raise RuntimeError("fonts can be loaded once there is an application")
    if app.property(_FONTS_LOADED):
        return
    for path in resources.font_paths():
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise RuntimeError(f"the font {path.name} could not be loaded")
    app.setProperty(_FONTS_LOADED, True)
