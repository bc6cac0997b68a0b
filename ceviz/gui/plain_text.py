"""Names that people chose are text, whatever signs are in them, also where Qt looks for markup."""

from __future__ import annotations

import html

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """A text as a tooltip that shows it as it is."""
    return f"<span>{html.escape(text)}</span>" if Qt.mightBeRichText(text) else text


def entry(text: str) -> str:
    """A text as an entry of a menu, where an ampersand would mark the letter that chooses it."""
    return text.replace("&", "&&")
