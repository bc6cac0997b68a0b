"""Every dialog there is: choosing a file, and what to do with unsaved changes."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_DOCUMENTS = "ceviz documents (*.ceviz)"
_ENDINGS = "*.ceviz *.csv *.tsv *.txt *.npy *.npz *.png *.svg *.pdf"
_READABLE = f"Documents, predictions, figures ({_ENDINGS});;All files (*)"
_PREDICTIONS = "Tables and arrays (*.csv *.tsv *.txt *.npy *.npz);;All files (*)"


class Unsaved(Enum):
    """What to do with changes before the document goes."""

    SAVE = 1
    DISCARD = 2
    CANCEL = 3


def choose_file_to_open(parent: QWidget, folder: Path) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, "Open", str(folder), _READABLE)
    return Path(name) if name else None


def choose_predictions(parent: QWidget, folder: Path, title: str = "Import predictions") -> Path | None:
    """A file of predictions, or of labels for them."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), _PREDICTIONS)
    return Path(name) if name else None


def choose_file_to_save(parent: QWidget, suggestion: Path) -> Path | None:
    """Where to save; the ending .ceviz is added where none was typed."""
    dialog = QFileDialog(parent, "Save as", str(suggestion.parent), _DOCUMENTS)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # The dialog adds the ending itself, so that it also asks before it overwrites that very file.
    dialog.setDefaultSuffix("ceviz")
    dialog.selectFile(suggestion.name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def choose_file_to_export(
    parent: QWidget, suggestion: Path, kinds: dict[str, str]
) -> tuple[Path, str] | None:
    """Where to write, and which of the kinds, named by ending: the ending's.

    A name with another ending or none gets that of the chosen kind.
    """
    filters = {f"{name} (*{ending})": ending for ending, name in kinds.items()}
    dialog = QFileDialog(parent, "Export", str(suggestion.parent), ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # The dialog adds the ending itself, so that it also asks before it overwrites that very file.
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
    dialog.setDefaultSuffix(suggestion.suffix)
    dialog.selectFile(suggestion.name)
    while dialog.exec():
        path = Path(dialog.selectedFiles()[0])
        if kind := kinds.get(path.suffix.lower()):
            return path, kind
        ending = filters[dialog.selectedNameFilter()]
        path = path.with_name(path.name + ending)
        if not path.exists():
            return path, kinds[ending]
        # Once more, so that the dialog asks before it overwrites that very file.
        dialog.selectFile(path.name)
    return None


def ask_about_unsaved(parent: QWidget, title: str) -> Unsaved:
    """Ask once whether to save the changes of `title`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"Save the changes to {title}?")
    box.setInformativeText("They are lost otherwise.")
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save.value: Unsaved.SAVE, buttons.Discard.value: Unsaved.DISCARD}
    return answers.get(box.exec(), Unsaved.CANCEL)


def tell_unexpected(parent: QWidget | None, reason: str) -> None:
    """Something went wrong that nobody foresaw: say so, the work stays open."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText("Something went wrong inside ceviz.")
    box.setInformativeText("Your work is still here. Save it, then start ceviz again.")
    box.setDetailedText(reason)
    box.exec()
