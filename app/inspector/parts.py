"""Parts of the inspector: the picture at its top, its lines of facts, the places of files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.inspector.words import Fact
from app.language import core_text
from app.theme import Theme
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon

RADIUS = 6
HIGHEST = 280
LABEL_WIDTH = 76
FILES_SHOWN = 6
LONG = 24  # characters that may not fit into a narrow panel


class InspectedPicture(QWidget):
    """The thumbnail, as wide as the panel and no higher than a tall photo may be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage, spoken: str) -> None:
        """Show another one; null hides it."""
        self._image = image
        self.setAccessibleName(spoken)
        self.setVisible(not image.isNull())
        self._fit()
        self.update()

    def _drawn(self) -> QSize:
        return self._image.size().scaled(
            QSize(self.width(), HIGHEST), Qt.AspectRatioMode.KeepAspectRatio
        )

    def _fit(self) -> None:
        if not self._image.isNull():
            self.setFixedHeight(max(1, self._drawn().height()))

    @contained()
    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Keep its shape."""
        self._fit()

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle, with round corners."""
        if self._image.isNull():
            return
        size = self._drawn()
        room = QRectF((self.width() - size.width()) / 2, 0, size.width(), size.height())
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        outline = QPainterPath()
        outline.addRoundedRect(room, RADIUS, RADIUS)
        painter.setClipPath(outline)
        pixels = size * self.devicePixelRatioF()
        painter.drawImage(
            room,
            self._image.scaled(
                pixels,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            ),
        )
        painter.end()


class CopyButton(QToolButton):
    """Puts a text on the clipboard."""

    def __init__(self, text: str, spoken: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copied = text
        self.setObjectName("small_tool")
        self.setIcon(icon("copy", theme.colour("dim"), 14))
        self.setToolTip(spoken)
        self.setAccessibleName(spoken)
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)


class Facts(QWidget):
    """Lines of what is called and what it says, some with a button that copies it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts: list[Fact] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)

    @property
    def text(self) -> str:
        """All lines, for tests and screen readers."""
        return "\n".join(f"{fact.label}: {_spoken(fact)}" for fact in self._facts)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        facts, self._facts = self._facts, []
        self.show_facts(facts)

    def show_facts(self, facts: list[Fact]) -> None:
        """Show these lines."""
        if facts == self._facts:
            return
        self._facts = facts
        _clear(self._grid)
        for row, fact in enumerate(facts):
            label, value = QLabel(fact.label), QLabel(fact.value)
            label.setProperty("class", "dim")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setMinimumWidth(1)  # one long word must not make the whole panel wider
            value.setToolTip(fact.value if len(fact.value) > LONG else "")
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{fact.label}: {_spoken(fact)}")
            _level(label, value)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(label, row, 0, top)
            self._grid.addWidget(value, row, 1, 1, 1 if fact.copied else 2, top)
            if fact.copied:
                copy = self.tr("Copy {what}").format(what=fact.label)
                self._grid.addWidget(CopyButton(fact.copied, copy, self._theme), row, 2, top)


class Places(QWidget):
    """The places of a photo's files; a click shows one in the file manager."""

    show_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[str, bool, str], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._title = QLabel()
        self._title.setProperty("role", "section")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column.addWidget(self._title)
        column.addLayout(self._lines)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        shown, self._shown = self._shown, ()
        self.show_files(shown)

    def show_files(self, files: Sequence[tuple[str, bool, str]]) -> None:
        """Show paths, each with whether its disk is not here and why it cannot be read, or ""."""
        if tuple(files) == self._shown:
            return
        self._shown = tuple(files)
        _clear(self._lines)
        self.setVisible(bool(files))
        self._title.setText(self.tr("File") if len(files) == 1 else wording.files(len(files)))
        for path, offline, problem in files[:FILES_SHOWN]:
            self._lines.addLayout(self._line(path, offline, problem))
        if len(files) > FILES_SHOWN:
            more = self.tr("and {n} more").format(n=wording.number(len(files) - FILES_SHOWN))
            label = QLabel(more)
            label.setProperty("class", "dim")
            self._lines.addWidget(label)

    def _line(self, path: str, offline: bool, problem: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2)
        button = PathButton(path)
        button.setEnabled(not offline)
        button.clicked.connect(partial(self._asked, path))
        line.addWidget(button, 1)
        if offline or problem:
            state = QLabel(wording.offline() if offline else self.tr("Cannot be read"))
            state.setProperty("class", "dim")
            state.setToolTip(core_text(problem))
            line.addWidget(state)
        line.addWidget(CopyButton(path, self.tr("Copy path"), self._theme))
        return line

    def _asked(self, path: str, _checked: bool = False) -> None:
        self.show_asked.emit(path)


class PathButton(QPushButton):
    """A path, shortened in the middle, that can be clicked."""

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        shown = wording.shown(path)
        self.setToolTip(self.tr("{path}\nShow in file manager").format(path=shown))
        self.setAccessibleName(self.tr("Show {path} in file manager").format(path=shown))
        self._text = ElidedLabel(self)
        self._text.setText(shown)
        self._text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text.setProperty("class", "dim")
        line = QHBoxLayout(self)
        line.setContentsMargins(3, 0, 3, 0)
        line.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)


def folder_line(path: str) -> str:
    """The last folders of a path, as people name a place: "Pictures / 2011 / Sylt"."""
    parts = [part for part in Path(path).parent.parts if part not in ("/", "\\")]
    return " / ".join(wording.shown(part) for part in parts[-3:])


def _spoken(fact: Fact) -> str:
    return fact.value.replace("\n", " ")


def _level(*labels: QLabel) -> None:
    """Put the first lines on one height: letters of another script may make a line higher."""
    heights = [_first_line(label) for label in labels]
    for label, height in zip(labels, heights, strict=True):
        label.setContentsMargins(0, (max(heights) - height + 1) // 2, 0, 0)


def _first_line(label: QLabel) -> int:
    label.ensurePolished()
    line = label.text().partition("\n")[0]
    return label.fontMetrics().size(Qt.TextFlag.TextSingleLine, line).height()


def _clear(layout: QGridLayout | QVBoxLayout | QHBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QHBoxLayout):
            _clear(inner)
            inner.deleteLater()
