"""The theme as palette and style sheet of the application."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

from ceviz.drawing.theme import Theme
from ceviz.files import resources

_TOOLTIP_AFTER_MS = 400


class _Style(QProxyStyle):
    """Fusion, with tooltips that come sooner."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,
    ) -> int:
        if hint is QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return _TOOLTIP_AFTER_MS
        return super().styleHint(hint, option, widget, returnData)


def theme_name(choice: str) -> str:
    """ "light" or "dark", also where the desktop is asked ("system")."""
    if choice != "system":
        return choice
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def palette(theme: Theme) -> QPalette:
    """The QPalette that the design's table of roles describes."""
    result = QPalette()
    for role, token in resources.tokens()["qpalette"].items():
        group, _, name = role.rpartition("/")
        if group:
            result.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole[name], theme.color(token))
        else:
            result.setColor(QPalette.ColorRole[name], theme.color(token))
    return result


def style_sheet(theme: Theme) -> str:
    """Borders, radii and padding of the few stock widgets that QSS may style without breaking them."""
    c = {
        token: theme.color(token).name()
        for token in (
            "panel",
            "hover",
            "selected",
            "border",
            "ink",
            "ink2",
            "ink3",
            "hairline",
            "inverse",
            "danger",
        )
    }
    control, popup, focus = theme.radius["control"], theme.radius["popup"], theme.stroke["focus"]
    return f"""
    QPushButton {{ border: 1px solid {c["border"]}; border-radius: {control}px; padding: 0 12px;
        min-height: 26px; background: {c["panel"]}; color: {c["ink"]};
        font-size: {theme.size("label")}px; font-weight: 600; outline: none; }}
    QPushButton:hover {{ background: {c["hover"]}; }}
    QPushButton:disabled {{ color: {c["ink3"]}; border-color: {c["hairline"]}; }}
    QPushButton[role="danger"] {{ border-color: {c["danger"]}; color: {c["danger"]}; }}
    QPushButton[role="danger"]:focus {{ border-color: {c["ink"]}; }}
    QPushButton:focus {{ border: {focus}px solid {c["ink"]}; padding: 0 {13 - focus}px;
        min-height: {28 - 2 * focus}px; }}
    QToolButton {{ border: none; border-radius: {control}px; padding: 4px 6px; color: {c["ink2"]}; }}
    QToolButton:focus {{ border: {focus}px solid {c["ink"]}; padding: {4 - focus}px {6 - focus}px; }}
    QToolButton#compare {{ padding-left: 9px; }}
    QToolButton#compare:focus {{ padding-left: {9 - focus}px; }}
    QToolButton:hover {{ background: {c["hover"]}; }}
    QToolButton:pressed, QToolButton:checked {{ background: {c["selected"]}; color: {c["ink"]}; }}
    QToolButton:disabled {{ color: {c["ink3"]}; }}
    QToolButton::menu-indicator {{ image: none; }}
    QMenu {{ background: {c["panel"]}; border: 1px solid {c["border"]}; border-radius: {popup}px;
        padding: 6px; }}
    QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: {control}px; }}
    QMenu::item:selected {{ background: {c["selected"]}; color: {c["ink"]}; }}
    QMenu::item:disabled {{ color: {c["ink3"]}; }}
    QMenu::separator {{ height: 1px; background: {c["hairline"]}; margin: 6px 8px; }}
    QToolTip {{ background: {c["ink"]}; color: {c["inverse"]}; border: none; padding: 6px 8px; }}
    QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
    QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
    QScrollBar::handle {{ background: {c["border"]}; border-radius: 3px; margin: 2px; min-height: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def apply(theme: Theme) -> None:
    """Give the whole application the theme's palette, font and style sheet."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = style_sheet(theme)
    if app.styleSheet() == sheet and app.font() == theme.font("body"):
        return  # every widget would be polished anew
    app.setStyle(_Style())
    app.setPalette(palette(theme))
    app.setFont(theme.font("body"))
    app.setStyleSheet(sheet)
