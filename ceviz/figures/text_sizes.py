"""How small the smallest text of a figure is: the figure is painted on a device that only listens."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QPaintDevice, QPaintEngine, QPaintEngineState, QPainter, QTextItem

from ceviz.drawing.theme import dots_per_inch
from ceviz.figures.figure import Figure

_SIZE = 10_000


class _Listener(QPaintEngine):
    """Keeps the sizes of what is written, in points of the screen."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.sizes: set[float] = set()

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        pass

    def drawTextItem(self, place: Any, item: QTextItem) -> None:
        self.sizes.add(item.font().pointSizeF())

    def drawPath(self, *ignored: Any, **named: Any) -> None:
        pass

    def drawPolygon(self, *ignored: Any, **named: Any) -> None:
        pass

    def drawRects(self, *ignored: Any, **named: Any) -> None:
        pass

    def drawPixmap(self, *ignored: Any, **named: Any) -> None:
        pass

    def drawImage(self, *ignored: Any, **named: Any) -> None:
        pass


class _Device(QPaintDevice):
    def __init__(self) -> None:
        super().__init__()
        self.listener = _Listener()

    def paintEngine(self) -> QPaintEngine:
        return self.listener

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        known = QPaintDevice.PaintDeviceMetric
        if metric in (known.PdmWidth, known.PdmHeight):
            return _SIZE
        if metric in (known.PdmDpiX, known.PdmDpiY, known.PdmPhysicalDpiX, known.PdmPhysicalDpiY):
            return round(dots_per_inch())
        return 1


def smallest_text(figure: Figure) -> float:
    """In points on the paper; infinite where nothing is written."""
    device = _Device()
    painter = QPainter(device)
    figure.paint(painter)
    painter.end()
    points = min(device.listener.sizes, default=float("inf"))
    return points * dots_per_inch() / 72 * figure.scale
