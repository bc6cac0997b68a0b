"""What a person asks of a figure: which one, how large, in which format and colours, with which parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from ceviz.core.document import Document
from ceviz.explain.figures import Include
from ceviz.figures.figure import Figure, natural_height
from ceviz.figures.render import make_figure

SLIDE = (338.667, 190.5)
WIDTHS = (85.0, 120.0, 180.0)
"""In mm: a column, the width of the text, a page."""


@dataclass(frozen=True, slots=True)
class Order:
    """`width` in mm, the height then being what the figure needs; None is a slide of 16:9."""

    name: str = "curve"
    width: float | None = 120.0
    ending: str = ".pdf"
    dpi: int = 300
    printed: bool = False
    include: Include = field(default_factory=Include)

    def figure(self, document: Document) -> Figure:
        """The figure of the document's active task."""
        theme = "print" if self.printed else "light"
        if self.width is None:
            return make_figure(document, self.name, self.include, theme, SLIDE)
        figure = make_figure(document, self.name, self.include, theme, (self.width, self.width))
        return natural_height(figure)
