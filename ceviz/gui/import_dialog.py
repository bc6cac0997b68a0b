"""Importing predictions: the file as it stands on the left, how it is understood on the right."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ceviz.core.document import Task, TaskState
from ceviz.drawing.theme import Theme
from ceviz.files.predictions import Source
from ceviz.files.tables.array_table import with_labels
from ceviz.files.tables.arrays import Array
from ceviz.files.tables.choice import Labels, Numbers
from ceviz.files.tables.draft import Draft, Outcome, outcome_of
from ceviz.files.tables.table import PredictionsError, Role, Table
from ceviz.files.tables.text import (
    COMMA,
    POINT,
    SEPARATORS,
    GuessedForm,
    guess_form,
    padded_table,
    read_table,
)
from ceviz.gui.actions import TASK_NAMES
from ceviz.gui.card_dialog import CardDialog, line, primary_button, scrolled
from ceviz.gui.import_choices import ImportChoices, Part, options
from ceviz.gui.import_preview import PreviewTable

_SIZE = QSize(1120, 690)
_RIGHT = 372
_NEW, _ADD = "new", "add"
_FORM: dict[str, tuple[str, dict[str, str]]] = {
    "header": ("First row", {"names": "Names", "numbers": "Numbers"}),
    "decimal": ("Decimal sign", {POINT: "Point 0.5", COMMA: "Comma 0,5"}),
    "separator": ("Between the cells", {sign: name.capitalize() for sign, name in SEPARATORS.items()}),
}
_CHOICE: dict[str, tuple[str, dict[str, str]]] = {
    "task": ("Task", {task.value: name for task, name in TASK_NAMES.items()}),
    "labels": ("Labels", {Labels.NAMES: "By name", Labels.FROM_0: "From 0", Labels.FROM_1: "From 1"}),
    "numbers": (
        "Predictions",
        {
            Numbers.PROBABILITIES: "Probabilities",
            Numbers.PERCENTAGES: "Percent",
            Numbers.LOGITS: "Logits",
        },
    ),
}
_LABEL_HINT = "Click the head of their column, choose a file of labels, or import it as one more model."
_HEAD_HINT = "Click a column’s head to change what it is used for."


class ImportDialog(CardDialog):
    """Decides how a source is read; `imported` tells the outcome, and whether it is one more model here."""

    imported = Signal(object, bool)
    labels_wanted = Signal()
    """A file of labels is to be chosen and given to `take_labels`."""

    def __init__(
        self, source: Source, there: tuple[TaskState, Task], add: bool, theme: Theme, window: QWidget
    ) -> None:
        super().__init__("Import predictions", _SIZE, theme, window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._there = there
        self._draft = Draft(source.name, add)
        self._text = source.content if isinstance(source.content, str) else None
        self._form: GuessedForm | None = guess_form(self._text) if self._text is not None else None
        self._read: Table | PredictionsError = PredictionsError("", "")
        self._labels: Array | None = None
        self._given = source.content if isinstance(source.content, Table) else None
        self.outcome: Outcome | None = None
        self.preview = PreviewTable(theme)
        self.choices = ImportChoices(theme)
        self.name = QLineEdit(source.name)
        self.labels = QPushButton("Labels from a file…")
        self.cancel = QPushButton("Cancel")
        self.accepting = primary_button("Import", theme)
        self._roles = _sentence(theme)
        self._status = _sentence(theme)
        self._lay_out()
        self.preview.role_chosen.connect(self._choose_role)
        self.choices.chosen.connect(self._choose)
        self.name.textEdited.connect(self._rename)
        self.labels.clicked.connect(self.labels_wanted)
        self.cancel.clicked.connect(self.reject)
        self.accepting.clicked.connect(self._import)
        self._read_again()

    # What a person does

    def _choose_role(self, column: int, role: str) -> None:
        if isinstance(self._read, Table) and self.outcome is not None:
            present = self.outcome.proposal.choice.roles
            self._draft = self._draft.with_role(self._read, present, column, Role(role))
            self._refresh()

    def _choose(self, key: str, value: str) -> None:
        if key == "target":
            self._draft = replace(self._draft, add=value == _ADD)
            self._refresh()
        elif key in _FORM and self._form is not None:
            self._form = self._form.settled(key, value == "names" if key == "header" else value)
            self._read_again()
        else:
            self._draft = self._draft.answered(key, value)
            self._refresh()

    def _rename(self, name: str) -> None:
        self._draft = replace(self._draft, name=name)
        self._refresh()

    def take_labels(self, labels: Array) -> None:
        """Put labels from another file beside the predictions. PredictionsError where they do not belong."""
        if isinstance(self._read, Table):
            self._read = with_labels(self._read, labels)
            self._labels = labels
            self._draft = replace(self._draft, roles=None)
            self._refresh()

    def show_problem(self, sentence: str) -> None:
        """Say what went wrong with something that was tried."""
        self._say(sentence, "danger")

    def _import(self) -> None:
        if self.outcome is not None and self.outcome.state is not None:
            self.accept()
            self.imported.emit(self.outcome, self._draft.add)

    # What is shown

    def _display_choices(self, parts: list[Part]) -> None:
        self.choices.display(parts)
        buttons = (self.labels, self.cancel, self.accepting)
        # Tab would reach last what is made last.
        for before, after in pairwise((self.preview, self.name, *self.choices.segments(), *buttons)):
            QWidget.setTabOrder(before, after)

    def _read_again(self) -> None:
        """Cut the text anew; what was said about columns may no longer be true of these."""
        before = self._read.column_count if isinstance(self._read, Table) else 0
        try:
            self._read = self._table()
        except PredictionsError as problem:
            self._read = problem
        if not isinstance(self._read, Table) or self._read.column_count != before:
            self._draft = replace(self._draft, roles=None)
        self._refresh()

    def _table(self) -> Table:
        if self._given is not None:
            return self._given
        assert self._text is not None
        assert self._form is not None
        table = read_table(self._text, self._form.form)
        return table if self._labels is None else with_labels(table, self._labels)

    def _refresh(self) -> None:
        if isinstance(self._read, PredictionsError):
            self._show_no_table(self._read)
            return
        self.outcome = outcome = outcome_of(self._read, self._draft, self._there)
        form_question = self._open_form()
        problem = form_question or outcome.problem
        roles = outcome.proposal.choice.roles
        fault = (problem.row, problem.column) if problem is not None else (None, None)
        self.preview.display(self._read, roles, fault)
        self._roles.setText(f"{outcome.proposal.reasons.get('roles', '')} {_HEAD_HINT}".strip())
        self.labels.setVisible(Role.LABEL not in roles and not self._draft.add)
        self._display_choices([self._target_part(), *self._choice_parts(outcome), *self._form_parts()])
        if Role.LABEL not in roles and not self._draft.add:
            self.accepting.setEnabled(False)
            self._say(f"{problem}. {_LABEL_HINT}", "ink")
        else:
            self._show(problem, outcome.summary, asked=outcome.asked or form_question is not None)

    def _show_no_table(self, problem: PredictionsError) -> None:
        """The text as it stands, with the row where it stops being a table."""
        self.outcome = None
        if self._text is not None and self._form is not None:
            rows = padded_table(self._text, self._form.form)
            row = rows.where.index(problem.where) if problem.where in rows.where else None
            self.preview.display(rows, (Role.IGNORED,) * rows.column_count, (row, None))
        self._display_choices(self._form_parts())
        self._roles.setText("")
        self.labels.hide()
        self._show(problem, "", asked=False)

    def _show(self, problem: PredictionsError | None, summary: str, asked: bool) -> None:
        self.accepting.setEnabled(problem is None)
        if asked:
            self._say("Answer the question above first.", "ink")
        elif problem is not None:
            self._say(str(problem), "danger")
        else:
            self._say(summary, "ink")

    def _say(self, sentence: str, token: str) -> None:
        self._status.setText(sentence[:1].upper() + sentence[1:])
        palette = self._status.palette()
        palette.setColor(QPalette.ColorRole.WindowText, self.theme.color(token))
        self._status.setPalette(palette)

    def _open_form(self) -> PredictionsError | None:
        """The question about the form of the text that is open."""
        asked = next(iter(self._form.questions.values()), "") if self._form is not None else ""
        return PredictionsError("", asked) if asked else None

    def _target_part(self) -> Part:
        state, task = self._there
        texts = ((_NEW, "New document"), (_ADD, "One more model"))
        said = f"Onto the {state.sample_count:,} samples of {TASK_NAMES[task]}." if self._draft.add else ""
        return Part("target", "Import as", texts, _ADD if self._draft.add else _NEW, said)

    def _form_parts(self) -> list[Part]:
        guessed = self._form
        if guessed is None:
            return []
        form = guessed.form
        values = {
            "separator": form.separator,
            "header": "names" if form.header else "numbers",
            "decimal": form.decimal,
        }
        parts = []
        for key, (title, texts) in _FORM.items():
            asked = guessed.questions.get(key, "")
            sentence = asked or guessed.reasons.get(key, "")
            parts.append(Part(key, title, tuple(texts.items()), "" if asked else values[key], sentence))
        return parts

    def _choice_parts(self, outcome: Outcome) -> list[Part]:
        proposal, choice = outcome.proposal, outcome.proposal.choice
        values = {"task": choice.task, "labels": choice.labels, "numbers": choice.numbers}
        asked = {q.key: q.sentence for q in proposal.questions if q.key not in self._draft.answers}
        parts = []
        for key, (title, texts) in _CHOICE.items():
            if key in proposal.possible:
                reason = "" if key in self._draft.answers else proposal.reasons.get(key, "")
                offered = options(texts, proposal.possible[key])
                value = "" if key in asked else values[key]
                parts.append(Part(key, title, offered, value, asked.get(key, reason)))
        return parts

    # Building

    def _lay_out(self) -> None:
        self.body.addWidget(self._left(), 1)
        self.body.addWidget(line(QFrame.Shape.VLine, self.theme))
        self.body.addWidget(self._right())

    def _left(self) -> QWidget:
        left = QWidget()
        left.setObjectName("importLeft")
        left.setStyleSheet(
            f"#importLeft {{ background: {self.theme.color('sunken').name()};"
            f" border-bottom-left-radius: {self.theme.radius['dialog']}px; }}"
        )
        layout = QVBoxLayout(left)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        card = QFrame()
        card.setObjectName("importCard")
        card.setStyleSheet(f"#importCard {{ border: 1px solid {self.theme.color('hairline').name()}; }}")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.preview)
        layout.addWidget(card, 1)
        layout.addWidget(self._roles)
        return left

    def _right(self) -> QWidget:
        right = QWidget()
        right.setFixedWidth(_RIGHT)
        layout = QVBoxLayout(right)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(self._scrolled(), 1)
        layout.addWidget(self._status)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.labels)
        buttons.addStretch(1)
        for button in (self.cancel, self.accepting):
            buttons.addWidget(button)
        for button in (self.labels, self.cancel, self.accepting):
            button.setFixedHeight(self.theme.controls["button"])
            button.setAutoDefault(button is self.accepting)
        layout.addLayout(buttons)
        return right

    def _scrolled(self) -> QScrollArea:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(18)
        name = QLabel("Name of the model")
        name.setFont(self.theme.font("label"))
        name.setBuddy(self.name)
        self.name.setAccessibleName("Name of the model")
        self.name.setFixedHeight(self.theme.controls["select"])
        border, panel = (self.theme.color(token).name() for token in ("border", "panel"))
        self.name.setStyleSheet(
            f"border: 1px solid {border}; border-radius: {self.theme.radius['control']}px;"
            f" padding: 0 8px; background: {panel};"
        )
        named = QVBoxLayout()
        named.setSpacing(6)
        named.addWidget(name)
        named.addWidget(self.name)
        layout.addLayout(named)
        layout.addWidget(self.choices)
        layout.addStretch(1)
        return scrolled(content)


def _sentence(theme: Theme) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(theme.font("label", 400))
    return label
