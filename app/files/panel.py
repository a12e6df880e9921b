"""The quiet row that tells how far work on files is, and what could not be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QProgressBar, QPushButton, QWidget

from app import wording
from app.files.work import FileWork
from app.theme import Theme
from app.widgets.dialog import Dialog
from app.widgets.elided_label import ElidedLabel

SHOWN_MS = 6000  # how long "Moved 3 photos" stays
BAR_WIDTH = 180


class FilePanel(QWidget):
    """Shows what a FileWork does while it does it; the window goes on meanwhile.

    It hides by itself when all went well; else it stays, with a list of what did not.
    """

    def __init__(self, work: FileWork, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("file_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._work = work
        self._sentences: list[str] = []
        self.text = ElidedLabel()
        self.count = QLabel()
        self.count.setProperty("class", "dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(BAR_WIDTH)
        self.cancel = self._link(self.tr("Cancel"))
        self.cancel.clicked.connect(work.cancel)
        self.undo = self._link(self.tr("Undo"))
        self.undo.clicked.connect(work.take_back)
        self.details = self._link(self.tr("Details"))
        self.details.clicked.connect(self._show_details)
        self.close_button = self._link(self.tr("Close"))
        self.close_button.clicked.connect(self.hide)
        self._hide = QTimer(self)
        self._hide.setSingleShot(True)
        self._hide.setInterval(SHOWN_MS)
        self._hide.timeout.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 5, 14, 5)
        line.setSpacing(12)
        for widget in (self.text, self.bar, self.count):
            line.addWidget(widget)
        for button in (self.cancel, self.undo, self.details, self.close_button):
            line.addWidget(button)
        line.addStretch(1)
        self.set_theme(theme)
        self.hide()
        work.begun.connect(self._begin)
        work.progressed.connect(self._progress)
        work.ended.connect(self._end)
        work.way_back_changed.connect(self._show_way_back)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours: the style sheet does it."""
        self.setProperty("theme", theme.name)

    def _link(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("link", True)
        return button

    @Slot(str)
    def _begin(self, title: str) -> None:
        self._hide.stop()
        self._say(title)
        self.bar.setRange(0, 0)
        self.count.clear()
        self._show_parts(running=True)

    @Slot(int, int)
    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        of = self.tr("{n} of {total}")
        self.count.setText(of.format(n=wording.number(done), total=wording.number(total)))

    @Slot(str, list)
    def _end(self, sentence: str, problems: list[str]) -> None:
        self._sentences = problems
        self._show_parts(running=False)
        if not sentence and not problems:
            self.hide()
            return
        first = f"{sentence} {problems[0]}" if len(problems) == 1 else sentence
        self._say(first.strip())
        if not problems:
            self._hide.start()

    def _say(self, text: str) -> None:
        self.text.setText(text)
        self.setAccessibleName(text)

    def _show_parts(self, *, running: bool) -> None:
        for widget in (self.bar, self.count, self.cancel):
            widget.setVisible(running)
        self.undo.setVisible(not running and self._work.can_take_back)
        self.details.setVisible(not running and len(self._sentences) > 1)
        self.close_button.setVisible(not running)
        self.show()

    @Slot()
    def _show_way_back(self) -> None:
        if not self._work.can_take_back:
            self.undo.hide()

    @Slot()
    def _show_details(self) -> None:
        dialog = Dialog(self.tr("What could not be done"), self.window(), cancel=self.tr("Close"))
        listing = QListWidget()
        listing.setObjectName("problems_list")
        listing.setAccessibleName(self.tr("What could not be done"))
        listing.setWordWrap(True)
        listing.addItems(self._sentences)
        listing.setMinimumSize(460, 220)
        dialog.content.addWidget(listing)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
